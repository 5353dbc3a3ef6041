"""Delivering mail."""

from uuid import UUID

from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from monespace.notices.models import Mail
from monespace.work import job


@job("notices.deliver")
def deliver(mail_id: str) -> None:
    """Sends one message and empties it. A worker killed after sending sends it again: twice is better than never."""
    with transaction.atomic():
        waiting = Mail.objects.select_for_update().filter(pk=UUID(mail_id), sent_at=None).first()
        if waiting is None:
            return
        message_of(waiting).send()
        Mail.objects.filter(pk=waiting.pk).update(sent_at=timezone.now(), to="", subject="", text="", attachments=[])


def message_of(waiting: Mail) -> EmailMessage:
    """The message as it leaves; the id makes its Message-ID stable, so that a second copy is recognised as one."""
    headers = {
        "Message-ID": f"<{waiting.pk}@monespace>",
        "Content-Language": waiting.language,
        "Auto-Submitted": "auto-generated",
    }
    message = EmailMessage(waiting.subject, waiting.text, to=[waiting.to], headers=headers)
    for item in waiting.attachments:
        with default_storage.open(item["path"], "rb") as file:
            message.attach(item["name"], file.read(), item["type"])
    return message
