"""Help pages as their authors write them: content/help/<language>/<topic>.md, front matter in YAML and a body in Markdown.

The convention is told in docs/help.md. In a guide, «## » opens a chapter and «### … {#step-id}» a numbered step.
"""

import datetime as dt
import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

import msgspec
import yaml
from django.conf import settings
from django.urls import reverse
from markdown_it import MarkdownIt
from markdown_it.token import Token

from monespace.ui.look import NBSP, tel_href

Kind = Literal["guide", "page", "question"]
FRONT = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.S)
HEADING_ID = re.compile(r"\s*\{#([a-z0-9-]+)\}\s*$")
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


class ContentError(Exception):
    """A help file cannot be read; the message names the file and says what to do."""


class Front(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What stands above the text."""

    title: str
    summary: str
    kind: Kind
    order: int
    updated: dt.date
    search: tuple[str, ...] = ()  # words people would type that the text does not hold
    asked: bool = False  # one of the questions shown first in the help centre


class Heading(msgspec.Struct, frozen=True):
    """A heading of the text: a chapter (level 2) or, below it, a step or a part (level 3)."""

    level: int
    id: str
    title: str
    step: int = 0  # number of the step in its chapter; 0: no step


class Topic(msgspec.Struct, frozen=True):
    """One help page in one language."""

    slug: str
    language: str
    front: Front
    body: str
    headings: tuple[Heading, ...]

    @property
    def title(self) -> str:
        return self.front.title

    @property
    def summary(self) -> str:
        return self.front.summary

    @property
    def is_guide(self) -> bool:
        return self.front.kind == "guide"

    @property
    def chapters(self) -> list[Heading]:
        """The headings of level 2."""
        return [heading for heading in self.headings if heading.level == 2]

    @property
    def steps(self) -> list[Heading]:
        """The numbered steps, in order."""
        return [heading for heading in self.headings if heading.step]

    @property
    def url(self) -> str:
        return reverse("help:page", args=[self.slug])


def topics_in(language: str) -> tuple[Topic, ...]:
    """Every topic written in a language, in the order of its front matter; raises ContentError."""
    return _read_all(str(settings.CONTENT_DIR), language)


@cache
def _read_all(root: str, language: str) -> tuple[Topic, ...]:
    found = [read(path) for path in sorted((Path(root) / "help" / language).glob("*.md"))]
    return tuple(sorted(found, key=lambda topic: (topic.front.order, topic.slug)))


def read(path: Path) -> Topic:
    """The topic of one file, named by its place <language>/<topic>.md; raises ContentError."""
    match = FRONT.match(path.read_text(encoding="utf-8"))
    if match is None:
        raise ContentError(f"{path.name}: begin with «---», the front matter, «---», then the text.")
    try:
        front = msgspec.convert(yaml.safe_load(match[1]), Front)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise ContentError(f"{path.name}: the front matter does not fit: {error}") from error
    body = match[2].strip() + "\n"
    headings = _headings(parse(body), guide=front.kind == "guide", name=path.name)
    return Topic(path.stem, path.parent.name, front, body, headings)


def parse(body: str) -> list[Token]:
    """The tokens of a text, its placeholders filled in and the ids of headings taken out of their words."""
    tokens = MARKDOWN.parse(filled(body))
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and (match := HEADING_ID.search(inline.content)):
            opening.attrSet("id", match[1])
            inline.content = inline.content[: match.start()]
            last = (inline.children or [])[-1]
            last.content = HEADING_ID.sub("", last.content)
    return tokens


def filled(body: str) -> str:
    """The text with what the settings know: {phone} and {mail} as links, {session_minutes}, {site}."""
    phone = settings.HELPDESK_PHONE
    known = {
        "{phone}": f"[{phone.replace(' ', NBSP)}]({tel_href(phone)})",
        "{mail}": f"[{settings.HELPDESK_MAIL}](mailto:{settings.HELPDESK_MAIL})",
        "{session_minutes}": str(settings.SESSION_COOKIE_AGE // 60),
        "{site}": settings.SITE_URL,
    }
    for name, value in known.items():
        body = body.replace(name, value)
    return body


def _headings(tokens: list[Token], *, guide: bool, name: str) -> tuple[Heading, ...]:
    """The headings, steps numbered within their chapter; raises ContentError for one without id or an id used twice."""
    found: list[Heading] = []
    step = 0
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open":
            continue
        level, identity = int(opening.tag[1]), str(opening.attrGet("id") or "")
        if level not in (2, 3) or not identity or identity in {heading.id for heading in found}:
            raise ContentError(
                f"{name}: «{inline.content}» must be ## or ### with an id of its own, such as {{#my-id}}."
            )
        is_step = guide and level == 3
        step = step + 1 if is_step else 0
        found.append(Heading(level, identity, inline.content, step))
    return tuple(found)
