"""The person: sign-in, assurance, sign-in sessions, profile."""
