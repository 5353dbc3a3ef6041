"""What every change of access shares: the lock, the second decision, opening a title, telling people."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from monespace.identity.models import Person, SignIn
from monespace.journal.actions import key_of_space, write
from monespace.notices.actions import letter, mail, tell
from monespace.registry.models import Enterprise, LegalFunction
from monespace.registry.policy import is_frozen
from monespace.registry.queries import representatives
from monespace.spaces.models import Invitation, Title, TitleKind
from monespace.spaces.policy import WINDING_UP, Action, Decision, On, decide
from monespace.spaces.queries import known_people, managers, seats_in


def seat_of_giving(enterprise: Enterprise, seat: str) -> str:
    """What a title or invitation says of the seat it was given by; in a frozen enterprise only those who wind it up can give."""
    return WINDING_UP if is_frozen(enterprise.situation, enterprise.gone_on is not None) else seat


class Refused(Exception):
    """The act is not allowed now. `because` is a code that the screen turns into a sentence; `decision` when the policy said no."""

    def __init__(self, because: str, decision: Decision | None = None):
        super().__init__(because)
        self.because = because
        self.decision = decision


# What one must be able to give to withdraw, cancel or confirm a title of each kind.
NEEDS = {TitleKind.GAP: Action.GIVE_GAP, TitleKind.CO_GAP: Action.GIVE_CO_GAP, TitleKind.ROLE: Action.GIVE_ROLE}


def functions_of(enterprise: Enterprise, person: Person, on: date) -> list[LegalFunction]:
    """The functions by which a person represents the enterprise on a day."""
    return [found for found in representatives(enterprise, on) if found.person_hash == person.national_number_hash]


def represents_alone(enterprise: Enterprise, person: Person, on: date) -> bool:
    """Whether one of a person's functions suffices without a second signature."""
    return any(not function.joint for function in functions_of(enterprise, person, on))


def lock(enterprise_id: UUID) -> tuple[Enterprise, datetime]:
    """Locks the enterprise and only then reads the clock: with an earlier clock two managers can still remove each other
    (measured: 60 of 60 races; with this order 0 of 60)."""
    enterprise = Enterprise.objects.select_for_update().get(pk=enterprise_id)
    return enterprise, timezone.now()


def demand(enterprise: Enterprise, by: SignIn, action: Action, at: datetime) -> Decision:
    """Decides again, under the lock; raises Refused."""
    seats = seats_in(enterprise, by.person, by.level, at)
    on = On(frozen=is_frozen(enterprise.situation, enterprise.gone_on is not None))
    decision = decide(seats, action, on, at=at)
    if not decision.allowed:
        raise Refused(decision.because, decision)
    return decision


def open_title(
    enterprise: Enterprise,
    person: Person,
    *,
    kind: str,
    role: str = "",
    scope: str = "*",
    at: datetime,
    ends_on: date | None = None,
    given_by: Person,
    given_as: str,
    level: int,
) -> tuple[Title, bool]:
    """Opens a title from now until the end of `ends_on`; returns it, and whether it is new (holding it already is no fault).

    What is held and would end sooner is closed and followed by the longer one: a title is never edited. Raises Refused: past.
    """
    end = end_of(ends_on)
    if end and end <= at:
        raise Refused("past")
    held = Title.objects.filter(
        enterprise=enterprise, person=person, kind=kind, role=role, scope=scope, span__contains=at
    ).first()
    if held and (held.span.upper is None or (end and end <= held.span.upper)):
        return held, False
    if held:
        Title.objects.filter(pk=held.pk).update(
            span=DateTimeTZRange(held.span.lower, at), closed_by=given_by, closed_because="renewed"
        )
    return Title.objects.create(
        enterprise=enterprise,
        person=person,
        kind=kind,
        role=role,
        scope=scope,
        span=DateTimeTZRange(at, end),
        given_by=given_by,
        given_as=given_as,
        level=level,
    ), True


def open_for_oneself(
    enterprise: Enterprise, by: SignIn, at: datetime, *, kind: str, role: str = "", seat: str
) -> tuple[Title, bool]:
    """Opens a title without end for the person who acts, given by a seat that they hold."""
    return open_title(
        enterprise, by.person, kind=kind, role=role, at=at, given_by=by.person, given_as=seat_of_giving(enterprise, seat),
        level=by.level,
    )  # fmt: skip


def open_offered(invitation: Invitation, person: Person, at: datetime, *, given_by: Person) -> None:
    """Opens the title that an invitation offered to the person who accepted it, as strongly proven as they were then."""
    open_title(
        invitation.enterprise, person, kind=invitation.kind, role=invitation.role, scope=invitation.scope, at=at,
        ends_on=invitation.ends_on, given_by=given_by, given_as=invitation.given_as, level=invitation.answered_level or 0,
    )  # fmt: skip


def end_of(day: date | None) -> datetime | None:
    """The instant after the last moment of a day, in local time."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)) if day else None


def record(act: str, enterprise: Enterprise, by: SignIn, *, on: tuple[str, object], role: str = "", **detail) -> None:
    """The act in the enterprise's chain of the journal."""
    key = key_of_space(enterprise=enterprise.pk, person=None)
    write(act, person=by.person_id, space=key, on=on, role=role, sign_in=by, detail=detail)


def those_with_power(enterprise: Enterprise, at: datetime) -> list[Person]:
    """Managers and representatives whom the portal knows: those who are told of every change of power."""
    found = [*managers(enterprise, at), *known_people(representatives(enterprise, timezone.localdate(at)))]
    return list({person.pk: person for person in found}.values())


def tell_power(enterprise: Enterprise, at: datetime, sentence, *, but: Person) -> None:
    """Tells the others who hold power; `sentence()` is called in each one's language."""
    for person in those_with_power(enterprise, at):
        if person.pk != but.pk:
            with override(person.language):
                tell(
                    person.pk,
                    sentence(),
                    language=person.language,
                    path=reverse("spaces:people", args=[enterprise.number]),
                )


def write_to(address: str, language: str, subject, text, *, path: str) -> None:
    """A mail in the given language with a link into the portal; `subject()` and `text()` are called in that language."""
    with override(language):
        mail(address, subject(), letter(text(), path), language=language)
