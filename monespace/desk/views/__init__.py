"""Screens: the inbox, a dossier, the acts on it."""
