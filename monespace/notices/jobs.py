"""Delivering mail and text messages."""

import json
from datetime import timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy

from monespace import vault
from monespace.notices.gateway import GatewayDown, gateway
from monespace.notices.models import Mail, Sms, SmsTrouble
from monespace.work import job, nightly

log = structlog.get_logger("monespace.sms")
SMS_RETRY = RetryStrategy(max_attempts=200, wait=5)  # for as long as the message is of use: its `until` ends it sooner


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


@job("notices.send_sms", retry=SMS_RETRY)
def send_sms(sms_id: str) -> None:
    """Sends one text message and erases it; one that is too late, that nobody waits for, or past the day's limit is erased.

    A gateway that does not answer is tried again every five seconds; what is known of it is said on the page of the code.
    """
    try:
        with transaction.atomic():
            waiting = Sms.objects.select_for_update().filter(pk=UUID(sms_id)).exclude(sealed="").first()
            if waiting is not None:
                send(waiting)
    except GatewayDown as down:
        trouble("gateway", sms=sms_id, because=str(down))
        raise


def send(waiting: Sms) -> None:
    """Sends what may be sent; raises GatewayDown. For a number that is nobody's the gateway is asked only whether it is ready: what
    the page then says of an outage does not tell one from the other."""
    now, sent_at = timezone.now(), None
    if waiting.until > now:
        midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        if Sms.objects.filter(sent_at__gte=midnight).count() >= settings.SMS_PER_DAY:
            trouble("limit", sms=str(waiting.pk))
        else:
            if waiting.real:
                gateway().send(**json.loads(vault.open_sealed(waiting.sealed)), ref=str(waiting.pk))
                sent_at = timezone.now()
            else:
                gateway().ready()
            SmsTrouble.objects.all().delete()
    Sms.objects.filter(pk=waiting.pk).update(sealed="", sent_at=sent_at)


def trouble(why: str, **known: str) -> None:
    """Notes that a message did not leave: in the log for the operator, in a row for the page."""
    log.warning("sms.not_sent", why=why, **known)
    SmsTrouble.objects.update_or_create(pk=1, defaults={"why": why, "at": timezone.now()})


@nightly("notices.tidy", cron="40 2 * * *")
def tidy() -> None:
    """Text messages that are over: their words at once, the fact of them after two days (the day's limit counts them)."""
    now = timezone.now()
    Sms.objects.filter(until__lt=now).exclude(sealed="").update(sealed="")
    Sms.objects.filter(created_at__lt=now - timedelta(days=2)).delete()
