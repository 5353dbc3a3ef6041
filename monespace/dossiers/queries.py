"""Reads for the screens of dossiers."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import timezone

from monespace.dossiers.lifecycle import CLOSED, IN_PROGRESS, UNSENT, State, is_open
from monespace.dossiers.models import Content, Dossier, Event, Paper
from monespace.engine import PageView, Walk
from monespace.identity.assurance import CARD
from monespace.identity.models import Person
from monespace.prepared import Prepared
from monespace.procedures.models import ProcedureVersion
from monespace.procedures.queries import current_version
from monespace.spaces.policy import Action, Kind, On, decide
from monespace.spaces.queries import running_titles, seat_of_title
from monespace.spaces.space import Space, dossier_scope

PAGE = 20
HOME = 10  # rows of each list on a space's home
ACTS = {
    "receipt": "submitted",
    "acknowledgement": "acknowledged",
    "decision": "decided",
}  # the event that asks for each paper


def begun_since(instant: datetime) -> dict[str, int]:
    """How many dossiers of each procedure were begun since then: for the order of the Portal's results."""
    rows = Dossier.objects.filter(created_at__gte=instant).order_by().values("procedure")
    return dict(rows.annotate(begun=Count("id")).values_list("procedure", "begun"))


def drafts_of(space: Space) -> QuerySet[Dossier]:
    """Drafts that still can be continued, last changed first."""
    return (
        Dossier.objects.of(space)
        .filter(state__in=UNSENT, expires_at__gt=space.at)
        .select_related("changed_by")
        .order_by("-changed_at", "id")
    )


def version_offered(space: Space, dossier: Dossier) -> ProcedureVersion | None:
    """The newer version that a draft may move to: published, open today, for this kind of holder, in the draft's language.
    Validated answers stand still: they are opened again first."""
    if not dossier.is_draft or dossier.is_validated:
        return None
    newest = current_version(dossier.procedure)
    if newest is None or newest.number <= dossier.version.number:
        return None
    form = newest.form.definition
    suits = space.holder_kind in form.audience and dossier.language in form.languages
    return newest if suits and is_open(form.window.opens, form.window.closes, timezone.localdate(space.at)) else None


def in_progress_of(space: Space) -> QuerySet[Dossier]:
    """Sent and not decided, last changed first."""
    return Dossier.objects.of(space).filter(state__in=IN_PROGRESS).order_by("-changed_at", "id")


def closed_of(space: Space) -> QuerySet[Dossier]:
    """Decided or withdrawn, last changed first."""
    return Dossier.objects.of(space).filter(state__in=CLOSED).order_by("-changed_at", "id")


def sent_in_year(space: Space, slug: str, at: datetime) -> Dossier | None:
    """What the holder sent of a procedure in the calendar year of an instant, in Belgian time, and did not take back."""
    sent = Dossier.objects.held_in(space).filter(procedure=slug, submitted_at__year=timezone.localdate(at).year)
    return sent.exclude(state=State.WITHDRAWN).order_by("submitted_at").first()


def states_of(space: Space, kind: tuple[State, ...]) -> tuple[State, ...]:
    """The states of a list, to be read one by one: an enterprise may hold thousands of dossiers, and two states together stand in
    the order of no index. Empty for a person, who holds few: one reading is better."""
    return () if space.is_personal else kind


def first_of(dossiers: QuerySet[Dossier], size: int, states: tuple[State, ...] = ()) -> list[Dossier]:
    """The first of a list ordered by (-changed_at, id); with `states`, the first of each and then the first of those."""
    if not states:
        return list(dossiers[:size])
    each = [dossiers.filter(state=state)[:size] for state in states]
    return list(each[0].union(*each[1:], all=True).order_by("-changed_at", "id")[:size])


def page_of(
    dossiers: QuerySet[Dossier], after: tuple[datetime, UUID] | None, size: int = PAGE, states: tuple[State, ...] = ()
) -> tuple[list[Dossier], bool]:
    """One page of a list ordered by (-changed_at, id), after a key; and whether there is more."""
    if after:
        at, key = after
        dossiers = dossiers.filter(changed_at__lte=at).exclude(changed_at=at, id__lte=key)
    found = first_of(dossiers, size + 1, states)
    return found[:size], len(found) > size


def form_page(walk: Walk, address: str) -> PageView | None:
    """The page of the form at an address, when it applies."""
    try:
        return walk.page(address, walk.form.languages[0])
    except LookupError:
        return None


ANSWERS: Prepared[Content] = Prepared(lambda asked: Content.objects.only("answers").filter(pk=asked("dossier")))


def answers_of(dossier: Dossier) -> dict:
    """The answers of a dossier."""
    return ANSWERS(dossier=dossier.pk)[0].answers


def validation_of(dossier: Dossier) -> Event | None:
    """Who validated the answers of a dossier last, and when."""
    return Event.objects.select_related("by").filter(dossier=dossier, code="validated").order_by("-id").first()


def papers_of(dossier: Dossier) -> list[tuple[Paper, datetime]]:
    """Receipt and letters, in the order they were asked for, each with the moment of its act: when the worker wrote it down
    is nobody's business."""
    acts = dict(Event.objects.filter(dossier=dossier, code__in=ACTS.values()).order_by("id").values_list("code", "at"))
    papers = Paper.objects.filter(dossier=dossier).order_by("asked_at")
    return [(paper, acts.get(ACTS[paper.kind], paper.asked_at)) for paper in papers]


def by_number_and_digest(number: str, digest: str) -> Dossier | None:
    """The dossier whose receipt carries this number and this hash; None when one of them is not right."""
    return (
        Dossier.objects.filter(number=number, content__digest=digest)
        .only("number", "submitted_at", "title", "language")
        .first()
    )


def senders_of(space: Space, dossier: Dossier) -> list[str]:
    """The names of those who may send a draft of an enterprise, for somebody who may only prepare it."""
    if dossier.holder_person:
        return [dossier.holder_person.full_name]
    return [person.full_name for person in able_people(dossier, Action.SUBMIT, space.at)]


def able_people(dossier: Dossier, action: Action, at: datetime) -> list[Person]:
    """The people whose roles allow an act on an enterprise's dossier, by name; nobody for a personal one."""
    if dossier.holder_enterprise is None:
        return []
    on = On(dossier_scope(dossier.procedure, dossier.pk))
    titles = running_titles(dossier.holder_enterprise, at).filter(kind=Kind.ROLE)
    able = {title.person for title in titles if decide([seat_of_title(title, CARD)], action, on, at=at).allowed}
    return sorted(able, key=lambda person: (person.full_name.casefold(), str(person.pk)))
