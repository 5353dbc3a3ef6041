"""Drafts: begun, filled in, continued by a colleague, deleted, expired."""

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from monespace import engine
from monespace.dossiers.actions.common import Refused, demand, demand_draft, lock, note, record
from monespace.dossiers.context import context_for
from monespace.dossiers.lifecycle import State
from monespace.dossiers.models import Content, Document, Dossier
from monespace.identity.models import SignIn
from monespace.procedures.models import ProcedureVersion
from monespace.spaces.actions import forget_intention
from monespace.spaces.policy import Action
from monespace.spaces.space import Space, procedure_scope
from monespace.work import enqueue

DRAFT_DAYS = 90  # a draft that nobody touches for this long is emptied


@transaction.atomic
def start(space: Space, version: ProcedureVersion, *, by: SignIn, language: str, start_key: UUID) -> Dossier:
    """Begins a draft in a space, pinned to a version. The same start key gives the same draft: a double click starts one.

    Raises Refused: role, scope, level, frozen.
    """
    at = timezone.now()
    form = version.form
    decision = space.decide(
        Action.PREPARE, scopes=procedure_scope(version.slug), least_level=form.definition.assurance.draft, at=at
    )
    if not decision.allowed:
        raise Refused(decision.because, decision)
    dossier, new = Dossier.objects.get_or_create(
        start_key=start_key,
        defaults={
            "procedure": version.slug, "version": version, "title": dict(form.definition.title), "language": language,
            "holder_person": space.person if space.is_personal else None, "holder_enterprise": space.enterprise,
            "created_by": by.person, "changed_by": by.person, "changed_at": at, "expires_at": at + timedelta(days=DRAFT_DAYS),
        },
    )  # fmt: skip
    if dossier.created_by_id != by.person_id:
        raise Refused("role")
    if new:
        Content.objects.create(dossier=dossier, answers=engine.start(form, context_for(space, at)))
        note(dossier, "started", at, by=by)
        forget_intention(by.person)
        record("dossier.started", dossier, by, role=decision.role)
    return dossier


@transaction.atomic
def change(dossier_id: UUID, by: SignIn, make: Callable[[dict], dict]) -> Dossier:
    """Applies a pure change of answers under the dossier's lock, whoever else is saving. Raises Refused."""
    dossier, at = lock(dossier_id)
    demand_draft(dossier, at)
    demand(dossier, by, Action.PREPARE, at, least_level=dossier.version.form.definition.assurance.draft)
    content = Content.objects.get(pk=dossier.pk)
    content.answers, content.revision = make(content.answers), content.revision + 1
    content.save(update_fields=["answers", "revision"])
    handed_over = dossier.changed_by_id != by.person_id
    dossier.changed_by, dossier.changed_at, dossier.expires_at = by.person, at, at + timedelta(days=DRAFT_DAYS)
    dossier.save(update_fields=["changed_by", "changed_at", "expires_at"])
    if handed_over:
        record("dossier.continued", dossier, by)
    return dossier


def save_page(dossier: Dossier, address: str, values: dict, *, by: SignIn) -> Dossier:
    """Saves the canonical answers of one page; other pages are left as they are, so two tabs or two people lose nothing."""
    return change(dossier.pk, by, lambda answers: engine.apply(answers, address, values))


def add_row(dossier: Dossier, address: str, *, by: SignIn) -> str:
    """Adds a row to the group whose list is at this address; returns the row's id, empty when the group is full."""
    added = []

    def make(answers: dict) -> dict:
        answers, row = engine.add_row(answers, address)
        added.append(row)
        return answers

    change(dossier.pk, by, make)
    return added[-1]


def remove_row(dossier: Dossier, address: str, row_id: str, *, by: SignIn) -> Dossier:
    """Removes a row of a group, with the files that only it held."""
    changed = change(dossier.pk, by, lambda answers: engine.remove_row(answers, address, row_id))
    drop_loose_documents(changed)
    return changed


def contest(dossier: Dossier, address: str, question: str, *, by: SignIn) -> Dossier:
    """«Ce n'est pas exact»: a locked prefill becomes a field to fill in, marked as declared by the person."""
    return change(dossier.pk, by, lambda answers: engine.contest(answers, address, question))


@transaction.atomic
def drop_loose_documents(dossier: Dossier) -> None:
    """Erases the files that no answer holds any more. Called after a change that may have let some go."""
    answers = json.dumps(Content.objects.get(pk=dossier.pk).answers)
    for document in Document.objects.select_for_update().filter(dossier=dossier):
        if str(document.pk) not in answers:
            enqueue("dossiers.erase_file", document.path)
            document.delete()


@transaction.atomic
def delete_draft(dossier: Dossier, *, by: SignIn) -> None:
    """Deletes a draft, its answers and its files, now. Raises Refused."""
    dossier, at = lock(dossier.pk)
    if dossier.state not in {State.DRAFT, State.EXPIRED}:
        raise Refused("sent")
    decision = demand(dossier, by, Action.PREPARE, at)
    empty(dossier)
    record("dossier.deleted", dossier, by, role=decision.role)
    dossier.delete()


def empty(dossier: Dossier) -> None:
    """Removes answers and files; the files themselves go by a job, once the transaction stands."""
    for path in Document.objects.filter(dossier=dossier).exclude(path="").values_list("path", flat=True):
        enqueue("dossiers.erase_file", path)
    Document.objects.filter(dossier=dossier).delete()
    Content.objects.filter(dossier=dossier).delete()


def expire_drafts(limit: int = 500) -> int:
    """Empties drafts that nobody continued; the row stays and says so. Returns how many."""
    count = 0
    for key in Dossier.objects.filter(state=State.DRAFT, expires_at__lte=timezone.now()).values_list("pk", flat=True)[
        :limit
    ]:
        with transaction.atomic():
            dossier, at = lock(key)
            if dossier.state != State.DRAFT or dossier.expires_at > at:
                continue
            empty(dossier)
            dossier.state = State.EXPIRED
            dossier.save(update_fields=["state"])
            record("dossier.expired", dossier, None)
            count += 1
    return count
