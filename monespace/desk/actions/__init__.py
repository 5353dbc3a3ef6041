"""Verbs of the desk. On a dossier: lock, then read the clock, decide again, write, journal, in one transaction."""

from monespace.desk.actions.handling import (
    Verdict,
    acknowledge,
    decide_dossier,
    declare_conflict,
    journal_document,
    look,
    show_numbers,
)
from monespace.desk.actions.teams import BadNumber, NoSuchTeam, add_member, close_member, load_teams

__all__ = [
    "BadNumber", "NoSuchTeam", "Verdict", "acknowledge", "add_member", "close_member", "decide_dossier",
    "declare_conflict", "journal_document", "load_teams", "look", "show_numbers",
]  # fmt: skip
