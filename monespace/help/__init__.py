"""The help centre: guides, search, contact, feedback."""
