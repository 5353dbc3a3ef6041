"""Screens of dossiers, a module a journey: beginning, filling in, sending, following, checking a receipt."""
