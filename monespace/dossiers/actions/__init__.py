"""Verbs on dossiers. Each locks the dossier, reads the clock after, decides again, writes, journals: one transaction."""

from monespace.dossiers.actions.common import Refused
from monespace.dossiers.actions.deciding import acknowledge, decide_dossier
from monespace.dossiers.actions.documents import FileRefused, add_document
from monespace.dossiers.actions.drafting import (
    add_row,
    contest,
    delete_draft,
    drop_loose_documents,
    expire_drafts,
    remove_row,
    save_page,
    start,
)
from monespace.dossiers.actions.submitting import Incomplete, submit, withdraw

__all__ = [
    "FileRefused",
    "Incomplete",
    "Refused",
    "acknowledge",
    "add_document",
    "add_row",
    "contest",
    "decide_dossier",
    "delete_draft",
    "drop_loose_documents",
    "expire_drafts",
    "remove_row",
    "save_page",
    "start",
    "submit",
    "withdraw",
]
