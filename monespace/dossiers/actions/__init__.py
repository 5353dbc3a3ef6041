"""Verbs on dossiers. Each locks the dossier, reads the clock after, decides again, writes, journals: one transaction."""

from monespace.dossiers.actions.common import Incomplete, Refused
from monespace.dossiers.actions.deciding import acknowledge, decide_dossier
from monespace.dossiers.actions.documents import (
    FileRefused,
    add_document,
    ask_checks_again,
    erase_left_behind,
    erase_loose,
    note_check,
)
from monespace.dossiers.actions.drafting import (
    add_row,
    contest,
    delete_draft,
    demand_start,
    expire_drafts,
    remove_row,
    save_page,
    start,
)
from monespace.dossiers.actions.handing import hand_over, take_over
from monespace.dossiers.actions.importing import RowsRefused, import_rows
from monespace.dossiers.actions.moving import keep_version, move_version
from monespace.dossiers.actions.submitting import submit, withdraw
from monespace.dossiers.actions.taking_part import answer, ask, end_part, invite_helper, mine_of, walk_as_agreed
from monespace.dossiers.actions.validating import reopen, validate

__all__ = [
    "FileRefused",
    "Incomplete",
    "Refused",
    "RowsRefused",
    "acknowledge",
    "add_document",
    "add_row",
    "answer",
    "ask",
    "ask_checks_again",
    "contest",
    "decide_dossier",
    "delete_draft",
    "demand_start",
    "end_part",
    "erase_left_behind",
    "erase_loose",
    "expire_drafts",
    "hand_over",
    "import_rows",
    "invite_helper",
    "keep_version",
    "mine_of",
    "move_version",
    "note_check",
    "remove_row",
    "reopen",
    "save_page",
    "start",
    "submit",
    "take_over",
    "validate",
    "walk_as_agreed",
    "withdraw",
]
