"""What changed from one version of a form to another: questions, options, rules, lines of parameter tables."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from monespace.engine.definition import Words
from monespace.engine.nodes import Form, PageNode, QuestionNode, TableNode

HEADER = (
    "title",
    "languages",
    "audience",
    "assurance",
    "signature",
    "window",
    "once",
    "minutes",
    "reply_to",
    "deadline",
)
_WORDS = ("label", "hint", "help", "text", "title", "body", "note")
_APART = {"id", "options", "columns", "rows", "questions", "pages", "group", "stop"}  # compared in their own way


class Detail(NamedTuple):
    """One thing that is different. `language`: of a text; empty for what is the same in every language."""

    what: str  # a field of the definition, a column of a table, or option_new, option_gone, option_label, place
    before: Any = ""
    after: Any = ""
    language: str = ""
    words: Words = {}  # what the column is called


class Change(NamedTuple):
    """One part that is new, gone or changed."""

    how: str  # new, gone, changed
    part: str  # form, section, page, stop, group, question, value, line
    name: str  # id; of a line: its table and key
    words: Words = {}
    details: tuple[Detail, ...] = ()
    line: Words = {}  # of a line: what it is called, where one of its columns says so


def compare(old: Form, new: Form) -> list[Change]:
    """Everything that is different in `new`, in the order of the form; nothing when both say the same."""
    return [*_header(old, new), *_sections(old, new), *_pages(old, new), *_questions(old, new), *_tables(old, new)]


def _header(old: Form, new: Form) -> Iterator[Change]:
    details: list[Detail] = []
    for field in HEADER:
        details += _field(field, getattr(old.definition, field), getattr(new.definition, field))
    if details:
        yield Change("changed", "form", "", new.definition.title, tuple(details))


def _sections(old: Form, new: Form) -> Iterator[Change]:
    before, after = ({each.id: each.d for each in form.sections} for form in (old, new))
    for how, name, one, other in _paired(before, after):
        details = _fields(one, other) if how == "changed" else ()
        if how != "changed" or details:
            yield Change(how, "section", name, (other or one).title, details)


def _pages(old: Form, new: Form) -> Iterator[Change]:
    for how, name, one, other in _paired(old.pages, new.pages):
        shown = other or one
        details = _page_details(one, other) if how == "changed" else ()
        if how != "changed" or details:
            yield Change(how, shown.kind if shown.kind != "question" else "page", name, shown.d.title, details)


def _page_details(one: PageNode, other: PageNode) -> tuple[Detail, ...]:
    found = [*_fields(one.d, other.d)]
    if one.d.stop and other.d.stop:
        found += _fields(one.d.stop, other.d.stop)
    if one.d.group and other.d.group:
        found += _fields(one.d.group, other.d.group)
    if one.kind != other.kind:
        found.append(Detail("kind", one.kind, other.kind))
    return tuple(found)


def _questions(old: Form, new: Form) -> Iterator[Change]:
    """Questions by their id and the groups around them: elsewhere, an answer does not follow."""
    before, after = ({(*each.path, name): each for name, each in form.questions.items()} for form in (old, new))
    for how, name, one, other in _paired(before, after):
        shown = other or one
        details = _question_details(one, other) if how == "changed" else ()
        if how != "changed" or details:
            part = "question" if shown.asks else "value"
            yield Change(how, part, "/".join(name), shown.d.label or shown.d.text or _title_of(shown), details)


def _title_of(question: QuestionNode) -> Words:
    return question.owner.d.title if isinstance(question.owner, PageNode) else {}


def _question_details(one: QuestionNode, other: QuestionNode) -> tuple[Detail, ...]:
    found = [*_fields(one.d, other.d), *_options(one, other), *_rows_of(one, other)]
    before, after = (each.owner.id if each.owner else "" for each in (one, other))
    return tuple([*found, Detail("place", before, after)] if before != after else found)


def _options(one: QuestionNode, other: QuestionNode) -> Iterator[Detail]:
    before, after = ({each.value: each for each in node.d.options} for node in (one, other))
    for how, value, first, second in _paired(before, after):
        for language, text in (second or first).label.items():
            was = first.label.get(language, "") if first else ""
            if how != "changed":
                yield Detail(f"option_{how}", value, text, language)
            elif was != text:
                yield Detail("option_label", was, text, language)
        if how == "changed" and first.when != second.when:
            yield Detail("option_when", first.when, second.when)


def _rows_of(one: QuestionNode, other: QuestionNode) -> Iterator[Detail]:
    """Rows of a matrix."""
    before, after = ({each.id: each for each in node.d.rows} for node in (one, other))
    for how, name, first, second in _paired(before, after):
        for language, text in (second or first).label.items():
            if how != "changed":
                yield Detail(f"option_{how}", name, text, language)


def _fields(one: msgspec.Struct, other: msgspec.Struct) -> tuple[Detail, ...]:
    """The fields in which two parts of one kind differ."""
    names = [name for name in one.__struct_fields__ if name not in _APART]
    return tuple(each for name in names for each in _field(name, getattr(one, name), getattr(other, name)))


def _field(name: str, before: Any, after: Any) -> Iterator[Detail]:
    if name in _WORDS and isinstance(before, Mapping):
        for language in dict.fromkeys([*before, *after]):
            if before.get(language, "") != after.get(language, ""):
                yield Detail(name, before.get(language, ""), after.get(language, ""), language)
    elif before != after:
        yield Detail(name, *(_plain(each) for each in (before, after)))


def _plain(value: Any) -> Any:
    """A value of a definition as it can be printed: expressions and numbers as they are, structs and lists as text."""
    plain = msgspec.to_builtins(value)
    return plain if isinstance(plain, str | int | bool) else msgspec.json.encode(plain).decode()


def _tables(old: Form, new: Form) -> Iterator[Change]:
    for _, name, one, other in _paired(old.tables, new.tables):
        said = (new if other else old).definition.parameters[name]
        before, after = (_by_key(one, other, table) for table in (one, other))
        for how, key, first, second in _paired(before, after):
            cells = _cells(first or {}, second or {})
            details = tuple(each._replace(words=said.labels.get(each.what, {})) for each in cells)
            if details:
                line = next((each for each in (second or first).values() if isinstance(each, Mapping)), {})
                yield Change(how, "line", f"{name}[{', '.join(key)}]", said.note, details, dict(line))


def _by_key(one: TableNode | None, other: TableNode | None, table: TableNode | None) -> dict[tuple, Mapping]:
    """The lines of a table by their key and first day; by all they say where that does not tell them apart."""
    if table is None:
        return {}
    whole = any(len({_key(each, cells) for cells in each.rows}) < len(each.rows) for each in (one, other) if each)
    return {tuple(map(str, cells.values())) if whole else _key(table, cells): cells for cells in table.rows}


def _key(table: TableNode, cells: Mapping) -> tuple[str, ...]:
    columns = [column for column, _ in table.keys] + ["valid_from"]
    return tuple(str(cells[column]) for column in columns if cells.get(column) is not None)


def _cells(before: Mapping, after: Mapping) -> Iterator[Detail]:
    for column in dict.fromkeys([*before, *after]):
        was, now = ("" if each.get(column) is None else each[column] for each in (before, after))
        if isinstance(was, Mapping) or isinstance(now, Mapping):
            yield from _words_of(column, was, now)
        elif was != now:
            yield Detail(column, was, now)


def _words_of(column: str, was: Any, now: Any) -> Iterator[Detail]:
    for language in dict.fromkeys(each for words in (was, now) if isinstance(words, Mapping) for each in words):
        one, other = (each.get(language, "") if isinstance(each, Mapping) else each for each in (was, now))
        if one != other:
            yield Detail(column, one, other, language)


def _paired(before: Mapping, after: Mapping) -> Iterator[tuple[str, Any, Any, Any]]:
    """(how, name, one, other) for each name: those of `after` in its order, then those that are gone."""
    for name, other in after.items():
        yield ("changed" if name in before else "new"), name, before.get(name), other
    yield from (("gone", name, one, None) for name, one in before.items() if name not in after)


def without_braces(text: str) -> str:
    """A text of a definition for people: what its braces would say is not known here."""
    return re.sub(r"\{[^{}]*\}", "…", text)
