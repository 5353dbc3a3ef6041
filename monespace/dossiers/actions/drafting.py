"""Drafts: begun, filled in, continued by a colleague, deleted, expired."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from monespace import engine
from monespace.dossiers.actions.common import Refused, demand, demand_draft, lock, note, record
from monespace.dossiers.actions.documents import erase, held_by
from monespace.dossiers.actions.taking_part import let_go
from monespace.dossiers.context import context_for
from monespace.dossiers.lifecycle import UNSENT, Move, Side, State, after, is_open
from monespace.dossiers.models import Content, Document, Dossier
from monespace.dossiers.queries import form_page, sent_in_year
from monespace.dossiers.taking_part import for_holder, is_guest
from monespace.dossiers.together import Shown, settle
from monespace.identity.models import Person, SignIn
from monespace.procedures.models import ProcedureVersion
from monespace.spaces.actions import forget_intention
from monespace.spaces.policy import Action
from monespace.spaces.space import Space, procedure_scope
from monespace.work import enqueue

DRAFT_DAYS = 90  # a draft that nobody touches for this long is emptied


@transaction.atomic
def start(space: Space, version: ProcedureVersion, *, by: SignIn, language: str, start_key: UUID) -> Dossier:
    """Begins a draft in a space, pinned to a version. The same start key gives the same draft: a double click starts one.

    Raises Refused: role, scope, level, frozen, audience, window, once.
    """
    at = timezone.now()
    role = demand_start(space, version.slug, version.form.definition, at)
    dossier, new = Dossier.objects.get_or_create(
        start_key=start_key,
        defaults={
            "procedure": version.slug, "version": version, "title": dict(version.form.definition.title), "language": language,
            "holder_person": space.person if space.is_personal else None, "holder_enterprise": space.enterprise,
            "created_by": by.person, "changed_by": by.person, "changed_at": at, "expires_at": at + timedelta(days=DRAFT_DAYS),
        },
    )  # fmt: skip
    if (dossier.created_by_id, dossier.journal_key, dossier.procedure) != (
        by.person_id,
        space.journal_key,
        version.slug,
    ):
        raise Refused("other_draft")
    if new:
        Content.objects.create(dossier=dossier, answers=engine.start(version.form, context_for(space, at)))
        note(dossier, "started", at, by=by)
        forget_intention(by.person)
        record("dossier.started", dossier, by, role=role)
    return dossier


def demand_start(space: Space, slug: str, form: engine.Definition, at: datetime) -> str:
    """The role in which a request can be begun now; raises Refused."""
    decision = space.decide(Action.PREPARE, scopes=procedure_scope(slug), least_level=form.assurance.draft, at=at)
    if space.holder_kind not in form.audience:
        raise Refused("audience")
    if not decision.allowed:
        raise Refused(decision.because, decision)
    demand_open(form, at)
    demand_once(space, slug, form, at)
    return decision.role


def demand_open(form: engine.Definition, at: datetime) -> None:
    """Raises Refused outside the form's window."""
    if not is_open(form.window.opens, form.window.closes, timezone.localdate(at)):
        raise Refused("window")


def demand_once(space: Space, slug: str, form: engine.Definition, at: datetime) -> None:
    """Raises Refused when the form is sent once a year and the holder's request of this year stands."""
    if form.once and sent_in_year(space, slug, at):
        raise Refused("once")


@transaction.atomic
def change(
    dossier_id: UUID,
    by: SignIn,
    make: Callable[[engine.Walk, Content], dict],
    *,
    address: str = "",
    told: dict | None = None,
) -> Dossier:
    """Applies a change of answers under the dossier's lock, whoever else is saving.

    Raises Refused: once validated, only pages asked after that change; `address` is the page's (without it, any answer may
    change). `told`: what the journal says of rows from a file.
    `make` gets the form and the content as they stand and gives the new answers; files that they no longer hold are erased.
    """
    dossier, at = lock(dossier_id)
    demand_draft(dossier, at)
    form = dossier.version.form
    standing = demand(dossier, by, Action.PREPARE, at, least_level=form.definition.assurance.draft)
    content = Content.objects.get(pk=dossier.pk)
    before, content.revision = content.answers, content.revision + 1
    context = context_for(for_holder(standing.space, dossier), at, validated=dossier.is_validated)
    walk = engine.Walk(form, before, context)
    if not walk.may_change(address):
        raise Refused("validated")
    content.answers = make(walk, content)
    leave_traces(content, form, before, by.person, at)
    content.save(update_fields=["answers", "revision", "traces"])
    erase(dossier, held_by(before) - held_by(content.answers))
    handed_over = dossier.changed_by_id != by.person_id
    note_change(dossier, engine.Walk(form, content.answers, context), by.person, at)
    if handed_over:
        record("dossier.continued", dossier, by, role=standing.role)
    if told is not None:
        record("dossier.rows_imported", dossier, by, role=standing.role, **told)
    return dossier


def note_change(dossier: Dossier, walk: engine.Walk, person: Person, at: datetime) -> None:
    """What the dossier's row says of a draft as it stands now; whom it names no more has no part in it any more."""
    dossier.changed_by, dossier.changed_at, dossier.expires_at = person, at, at + timedelta(days=DRAFT_DAYS)
    dossier.last_day = walk.deadline()
    if dossier.shared:
        let_go(dossier, walk, at)
    dossier.save(update_fields=["changed_by", "changed_at", "expires_at", "last_day"])


