"""A help page's text as HTML: headings with their ids, steps as a numbered list with pictures, tables that fold to cards."""

from collections.abc import Iterator
from functools import cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override
from markdown_it.token import Token

from monespace.help.content import MARKDOWN, Topic, parse
from monespace.help.pictures import picture_of

CLASSES = {
    "h2": "govuk-heading-m",
    "h3": "govuk-heading-s",
    "p": "govuk-body",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "a": "govuk-link",
    "blockquote": "govuk-inset-text",
    "table": "govuk-table me-table",
    "th": "govuk-table__header",
    "td": "govuk-table__cell",
}


@cache
def html(topic: Topic) -> SafeString:
    """The text of a topic. Raw HTML in the source comes out escaped; links keep only addresses that Markdown allows."""
    tokens = parse(topic.body)
    _dress(tokens)
    _name_cells(tokens)
    parts = [str(part) for part in _parts(tokens, topic)]
    return mark_safe("".join(parts))  # noqa: S308 (made by the Markdown renderer, which escapes)


def _parts(tokens: list[Token], topic: Topic) -> Iterator[str]:
    """The pieces of the page: what is before the first step of a chapter, then its steps as one list."""
    steps = {heading.id: heading for heading in topic.steps}
    open_step = ""
    for chunk in _chunks(tokens):
        identity = str(chunk[0].attrGet("id") or "") if chunk[0].type == "heading_open" else ""
        if open_step:
            yield _picture(steps[open_step].title, open_step, topic.language) + "</li>"
        if open_step and identity not in steps:
            yield "</ol>"
        if identity in steps:
            chunk[0].attrs.pop("id")
            yield ("" if open_step else '<ol class="me-steps">') + f'<li id="{identity}">'
        open_step = identity if identity in steps else ""
        yield MARKDOWN.renderer.render(chunk, MARKDOWN.options, {})
    if open_step:
        yield _picture(steps[open_step].title, open_step, topic.language) + "</li></ol>"


def _chunks(tokens: list[Token]) -> Iterator[list[Token]]:
    """The tokens cut before each heading."""
    chunk: list[Token] = []
    for token in tokens:
        if token.type == "heading_open" and chunk:
            yield chunk
            chunk = []
        chunk.append(token)
    if chunk:
        yield chunk


def _picture(title: str, step: str, language: str) -> str:
    """The step's picture, or nothing."""
    picture = picture_of(step, language)
    if picture is None:
        return ""
    return format_html(
        '<img class="me-guide__picture" src="{}" width="{}" height="{}" alt="{}" loading="lazy">',
        static(picture.name), picture.width, picture.height, picture_words(title, language),
    )  # fmt: skip


def picture_words(title: str, language: str) -> str:
    """What is read instead of the picture of a step."""
    with override(language):
        return _("Screen of the step: %(title)s") % {"title": title}


def _dress(tokens: list[Token]) -> None:
    """Gives each element the house's class; a table's header cells say what they head."""
    for token in tokens:
        if token.nesting == 1 and token.tag in CLASSES:
            token.attrSet("class", CLASSES[token.tag])
        if token.type == "th_open":
            token.attrSet("scope", "col")
        _dress(token.children or [])


def _name_cells(tokens: list[Token]) -> None:
    """Below 640 px a row is a card: its first cell becomes its heading, the others carry their column's name."""
    names: list[str] = []
    column = 0
    for place, token in enumerate(tokens):
        if token.type == "table_open":
            names = []
        elif token.type == "tr_open":
            column = 0
        elif token.type == "th_open":
            names.append(tokens[place + 1].content)
        elif token.type in ("td_open", "td_close"):
            _name_cell(token, column, names)
            column += token.type == "td_close"


def _name_cell(token: Token, column: int, names: list[str]) -> None:
    if column == 0:
        token.tag = "th"
        if token.nesting == 1:
            token.attrs = {"scope": "row", "class": CLASSES["th"]}
    elif token.nesting == 1:
        token.attrSet("data-label", names[column])
