"""Rows of a group that were tried from a file, added to a draft."""

from monespace import engine
from monespace.dossiers.actions.common import Refused
from monespace.dossiers.actions.drafting import change
from monespace.dossiers.models import Content, Dossier
from monespace.engine import importing
from monespace.identity.models import SignIn


class RowsRefused(Exception):
    """The draft changed since the rows were tried: some no longer fit, and nothing was added. `trial` says why."""

    def __init__(self, trial: engine.Trial):
        super().__init__("rows")
        self.trial = trial


def import_rows(dossier: Dossier, address: str, rows: list[dict], *, by: SignIn, replace: bool, language: str) -> None:
    """Adds rows to the group whose list is at this address, or puts them in place of those there, all or none.

    They are judged again as the draft stands now; a row that was added already is not added twice. Raises Refused, RowsRefused.
    """

    def make(walk: engine.Walk, _content: Content) -> dict:
        try:
            trial = importing.try_rows(walk, address, rows, language, replace=replace)
        except LookupError:
            raise Refused("page_gone") from None
        if len(trial.rows) != len(rows):
            raise RowsRefused(trial)
        return importing.with_rows(walk, address, rows, replace=replace)

    change(dossier.pk, by, make, address=address, told={"rows": len(rows)})
