"""What every act on a dossier shares: the lock, the second decision, the journal."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from monespace.dossiers.lifecycle import UNSENT
from monespace.dossiers.models import Dossier, Event
from monespace.dossiers.taking_part import guest_seats
from monespace.identity.models import Person, SignIn
from monespace.journal.actions import write
from monespace.prepared import Prepared
from monespace.registry.models import Enterprise
from monespace.spaces.policy import Action, Decision
from monespace.spaces.queries import seats_in
from monespace.spaces.space import Space, dossier_scope, own_space


class Refused(Exception):
    """The act is not allowed now; `because` is a code, `decision` the policy's answer when it was the policy."""

    def __init__(self, because: str, decision: Decision | None = None):
        super().__init__(because)
        self.because, self.decision = because, decision


class Incomplete(Exception):
    """The engine found something missing or wrong, or a file is bad: nothing was done. The check page shows what."""


class Standing(NamedTuple):
    """The dossier's space as a person stands in it, and the role that allows the act."""

    space: Space
    role: str


LOCKED: Prepared[Dossier] = Prepared(
    lambda asked: (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("version", "holder_enterprise", "holder_person")
        .defer("version__definition")
        .filter(pk=asked("dossier"))
    )
)


def lock(dossier_id: UUID) -> tuple[Dossier, datetime]:
    """Locks the dossier's row and only then reads the clock. Raises Refused when it was deleted meanwhile."""
    dossier = LOCKED.first(dossier=dossier_id)
    if dossier is None:
        raise Refused("deleted")
    return dossier, timezone.now()


def lock_holder(dossier: Dossier) -> None:
    """Locks the holder's row: what is sent once a year is sent one after the other, from whichever drafts."""
    if dossier.holder_enterprise_id:
        Enterprise.objects.select_for_update(no_key=True).only("pk").get(pk=dossier.holder_enterprise_id)
    else:
        Person.objects.select_for_update(no_key=True).only("pk").get(pk=str(dossier.holder_person_id))


def space_of(dossier: Dossier, by: SignIn, at: datetime) -> Space:
    """The dossier's space as this person stands in it: the holder is read from the row, never from a session."""
    if dossier.holder_enterprise is None:
        own = dossier.holder_person_id == by.person_id
        mine = (
            own_space(by.person, level=by.level, at=at).seats if own else guest_seats(dossier, by.person, by.level, at)
        )
        return Space(by.person, None, mine, at)
    return Space(by.person, dossier.holder_enterprise, seats_in(dossier.holder_enterprise, by.person, by.level, at), at)


def demand(dossier: Dossier, by: SignIn, action: Action, at: datetime, *, least_level: int = 0) -> Standing:
    """Decides again, under the lock; raises Refused."""
    space = space_of(dossier, by, at)
    decision = space.decide(action, scopes=dossier_scope(dossier.procedure, dossier.pk), least_level=least_level)
    if not decision.allowed:
        raise Refused(decision.because, decision)
    return Standing(space, decision.role)


def demand_draft(dossier: Dossier, at: datetime) -> None:
    """Only a draft can be changed; raises Refused: sent, expired."""
    if dossier.has_expired(at):
        raise Refused("expired")
    if dossier.state not in UNSENT:
        raise Refused("sent")


def note(dossier: Dossier, code: str, at: datetime, *, by: SignIn | None = None, **detail) -> None:
    """A line of the applicant's timeline."""
    Event.objects.create(dossier=dossier, code=code, at=at, by=by.person if by else None, detail=detail)


def record(act: str, dossier: Dossier, by: SignIn | None, *, role: str = "", **detail) -> None:
    """The act in the holder's chain of the journal."""
    write(
        act,
        person=by.person_id if by else None,
        space=dossier.journal_key,
        on=("dossier", dossier.pk),
        role=role,
        sign_in=by,
        detail={"procedure": dossier.procedure, **detail},
    )
