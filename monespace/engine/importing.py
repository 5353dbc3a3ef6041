"""Rows of a group from a file: what its columns are, a dry run by the same judge as the pages, and the rows added.

Nothing is changed in place: a trial says which lines can be added, and what is wrong with each of the others.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from monespace.engine import judging
from monespace.engine.editing import Answers, opened
from monespace.engine.kinds import Look, kind_of
from monespace.engine.kinds.choices import choosable
from monespace.engine.messages import sentence
from monespace.engine.nodes import Form, PageNode, QuestionNode
from monespace.engine.path import Step, steps
from monespace.engine.reading import page_reading
from monespace.engine.rows import MOST_ROWS, rows_in
from monespace.engine.sheet import Line, Unreadable, plain, read_sheet, written
from monespace.engine.state import State
from monespace.engine.walk import Walk

Row = dict[str, Any]


class Column(NamedTuple):
    """A column of the file, as the page explains it."""

    label: str
    needed: str  # always; sometimes: when the question is asked; never
    hint: str
    options: list[str]


class Fault(NamedTuple):
    """What is wrong in one line; no column when it concerns the whole line."""

    line: int
    column: str
    sentence: str


class Trial(NamedTuple):
    """A dry run. `rows` can be added; `notes` are said of the whole group once they are; `unknown` heads are left out."""

    rows: list[Row]
    faults: list[Fault]
    notes: list[str]
    unknown: list[str]


def questions(form: Form, group: str) -> list[QuestionNode]:
    """The questions of a row that one cell can answer: not documents, addresses, groups inside, nor the choice of a row."""
    node = form.groups[group]
    return [
        each
        for each in form.questions.values()
        if each.path == (*node.path, group)
        and each.asks
        and kind_of(each).one_cell
        and not (each.d.options_from and each.d.options_from.group)
    ]


def columns(walk: Walk, address: str, language: str) -> list[Column]:
    """The columns of the file for the group whose list is at this address. Raises `LookupError`."""
    step = _step(walk, address)
    look = Look(walk.state, _empty_row(step), language)
    return [_column(question, label, look) for question, label in _labelled(walk.form, step.page.id, look)]


def _column(question: QuestionNode, label: str, look: Look) -> Column:
    listed = question.kind in ("choice", "multiple")
    conditional = question.when is not None or not isinstance(question.required, bool)
    needed = "never" if question.required is False else "sometimes" if conditional else "always"
    options = [each.label for each in choosable(question, look)] if listed else []
    return Column(label, needed, look.state.text(question.words["hint"], look), options)


def template(walk: Walk, address: str, language: str) -> str:
    """An empty file with the right columns. Raises `LookupError`."""
    return written([[column.label for column in columns(walk, address, language)]])


def _labelled(form: Form, group: str, look: Look) -> list[tuple[QuestionNode, str]]:
    """Questions with what heads their column: the label, or the id where two labels are the same."""
    named = [(each, look.state.text(each.words["label"], look)) for each in questions(form, group)]
    often = [plain(label) for _, label in named]
    return [(each, label if often.count(plain(label)) == 1 else each.id) for each, label in named]


def _heads(step: Step, language: str) -> dict[str, QuestionNode]:
    """Every head that is understood: ids, and labels in every language of the form."""
    state = step.frame.state
    found: dict[str, QuestionNode] = {}
    for each in dict.fromkeys((language, *state.form.languages)):
        for question, label in _labelled(state.form, step.page.id, Look(state, _empty_row(step), each)):
            found.setdefault(plain(label), question)
            found[plain(question.id)] = question
    return found


def _empty_row(step: Step) -> Any:
    """A row that is not there, in which the words of a row can be read."""
    return _row_frame(step.frame.state, step, {"id": "new"})


def _row_frame(state: State, step: Step, row: Row) -> Any:
    """The frame of one row, alone in its group."""
    fresh, container = opened(state.answers, step.address)
    container[step.page.id] = [row]
    alone = State(state.form, fresh, state.context)
    return alone.frame_at((*step.frame.key, (step.page.id, row["id"])))


def _step(walk: Walk, address: str) -> Step:
    """The list of a group to which rows can be added from a file. Raises `LookupError`."""
    step = next((each for each in walk.steps if each.address == address), None)
    if step is None or step.page.group is None or not step.page.group.d.csv:
        raise LookupError(address)
    return step


def try_file(walk: Walk, address: str, raw: bytes, language: str, *, key: str, replace: bool) -> Trial:
    """A dry run of a file: nothing is saved. `key` begins the new rows' ids, so that they are added once only.

    Raises `LookupError` (no such list), `Unreadable` (no such file).
    """
    step = _step(walk, address)
    heads = _heads(step, language)
    first, *lines = read_sheet(raw, heads)
    asked = [heads.get(plain(head)) for head in first.cells]
    twice = next((each for each in asked if each is not None and asked.count(each) > 1), None)
    if twice is not None:
        raise Unreadable("csv_twice", name=first.cells[asked.index(twice)])
    unknown = [head for head, question in zip(first.cells, asked, strict=True) if question is None and head]
    read = [_read_line(step, line, asked, f"{key}_{line.number}", language) for line in lines]
    right = [row for row, faults in read if not faults]
    trial = try_rows(walk, address, right, language, replace=replace)
    faults = [*(fault for _, found in read for fault in found), *trial.faults]
    return trial._replace(faults=sorted(faults), unknown=unknown)


def _read_line(step: Step, line: Line, asked: list[QuestionNode | None], id: str, language: str) -> tuple[Row, list[Fault]]:  # fmt: skip
    """One line as a row, read page by page as if it were typed, and what is wrong with it."""
    row: Row = {"id": id}
    if len(line.cells) > len(asked):
        return row, [Fault(line.number, "", sentence(language, "csv_cells"))]
    cells = {each.id: cell for each, cell in zip(asked, line.cells, strict=False) if each is not None and cell}
    faults: list[Fault] = []
    for page in step.page.group.pages:  # type: ignore[union-attr]
        frame = _row_frame(step.frame.state, step, row)
        if page.group is None and frame.state.page_applies(page, frame):
            faults += _read_page(page, frame, cells, line.number, language)
    return row, faults


def _read_page(page: PageNode, frame: Any, cells: Mapping[str, str], number: int, language: str) -> list[Fault]:
    """Reads the cells that belong to one page of a row into the row; gives what is wrong."""
    look = Look(frame.state, frame, language)
    posted: dict[str, list[str]] = {}
    for question in page.questions:
        if question.id in cells:
            typed = kind_of(question).cell(question, cells[question.id], look)
            posted |= {f"{question.id}.{part}" if part else question.id: raws for part, raws in typed.items()}
    reading = page_reading(Step("", page, frame), posted, language)
    by_id = {question.id: question for question in page.questions}
    return [
        Fault(number, _label(by_id[name], look), text)
        for name, text in reading.errors.items()
        if name in by_id
        and kind_of(by_id[name]).one_cell
        and by_id[name] in questions(frame.state.form, frame.path[-1])
    ]


def _label(question: QuestionNode, look: Look) -> str:
    return look.state.text(question.words["label"], look)


def try_rows(walk: Walk, address: str, rows: list[Row], language: str, *, replace: bool) -> Trial:
    """The rows that are right beside those that are there, by every check of the form. Raises `LookupError`."""
    step = _step(walk, address)
    after = Walk(walk.form, with_rows(walk, address, rows, replace=replace), walk.context)
    here = [each for each in steps(after.state) if each.address.startswith(f"{address}/") or each.address == address]
    names, faults = {row["id"] for row in rows}, []
    read = {question.id for question in questions(walk.form, step.page.id)}
    for each in here:
        row = each.address.removeprefix(address).split("/")[1:2]
        if row and row[0] in names and each.page.group is None and each.page.path == (*step.page.path, step.page.id):
            faults += _judged(each, row[0], read, language)
    wrong = {fault.line for fault in faults}
    notes = [text for each in here if each.address == address for _, (_, text) in judging.on_page(each, language)]
    most = judging.bounds(step)[1]
    full = len(after.state.rows(step.page.id, _same_frame(after, step))) > most
    return Trial(
        [] if full else [row for row in rows if line_of(row) not in wrong], faults, list(dict.fromkeys(notes)), []
    )


def _same_frame(walk: Walk, step: Step) -> Any:
    return walk.state.frame_at(step.frame.key)


def _judged(step: Step, row: str, read: set[str], language: str) -> list[Fault]:
    """What is wrong on a page of a row, of what the file can say; the rest is asked on the page afterwards."""
    form, look = step.frame.state.form, Look(step.frame.state, step.frame, language)
    return [
        Fault(line_of({"id": row}), _label(form.questions[name], look) if name in read else "", text)
        for name, (_, text) in judging.on_page(step, language)
        if name in read or name not in form.questions or not form.questions[name].asks
    ]


def line_of(row: Mapping[str, Any]) -> int:
    """The line of the file from which a row came."""
    return int(str(row["id"]).rpartition("_")[2])


def rows_at(walk: Walk, address: str) -> list[Row]:
    """The rows that stand in the list at this address."""
    _fresh, container = opened(walk.state.answers, address)
    return [dict(row) for row in rows_in(container, address.rpartition("/")[2])]


def with_rows(walk: Walk, address: str, rows: Iterable[Row], *, replace: bool) -> Answers:
    """The answers with these rows after, or instead of, those that are there; a row that is there already is not added again.

    Answers in rows that another group gives stay. Raises `LookupError`.
    """
    step = _step(walk, address)
    fresh, container = opened(walk.state.answers, address)
    kept = rows_in(container, step.page.id)
    starts = tuple(source.name("") for source in step.page.group.sources)  # type: ignore[union-attr]
    kept = [row for row in kept if row["id"].startswith(starts)] if replace else kept
    known = {row["id"] for row in kept}
    container[step.page.id] = [*kept, *(row for row in rows if row["id"] not in known)][: MOST_ROWS + 1]
    return fresh
