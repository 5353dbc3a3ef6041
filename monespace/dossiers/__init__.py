"""Drafts, answers, documents, lifecycle, receipts; the home of a space."""
