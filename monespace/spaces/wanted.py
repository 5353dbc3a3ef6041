"""The procedure for which a space is being chosen: what it admits."""

from typing import NamedTuple

from django.urls import reverse

from monespace.procedures.queries import current_version
from monespace.spaces.policy import Action, Decision
from monespace.spaces.space import Space, procedure_scope


class Wanted(NamedTuple):
    """What the choice of a space needs to know of a procedure."""

    slug: str
    title: dict[str, str]
    audience: frozenset[str]  # kinds of holder: citizen, company, self_employed, commune, cpas, asbl
    least_level: int  # to begin a draft

    @property
    def is_for_enterprises(self) -> bool:
        """Whether any kind of enterprise may file it."""
        return bool(self.audience - {"citizen"})


def wanted(slug: str) -> Wanted | None:
    """The procedure that can be filed here under this name, or None."""
    version = current_version(slug) if slug else None
    if version is None:
        return None
    form = version.definition
    least_level = int(form.get("assurance", {}).get("draft", 400))
    return Wanted(slug, dict(form["title"]), frozenset(form["audience"]), least_level)


def may_begin(space: Space, procedure: Wanted) -> Decision:
    """Whether a request can be begun in this space; `because` is «audience» when the procedure is not meant for such a holder."""
    if space.holder_kind not in procedure.audience:
        return Decision(False, "audience")
    return space.decide(Action.PREPARE, scopes=procedure_scope(procedure.slug), least_level=procedure.least_level)


def way_on(space: Space, slug: str) -> str:
    """Where one lands once one may act: the form one came for, days ago or on another device; else the home of the space.

    A form that cannot be begun here, by one who may only read or for another kind of holder, is no place to land.
    """
    asked = wanted(slug)
    if asked and may_begin(space, asked).because in {"seat", "level"}:
        return reverse("dossiers:start", args=[space.key, asked.slug])
    return space.home_url
