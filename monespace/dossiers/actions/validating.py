"""Validating the answers of a draft before it is declared and sent, and opening them again."""

from datetime import datetime

from django.db import transaction

from monespace import engine
from monespace.dossiers.actions.common import Incomplete, Refused, Standing, demand, demand_draft, lock, note, record
from monespace.dossiers.actions.documents import held_by
from monespace.dossiers.context import context_for
from monespace.dossiers.lifecycle import Move, Side, after
from monespace.dossiers.models import Content, Document, Dossier
from monespace.dossiers.taking_part import for_holder
from monespace.identity.models import SignIn
from monespace.spaces.policy import Action


@transaction.atomic
def validate(dossier: Dossier, *, by: SignIn) -> bool:
    """The answers are complete and stand still from now on, until the request is sent or reopened.

    Returns whether this call validated them: a second click finds it done. Raises Refused, Incomplete.
    """
    dossier, at, standing = _locked(dossier, by)
    if not dossier.version.form.definition.validate:
        raise Refused("not_validated")
    if dossier.is_validated:
        return False
    content = Content.objects.get(pk=dossier.pk)
    walk = engine.Walk(dossier.version.form, content.answers, context_for(for_holder(standing.space, dossier), at))
    held = held_by(walk.applicable_answers())
    if not walk.is_complete or Document.objects.filter(pk__in=held, check_state__in=Document.BAD).exists():
        raise Incomplete
    _move(dossier, Move.VALIDATE, by, at)
    note(dossier, "validated", at, by=by)
    record("dossier.validated", dossier, by, role=standing.role)
    return True


@transaction.atomic
def reopen(dossier: Dossier, *, by: SignIn) -> bool:
    """The answers can be changed again; what was answered after they were validated is asked again.

    Returns whether this call reopened them. Raises Refused.
    """
    dossier, at, standing = _locked(dossier, by)
    if not dossier.is_validated:
        return False
    content = Content.objects.get(pk=dossier.pk)
    content.answers = engine.reopened(dossier.version.form, content.answers)
    content.revision += 1
    content.save(update_fields=["answers", "revision"])
    _move(dossier, Move.REOPEN, by, at)
    note(dossier, "reopened", at, by=by)
    record("dossier.reopened", dossier, by, role=standing.role)
    return True


def _locked(dossier: Dossier, by: SignIn) -> tuple[Dossier, datetime, Standing]:
    """The draft under its lock, for a person who may prepare it; raises Refused."""
    dossier, at = lock(dossier.pk)
    demand_draft(dossier, at)
    least = dossier.version.form.definition.assurance.draft
    return dossier, at, demand(dossier, by, Action.PREPARE, at, least_level=least)


def _move(dossier: Dossier, move: Move, by: SignIn, at: datetime) -> None:
    dossier.state = after(dossier.state, move, side=Side.APPLICANT)
    dossier.changed_by, dossier.changed_at = by.person, at
    dossier.save(update_fields=["state", "changed_by", "changed_at"])
