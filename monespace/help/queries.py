"""Reading the help centre: topics, guides, steps, search; and what people said."""

from django.conf import settings

from monespace.help.content import Heading, Topic, topics_in
from monespace.help.models import Feedback
from monespace.help.searching import Found, search_in

PAGE = 30
MOST_FOUND = 10


def topics(language: str) -> tuple[Topic, ...]:
    """Every topic in the order of the help centre: in this language, in French when nobody wrote it in this one."""
    own = topics_in(language)
    known = {topic.slug for topic in own}
    others = [topic for topic in topics_in(settings.LANGUAGE_CODE) if topic.slug not in known]
    return tuple(sorted([*own, *others], key=lambda topic: (topic.front.order, topic.slug)))


def topic(slug: str, language: str) -> Topic | None:
    """One topic, in this language or in French; None: there is no such topic."""
    return next((topic for topic in topics(language) if topic.slug == slug), None)


def languages_of(slug: str) -> list[str]:
    """The languages in which a topic is written."""
    return [code for code, _name in settings.LANGUAGES if any(topic.slug == slug for topic in topics_in(code))]


def guides(language: str) -> list[Topic]:
    """The guides, which also exist as PDF."""
    return [topic for topic in topics(language) if topic.front.kind == "guide"]


def questions(language: str) -> list[Topic]:
    """The frequent questions; those asked most come first."""
    found = [topic for topic in topics(language) if topic.front.kind == "question"]
    return sorted(found, key=lambda topic: not topic.front.asked)


def steps(slug: str, language: str) -> list[Heading]:
    """The steps of a guide, in order: each one is a step of a browser journey, which takes its picture."""
    found = topic(slug, language)
    return found.steps if found else []


def search(words: str, language: str) -> list[Found]:
    """The pages that answer a person's own words, best first; those that are not written in this language come after."""
    found = search_in(topics_in(language), words, language)
    others = tuple(topic for topic in topics(language) if topic.language != language)
    return [*found, *search_in(others, words, settings.LANGUAGE_CODE)][:MOST_FOUND] if others else found


def feedback(before: int | None = None) -> list[Feedback]:
    """Up to PAGE + 1 opinions, newest first, older than the id `before` (paging by key)."""
    found = Feedback.objects.order_by("-id")
    return list((found.filter(id__lt=before) if before else found)[: PAGE + 1])
