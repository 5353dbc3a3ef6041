"""From what a page posted to canonical answers and sentences of complaint. Never raises on what people send."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from monespace.engine.editing import opened
from monespace.engine.judging import cell_sentence, is_required, on_page, say
from monespace.engine.kinds import Bad, Look, kind_of
from monespace.engine.kinds.base import LONGEST
from monespace.engine.messages import sentence
from monespace.engine.nodes import Form, QuestionNode
from monespace.engine.path import Step, steps
from monespace.engine.state import Context, State

MOST_VALUES = 600


class Reading(msgspec.Struct):
    """What a posted page says: sound values (None: left blank), sentences by field name, and the raw strings.

    A part that is wrong has its own sentence (`site.postcode`) besides the field's (`site`). `clashes`: fields that somebody
    else answered otherwise since the page was shown, with what stands there now, as text.
    """

    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    warnings: dict[str, str] = {}
    typed: dict[str, list[str]] = {}
    clashes: dict[str, str] = {}


def read_page(form: Form, answers: Mapping[str, Any], address: str, posted: Mapping[str, Sequence[str]],
              context: Context, language: str, files: Mapping[str, list[dict]] | None = None) -> Reading:  # fmt: skip
    """Reads a posted page against the answers so far.

    `files`: by question, documents just received, as {"id", "name", "size", "sha256"}; those refused are not in
    `values`. A page that no longer applies gives one error under "".
    """
    step = next((each for each in steps(State(form, answers, context)) if each.address == address), None)
    if step is None:
        return Reading(errors={"": sentence(language, "page_gone")})
    fresh, container = opened(answers, address)
    frame = State(form, fresh, context).frame_at(step.frame.key)
    frame.data = container
    return _Reader(step._replace(frame=frame), _strings(posted), files or {}, language).read()


def page_reading(step: Step, posted: Mapping[str, Sequence[str]], language: str) -> Reading:
    """What cells of a file say of one page of a row: read into the row, question by question; checks come when all rows are there."""
    return _Reader(step, _strings(posted), {}, language).read(checks=False)


def _strings(posted: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Only strings, and no more than a page can hold."""
    found: dict[str, list[str]] = {}
    for name, values in posted.items():
        many = values[:MOST_VALUES] if isinstance(values, list | tuple) else [values]
        found[str(name)] = [str(value)[:LONGEST] for value in many]
    return found


class _Reader:
    def __init__(self, step: Step, posted: dict[str, list[str]], files: Mapping[str, list[dict]], language: str):
        self.step, self.posted, self.files = step, posted, files
        self.state, self.look = step.frame.state, Look(step.frame.state, step.frame, language)
        self.reading = Reading()

    def read(self, *, checks: bool = True) -> Reading:
        for question in self.step.page.questions:
            if question.asks and self.state.asked(question, self.step.frame):
                self._question(question)
                self.state.memo.clear()  # later questions of the page may depend on this one
                self.state.frames.clear()
        if checks:
            self._checks()
        return self.reading

    def _question(self, question: QuestionNode) -> None:
        if self.state.locked(question, self.step.frame) is not None:
            return  # whatever was posted, the source speaks
        if question.kind == "matrix":
            self._matrix(question)
            return
        self._keep(question.id, question, self._read(question, question.id, self.look))

    def _keep(self, name: str, question: QuestionNode, value: Any) -> None:
        if name not in self.reading.errors or question.kind == "file":
            self.reading.values[name] = value
            _put(self.step.frame.data, name, value)

    def _read(self, question: QuestionNode, name: str, look: Look) -> Any:
        posted = _under(self.posted, name)
        self.reading.typed.update({f"{name}.{sub}" if sub else name: raws for sub, raws in posted.items()})
        kind = kind_of(question)
        if question.kind == "file":  # a button beside each document posts remove=<id>
            posted["remove"] = posted.get("remove", []) + self.posted.get("remove", [])
        try:
            value = kind.read(question, posted, look)
            if question.kind == "file":
                value = self._with_new(question, value or [], look)
            if value is not None:
                kind.limits(question, kind.decode(question, value, look), look)
            elif is_required(question, look.state, look.frame):
                raise kind.blank(question)
        except Bad as bad:
            self.reading.errors[name] = say(bad, question, look)
            for part, each in bad.inside.items():
                self.reading.errors[f"{name}.{part}"] = say(each, question, look)
            return value if question.kind == "file" and bad.code != "unreadable" else None
        return value

    def _with_new(self, question: QuestionNode, kept: list[dict], look: Look) -> list[dict] | None:
        """The documents kept and those received, each new one only when it is sound."""
        kind = kind_of(question)
        for file in self.files.get(question.id, []):
            try:
                kind.limits(question, kind.decode(question, [*kept, file], look), look)
                kept = [*kept, file]
            except Bad as bad:
                self.reading.errors[question.id] = say(bad, question, look)
        return kept or None

    def _matrix(self, question: QuestionNode) -> None:
        found: dict[str, dict[str, Any]] = {}
        for row in self.state.rows(question.id, self.step.frame):
            row.data = found.setdefault(row.row, {})
            for column in question.columns:
                if not column.asks or not self.state.applies(column, row):
                    continue
                name, inside = f"{question.id}.{row.row}.{column.id}", self.look._replace(frame=row)
                value = self._read(column, name, inside)
                if name in self.reading.errors:
                    text = self.reading.errors[name]
                    self.reading.errors[name] = cell_sentence(question, column, inside, text)
                _put(found[row.row], column.id, value)
                self.state.memo.clear()
        self._keep(question.id, question, {row: cells for row, cells in found.items() if cells} or None)

    def _checks(self) -> None:
        """Checks of the page's questions and of the page, on what was read."""
        for _, (name, text) in on_page(self.step, self.look.language):
            self.reading.errors.setdefault(name, text)
        for _, (name, text) in on_page(self.step, self.look.language, "warning"):
            self.reading.warnings.setdefault(name, text)


def _put(data: Any, name: str, value: Any) -> None:
    if value is None:
        data.pop(name, None)
    else:
        data[name] = value


def _under(posted: dict[str, list[str]], name: str) -> dict[str, list[str]]:
    """What was posted under a field's name: "" for itself, sub-names for name.sub."""
    start = f"{name}."
    found = {key[len(start) :]: raws for key, raws in posted.items() if key.startswith(start)}
    if name in posted:
        found[""] = posted[name]
    return found
