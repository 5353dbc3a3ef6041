"""Reading the inbox."""

from django.db import connection

from monespace.notices.models import Notice

PAGE = 30
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
