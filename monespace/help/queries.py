"""Reading the help centre: topics, guides, steps, search; and what people said."""

from monespace.help.content import Heading, Topic, topics_in
from monespace.help.models import Feedback
from monespace.help.searching import Found, search_in

PAGE = 30


def topics(language: str) -> tuple[Topic, ...]:
    """Every topic in a language, in the order of the help centre."""
    return topics_in(language)


def topic(slug: str, language: str) -> Topic | None:
    """One topic; None: there is no such topic in this language."""
    return next((topic for topic in topics_in(language) if topic.slug == slug), None)


def guides(language: str) -> list[Topic]:
    """The guides, which also exist as PDF."""
    return [topic for topic in topics_in(language) if topic.front.kind == "guide"]


def questions(language: str) -> list[Topic]:
    """The frequent questions; those asked most come first."""
    found = [topic for topic in topics_in(language) if topic.front.kind == "question"]
    return sorted(found, key=lambda topic: not topic.front.asked)


def steps(slug: str, language: str) -> list[Heading]:
    """The steps of a guide, in order: each one is a step of a browser journey, which takes its picture."""
    found = topic(slug, language)
    return found.steps if found else []


def search(words: str, language: str) -> list[Found]:
    """The pages that answer a person's own words, best first."""
    return search_in(topics_in(language), words, language)


def feedback(before: int | None = None) -> list[Feedback]:
    """Up to PAGE + 1 opinions, newest first, older than the id `before` (paging by key)."""
    found = Feedback.objects.order_by("-id")
    return list((found.filter(id__lt=before) if before else found)[: PAGE + 1])
