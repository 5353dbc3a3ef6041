"""Agents: teams, inbox, acknowledgement, decisions."""
