"""Reads of the desk: seats, the inbox, what excludes an agent, one dossier's page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from monespace.desk.models import Conflict, Look, Membership
from monespace.desk.policy import Excluded, procedures_of, seat
from monespace.dossiers.lifecycle import IN_PROGRESS, State
from monespace.dossiers.models import AS_AGENTS_READ, Document, Dossier, Event, Participant
from monespace.identity.models import Person, SignIn
from monespace.journal.models import Entry
from monespace.journal.queries import of_object
from monespace.prepared import Prepared
from monespace.spaces.policy import Seat
from monespace.spaces.queries import is_member, spaces_of

PAGE = 30
JOURNAL = 15  # entries shown on a dossier's page
SENT = (
    State.SUBMITTED,
    State.ACKNOWLEDGED,
    State.DECIDED,
    State.WITHDRAWN,
)  # what a desk sees: drafts are nobody's business
STEPS: dict[str, tuple[State, ...]] = {
    "en-cours": IN_PROGRESS, "recus": (State.SUBMITTED,), "examen": (State.ACKNOWLEDGED,),
    "decides": (State.DECIDED,), "retires": (State.WITHDRAWN,),
}  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """What narrows the inbox: a key of STEPS, a procedure's slug, late only, a number or its beginning."""

    step: str = "en-cours"
    procedure: str = ""
    late: bool = False
    number: str = ""


@dataclass(frozen=True)
class Place:
    """Where a page of a list begins: after, or before, the dossier with this reference."""

    ref: str = ""
    backwards: bool = False


HELD: Prepared[Membership] = Prepared(
    lambda asked: (
        Membership.objects.filter(person_hash=asked("person"), since__lte=asked("at"))
        .filter(Q(until=None) | Q(until__gt=asked("at")))
        .select_related("team")
        .order_by("team_id")
    )
)


def seats_of(sign_in: SignIn, at: datetime) -> tuple[Seat, ...]:
    """The seats that a person holds now as an agent. One query."""
    held = HELD(person=sign_in.person.national_number_hash, at=at)
    return tuple(
        seat(member.team_id, procedure, member.since, member.until, sign_in.level)
        for member in held
        for procedure in member.team.procedures
    )


def within(seats: Iterable[Seat]) -> QuerySet[Dossier]:
    """The dossiers sent for the procedures of these seats; who is excluded from which is another question."""
    return Dossier.objects.filter(procedure__in=procedures_of(seats), state__in=SENT)


def own(person: Person) -> Q:
    """Dossiers that a person filed, helped to draft, had to agree to or holds."""
    mine = Q(holder_person=person) | Q(created_by=person) | Q(changed_by=person) | Q(submitted_by=person)
    events = Event.objects.filter(dossier=OuterRef("pk"), by=person)
    parts = Participant.objects.filter(Q(ended_at=None) | Q(may_fill=True), dossier=OuterRef("pk"))
    asked = parts.filter(national_number_hash=person.national_number_hash)
    added = Document.objects.filter(dossier=OuterRef("pk"), added_by=person)
    return mine | Q(Exists(asked)) | Q(Exists(events)) | Q(Exists(added))


def excluded(dossier: Dossier, person: Person, at: datetime) -> str:
    """Why this person may not handle this dossier, as a code of policy.Excluded, or nothing."""
    if Dossier.objects.filter(own(person), pk=dossier.pk).exists():
        return Excluded.OWN
    if dossier.holder_enterprise and is_member(person, dossier.holder_enterprise, at):
        return Excluded.MEMBER
    declared = Conflict.objects.filter(dossier=dossier, person_hash=person.national_number_hash)
    return Excluded.CONFLICT if declared.exists() else ""