def leave_traces(content: Content, form: engine.Form, before: dict, person: Person, at: datetime) -> None:
    """Notes who changed which answers, and when: what tells colleagues apart (`together`)."""
    mark = [str(person.pk), at.isoformat(timespec="seconds")]
    content.traces = content.traces | dict.fromkeys(engine.changed_places(form, before, content.answers), mark)


def save_page(dossier: Dossier, address: str, posted: Mapping[str, Sequence[str]], *, by: SignIn, language: str,
              files: Mapping[str, list[dict]] | None = None, shown: Shown | None = None) -> engine.Reading:  # fmt: skip
    """Saves what is sound on one page and says what is not. Other pages stay as they are: two tabs, or two people, lose nothing.

    `files`: by question, what `add_document` returned. `shown`: what the page held when it was shown; fields that somebody
    else answered otherwise since are left as they stand, and are clashes and errors of the reading. Raises Refused.
    """
    readings = []

    def make(walk: engine.Walk, content: Content) -> dict:
        answers = dict(walk.state.answers)
        reading = engine.read_page(walk.form, answers, address, posted, walk.context, language, files)
        readings.append(reading)
        sound = {
            name: value for name, value in reading.values.items() if name not in reading.errors or name in (files or {})
        }
        if shown is not None:
            sound = settle(walk, content, address, sound, reading, shown, by=by, language=language)
        return engine.apply(answers, address, sound) if sound or not reading.errors else answers

    change(dossier.pk, by, make, address=address)
    return readings[-1]


def add_row(dossier: Dossier, address: str, *, by: SignIn) -> str:
    """Adds a row to the group whose list is at this address; returns the address of its first page, or of the list when
    no row can be added. Raises Refused."""
    places = [address]

    def make(walk: engine.Walk, _content: Content) -> dict:
        page = form_page(walk, address)
        if page is None or not page.can_add:
            return dict(walk.state.answers)
        answers, row = engine.add_row(walk.state.answers, address)
        places.append(engine.Walk(walk.form, answers, walk.context).first_of_row(address, row) or address)
        return answers

    change(dossier.pk, by, make, address=address)
    return places[-1]


def remove_row(dossier: Dossier, address: str, row_id: str, *, by: SignIn) -> None:
    """Removes a row of a group, with the files that only it held; a row that is not there is no fault. Raises Refused."""

    def make(walk: engine.Walk, _content: Content) -> dict:
        page = form_page(walk, address)
        if page is None or not any(row.id == row_id and row.removable for row in page.rows):
            return dict(walk.state.answers)
        return engine.remove_row(walk.state.answers, address, row_id)

    change(dossier.pk, by, make, address=address)


def contest(dossier: Dossier, address: str, question: str, *, by: SignIn, again: bool = False) -> None:
    """«Ce n'est pas exact»: a locked prefill becomes a field to fill in, marked as declared by the person; `again` takes
    the source's word back. A question that has no source is left alone. Raises Refused."""

    def make(walk: engine.Walk, _content: Content) -> dict:
        page = form_page(walk, address)
        if page is None or not any(field.name == question and field.prefill for field in page.fields):
            return dict(walk.state.answers)
        return (engine.uncontest if again else engine.contest)(walk.state.answers, address, question)

    change(dossier.pk, by, make, address=address)


@transaction.atomic
def delete_draft(dossier: Dossier, *, by: SignIn) -> None:
    """Deletes a draft, its answers and its files, now. Raises Refused."""
    dossier, at = lock(dossier.pk)
    if dossier.state not in {*UNSENT, State.EXPIRED}:
        raise Refused("sent")
    role = demand(dossier, by, Action.PREPARE, at).role
    if is_guest(dossier, by.person):
        raise Refused("guest")
    empty(dossier)
    Dossier.objects.filter(pk=dossier.pk).delete()
    record("dossier.deleted", dossier, by, role=role)


def empty(dossier: Dossier) -> None:
    """Removes answers and files, and who took part; the files themselves go by a job, once the transaction stands."""
    for path in Document.objects.filter(dossier=dossier).exclude(path="").values_list("path", flat=True):
        enqueue("dossiers.erase_file", path)
    Document.objects.filter(dossier=dossier).delete()
    Content.objects.filter(dossier=dossier).delete()
    dossier.participants.all().delete()
    dossier.visits.all().delete()


def expire_drafts(limit: int = 500) -> int:
    """Empties drafts that nobody continued; the row stays and says so. Returns how many."""
    over = Dossier.objects.filter(state__in=UNSENT, expires_at__lte=timezone.now()).order_by("expires_at")
    return sum(expire_draft(key) for key in over.values_list("pk", flat=True)[:limit])


@transaction.atomic
def expire_draft(dossier_id: UUID) -> bool:
    """Empties one draft, unless somebody continued it meanwhile; returns whether it did."""
    try:
        dossier, at = lock(dossier_id)
    except Refused:
        return False
    if dossier.state not in UNSENT or not dossier.has_expired(at):
        return False
    empty(dossier)
    dossier.state = after(dossier.state, Move.EXPIRE, side=Side.CLOCK)
    dossier.save(update_fields=["state"])
    record("dossier.expired", dossier, None)
    return True
