"""Reading the inbox."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from monespace.notices.models import Notice, SmsTrouble

PAGE = 30
TROUBLE_MINUTES = 10  # a silent gateway is tried again by whoever asks for a code after that
UNREAD = "SELECT count(*) FROM notices_notice WHERE person = %s AND read_at IS NULL"  # asked by every page signed in


def unread_count(person) -> int:
    """How many notices a signed-in person has not read."""
    with connection.cursor() as cursor:
        cursor.execute(UNREAD, [person.pk])
        return cursor.fetchone()[0]


def inbox(person, before: int | None = None) -> list[Notice]:
    """Up to PAGE + 1 notices, newest first, older than the id `before` (paging by key)."""
    notices = Notice.objects.filter(person=person.pk).order_by("-id")
    return list((notices.filter(id__lt=before) if before else notices)[: PAGE + 1])


def sms_trouble() -> str:
    """Why text messages do not leave: «gateway», «limit» (until midnight), or nothing."""
    found = SmsTrouble.objects.filter(pk=1).first()
    if found is None:
        return ""
    lasts = timezone.localdate(found.at) == timezone.localdate() if found.why == "limit" else (
        found.at > timezone.now() - timedelta(minutes=TROUBLE_MINUTES)
    )  # fmt: skip
    return found.why if lasts else ""
