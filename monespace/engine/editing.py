"""Answers changed, never in place: every function gives a new document.

Answers are {question id: value}; a group is a list of {"id": row id, …}. Reserved: `_seen` (addresses of pages already
saved), `_contested` (answers whose source is contested), `_rows` (how many rows were ever added: ids never come back).
"""

from collections.abc import Mapping
from typing import Any

from monespace.engine.kinds import Bad, Look, kind_of
from monespace.engine.nodes import Form, QuestionNode
from monespace.engine.rows import MOST_ROWS
from monespace.engine.sources import source_of
from monespace.engine.state import Context, State

Answers = dict[str, Any]


def opened(answers: Mapping[str, Any], address: str) -> tuple[Answers, Answers]:
    """A copy of the answers, and in it the document that the page of this address writes to."""
    fresh = dict(answers) if isinstance(answers, Mapping) else {}
    container = fresh
    parts = address.split("/")[1:]
    for group, row in zip(parts[0:-1:2], parts[1::2], strict=False):
        container = _row(container, group, row)
    return fresh, container


def _row(container: Answers, group: str, row: str) -> Answers:
    rows = container.get(group)
    container[group] = [dict(each) for each in rows if isinstance(each, Mapping)] if isinstance(rows, list) else []
    for each in container[group]:
        if each.get("id") == row:
            return each
    container[group].append({"id": row})
    return container[group][-1]


def apply(answers: Mapping[str, Any], address: str, values: Mapping[str, Any]) -> Answers:
    """The answers with a page's values; None takes an answer away. Remembers that the page was seen."""
    fresh, container = opened(answers, address)
    for name, value in values.items():
        if value is None:
            container.pop(name, None)
        else:
            container[name] = value
    seen = fresh.get("_seen")
    seen = list(seen) if isinstance(seen, list) else []
    fresh["_seen"] = seen if address in seen else [*seen, address]
    return fresh


def add_row(answers: Mapping[str, Any], address: str) -> tuple[Answers, str]:
    """The answers with one more row in the group whose list is at this address, and the row's id ("" when full)."""
    fresh, container = opened(answers, address)
    group = address.split("/")[-1]
    rows = container.get(group)
    rows = list(rows) if isinstance(rows, list) else []
    if len(rows) >= MOST_ROWS:
        return fresh, ""
    count = fresh.get("_rows")
    count = count + 1 if isinstance(count, int) and not isinstance(count, bool) else 1
    taken = {each.get("id") for each in rows if isinstance(each, Mapping)}
    while f"r{count}" in taken:
        count += 1
    fresh["_rows"] = count
    container[group] = [*rows, {"id": f"r{count}"}]
    return fresh, f"r{count}"


def remove_row(answers: Mapping[str, Any], address: str, row: str) -> Answers:
    """The answers without one row of the group whose list is at this address."""
    fresh, container = opened(answers, address)
    group = address.split("/")[-1]
    rows = container.get(group)
    if isinstance(rows, list):
        container[group] = [each for each in rows if not (isinstance(each, Mapping) and each.get("id") == row)]
    seen = fresh.get("_seen")
    if isinstance(seen, list):
        fresh["_seen"] = [each for each in seen if not str(each).startswith(f"{address}/{row}/")]
    return fresh


def reopened(form: Form, answers: Mapping[str, Any]) -> Answers:
    """The answers without what was answered once they were validated: it is asked again."""
    fresh = dict(answers)
    sections = [section for section in form.sections if section.d.once_validated]
    for page in [page for section in sections for page in section.pages]:
        for name in (page.id, *(question.id for question in page.questions)):
            fresh.pop(name, None)
    starts = tuple(f"{section.id}/" for section in sections)
    fresh["_seen"] = [each for each in answers.get("_seen") or [] if not str(each).startswith(starts or "\0")]
    return fresh


def contest(answers: Mapping[str, Any], address: str, question: str) -> Answers:
    """The answers in which the source of one prefilled question is contested: it becomes a field to fill."""
    fresh = dict(answers)
    parts = address.split("/")[1:-1]
    place = "/".join([*parts, question])
    contested = fresh.get("_contested")
    contested = list(contested) if isinstance(contested, list) else []
    fresh["_contested"] = contested if place in contested else [*contested, place]
    return fresh


def uncontest(answers: Mapping[str, Any], address: str, question: str) -> Answers:
    """The answers in which the source of a question is trusted again."""
    fresh = dict(answers)
    place = "/".join([*address.split("/")[1:-1], question])
    fresh["_contested"] = [each for each in answers.get("_contested") or [] if each != place]
    return fresh


def start(form: Form, context: Context) -> Answers:
    """The answers of a new draft: the rows that a register gives are there."""
    answers: Answers = {}
    state = State(form, answers, context)
    for page in form.pages.values():
        seed = page.group.d.seed if page.group else None
        if seed is None or not seed.source or page.path:
            continue
        rows = source_of(context, seed.source)
        found = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
        found = [row for row in found if not _is_first(state, seed.fields, row)]
        answers[page.id] = [_seeded(state, seed.fields, row, f"s{i}") for i, row in enumerate(found[:MOST_ROWS], 1)]
    return {name: rows for name, rows in answers.items() if rows}


def _is_first(state: State, fields: Mapping[str, str], row: Mapping[str, Any]) -> bool:
    """Whether a register's row is the person who has the first row already: the same national number."""
    for name, source in fields.items():
        question = state.form.questions[name]
        if question.kind != "national_number" or not isinstance(question.given, QuestionNode):
            continue
        mine, found = state.canonical(question.given, state.top), row.get(source)
        if mine and found and state.context.fingerprint(mine) == state.context.fingerprint(found):
            return True
    return False


def _seeded(state: State, fields: Mapping[str, str], row: Mapping[str, Any], id: str) -> Answers:
    found: Answers = {"id": id}
    for name, source in fields.items():
        question, value = state.form.questions[name], row.get(source)
        try:
            if value not in (None, ""):
                kind_of(question).decode(question, value, Look(state, state.top))
                found[name] = value
        except Bad:
            continue  # the register's value is unsound: it will be asked
    return found
