"""Screens: signing in and out, the profile."""
