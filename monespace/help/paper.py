"""A guide as data for the template «guide» of monespace.paper, and the name of its PDF in the document store. Loads no typst."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from markdown_it.token import Token

from monespace import paper
from monespace.help.content import Topic, filled, parse
from monespace.help.markup import picture_words
from monespace.help.pictures import picture_of

FOLDER = "help"


def file_name(topic: Topic) -> str:
    """Where the PDF of this very content is kept: another text, picture, template or helpdesk gives another name."""
    return f"{FOLDER}/{topic.slug}-{topic.language}-{_digest(topic)}.pdf"


def _digest(topic: Topic) -> str:
    known = hashlib.sha256(repr((topic.front, settings.SITE_URL, settings.HELPDESK_PHONE)).encode())
    known.update(filled(topic.body).encode())
    templates = Path(paper.__file__).parent / "templates"
    pictures = [picture_of(step.id, topic.language) for step in topic.steps]
    files = [templates / "guide.typ", templates / "common.typ", *[picture.path for picture in pictures if picture]]
    for file in files:
        known.update(file.read_bytes())
    return known.hexdigest()[:16]


def guide_data(topic: Topic) -> dict:
    """The data of the PDF; pictures are read from the static files."""
    return {
        "title": topic.title,
        "summary": topic.summary,
        "updated": topic.front.updated,
        "address": settings.SITE_URL + topic.url,
        "blocks": list(_blocks(topic)),
        "helpdesk": {"phone": settings.HELPDESK_PHONE, "mail": settings.HELPDESK_MAIL},
    }


def _blocks(topic: Topic) -> Iterator[dict]:
    """The blocks of the text; the steps of a chapter are gathered in one list."""
    steps = {heading.id for heading in topic.steps}
    gathered: list[dict] = []
    in_step = False
    tokens = parse(topic.body)
    for start, end in _outer(tokens):
        opening, inside = tokens[start], tokens[start + 1 : end]
        if opening.type == "heading_open":
            in_step = opening.attrGet("id") in steps
            if in_step:
                gathered.append(_step(str(opening.attrGet("id")), inside[0], topic.language))
                continue
        if in_step:
            gathered[-1]["text"] += _continued(opening, inside)
            continue
        if gathered:
            yield {"kind": "steps", "steps": gathered}
            gathered = []
        yield _block(opening, inside)
    if gathered:
        yield {"kind": "steps", "steps": gathered}


def _outer(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """Start and end of each outermost block."""
    start = 0
    for place, token in enumerate(tokens):
        if token.level == 0 and token.nesting == 1:
            start = place
        elif token.level == 0 and token.nesting == -1:
            yield start, place


def _step(identity: str, title: Token, language: str) -> dict:
    """A step that begins with its title; its text follows."""
    step: dict = {"text": [{"text": title.content, "strong": True}]}
    if picture := picture_of(identity, language):
        step["picture"] = {
            "content": picture.path.read_bytes(), "alt": picture_words(title.content, language), "width": 100,
        }  # fmt: skip
    return step


def _continued(opening: Token, inside: list[Token]) -> list[dict]:
    """The text of a step after its title: each paragraph, and each point of a list, on its own line."""
    mark = "– " if opening.type in ("bullet_list_open", "ordered_list_open") else ""
    return [span for line in _lines(inside) for span in [{"text": "\n" + mark}, *line]]


def _block(opening: Token, inside: list[Token]) -> dict:
    if opening.type == "heading_open":
        return {"kind": "heading", "level": int(opening.tag[1]), "title": inside[0].content}
    if opening.type == "table_open":
        return {"kind": "table", "table": _table(inside)}
    if opening.type in ("bullet_list_open", "ordered_list_open"):
        return {"kind": "list", "items": _lines(inside)}
    if opening.type == "blockquote_open":
        return {"kind": "note", "text": [span for line in _lines(inside) for span in line]}
    return {"kind": "paragraph", "text": _spans(inside[0])}


def _lines(tokens: list[Token]) -> list[list[dict]]:
    return [_spans(token) for token in tokens if token.type == "inline"]


def _spans(inline: Token) -> list[dict]:
    """Runs of text, bold or linked."""
    spans: list[dict] = []
    strong, link = False, ""
    for token in inline.children or []:
        if token.type in ("strong_open", "strong_close"):
            strong = token.nesting == 1
        elif token.type in ("link_open", "link_close"):
            link = _absolute(str(token.attrGet("href"))) if token.nesting == 1 else ""
        elif token.type in ("softbreak", "hardbreak"):
            spans.append({"text": " " if token.type == "softbreak" else "\n"})
        elif token.content:
            spans.append(
                {"text": token.content, **({"strong": True} if strong else {}), **({"link": link} if link else {})}
            )
    return spans


def _absolute(address: str) -> str:
    """A link of the portal as it works on paper."""
    return settings.SITE_URL + address if address.startswith("/") else address


def _table(tokens: list[Token]) -> dict:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append("".join(span["text"] for span in _spans(token)))
    return {"columns": rows[0], "rows": rows[1:]}
