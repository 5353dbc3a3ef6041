"""Search in the help pages: some thirty pages, so in memory. Accents, plurals and slips of the finger do not count.

A word found in a title weighs more than one in the text; a page that holds all the words comes before one that repeats
a single one; a result leads to the chapter or step that holds most of them.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

from monespace.help.content import Heading, Topic, parse

WORD = re.compile(r"[a-z0-9]+")
IN_TITLE, IN_SEARCH_WORDS, IN_HEADING, IN_SUMMARY, IN_TEXT = 8, 7, 4, 3, 1
EXACT, BEGINNING, SLIP = 1.0, 0.7, 0.5
LEAST_ALIKE = 0.78
SILENT = {
    "fr": "a ai au aux avec c ce ces cette comment d dans de des du elle en est et il j je l la le les leur lui m ma mais me mes mon n ne "
    "nous on ou par pas peut peux plus pour pourquoi qu quand que quel quelle qui quoi s sa se ses son sont sur ta te tes ton tu un une "
    "vos votre vous y faire fait",
    "de": "aber als am an auf aus bei bin da das dass dem den der des die dies diese dieser ein eine einen einer es fur hat habe ich ihr "
    "ihre ihrem ihren im in ist kann konnen man mein meine meinen meiner mich mir mit nach nicht noch nur oder sich sie sind so um und uns "
    "vom von vor wann warum was wenn wer werden wie wir wird wo zu zum zur",
    "nl": "aan al als bij daar dan dat de deze die dit doe doen door een en er het hoe hun ik in is kan kunnen maar me met mij "
    "mijn moet na naar niet nog of om ons onze ook op over te tot u uit uw van voor waar waarom wanneer wat wel we werd wie wij "
    "worden wordt ze zich zij zijn zo",
    "en": "a about am an and are as at be by can cannot do does for from have how i if in into is it its me my no not of on or "
    "our so than that the their them then there these they this to us was we what when where which who why will with you your",
}
ENDINGS = {
    "fr": (
        "issements",
        "ations",
        "ation",
        "ements",
        "ement",
        "antes",
        "ante",
        "ees",
        "ants",
        "er",
        "ez",
        "es",
        "ee",
        "e",
        "s",
        "x",
    ),
    "de": ("ungen", "ung", "ern", "est", "en", "er", "es", "em", "e", "n", "s", "t"),
    "nl": ("ingen", "ing", "eren", "heden", "heid", "tjes", "tje", "en", "er", "de", "e", "n", "s", "t"),
    "en": ("ations", "ation", "ings", "ing", "ies", "ed", "es", "er", "e", "s", "y"),
}


class Part(NamedTuple):
    """A stretch of a page under one heading (None: before the first) and how much each stem weighs in it."""

    heading: Heading | None
    weights: dict[str, float]


class Page(NamedTuple):
    """A page as it is searched."""

    topic: Topic
    weights: dict[str, float]
    parts: list[Part]


class Found(NamedTuple):
    """A page that answers, and the heading under which it does."""

    topic: Topic
    heading: Heading | None
    score: float

    @property
    def url(self) -> str:
        """The page's address, at the heading."""
        return self.topic.url + (f"#{self.heading.id}" if self.heading else "")


def search_in(topics: tuple[Topic, ...], text: str, language: str, *, limit: int = 10) -> list[Found]:
    """The pages that answer these words, best first; no word, or none known: an empty list."""
    pages = _index(topics, language)
    wanted = [_known(stem, pages) for stem in dict.fromkeys(stems(text, language))]
    found = [result for page in pages if (result := _found(page, wanted, pages))]
    return sorted(found, key=lambda result: (-result.score, result.topic.front.order, result.topic.slug))[:limit]


def stems(text: str, language: str) -> list[str]:
    """The words of a text without accents, endings and silent words."""
    silent = frozenset(SILENT.get(language, "").split())
    return [_stem(word, language) for word in WORD.findall(fold(text)) if word not in silent]


def fold(text: str) -> str:
    """Small letters without accents; ß is ss, œ is oe."""
    small = text.casefold().replace("œ", "oe").replace("æ", "ae")
    return "".join(letter for letter in unicodedata.normalize("NFKD", small) if not unicodedata.combining(letter))


