"""Sending a dossier, once; and taking it back."""

import hashlib
import json
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from monespace import engine
from monespace.dossiers.actions.common import demand, demand_draft, lock, note, record, space_of
from monespace.dossiers.context import context_for
from monespace.dossiers.lifecycle import Move, Side, after
from monespace.dossiers.models import Content, Document, Dossier, Paper
from monespace.dossiers.numbers import next_number
from monespace.identity.models import SignIn
from monespace.notices.actions import mail, tell
from monespace.spaces.policy import Action
from monespace.spaces.space import Space
from monespace.work import enqueue


class Incomplete(Exception):
    """The engine found something missing or wrong: nothing was sent. The check page shows what."""


@transaction.atomic
def submit(dossier: Dossier, *, by: SignIn) -> tuple[Dossier, bool]:
    """Sends a dossier; returns it and whether this call was the one that sent it.

    However often and from however many tabs it is called, there is one number: the second caller waits for the first one's
    lock and finds it sent. Raises Refused (role, scope, level, frozen, expired), Incomplete.
    """
    dossier, at = lock(dossier.pk)
    least = dossier.version.form.definition.assurance.submit
    decision = demand(dossier, by, Action.SUBMIT, at, least_level=least)
    if dossier.number is not None:
        return dossier, False
    demand_draft(dossier, at)
    space = space_of(dossier, by, at)
    freeze(dossier, space, by, decision.role, at)
    dossier.state = after(dossier.state, Move.SUBMIT, side=Side.APPLICANT)
    dossier.number, dossier.submitted_at, dossier.submitted_by = next_number(at), at, by.person
    dossier.submitted_role, dossier.submitted_method, dossier.submitted_level = decision.role, by.method, by.level
    dossier.changed_by, dossier.changed_at = by.person, at
    dossier.save()
    note(dossier, "submitted", at, by=by)
    Paper.objects.create(dossier=dossier, kind=Paper.Kind.RECEIPT)
    enqueue("dossiers.make_paper", dossier.pk, Paper.Kind.RECEIPT.value)
    announce(dossier)
    record("dossier.submitted", dossier, by, role=decision.role, number=dossier.number)
    return dossier, True


def freeze(dossier: Dossier, space: Space, by: SignIn, role: str, at: datetime) -> None:
    """Keeps what is sent, with its labels, in the dossier's language; raises Incomplete. Infected files stop it."""
    content = Content.objects.select_for_update().get(pk=dossier.pk)
    form, context = dossier.version.form, context_for(space, at)
    answers = engine.applicable_answers(form, content.answers, context)
    walk = engine.Walk(form, answers, context)
    documents = list(Document.objects.filter(dossier=dossier).order_by("added_at", "id"))
    bad = {Document.Check.INFECTED, Document.Check.UNREADABLE}
    if not walk.is_complete or any(document.check_state in bad for document in documents):
        raise Incomplete
    content.answers = answers
    content.frozen = {
        "procedure": dossier.title[dossier.language], "language": dossier.language, "sent_at": at.isoformat(),
        "filed_by": {"name": by.person.full_name, "method": by.method, "level": by.level, "role": role},
        "for": {"kind": space.holder_kind, "name": space.name, "number": space.number_text},
        "version": dossier.version.number, "summary": walk.summary(dossier.language),
        "documents": [{"id": str(one.pk), "name": one.name, "size": one.size, "sha256": one.sha256} for one in documents],
    }  # fmt: skip
    content.digest = digest_of(content.frozen)
    content.save(update_fields=["answers", "frozen", "digest"])


def digest_of(frozen: dict) -> str:
    """SHA-256 of a frozen copy: over its JSON with sorted keys, so that anyone can work it out again."""
    return hashlib.sha256(
        json.dumps(frozen, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    ).hexdigest()


def announce(dossier: Dossier) -> None:
    """The mail and the notice: the number and where to look, never the content (recipients' mailboxes are not ours)."""
    person = dossier.submitted_by
    if person is None:
        return
    with override(dossier.language):
        path = reverse("dossiers:dossier", args=[key_of(dossier), dossier.ref])
        title = dossier.title.get(dossier.language) or dossier.title["fr"]
        tell(
            person.pk,
            _("Request sent: number %(number)s.") % {"number": dossier.number},
            language=dossier.language,
            path=path,
        )
        if person.email:
            text = _(
                "Hello,\n\nWe received your request “%(title)s”.\n\nNumber: %(number)s\nReceived on: %(at)s\n\n"
                "Follow it and find your receipt here:\n%(link)s\n\nHelp: %(phone)s, %(mail)s"
            ) % {
                "title": title, "number": dossier.number, "at": said(dossier.submitted_at), "link": settings.SITE_URL + path,
                "phone": settings.HELPDESK_PHONE, "mail": settings.HELPDESK_MAIL,
            }  # fmt: skip
            mail(
                person.email,
                _("Request received: number %(number)s") % {"number": dossier.number},
                text,
                language=dossier.language,
            )


def said(at: datetime | None) -> str:
    """An instant in the words of the active language."""
    return formats.date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else ""


def key_of(dossier: Dossier) -> str:
    """The space's part of the dossier's address."""
    return dossier.holder_enterprise.number if dossier.holder_enterprise else "moi"


@transaction.atomic
def withdraw(dossier: Dossier, *, by: SignIn) -> Dossier:
    """Takes back a dossier that is not decided. Raises Refused, lifecycle.NotNow."""
    dossier, at = lock(dossier.pk)
    decision = demand(dossier, by, Action.SUBMIT, at)
    dossier.state = after(dossier.state, Move.WITHDRAW, side=Side.APPLICANT)
    dossier.closed_at, dossier.changed_at, dossier.changed_by = at, at, by.person
    dossier.save(update_fields=["state", "closed_at", "changed_at", "changed_by"])
    note(dossier, "withdrawn", at, by=by)
    record("dossier.withdrawn", dossier, by, role=decision.role)
    return dossier
