"""What was answered, as shown: the page "check your answers", and what is frozen at submission."""

from typing import Any

from monespace.engine import judging
from monespace.engine.kinds import Look, kind_of
from monespace.engine.messages import sentence
from monespace.engine.nodes import QuestionNode
from monespace.engine.path import Step
from monespace.engine.rows import FIRST_ROW
from monespace.engine.state import Frame, State
from monespace.engine.values import UNANSWERED
from monespace.engine.view import item, label_of


def summary(form_steps: list[Step], state: State, language: str) -> dict[str, Any]:
    """JSON-able, readable without the form.

    {"title", "language", "sections": [{"id", "title", "blocks": [{"title", "level", "address", "lines": […]}]}]};
    a line is {"question", "kind", "label", "values", "declared_by_you"}, plus "files", "version" or "table".
    """
    sections: list[dict[str, Any]] = []
    for step in form_steps:
        if not sections or sections[-1]["id"] != step.section.id:
            title = state.text(step.section.words["title"], Look(state, state.top, language))
            sections.append({"id": step.section.id, "title": title, "blocks": []})
        block = _block(step, language)
        if block is not None:
            sections[-1]["blocks"].append(block)
    title = state.text(state.form.title, Look(state, state.top, language))
    return {"title": title, "language": language, "sections": [each for each in sections if each["blocks"]]}


def _block(step: Step, language: str) -> dict[str, Any] | None:
    state, look = step.frame.state, Look(step.frame.state, step.frame, language)
    if step.page.group:
        return _group_block(step, look)
    lines = [line(each, look) for each in step.page.questions if state.applies(each, step.frame) and _shown(each, look)]
    if not lines:
        return None
    title = state.text(step.page.words["title"], look)
    return {"title": title, "level": 1 + len(step.frame.key), "address": step.address, "item": item(step.frame, language),
            "lines": lines}  # fmt: skip


def _group_block(step: Step, look: Look) -> dict[str, Any]:
    rows = look.state.rows(step.page.id, step.frame)
    nothing = {"question": step.page.id, "kind": "group", "label": look.state.text(step.page.words["title"], look),
               "values": [sentence(look.language, "nothing")], "declared_by_you": False}  # fmt: skip
    return {"title": look.state.text(step.page.words["title"], look), "level": 1 + len(step.frame.key),
            "address": step.address, "item": "", "lines": [] if rows else [nothing], **_given(step, look)}  # fmt: skip


def _given(step: Step, look: Look) -> dict[str, Any]:
    """A block of what is known of the first row without being asked in it: it follows from other answers."""
    first = next((row for row in look.state.rows(step.page.id, step.frame) if row.row == FIRST_ROW), None)
    seed = step.page.group.d.seed if step.page.group else None
    if first is None or seed is None or not seed.first:
        return {}
    asked = [each for each in look.state.form.questions.values() if each.id in seed.first]
    lines = [line(each, look._replace(frame=first)) | {"kind": "computed"} for each in asked]
    return {"title": "", "item": item(first, look.language), "level": 2 + len(step.frame.key), "lines": lines}


def _shown(question: QuestionNode, look: Look) -> bool:
    if question.kind == "information" or question.d.hidden:
        return False
    return question.kind != "computed" or look.state.value(question, look.frame) is not UNANSWERED


def line(question: QuestionNode, look: Look) -> dict[str, Any]:
    """One question with its answer as shown; no value when it was left blank."""
    state, frame = look.state, look.frame
    label = label_of(question, look)
    computed = question.value is not None
    values = [state.shown(question, frame, look.language)] if computed else state.lines(question, frame, look.language)
    found: dict[str, Any] = {"question": question.id, "kind": question.kind, "label": label, "values": values,
                             "declared_by_you": _declared(question, state, frame)}  # fmt: skip
    if question.kind == "declaration":
        found |= {"text": state.text(question.words["text"], look), "version": question.d.version}
    if question.kind == "file":
        found["files"] = kind_of(question).listed(state.canonical(question, frame))  # type: ignore[attr-defined]
    if question.kind == "matrix":
        found["values"], found["table"] = [], _table(question, look)
    return found


def _declared(question: QuestionNode, state: State, frame: Frame) -> bool:
    """A value that a source should have given, and the person gave."""
    return (
        state.locks(question, frame)
        and state.locked(question, frame) is None
        and state.canonical(question, frame) is not None
    )


def _table(question: QuestionNode, look: Look) -> dict[str, list]:
    head = [look.state.text(column.words["label"], look) for column in question.columns]
    rows = [
        [look.state.text(question.row_labels.get(row.row, {}), look)]
        + [look.state.shown(column, row, look.language) for column in question.columns]
        for row in look.state.rows(question.id, look.frame)
    ]
    return {"head": head, "rows": rows}


def missing_attachments(form_steps: list[Step]) -> int:
    """How many questions still wait for a document."""
    return sum(
        1
        for step in form_steps
        for question in step.page.questions
        if question.kind == "file"
        and step.frame.state.applies(question, step.frame)
        and step.frame.state.canonical(question, step.frame) is None
        and judging.is_required(question, step.frame.state, step.frame)
    )
