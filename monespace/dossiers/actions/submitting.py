"""Sending a dossier, once; and taking it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from monespace import engine
from monespace.dossiers.actions.common import (
    Incomplete,
    Refused,
    Standing,
    demand,
    demand_draft,
    lock,
    lock_holder,
    note,
    record,
)
from monespace.dossiers.actions.documents import erase, held_by
from monespace.dossiers.actions.drafting import demand_once, demand_open
from monespace.dossiers.actions.telling import tell_applicant
from monespace.dossiers.context import context_for
from monespace.dossiers.lifecycle import Move, Side, after
from monespace.dossiers.models import Content, Document, Dossier, Paper, Participant
from monespace.dossiers.numbers import next_number
from monespace.dossiers.taking_part import Agreement, agreements, digest_of, for_holder
from monespace.dossiers.words import AGREEMENTS, agreed_line
from monespace.identity.models import SignIn
from monespace.spaces.policy import Action
from monespace.work import enqueue

SENT = _("Request sent: number %(number)s")
SENT_FACT = _(
    "We received your request “%(title)s”, made in the name of %(name)s.\n\nNumber: %(number)s\nReceived on: %(at)s"
)


@transaction.atomic
def submit(dossier: Dossier, *, by: SignIn) -> tuple[Dossier, bool]:
    """Sends a dossier; returns it and whether this call was the one that sent it.

    However often and from however many tabs it is called, there is one number: the second caller waits for the first one's
    lock and finds it sent. Raises Refused (role, scope, level, frozen, expired, window, once, not_validated, unconfirmed), Incomplete.
    """
    dossier, at = lock(dossier.pk)
    form = dossier.version.form.definition
    standing = demand(dossier, by, Action.SUBMIT, at, least_level=form.assurance.submit)
    if dossier.number is not None:
        return dossier, False
    demand_draft(dossier, at)
    demand_open(form, at)
    if form.validate and not dossier.is_validated:
        raise Refused("not_validated")
    if form.once:
        lock_holder(dossier)  # whoever comes second sees what the first one sent
        demand_once(standing.space, dossier.procedure, form, at)
    freeze(dossier, standing, by, at)
    dossier.state = after(dossier.state, Move.SUBMIT, side=Side.APPLICANT)
    dossier.number, dossier.submitted_at, dossier.submitted_by = next_number(at), at, by.person
    dossier.submitted_role, dossier.submitted_method, dossier.submitted_level = standing.role, by.method, by.level
    dossier.changed_by, dossier.changed_at = by.person, at
    dossier.save()
    end_help(dossier, at)
    note(dossier, "submitted", at, by=by)
    Paper.objects.create(dossier=dossier, kind=Paper.Kind.RECEIPT)
    enqueue("dossiers.make_paper", dossier.pk, Paper.Kind.RECEIPT.value)
    tell_applicant(dossier, SENT, SENT_FACT)
    record("dossier.submitted", dossier, by, role=standing.role, number=dossier.number)
    return dossier, True


def end_help(dossier: Dossier, at: datetime) -> None:
    """Whoever helped to fill in a draft has no more part in it once it is sent."""
    if dossier.shared:
        Participant.objects.filter(dossier=dossier, may_fill=True, place="", ended_at=None).update(ended_at=at)


def freeze(dossier: Dossier, standing: Standing, by: SignIn, at: datetime) -> None:
    """Keeps what is sent, with its labels, in the dossier's language; raises Incomplete.

    Answers that no longer apply are not sent; their files are erased, and do not stop the request when they are bad.
    """
    content = Content.objects.select_for_update().get(pk=dossier.pk)
    form, space = dossier.version.form, standing.space
    context = context_for(for_holder(space, dossier), at, validated=dossier.is_validated)
    answers = engine.applicable_answers(form, content.answers, context)
    walk = engine.Walk(form, answers, context)
    agreed = agreements(dossier, walk, at)
    documents = list(Document.objects.filter(dossier=dossier, pk__in=held_by(answers)).order_by("added_at", "id"))
    if not walk.is_complete or any(document.check_state in Document.BAD for document in documents):
        raise Incomplete
    if any(each.state != "confirmed" for each in agreed):
        raise Refused("unconfirmed")
    erase(dossier, {str(key) for key in dossier.documents.values_list("pk", flat=True)} - held_by(answers))
    content.answers, content.traces = answers, {}
    content.frozen = {
        "procedure": dossier.title[dossier.language], "language": dossier.language, "sent_at": at.isoformat(),
        "filed_by": {"name": by.person.full_name, "method": by.method, "level": by.level, "role": standing.role},
        "for": {"kind": space.holder_kind, "name": space.name, "number": space.number_text},
        "version": dossier.version.number, "summary": with_agreements(walk.summary(dossier.language), agreed),
        "documents": [{"id": str(one.pk), "name": one.name, "size": one.size, "sha256": one.sha256} for one in documents],
    }  # fmt: skip
    content.digest = digest_of(content.frozen)
    content.save(update_fields=["answers", "frozen", "digest", "traces"])
    if dossier.holder_enterprise_id or dossier.shared:  # who worked on which page, and when, is of the draft only
        dossier.visits.all().delete()


def with_agreements(summary: dict, agreed: list[Agreement]) -> dict:
    """The summary with what the others agreed to, when and how they proved who they are."""
    if not agreed:
        return summary
    with override(summary["language"]):
        lines = [
            {"question": each.who.place, "kind": "agreement", "label": each.who.name, "declared_by_you": False,
             "values": [each.who.text, agreed_line(each.part)], "version": each.who.version}
            for each in agreed
        ]  # fmt: skip
        block = {"title": "", "level": 1, "address": "", "item": "", "lines": lines}
        section = {"id": "agreements", "title": str(AGREEMENTS), "blocks": [block]}
    return {**summary, "sections": [*summary["sections"], section]}


@transaction.atomic
def withdraw(dossier: Dossier, *, by: SignIn) -> Dossier:
    """Takes back a dossier that is not decided. Raises Refused, lifecycle.NotNow."""
    dossier, at = lock(dossier.pk)
    role = demand(dossier, by, Action.SUBMIT, at).role
    dossier.state = after(dossier.state, Move.WITHDRAW, side=Side.APPLICANT)
    dossier.closed_at, dossier.changed_at, dossier.changed_by = at, at, by.person
    dossier.save(update_fields=["state", "closed_at", "changed_at", "changed_by"])
    note(dossier, "withdrawn", at, by=by)
    record("dossier.withdrawn", dossier, by, role=role)
    return dossier