def _stem(word: str, language: str) -> str:
    """The word without one usual ending, as long as four letters remain; «aux» is «al»."""
    if language == "fr" and word.endswith("aux") and len(word) > 5:
        return word[:-3] + "al"
    for ending in ENDINGS.get(language, ()):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


@cache
def _index(topics: tuple[Topic, ...], language: str) -> list[Page]:
    return [_page(topic, language) for topic in topics]


def _page(topic: Topic, language: str) -> Page:
    parts = _parts(topic, language)
    about = [(IN_TITLE, topic.title), (IN_SEARCH_WORDS, " ".join(topic.front.search)), (IN_SUMMARY, topic.summary)]
    return Page(
        topic,
        _best([*(_weights(text, weight, language) for weight, text in about), *(part.weights for part in parts)]),
        parts,
    )


def _parts(topic: Topic, language: str) -> list[Part]:
    """The text cut at its headings."""
    headings = {heading.id: heading for heading in topic.headings}
    texts: list[tuple[Heading | None, list[str]]] = [(None, [])]
    opening = None
    for token in parse(topic.body):
        if token.type == "heading_open":
            opening = headings[str(token.attrGet("id"))]
            texts.append((opening, []))
        elif token.type == "inline":
            texts[-1][1].append(" ".join(child.content for child in token.children or [] if child.content))
    return [Part(heading, _of_part(heading, " ".join(text), language)) for heading, text in texts]


def _of_part(heading: Heading | None, text: str, language: str) -> dict[str, float]:
    title = heading.title if heading else ""
    return _best([_weights(text, IN_TEXT, language), _weights(title, IN_HEADING, language)])


def _weights(text: str, weight: float, language: str) -> dict[str, float]:
    """Each stem once; one that comes back weighs a little more."""
    return {stem: weight * (1 + math.log(times) / 4) for stem, times in Counter(stems(text, language)).items()}


def _best(several: Iterable[dict[str, float]]) -> dict[str, float]:
    best: dict[str, float] = {}
    for weights in several:
        for stem, weight in weights.items():
            best[stem] = max(weight, best.get(stem, 0))
    return best


def _known(stem: str, pages: list[Page]) -> dict[str, float]:
    """The stems of the pages that a typed one may stand for, and how surely."""
    vocabulary = {known for page in pages for known in page.weights}
    if stem in vocabulary:
        near = {known: BEGINNING for known in vocabulary if len(stem) >= 4 and known.startswith(stem)}
        return {**near, stem: EXACT}
    if len(stem) >= 3 and (near := {known: BEGINNING for known in vocabulary if known.startswith(stem)}):
        return near
    return {known: SLIP for known in vocabulary if _alike(stem, known)} if len(stem) >= 4 else {}


def _alike(typed: str, known: str) -> bool:
    """Whether a slip of the finger separates them."""
    if abs(len(typed) - len(known)) > 2 or typed[0] != known[0]:
        return False
    return SequenceMatcher(None, typed, known).ratio() >= LEAST_ALIKE


def _found(page: Page, wanted: list[dict[str, float]], pages: list[Page]) -> Found | None:
    scores = [_score(page.weights, known) * _rarity(known, pages) for known in wanted]
    hit = sum(score > 0 for score in scores)
    if not hit:
        return None
    best = max(page.parts, key=lambda part: sum(_score(part.weights, known) for known in wanted))
    in_part = sum(_score(best.weights, known) for known in wanted)
    return Found(page.topic, best.heading if in_part else None, sum(scores) * (hit / len(wanted)) ** 2)


def _score(weights: dict[str, float], known: dict[str, float]) -> float:
    return max((weights.get(stem, 0) * sure for stem, sure in known.items()), default=0)


def _rarity(known: dict[str, float], pages: list[Page]) -> float:
    """A word of few pages says more than one of all."""
    holding = sum(any(stem in page.weights for stem in known) for page in pages)
    return math.log(1 + len(pages) / max(holding, 1))
