"""A draft goes on with a newer version of its form, when the person says so; what was sent never does."""

from datetime import datetime, timedelta

from django.db import transaction

from monespace import engine
from monespace.dossiers.actions.common import Refused, Standing, demand, demand_draft, lock, record
from monespace.dossiers.actions.documents import erase, held_by
from monespace.dossiers.actions.drafting import DRAFT_DAYS, leave_traces
from monespace.dossiers.context import context_for
from monespace.dossiers.models import Content, Dossier
from monespace.dossiers.queries import version_offered
from monespace.dossiers.taking_part import for_holder
from monespace.identity.models import SignIn
from monespace.procedures.models import ProcedureVersion
from monespace.spaces.policy import Action


@transaction.atomic
def move_version(dossier: Dossier, number: int, *, by: SignIn, language: str) -> engine.Move:
    """Pins a draft to the version that was shown to the person, with every answer that fits it; says which do not.

    Files that the answers no longer hold are erased. Raises Refused: role, scope, level, frozen, sent, expired, deleted;
    version, when that version is not (or no longer) the one on offer.
    """
    dossier, at = lock(dossier.pk)
    demand_draft(dossier, at)
    old = dossier.version
    standing = demand(dossier, by, Action.PREPARE, at, least_level=old.form.definition.assurance.draft)
    version = version_offered(standing.space, dossier)
    if version is None or version.number != number:
        raise Refused("version")
    demand(dossier, by, Action.PREPARE, at, least_level=version.form.definition.assurance.draft)
    moved = _answers(dossier, version, standing, by, at, language)
    _pin(dossier, version, by, at)
    record("dossier.moved", dossier, by, role=standing.role, before=old.number, after=version.number)
    return moved


@transaction.atomic
def keep_version(dossier: Dossier, number: int, *, by: SignIn) -> None:
    """Somebody read what a newer version changes and keeps the draft's own: that one is not announced again. Raises Refused."""
    dossier, at = lock(dossier.pk)
    demand_draft(dossier, at)
    demand(dossier, by, Action.PREPARE, at)
    dossier.kept_from = number
    dossier.save(update_fields=["kept_from"])


def _answers(
    dossier: Dossier, version: ProcedureVersion, standing: Standing, by: SignIn, at: datetime, language: str
) -> engine.Move:
    """Writes the answers as the version takes them."""
    content, context = Content.objects.get(pk=dossier.pk), context_for(for_holder(standing.space, dossier), at)
    before = content.answers
    moved = engine.move(dossier.version.form, version.form, before, context, language)
    content.answers, content.revision = moved.answers, content.revision + 1
    leave_traces(content, version.form, before, by.person, at)
    content.save(update_fields=["answers", "revision", "traces"])
    erase(dossier, held_by(before) - held_by(moved.answers))
    dossier.last_day = engine.Walk(version.form, moved.answers, context).deadline()
    return moved


def _pin(dossier: Dossier, version: ProcedureVersion, by: SignIn, at: datetime) -> None:
    dossier.version, dossier.title = version, dict(version.form.definition.title)
    dossier.changed_by, dossier.changed_at, dossier.expires_at = by.person, at, at + timedelta(days=DRAFT_DAYS)
    dossier.save(update_fields=["version", "title", "last_day", "changed_by", "changed_at", "expires_at"])
