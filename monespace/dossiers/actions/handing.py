"""Who is to finish a draft of an enterprise: a colleague takes it over, or it is handed over."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, override

from monespace.dossiers.actions.common import Refused, Standing, demand, demand_draft, lock, record
from monespace.dossiers.actions.telling import key_of, tell_one
from monespace.dossiers.models import Dossier
from monespace.dossiers.queries import able_people
from monespace.identity.models import Person, SignIn
from monespace.spaces.policy import Action

TAKEN = gettext_lazy("A colleague took over the draft “%(title)s” of %(name)s.")
GIVEN = gettext_lazy("A colleague handed over to you the draft “%(title)s” of %(name)s.")


@transaction.atomic
def take_over(dossier: Dossier, *, by: SignIn) -> bool:
    """One finishes a colleague's draft from now on; the colleague is told. Returns whether this call took it. Raises Refused."""
    dossier, _at, standing = _locked(dossier, by)
    before = dossier.keeper
    if before.pk == by.person_id:
        return False
    _give(dossier, by.person)
    _say(dossier, before, TAKEN)
    record("dossier.taken_over", dossier, by, role=standing.role, before=str(before.pk))
    return True


@transaction.atomic
def hand_over(dossier: Dossier, to: str, *, by: SignIn) -> Person:
    """A colleague who may fill in the draft is to finish it, and is told. `to`: the person's key.

    Raises Refused: policy; colleague, when that person may not (any more) fill it in.
    """
    dossier, at, standing = _locked(dossier, by)
    chosen = next((person for person in able_people(dossier, Action.PREPARE, at) if str(person.pk) == to), None)
    if chosen is None:
        raise Refused("colleague")
    if chosen.pk != dossier.keeper.pk:
        _give(dossier, chosen)
        if chosen.pk != by.person_id:
            _say(dossier, chosen, GIVEN)
        record("dossier.handed_over", dossier, by, role=standing.role, to=str(chosen.pk))
    return chosen


def _locked(dossier: Dossier, by: SignIn) -> tuple[Dossier, datetime, Standing]:
    """The draft of an enterprise under its lock, for somebody who may fill it in; raises Refused."""
    dossier, at = lock(dossier.pk)
    demand_draft(dossier, at)
    if dossier.holder_enterprise_id is None:
        raise Refused("personal")
    return dossier, at, demand(dossier, by, Action.PREPARE, at)


def _give(dossier: Dossier, person: Person) -> None:
    dossier.in_charge = person
    dossier.save(update_fields=["in_charge"])


def _say(dossier: Dossier, person: Person, fact: Promise) -> None:
    """A line in the inbox and a mail, in the person's own language: which draft of whom, never its answers."""
    with override(person.language):
        path = reverse("dossiers:tasks", args=[key_of(dossier), dossier.ref])
        known = {
            "title": dossier.title.get(person.language) or dossier.title[dossier.language],
            "name": dossier.holder_name,
        }
        tell_one(person, str(fact) % known, path, person.language)
