"""A stand-in for the outside world: identity provider, card, phone, mail, scanner. Knows nothing of the portal."""
