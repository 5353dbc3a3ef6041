"""A draft's answers taken from one version of its form to another: what fits is kept, what does not is named."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from monespace.engine import judging
from monespace.engine.kinds import Bad, Look, kind_of
from monespace.engine.messages import sentence
from monespace.engine.nodes import Form, PageNode, QuestionNode
from monespace.engine.rows import rows_in
from monespace.engine.state import RESERVED, Context, Frame, State
from monespace.engine.walk import Walk


class Unfit(NamedTuple):
    """One answer that does not go on as it is: what was asked, what it said, why."""

    label: str
    value: str
    why: str


class Move(NamedTuple):
    """What a move makes of the answers. `lost` are taken away, `unasked` kept and not sent, `faults` are to correct."""

    answers: dict[str, Any]
    lost: list[Unfit]
    unasked: list[Unfit]
    faults: list[str]


def move(old: Form, new: Form, answers: Mapping[str, Any], context: Context, language: str) -> Move:
    """The answers in the new version, and what does not fit, in sentences. Changes nothing by itself."""
    before = State(old, answers, context)
    kept, lost = _fitting(old, new, before, language)
    after = State(new, kept, context)
    unasked = [
        _unfit(question, frame, language, sentence(language, "move_unasked"))
        for place, (question, frame) in _stored(before).items()
        if (there := _stored(after).get(place)) and before.applies(question, frame) and not after.applies(*there)
    ]
    return Move(kept, lost, unasked, _faults(Walk(old, answers, context), Walk(new, kept, context), language))


def _fitting(old: Form, new: Form, before: State, language: str) -> tuple[dict[str, Any], list[Unfit]]:
    """The answers that the new form can read, and those that it cannot."""
    kept = _carried(before.answers, (), old, new)
    lost = _gone(before, State(new, kept, before.context), language)
    for _ in range(10):  # an answer that goes may take the option of another one away
        after = State(new, kept, before.context)
        wrong = {place: bad for place in _stored(after) if (bad := _refused(place, before, after))}
        for place, bad in wrong.items():
            question, frame = _stored(after)[place]
            del frame.data[question.id]
            lost.append(_unfit(*_stored(before)[place], language, _why(bad, question, Look(after, frame, language))))
        if not wrong:
            break
    return kept, lost


def _why(bad: Bad, question: QuestionNode, look: Look) -> str:
    """What was chosen cannot be chosen any more; anything else says itself what is wrong with it."""
    if bad.code == "unknown_option":
        return sentence(look.language, "move_option")
    return judging.say(bad, question, look)


def _refused(place: tuple, before: State, after: State) -> Bad | None:
    """Why the new form cannot read an answer that the old one could; one that was unsound already stays as it is."""
    return None if _decoded(*_stored(before)[place]) else _decoded(*_stored(after)[place])


def _decoded(question: QuestionNode, frame: Frame) -> Bad | None:
    try:
        kind_of(question).decode(question, frame.data.get(question.id), Look(frame.state, frame))
    except Bad as bad:
        return bad
    return None


def _gone(before: State, after: State, language: str) -> list[Unfit]:
    here = _stored(after)
    return [
        _unfit(question, frame, language, sentence(language, "move_gone"))
        for place, (question, frame) in _stored(before).items()
        if place not in here
    ]


def _unfit(question: QuestionNode, frame: Frame, language: str, why: str) -> Unfit:
    look = Look(frame.state, frame, language)
    label = frame.state.text(question.words.get("label") or question.words.get("text") or {}, look)
    return Unfit(label, ", ".join(_shown(question, look)), why)


def _shown(question: QuestionNode, look: Look) -> list[str]:
    """An answer as it was shown, asked or not."""
    canonical = look.frame.data.get(question.id)
    try:
        kind_of(question).decode(question, canonical, look)
        return kind_of(question).show(question, canonical, look)
    except Bad:
        return []


def _carried(data: Mapping[str, Any], path: tuple, old: Form, new: Form) -> dict[str, Any]:
    """A copy of one document of answers with what the new form has in the same place."""
    found: dict[str, Any] = {}
    for name, value in data.items():
        if name in RESERVED or name == "id":
            found[name] = value
        elif not _same_place(name, path, old, new):
            continue
        elif isinstance(old.groups.get(name), PageNode):
            found[name] = [_carried(row, (*path, name), old, new) for row in rows_in(data, name)]
        elif name in old.groups:
            found[name] = _cells(value, (*path, name), old, new)
        else:
            found[name] = value
    return found


def _cells(value: Any, path: tuple, old: Form, new: Form) -> dict[str, Any]:
    """The cells of a matrix, of the rows that the new form has."""
    rows = {row.id for row in new.questions[path[-1]].d.rows}
    cells = value.items() if isinstance(value, Mapping) else ()
    return {row: _carried(each, path, old, new) for row, each in cells if row in rows and isinstance(each, Mapping)}


def _same_place(name: str, path: tuple, old: Form, new: Form) -> bool:
    """Whether both forms have this question, group or matrix in the same rows."""
    one, other = (form.groups.get(name) or form.questions.get(name) for form in (old, new))
    if one is None or other is None or not one.path == other.path == path:
        return False
    return type(one) is type(other) and (name in old.groups) == (name in new.groups)


def _stored(state: State) -> dict[tuple, tuple[QuestionNode, Frame]]:
    """Every answer that is stored, asked or not, by its place: the rows around it and its question."""
    if ("stored",) not in state.memo:
        state.memo[("stored",)] = {(frame.key, each.id): (each, frame) for each, frame in _inside(state, state.top)}
    return state.memo[("stored",)]


def _inside(state: State, frame: Frame) -> Iterator[tuple[QuestionNode, Frame]]:
    for name, value in frame.data.items():
        node = state.form.groups.get(name) or state.form.questions.get(name)
        if node is None or node.path != frame.path:
            continue
        if name not in state.form.groups:
            if node.asks and value not in (None, "", [], {}):  # type: ignore[union-attr]
                yield node, frame  # type: ignore[misc]
            continue
        for row, data in _rows(node, value, frame):
            inside = Frame(state, frame, data, (*node.path, name), (*frame.key, (name, row)))
            yield from _inside(state, inside)


def _rows(node: PageNode | QuestionNode, value: Any, frame: Frame) -> list[tuple[str, Mapping]]:
    if isinstance(node, PageNode):
        return [(row["id"], row) for row in rows_in(frame.data, node.id)]
    cells = value if isinstance(value, Mapping) else {}
    return [(row.id, cells[row.id]) for row in node.d.rows if isinstance(cells.get(row.id), Mapping)]


def _faults(before: Walk, after: Walk, language: str) -> list[str]:
    """What the new version finds wrong in answers that were right; not what is simply not answered yet."""
    known = {(each.address, each.field, each.sentence) for each in before.problems(language)}
    found = [
        each.sentence
        for each in after.problems(language)
        if (each.address, each.field, each.sentence) not in known and not _blank(after, each)
    ]
    stop = after.stop()
    if stop and stop != before.stop():
        found.insert(0, sentence(language, "move_stops", title=after.page(stop, language).title))
    return found


def _blank(walk: Walk, problem: judging.Problem) -> bool:
    question = walk.form.questions.get(problem.question)
    step = next(each for each in walk.steps if each.address == problem.address)
    if question is None:  # of the page: rows that are missing are no fault of an answer
        return bool(step.page.group) and not walk.state.rows(step.page.id, step.frame)
    return question.asks and walk.state.canonical(question, step.frame) is None
