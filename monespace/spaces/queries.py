"""Reads: the spaces of a person, the people of a space, what waits."""

from collections import defaultdict
from datetime import datetime, time
from uuid import UUID

from django.db.models import Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat, Lower
from django.utils import timezone

from monespace.identity.models import Person, SignIn
from monespace.prepared import Prepared
from monespace.registry import policy as registry_policy
from monespace.registry.models import Enterprise, LegalFunction
from monespace.registry.queries import by_number, representatives, represented_by
from monespace.spaces.models import Intention, Invitation, Title
from monespace.spaces.policy import WINDING_UP, Kind, Seat
from monespace.spaces.space import MINE, Space, own_space


def seat_of_title(title: Title, level: int) -> Seat:
    """The seat that a title gives its holder."""
    winds_up = title.given_as == WINDING_UP
    return Seat(title.kind, title.role, title.scope, title.span.lower, title.span.upper, title.pk, level, winds_up)


def seat_of_function(function: LegalFunction, level: int) -> Seat:
    """The seat that a function in the register gives: computed at each request, never stored as a title."""
    winds_up = function.code in registry_policy.WINDING_UP
    since = timezone.make_aware(datetime.combine(function.since, time.min))
    return Seat(Kind.REPRESENTATIVE, since=since, title=f"function:{function.pk}", level=level, winds_up=winds_up)


def spaces_of(sign_in: SignIn, at: datetime) -> list[Space]:
    """One's own space, then every enterprise for which one holds a title or a function now, by name. Three queries."""
    person, level = sign_in.person, sign_in.level
    seats: dict[UUID, list[Seat]] = defaultdict(list)
    functions: dict[UUID, list[LegalFunction]] = defaultdict(list)
    enterprises: dict[UUID, Enterprise] = {}
    for title in (
        Title.objects.filter(person=person, span__contains=at)
        .select_related("enterprise")
        .order_by("kind", "role", "scope")
    ):
        enterprises[title.enterprise_id] = title.enterprise
        seats[title.enterprise_id].append(seat_of_title(title, level))
    for function in represented_by(person.national_number_hash, timezone.localdate(at)):
        enterprises[function.enterprise_id] = function.enterprise
        seats[function.enterprise_id].append(seat_of_function(function, level))
        functions[function.enterprise_id].append(function)
    found = [space_of(person, enterprises[key], tuple(seats[key]), at, functions[key]) for key in enterprises]
    return [own_space(person, level=level, at=at), *sorted(found, key=lambda space: (space.name.casefold(), space.key))]


def space_of(
    person: Person, enterprise: Enterprise, seats: tuple[Seat, ...], at: datetime, functions: list[LegalFunction]
) -> Space:
    """A person's view of an enterprise's space, from their seats there and the functions behind them."""
    codes, alone = tuple(function.code for function in functions), any(not function.joint for function in functions)
    return Space(person, enterprise, seats, at, codes, alone)


def space_for(sign_in: SignIn, key: str, at: datetime) -> tuple[Space | None, bool]:
    """The space at an address, as this person sees it, and whether the address is the current one. None for strangers: the
    answer is the same whether the number exists or not. Past titles make nobody a member."""
    if key == MINE:
        return own_space(sign_in.person, level=sign_in.level, at=at), True
    enterprise, current = by_number(key)
    if enterprise is None:
        return None, True
    seats, functions = seats_and_functions(enterprise, sign_in.person, sign_in.level, at)
    if not any(seat.holds_at(at) for seat in seats):
        return None, True
    return space_of(sign_in.person, enterprise, seats, at, functions), current


def seats_in(enterprise: Enterprise, person: Person, level: int, at: datetime) -> tuple[Seat, ...]:
    """Every seat of a person in an enterprise, past titles included (a refusal can then say «it ended»)."""
    return seats_and_functions(enterprise, person, level, at)[0]


TITLES: Prepared[Title] = Prepared(
    lambda asked: Title.objects.filter(person_id=asked("person"), enterprise_id=asked("enterprise")).order_by(
        "kind", "role", "scope", "span"
    )
)


def seats_and_functions(
    enterprise: Enterprise, person: Person, level: int, at: datetime
) -> tuple[tuple[Seat, ...], list[LegalFunction]]:
    """The seats of a person in an enterprise, and the functions by which they represent it."""
    titles = TITLES(person=person.pk, enterprise=enterprise.pk)
    functions = [
        function
        for function in representatives(enterprise, timezone.localdate(at))
        if function.person_hash == person.national_number_hash
    ]
    seats = (*(seat_of_title(one, level) for one in titles), *(seat_of_function(one, level) for one in functions))
    return seats, functions


def is_member(person: Person, enterprise: Enterprise, at: datetime) -> bool:
    """Whether a person may act for an enterprise in any way now: an agent never handles such a holder's dossier."""
    return any(seat.holds_at(at) for seat in seats_in(enterprise, person, 0, at))


def running_titles(enterprise: Enterprise, at: datetime) -> QuerySet[Title]:
    """Titles held now, with their holders."""
    return Title.objects.filter(enterprise=enterprise, span__contains=at).select_related("person", "given_by")


def managers(enterprise: Enterprise, at: datetime) -> list[Person]:
    """The GAP and co-GAPs now."""
    titles = running_titles(enterprise, at).filter(kind__in=[Kind.GAP, Kind.CO_GAP]).order_by("-kind", "span")
    return list({title.person_id: title.person for title in titles}.values())


