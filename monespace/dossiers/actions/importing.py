"""Rows of a group that were tried from a file, added to a draft."""

from monespace import engine
from monespace.dossiers.actions.common import Refused
from monespace.dossiers.actions.drafting import change
from monespace.dossiers.models import Content, Dossier
from monespace.dossiers.taking_part import digest_of
from monespace.engine import importing
from monespace.identity.models import SignIn


class RowsRefused(Exception):
    """The draft changed since the rows were tried, and nothing was added. `trial` says which no longer fit; `replaced`: those
    whose place they were to take are not those that were there."""

    def __init__(self, trial: engine.Trial, *, replaced: bool = False):
        super().__init__("rows")
        self.trial, self.replaced = trial, replaced


def import_rows(dossier: Dossier, address: str, rows: list[dict], *, by: SignIn, replace: bool, language: str,
                over: str = "") -> None:  # fmt: skip
    """Adds rows to the group whose list is at this address, or puts them in place of those there, all or none.

    `over`: the digest of the rows whose place they were seen to take; others since are not replaced unseen.
    They are judged again as the draft stands now; a row that was added already is not added twice. Raises Refused, RowsRefused.
    """

    def make(walk: engine.Walk, _content: Content) -> dict:
        try:
            trial = importing.try_rows(walk, address, rows, language, replace=replace)
        except LookupError:
            raise Refused("page_gone") from None
        if len(trial.rows) != len(rows):
            raise RowsRefused(trial)
        fresh = importing.with_rows(walk, address, rows, replace=replace)
        if replace and over and over != digest_of(importing.rows_at(walk, address)) and fresh != walk.state.answers:
            raise RowsRefused(trial, replaced=True)
        return fresh

    change(dossier.pk, by, make, address=address, told={"rows": len(rows)})
