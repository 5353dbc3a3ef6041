"""What is wrong with answers, in sentences: missing, unreadable, out of bounds, against a check."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from monespace.engine.kinds import Bad, Look, kind_of
from monespace.engine.messages import sentence
from monespace.engine.nodes import CheckNode, QuestionNode
from monespace.engine.path import Step
from monespace.engine.rows import MOST_ROWS
from monespace.engine.state import Frame, State
from monespace.engine.values import UNANSWERED

Found = tuple[str, str]  # field name ("" for the page), sentence


class Problem(NamedTuple):
    """One thing to correct, and where."""

    address: str
    question: str  # "" when it concerns the whole page
    field: str
    sentence: str


def say(bad: Bad, question: QuestionNode, look: Look) -> str:
    """The sentence of a refusal."""
    label = look.state.text(question.words.get("label") or question.words.get("text") or {}, look)
    text = look.state.text(question.words.get("text") or {}, look)
    code = "missing_answer" if bad.code == "missing" and label.endswith("?") else bad.code
    return sentence(look.language, code, **{"label": label, "beginning": _beginning(text), **bad.parts})


def _beginning(text: str, most: int = 60) -> str:
    """The first words of a long text, to name it."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def on_page(step: Step, language: str, level: str = "error") -> list[tuple[str, Found]]:
    """What is wrong on a page as stored: (question id, (field, sentence)). With level "warning", its warnings."""
    state = step.frame.state
    found: list[tuple[str, Found]] = []
    for question in step.page.questions:
        if state.asked(question, step.frame):
            each = _of_question(question, Look(state, step.frame, language), level)
            found.extend((question.id, pair) for pair in each)
    if step.page.group and level == "error":
        found.extend(("", ("", text)) for text in _of_group(step, language))
    found.extend((check.on, (check.on, text)) for check, text in _failed(step.page.checks, step.frame, language, level))
    return found


def _of_question(question: QuestionNode, look: Look, level: str) -> list[Found]:
    if question.kind == "matrix":
        return [*_of_matrix(question, look, level), *_matrix_checks(question, look, level)]
    if level == "error" and question.asks and (text := trouble(question, look)):
        return [(question.id, text)]
    return [(question.id, text) for _, text in _failed(question.checks, look.frame, look.language, level)]


def trouble(question: QuestionNode, look: Look) -> str | None:
    """What is wrong with one stored answer, apart from its checks."""
    kind, canonical = kind_of(question), look.state.canonical(question, look.frame)
    if canonical is None:
        needed = is_required(question, look.state, look.frame)
        return say(Bad(kind.missing), question, look) if needed else None
    try:
        value = kind.decode(question, canonical, look)
        kind.limits(question, value, look)
    except Bad as bad:
        return say(bad, question, look)
    return None


def is_required(question: QuestionNode, state: State, frame: Frame) -> bool:
    """Whether an answer is needed."""
    if isinstance(question.required, bool):
        return question.required
    return state.holds(question.required, frame)


def cells(question: QuestionNode, look: Look) -> Iterator[tuple[str, QuestionNode, Look]]:
    """Every cell of a matrix that applies: field name, column, where it is read."""
    for row in look.state.rows(question.id, look.frame):
        for column in question.columns:
            if look.state.applies(column, row):
                yield f"{question.id}.{row.row}.{column.id}", column, look._replace(frame=row)


def _of_matrix(question: QuestionNode, look: Look, level: str) -> Iterator[Found]:
    for name, column, inside in cells(question, look):
        for _, text in _of_question(column, inside, level):
            yield name, cell_sentence(question, column, inside, text)


def cell_sentence(question: QuestionNode, column: QuestionNode, inside: Look, text: str) -> str:
    """A sentence about one cell, naming its row and column."""
    row = inside.state.text(question.row_labels.get(inside.frame.row, {}), inside)
    label = inside.state.text(column.words.get("label", {}), inside)
    return sentence(inside.language, "cell", row=row, column=label, sentence=text)


def _matrix_checks(question: QuestionNode, look: Look, level: str) -> Iterator[Found]:
    """Checks of a matrix are read in each of its rows."""
    for row in look.state.rows(question.id, look.frame):
        for _, text in _failed(question.checks, row, look.language, level):
            label = look.state.text(question.row_labels.get(row.row, {}), look)
            yield f"{question.id}.{row.row}.{question.columns[0].id}", f"{label}: {text}"


def _failed(checks: list[CheckNode], frame: Frame, language: str, level: str) -> list[tuple[CheckNode, str]]:
    """The checks that are known not to hold."""
    look = Look(frame.state, frame, language)
    failed = [check for check in checks if check.level == level and check.must.run(frame) is False]
    return [(check, frame.state.text(check.message, look)) for check in failed]


def _of_group(step: Step, language: str) -> Iterator[str]:
    state, group = step.frame.state, step.page.group
    assert group is not None
    rows = len(state.rows(step.page.id, step.frame))
    label = state.text(step.page.words["title"], Look(state, step.frame, language))
    least, most = bounds(step)
    if rows < least:
        yield sentence(language, "too_few_rows" if least > 1 else "no_rows", least=least, label=label)
    if rows > most:
        yield sentence(language, "too_many_rows", most=most, label=label)


def bounds(step: Step) -> tuple[int, int]:
    """The least and the most rows of a group page."""
    group: Any = step.page.group
    least: Any = group.min.run(step.frame) if group.min else UNANSWERED
    most: Any = group.max.run(step.frame) if group.max else UNANSWERED
    fewest = 0 if least is UNANSWERED else int(least)
    return fewest, MOST_ROWS if most is UNANSWERED else min(MOST_ROWS, int(most))
