"""Examples of a form, run before it can be published: answers in, what must come out."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from monespace.engine.complaints import Complaint, Complaints, Where
from monespace.engine.definition import Example
from monespace.engine.nodes import Form
from monespace.engine.state import Context
from monespace.engine.walk import Walk, as_json


def run(form: Form, lines: Mapping[Where, int] | None = None) -> list[Complaint]:
    """Complaints about the examples of a form that do not come out."""
    complaints = Complaints(lines)
    known: dict[str, Example] = {}
    for i, written in enumerate(form.examples):
        if written.like and written.like not in known:
            complaints.add(("examples", i), f"no earlier example « {written.like} »", "name one that stands before")
            continue
        example = known[written.name] = _whole(written, known.get(written.like))
        for what in _differences(form, example):
            complaints.add(("examples", i), f"example « {example.name} »: {what}", "correct the form or the example")
    return complaints.found


def _whole(example: Example, like: Example | None) -> Example:
    """An example with what it takes over from the one it is like."""
    if like is None:
        return example
    return msgspec.structs.replace(
        example, today=example.today or like.today, holder=example.holder or like.holder,
        person=example.person or like.person, answers=like.answers | example.answers,
    )  # fmt: skip


def _differences(form: Form, example: Example) -> Iterator[str]:
    try:
        today = date.fromisoformat(example.today)
    except ValueError:
        yield f"`{example.today}` is no date"
        return
    walk, expect = (
        Walk(form, _canonical(form, example.answers), Context(today, example.holder, example.person)),
        example.expect,
    )
    stop = walk.stop()
    stop_id = stop.rsplit("/", 1)[-1] if stop else ""
    problems = [problem.question or problem.address.rsplit("/", 1)[-1] for problem in walk.problems()]
    if expect.complete is not None and expect.complete != walk.is_complete:
        yield f"complete is {walk.is_complete}; problems: {', '.join(problems) or 'none'}; stop: {stop_id or 'none'}"
    if expect.stop is not None and expect.stop != stop_id:
        yield f"the stop is `{stop_id}`, expected `{expect.stop}`"
    if expect.pages is not None and expect.pages != walk.addresses:
        yield f"the pages are {walk.addresses}"
    if expect.problems is not None and sorted(expect.problems) != sorted(problems):
        yield f"the problems are {problems}"
    if expect.warnings is not None and expect.warnings != len(walk.warnings()):
        yield f"{len(walk.warnings())} warnings, expected {expect.warnings}"
    yield from _computed(form, walk, example)


def _canonical(form: Form, value: Any, name: str = "") -> Any:
    """Answers as they are stored: in a file, whole numbers are text like everything else."""
    if isinstance(value, dict):
        return {key: _canonical(form, each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [_canonical(form, each) for each in value]
    whole = name == "size" or (name in form.questions and form.questions[name].kind in ("integer", "year"))
    return int(value) if whole and isinstance(value, str) and re.fullmatch("-?[0-9]{1,15}", value) else value


def _computed(form: Form, walk: Walk, example: Example) -> Iterator[str]:
    for name, expected in example.expect.computed.items():
        if name not in form.questions or form.questions[name].path:
            yield f"`{name}` is no value of the whole form"
            continue
        found = as_json(walk.computed(name))
        if not _same(found, expected):
            yield f"{name} is {found}, expected {expected}"


def _same(found: object, expected: object) -> bool:
    if isinstance(found, str) and isinstance(expected, str | int) and not isinstance(expected, bool):
        text = str(expected)
        try:
            return found == text or float(found) == float(text)
        except ValueError:
            return False
    return found == expected
