"""The append-only ledger: who, acting for whom, did what, to what, when, at which assurance."""
