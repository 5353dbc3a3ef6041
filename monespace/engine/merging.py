"""Two people in one draft: whose answer stands where, told apart field by field."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from monespace.engine.kinds import Look
from monespace.engine.nodes import Form, QuestionNode
from monespace.engine.path import Step
from monespace.engine.view import in_row, label_of


class Merged(NamedTuple):
    """What to write on a page; the fields that both sides answered otherwise: there, what stands is left; and those that
    hold what stands instead of what was posted."""

    values: dict[str, Any]
    clashes: list[str]
    taken: list[str]


class Place(NamedTuple):
    """An answer as a person knows it: the address of its page, and what it is called there."""

    address: str
    label: str


def leaves(form: Form, name: str, value: Any) -> dict[str, Any]:
    """The value of a question by field name: a matrix cell by cell (figures.y1.sales), anything else whole."""
    question = form.questions.get(name)
    if question is None or question.kind != "matrix" or not isinstance(value, Mapping):
        return {} if value is None else {name: value}
    rows = {row: cells for row, cells in value.items() if isinstance(cells, Mapping)}
    return {f"{name}.{row}.{column}": cell for row, cells in rows.items() for column, cell in cells.items()}


def merge(
    form: Form, standing: Mapping[str, Any], posted: Mapping[str, Any], untouched: Callable[[str, Any], bool],
    yielded: frozenset[str] = frozenset(),
) -> Merged:  # fmt: skip
    """A page's posted values beside those that stand there now.

    `untouched(field name, value)`: whether the page had shown this value there. Who changed nothing yields to who did; the
    same answer given twice is no clash. In the fields `yielded`, what stands is taken. Files were read against those that
    stand there: one that came and one that was removed say so themselves.
    """
    merged = dict(posted)
    clashes: list[str] = []
    taken: list[str] = []
    for name, value in posted.items():
        if name in form.questions and form.questions[name].kind == "file":
            continue
        mine, theirs = leaves(form, name, value), leaves(form, name, standing.get(name))
        settled: dict[str, Any] = {}
        for leaf in dict.fromkeys([*mine, *theirs] or [name]):
            ours, now = mine.get(leaf), theirs.get(leaf)
            same = leaf not in yielded and (ours == now or untouched(leaf, now))
            settled[leaf] = ours if same else now
            if not same:
                (taken if leaf in yielded or untouched(leaf, ours) else clashes).append(leaf)
        merged[name] = _whole(name, settled)
    return Merged(merged, clashes, taken)


def _whole(name: str, settled: Mapping[str, Any]) -> Any:
    """The value of a question out of its leaves."""
    if name in settled:
        return settled[name]
    rows: dict[str, dict[str, Any]] = {}
    for leaf, cell in settled.items():
        if cell is not None:
            _name, row, column = leaf.split(".")
            rows.setdefault(row, {})[column] = cell
    return rows or None


def shown_values(step: Step) -> Iterator[tuple[str, list[Any]]]:
    """By field name, the values that a page may show in a field that can be typed in: the answer, its mask, and what is proposed."""
    state, frame = step.frame.state, step.frame
    for question in step.page.questions:
        if not question.asks or question.kind == "file" or not state.asked(question, frame):
            continue
        stored, proposed = frame.data.get(question.id), state.proposed(question, frame)
        for name, value in leaves(state.form, question.id, stored).items():
            yield name, [value, state.context.mask(value)] if question.kind == "national_number" else [value]
        if stored is None and proposed is not None:
            yield question.id, [None, proposed]


def places(form: Form, answers: Mapping[str, Any], start: str = "") -> dict[str, Any]:
    """Every answer of a draft by its place in the whole form (goods/r1/amount); of a group, which rows there are."""
    found: dict[str, Any] = {}
    for name, value in answers.items():
        if name.startswith("_") or name == "id":
            continue
        if name in form.groups and isinstance(value, list):
            rows = [row for row in value if isinstance(row, Mapping) and row.get("id")]
            found[start + name] = [row["id"] for row in rows]
            for row in rows:
                found |= places(form, row, f"{start}{name}/{row['id']}/")
        else:
            found |= {start + leaf: each for leaf, each in leaves(form, name, value).items()}
    return found


def changed_places(form: Form, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The places whose answer is not the same in two states of a draft."""
    one, other = places(form, before), places(form, after)
    return [place for place in dict.fromkeys([*one, *other]) if one.get(place) != other.get(place)]


def named(steps: list[Step], wanted: set[str], language: str) -> dict[str, Place]:
    """What the answers at these places are called, in the order of the form; places that no page shows are left out."""
    found: dict[str, Place] = {}
    for step in steps:
        look = Look(step.frame.state, step.frame, language)
        start = "/".join(part for key in step.frame.key for part in key)
        start = f"{start}/" if start else ""
        for question in step.page.questions:
            at = [each for each in wanted if each.partition(".")[0] == start + question.id]
            if question.asks and at:
                found |= dict.fromkeys(at, Place(step.address, in_row(step.frame, label_of(question, look), language)))
        if step.page.group and start + step.page.id in wanted:
            title = look.state.text(step.page.words["title"], look)
            found[start + step.page.id] = Place(step.address, in_row(step.frame, title, language))
    return found


def said(step: Step, leaf: str, language: str) -> str:
    """What stands in a field of a page, as text; empty when nothing does."""
    state, frame = step.frame.state, step.frame
    name, _, cell = leaf.partition(".")
    question: QuestionNode = state.form.questions[name]
    if cell:
        row, _, column = cell.partition(".")
        frame = next((each for each in state.rows(name, frame) if each.row == row), frame)
        question = next(each for each in question.columns if each.id == column)
    return state.shown(question, frame, language)
