"""Reading the inbox."""

from monespace.notices.models import Notice

PAGE = 30


def unread_count(person) -> int:
    """How many notices a signed-in person has not read."""
    return Notice.objects.filter(person=person.pk, read_at=None).count()


def inbox(person, before: int | None = None) -> list[Notice]:
    """Up to PAGE + 1 notices, newest first, older than the id `before` (paging by key)."""
    notices = Notice.objects.filter(person=person.pk).order_by("-id")
    return list((notices.filter(id__lt=before) if before else notices)[: PAGE + 1])