def inbox(sign_in: SignIn, seats: tuple[Seat, ...], filters: Filters, at: datetime) -> QuerySet[Dossier]:
    """What the agent may handle (the twin of `excluded`), narrowed, in order; `unread` says whether it changed since he looked."""
    member_of = [space.enterprise.pk for space in spaces_of(sign_in, at) if space.enterprise]
    conflicts = Conflict.objects.filter(dossier=OuterRef("pk"), person_hash=sign_in.person.national_number_hash)
    seen = Look.objects.filter(person=sign_in.person, dossier=OuterRef("pk"), seen_at__gte=OuterRef("changed_at"))
    found = within(seats).exclude(own(sign_in.person)).exclude(Exists(conflicts))
    if member_of:
        found = found.exclude(holder_enterprise__in=member_of)
    found = narrowed(found, filters, timezone.localdate(at))
    return found.select_related("holder_person", "holder_enterprise").annotate(unread=~Exists(seen))


def narrowed(dossiers: QuerySet[Dossier], filters: Filters, today: date) -> QuerySet[Dossier]:
    """The filters; a number is looked for in every state."""
    by_number = Q(number__startswith=filters.number)
    dossiers = dossiers.filter(by_number if filters.number else Q(state__in=STEPS[filters.step]))
    if filters.procedure:
        dossiers = dossiers.filter(procedure=filters.procedure)
    return dossiers.filter(due_on__lt=today, state__in=IN_PROGRESS) if filters.late else dossiers


def parts(filters: Filters, slugs: list[str]) -> list[Q]:
    """The procedures of a tab, one by one: what is closed, or late, of several procedures together stands in the order of no
    index, and of each of them does. Empty where one reading is better: what is in progress, a number, one procedure."""
    states = IN_PROGRESS if filters.late else STEPS[filters.step]
    if filters.number or filters.procedure or len(slugs) < 2 or (states == IN_PROGRESS and not filters.late):
        return []
    return [Q(procedure=slug, state=state) for slug in slugs for state in states]


def page_of(
    dossiers: QuerySet[Dossier], place: Place, size: int = PAGE, parts: Sequence[Q] = ()
) -> tuple[list[Dossier], bool, bool]:
    """One page, by key: those without a date first (they wait for their acknowledgement), then by date; whether there is
    more before it, and more after it. A reference that is not in the list begins at its start."""
    at = dossiers.filter(ref=place.ref).values("due_on", "submitted_at", "id").first() if place.ref else None
    if at is None:
        found = first_of(dossiers, size + 1, parts)
        return found[:size], False, len(found) > size
    if not place.backwards:
        found = first_of(dossiers.filter(later(at)), size + 1, parts)
        return found[:size], True, len(found) > size
    found = first_of(dossiers.exclude(later(at)).exclude(id=at["id"]), size + 1, parts, backwards=True)
    return found[:size][::-1], len(found) > size, True


def first_of(dossiers: QuerySet[Dossier], size: int, parts: Sequence[Q], *, backwards: bool = False) -> list[Dossier]:
    """The first of a list, or the last; with `parts`, the first of each part and then the first of those."""
    ordered = (lambda some: in_order(some).reverse()) if backwards else in_order
    if parts:
        each: list[Any] = [
            ordered(dossiers.filter(part)).values_list("id", "due_on", "submitted_at")[:size] for part in parts
        ]
        first: Any = ordered(each[0].union(*each[1:], all=True))[:size]
        return list(ordered(dossiers.filter(pk__in=[row[0] for row in first])))
    return list(ordered(dossiers)[:size])


def in_order(dossiers: QuerySet[Dossier, Any]) -> QuerySet[Dossier, Any]:
    """No date first, then the nearest date; then the oldest."""
    return dossiers.order_by(*AS_AGENTS_READ)


def later(at: Mapping[str, Any]) -> Q:
    """What comes after a key in that order."""
    same_day = Q(due_on=at["due_on"]) & (
        Q(submitted_at__gt=at["submitted_at"]) | Q(submitted_at=at["submitted_at"], id__gt=at["id"])
    )
    return same_day | (Q(due_on__isnull=False) if at["due_on"] is None else Q(due_on__gt=at["due_on"]))


def journal_of(dossier: Dossier) -> list[tuple[Entry, str]]:
    """The newest entries of the journal about a dossier, each with the name of who acted. Two queries."""
    entries = list(of_object("dossier", dossier.pk)[:JOURNAL])
    people = Person.objects.in_bulk({entry.person for entry in entries if entry.person})
    return [(entry, people[entry.person].full_name if entry.person in people else "") for entry in entries]
