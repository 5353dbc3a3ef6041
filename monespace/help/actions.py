"""Keeping what people say of the portal; ordering the guides' PDF files."""

from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from monespace.help.content import Topic
from monespace.help.models import Feedback
from monespace.help.paper import file_name
from monespace.help.queries import guides
from monespace.identity.limits import TooMany, count_try
from monespace.identity.models import Person
from monespace.work import enqueue

KEPT_DAYS = 365  # promised on the form and in content/help/*/vie-privee.md
PER_HOUR, ALL_PER_HOUR = 5, 500
ORDER_AGAIN_AFTER = 120  # seconds


def give_feedback(*, page: str, doing: str, problem: str, email: str, language: str, sender: str) -> Feedback:
    """Keeps one opinion for a year. `sender` (a network address) is counted, never kept. Raises TooMany."""
    count_try("feedback", sender, limit=PER_HOUR, seconds=3600)
    count_try("feedback", "all", limit=ALL_PER_HOUR, seconds=3600)
    with transaction.atomic():
        kept = Feedback.objects.create(page=page, doing=doing, problem=problem, email=email, language=language)
        enqueue("help.forget_feedback", kept.pk, at=timezone.now() + timedelta(days=KEPT_DAYS))
    return kept


def close_feedback(feedback_id: int, *, by: Person) -> bool:
    """Marks an opinion as handled, once; its address is forgotten then: the answer has been given. False: it was already."""
    open_one = Feedback.objects.filter(pk=feedback_id, handled_at=None)
    return bool(open_one.update(handled_at=timezone.now(), handled_by=by, email=""))


def forget_feedback(feedback_id: int) -> None:
    """Deletes an opinion."""
    Feedback.objects.filter(pk=feedback_id).delete()


def order_guide(topic: Topic) -> None:
    """Asks the worker for a guide's PDF; asked many times in a row, it is asked for once."""
    try:
        count_try("guide as PDF", file_name(topic), limit=1, seconds=ORDER_AGAIN_AFTER)
    except TooMany:
        return
    enqueue("help.make_guide", topic.slug, topic.language)


def order_missing_guides() -> int:
    """Asks for every guide that is not made yet in its present text; returns how many. For installation and upgrade."""
    missing = [
        topic
        for code, _name in settings.LANGUAGES
        for topic in guides(code)
        if topic.language == code and not default_storage.exists(file_name(topic))
    ]
    for topic in missing:
        enqueue("help.make_guide", topic.slug, topic.language)
    return len(missing)
