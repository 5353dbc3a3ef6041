"""Identity cards that need no federal service: an authority that issues them, its responder, and cards made of software."""
