"""The answers that count: those that no longer apply stay in the draft, and are left out of what is sent."""

from collections.abc import Mapping
from typing import Any

from monespace.engine.nodes import Form, PageNode, QuestionNode
from monespace.engine.path import Step, steps
from monespace.engine.state import Context, Frame, State


def applicable_answers(form: Form, answers: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """Answers of the pages that apply, with locked prefills as their sources give them, and nothing else.

    Leaving answers behind a stop out can change what applies before it: repeated until it changes no more.
    """
    found = _once(form, answers, context)
    for _ in range(10):
        again = _once(form, found, context)
        if again == found:
            break
        found = again
    return found


def _once(form: Form, answers: Mapping[str, Any], context: Context) -> dict[str, Any]:
    state = State(form, answers, context)
    found: dict[str, Any] = {}
    if state.contested:
        found["_contested"] = sorted(state.contested)
    for step in steps(state):
        place = _place(found, step.frame)
        if step.page.group:
            rows = state.rows(step.page.id, step.frame)
            if rows:
                place.setdefault(step.page.id, [{"id": row.row, **_given(step.page, row)} for row in rows])
            continue
        place.update(_answers(step))
    return found


def _given(page: PageNode, row: Frame) -> dict[str, Any]:
    """Answers of a row that are those of other questions: they are sent with it, though its pages do not ask them."""
    seed = page.group.d.seed if page.group else None
    questions = [row.state.form.questions[name] for name in (seed.first if seed else ())]
    given = {each.id: row.state.canonical(each, row) for each in questions if row.state.is_given(each, row)}
    return {name: value for name, value in given.items() if value is not None}


def _place(found: dict[str, Any], frame: Frame) -> dict[str, Any]:
    place = found
    for group, row in frame.key:
        place = next(each for each in place[group] if each["id"] == row)
    return place


def _answers(step: Step) -> dict[str, Any]:
    state, frame = step.frame.state, step.frame
    found: dict[str, Any] = {}
    for question in step.page.questions:
        if not question.asks or not state.applies(question, frame):
            continue
        value = _cells(question, state, frame) if question.kind == "matrix" else state.canonical(question, frame)
        if value is not None:
            found[question.id] = value
    return found


def _cells(question: QuestionNode, state: State, frame: Frame) -> dict[str, dict] | None:
    found: dict[str, dict] = {}
    for row in state.rows(question.id, frame):
        cells = {
            column.id: value
            for column in question.columns
            if column.asks and state.applies(column, row) and (value := state.canonical(column, row)) is not None
        }
        if cells:
            found[row.row] = cells
    return found or None
