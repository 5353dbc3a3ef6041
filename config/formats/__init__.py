"""Formats, a folder a language."""
