"""Telling people: a mail or a line in the inbox, stored in the transaction of the fact that causes it."""

import json
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from monespace import vault
from monespace.notices.models import Mail, Notice, Sms
from monespace.work import enqueue


def mail(to: str, subject: str, text: str, *, language: str, attachments: list[dict] | None = None) -> Mail:
    """Stores a message and enqueues its delivery. `attachments`: [{"name", "path", "type"}], paths in the document store.

    Subject and text are plain text in `language`; the subject loses line breaks (they would forge headers).
    """
    message = Mail.objects.create(
        to=to, subject=" ".join(subject.split())[:200], text=text, language=language, attachments=attachments or []
    )
    enqueue("notices.deliver", message.id)
    return message


def sms(to: str, text: str, *, until: datetime, real: bool = True) -> Sms:
    """Stores a text message to a number (E.164) and enqueues its sending before what is less urgent; after `until` it is of no
    use and does not leave. `real=False` does the same work and sends nothing: whoever measures learns nothing.

    Plain GSM letters only (notices.gsm): another one doubles the price.
    """
    message = Sms.objects.create(sealed=vault.seal(json.dumps({"to": to, "text": text})), until=until, real=real)
    enqueue("notices.send_sms", message.id, urgent=True)
    return message


def letter(text: str, path: str) -> str:
    """A mail's text in the active language: what happened, where to see it, how to recognise us, who helps."""
    known = {"link": settings.SITE_URL + path, "site": settings.SITE_URL}
    help_at = {"phone": settings.HELPDESK_PHONE, "mail": settings.HELPDESK_MAIL}
    return "\n\n".join(
        [
            text,
            _("See it in Mon Espace:\n%(link)s") % known,
            _(
                "How to recognise us: our messages have no attachment, and never ask for a code, a password or a payment. "
                "Their links begin with %(site)s. If in doubt, type this address yourself or call us."
            )
            % known,
            _("Help: %(phone)s, %(mail)s") % help_at,
        ]
    )


def tell(person: UUID, text: str, *, language: str, path: str = "") -> Notice:
    """Puts a line in a person's inbox; `path` is where it leads inside the portal."""
    return Notice.objects.create(person=person, text=text[:300], language=language, path=path)


def hand_on(old: UUID, into: UUID) -> None:
    """Gives a person's inbox to the person whom they became."""
    Notice.objects.filter(person=old).update(person=into)


def mark_read(person: UUID, up_to: int) -> int:
    """Marks the person's notices up to an id as read; returns how many."""
    return Notice.objects.filter(person=person, id__lte=up_to, read_at=None).update(read_at=timezone.now())
