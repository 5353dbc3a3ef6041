"""Enterprises as the BCE knows them: numbers, names, establishments, legal functions."""