# Names are ordered and searched without accents or capitals, by the portal and not by the server's collation.
ACCENTS = ("àâäáãåçèéêëîïíìñôöóòõùûüúÿ", "aaaaaaceeeeiiiinooooouuuuy")


def folded(text: str) -> str:
    """Small letters without accents, as the database folds names."""
    return text.lower().translate(str.maketrans(*ACCENTS))


def people_of(
    enterprise: Enterprise,
    at: datetime,
    *,
    after: UUID | None = None,
    size: int = 50,
    words: str = "",
    ends_before: datetime | None = None,
) -> list[Title]:
    """Up to size + 1 titles held now, by the holder's family name, after the title `after` (paging by key); `words` narrows by
    name, `ends_before` to those that end soon."""
    name = Concat("person__family_name", Value(" "), "person__given_names")
    titles = running_titles(enterprise, at).annotate(
        sort=Func(Lower(name), Value(ACCENTS[0]), Value(ACCENTS[1]), function="translate", output_field=TextField())
    )
    for word in folded(words).split():
        titles = titles.filter(sort__contains=word)
    if ends_before:
        titles = titles.filter(span__endswith__lt=ends_before)
    last = titles.filter(pk=after).values_list("sort", "pk").first() if after else None
    if last:
        titles = titles.filter(Q(sort__gt=last[0]) | Q(sort=last[0], pk__gt=last[1]))
    return list(titles.order_by("sort", "pk")[: size + 1])


def titles_of(person: Person, enterprise: Enterprise) -> list[Title]:
    """Every title of a person in an enterprise, past ones too, the latest first."""
    titles = Title.objects.filter(person=person, enterprise=enterprise).select_related("given_by", "closed_by")
    return list(titles.order_by("-span", "pk"))


def givers(sign_in: SignIn, at: datetime) -> dict[UUID, Person | None]:
    """Who gave each of the titles that a person holds now."""
    titles = Title.objects.filter(person=sign_in.person_id, span__contains=at).select_related("given_by")
    return {title.pk: title.given_by for title in titles}


def managers_of(enterprises: list[UUID], at: datetime) -> dict[UUID, list[Title]]:
    """The titles of GAP and co-GAP held now in several enterprises, GAPs first. One query."""
    titles = Title.objects.filter(enterprise__in=enterprises, kind__in=[Kind.GAP, Kind.CO_GAP], span__contains=at)
    found: dict[UUID, list[Title]] = defaultdict(list)
    for title in titles.select_related("person", "given_by").order_by("-kind", "span"):
        found[title.enterprise_id].append(title)
    return found


def ends_soon(enterprise: Enterprise, at: datetime, before: datetime) -> int:
    """How many titles held now end before an instant."""
    return running_titles(enterprise, at).filter(span__endswith__lt=before).count()


OPEN_STATES = [Invitation.State.TO_SIGN, Invitation.State.SENT, Invitation.State.TO_CONFIRM]
SHOWN = 50  # invitations on one screen


def waiting_invitations(enterprise: Enterprise) -> QuerySet[Invitation]:
    """Invitations and designations that are not over, newest first."""
    return (
        Invitation.objects.filter(enterprise=enterprise, state__in=OPEN_STATES)
        .select_related("invited_by", "answered_by")
        .prefetch_related("signatures__person")
        .order_by("-created_at")
    )


def to_sign(person: Person, enterprises: list[UUID], at: datetime) -> list[Invitation]:
    """Designations of enterprises that a person represents, which wait for a second signature: theirs."""
    found = Invitation.objects.filter(
        enterprise__in=enterprises, state=Invitation.State.TO_SIGN, expires_at__gt=at
    ).exclude(signatures__person=person)
    return list(found.select_related("enterprise", "invited_by").order_by("created_at")[:SHOWN])


def to_confirm(enterprises: list[UUID]) -> list[Invitation]:
    """Accepted invitations that wait for a manager of these enterprises to look at who accepted."""
    found = Invitation.objects.filter(enterprise__in=enterprises, state=Invitation.State.TO_CONFIRM)
    return list(found.select_related("enterprise", "answered_by").order_by("answered_at")[:SHOWN])


def invitations_for(person: Person, at: datetime) -> QuerySet[Invitation]:
    """What is offered to a person by national number and not over."""
    return (
        Invitation.objects.filter(
            pinned_hash=person.national_number_hash, state=Invitation.State.SENT, expires_at__gt=at
        )
        .select_related("enterprise", "invited_by")
        .order_by("-created_at")
    )


def invitation_for(person: Person, key: UUID) -> Invitation | None:
    """The invitation at an address, when this person may look at it: pinned to them, or to nobody. Else None: 404."""
    mine = Q(pinned_hash=person.national_number_hash) | Q(pinned_hash="") | Q(answered_by=person)
    return Invitation.objects.filter(mine, pk=key).select_related("enterprise", "invited_by").first()


def intention_of(person: Person) -> str:
    """The slug of the form that the person wanted to begin, or nothing."""
    return Intention.objects.filter(person=person).values_list("procedure", flat=True).first() or ""


def known_people(functions: list[LegalFunction]) -> list[Person]:
    """The persons behind functions who have signed in at least once."""
    return list(Person.objects.filter(national_number_hash__in=[function.person_hash for function in functions]))
