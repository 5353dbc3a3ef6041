"""Values of a form half filled: what applies, what is answered, what follows. Each is worked out once."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from monespace.engine import formats
from monespace.engine.kinds import Bad, Look, kind_of
from monespace.engine.lookups import in_force
from monespace.engine.nodes import Form, PageNode, QuestionNode, TableNode
from monespace.engine.rows import FIRST_ROW, rows_in, with_first
from monespace.engine.sources import source_of
from monespace.engine.values import UNANSWERED, Code

RESERVED = ("_seen", "_contested", "_rows")


def _same(token: str) -> str:
    return token


class Context:
    """What the answers alone do not say; the engine has no clock, no register and no keys.

    today; holder (kind, name, number, …) and person (first_name, email, …) as the sources know them; facts, by source
    ("person.email"): {"available": False, "date": …, "source": "Registre national"}. `seal` closes a national number,
    `mask` shows a sealed one without its secret part, `fingerprint` is equal for equal numbers. `validated`: the answers
    were validated, and what is asked only then is asked (nothing else, of a form that has no validation, depends on it).
    """

    def __init__(self, today: date, holder: Mapping[str, Any] | None = None, person: Mapping[str, Any] | None = None,
                 facts: Mapping[str, Mapping[str, Any]] | None = None, *, seal: Callable[[str], str] = _same,
                 mask: Callable[[str], str] | None = None, fingerprint: Callable[[str], str] = _same,
                 validated: bool = True):  # fmt: skip
        self.today, self.holder, self.person, self.facts = today, holder or {}, person or {}, facts or {}
        self.seal, self.fingerprint, self.validated = seal, fingerprint, validated
        self.mask = mask or (lambda token: "**.**.**-***.**")


class Frame:
    """A place where names have values: the whole form, one row, or one line of a parameter table."""

    __slots__ = ("cells", "data", "key", "origin", "parent", "path", "row", "state", "table")

    def __init__(self, state: "State", parent: "Frame | None", data: Any, path: tuple | None, key: tuple,
                 origin: "Origin | None" = None):  # fmt: skip
        self.origin = origin
        self.state, self.parent, self.data, self.path, self.key = state, parent, data, path, key
        self.row = key[-1][1] if key else ""
        self.table = ""
        self.cells: Mapping[str, Any] = {}

    def at(self, path: tuple) -> "Frame":
        """The frame around this one in which names of `path` live."""
        frame: Any = self
        while frame.path != path:
            frame = frame.parent
        return frame

    def line(self, table: str, cells: Mapping[str, Any]) -> "Frame":
        """A frame inside this one for one line of a table."""
        frame = Frame(self.state, self, None, None, self.key)
        frame.table, frame.cells, frame.row = table, cells, self.row
        return frame


class Origin(NamedTuple):
    """The row of another group that gave a row, and the answers that this one takes over."""

    row: Frame
    fields: Mapping[str, Code]


class State:
    """The values behind a walk."""

    def __init__(self, form: Form, answers: Mapping[str, Any], context: Context):
        self.form, self.context = form, context
        self.answers: Mapping[str, Any] = answers if isinstance(answers, Mapping) else {}
        self.memo: dict[Any, Any] = {}
        self.frames: dict[Any, list[Frame]] = {}
        self.top = Frame(self, None, self.answers, (), ())
        contested = self.answers.get("_contested")
        self.contested = {str(each) for each in contested} if isinstance(contested, list) else set()

    def holds(self, code: Code | None, frame: Frame) -> bool:
        """Whether a condition is known to be true; no condition always is."""
        return code is None or code.run(frame) is True

    def page_applies(self, page: PageNode, frame: Frame) -> bool:
        """Whether the page is asked; `frame` is where its condition reads (the row, for a page of a row)."""
        key = ("page", page.id, frame.key)
        if key not in self.memo:
            if isinstance(page.parent, PageNode):
                around = self.page_applies(page.parent, frame.parent)  # type: ignore[arg-type]
            else:
                around = self.holds(page.parent.when, self.top)
            self.memo[key] = around and self.holds(page.when, frame)
        return self.memo[key]

    def applies(self, question: QuestionNode, frame: Frame) -> bool:
        """Whether the question is asked in this frame."""
        key = ("asked", question.id, frame.key)
        if key not in self.memo:
            owner = question.owner
            if isinstance(owner, PageNode):
                around = self.page_applies(owner, frame)
            elif isinstance(owner, QuestionNode):
                around = self.applies(owner, frame.parent)  # type: ignore[arg-type]
            else:
                around = True
            self.memo[key] = around and self.holds(question.when, frame)
        return self.memo[key]

    def is_given(self, question: QuestionNode, frame: Frame) -> bool:
        """Whether the answer of this row is that of another question, and not asked."""
        return question.given is not None and frame.row == FIRST_ROW

    def asked(self, question: QuestionNode, frame: Frame) -> bool:
        """Whether the question stands on its page: it applies, and its answer is not given from elsewhere."""
        return self.applies(question, frame) and not self.is_given(question, frame)

    def value(self, question: QuestionNode, frame: Frame) -> Any:
        """The typed value of a question in its frame, or UNANSWERED."""
        key = (question.id, frame.key)
        if key not in self.memo:
            self.memo[key] = self._value(question, frame)
        return self.memo[key]

    def _value(self, question: QuestionNode, frame: Frame) -> Any:
        if not self.applies(question, frame):
            return UNANSWERED
        if question.value is not None:
            return question.value.run(frame)
        canonical = self.canonical(question, frame)
        if canonical is None:
            return UNANSWERED
        try:
            return kind_of(question).decode(question, canonical, Look(self, frame))
        except Bad:
            return UNANSWERED

    def canonical(self, question: QuestionNode, frame: Frame) -> Any:
        """The answer as stored; a locked prefill comes from its source. None when there is none."""
        if question.kind == "computed":
            return None
        if self.is_given(question, frame):
            return self._of_first(question.given, frame)
        locked = self.locked(question, frame)
        return locked if locked is not None else _blank_to_none(frame.data.get(question.id))

    def _of_first(self, given: QuestionNode | str | None, frame: Frame) -> Any:
        if not isinstance(given, QuestionNode):
            return given
        around = frame.at(given.path)
        return self.canonical(given, around) if self.applies(given, around) else None

    def place(self, question: QuestionNode, frame: Frame) -> str:
        """Names one answer in the whole form: goods/r1/amount."""
        return "/".join([*(part for step in frame.key for part in step), question.id])

    def proposed(self, question: QuestionNode, frame: Frame) -> Any:
        """What the question's source says, canonical and sound; None when empty, down, contested or unsound."""
        taken_over = self.taken_over(question, frame)
        if not (question.d.prefill or taken_over) or self.place(question, frame) in self.contested:
            return None
        raw = self._given(question, taken_over) if taken_over else source_of(self.context, question.d.prefill)
        raw = _blank_to_none(raw)
        if raw is None:
            return None
        try:
            kind_of(question).decode(question, raw, Look(self, frame))
        except Bad:
            return None
        return raw

    def taken_over(self, question: QuestionNode, frame: Frame) -> Origin | None:
        """The row from which this one takes the answer over."""
        return frame.origin if frame.origin is not None and question.id in frame.origin.fields else None

    def _given(self, question: QuestionNode, origin: Origin) -> Any:
        value = origin.fields[question.id].run(origin.row)
        return None if value is UNANSWERED else kind_of(question).stored(question, value)

    def locked(self, question: QuestionNode, frame: Frame) -> Any:
        """The value of a locked prefill that its source gives, else None."""
        return self.proposed(question, frame) if self.locks(question, frame) else None

    def locks(self, question: QuestionNode, frame: Frame) -> bool:
        """Whether what the source says cannot be typed over here; nor what another row says, once it says something."""
        if self.taken_over(question, frame):
            contested = self.place(question, frame) in self.contested
            return contested or self.proposed(question, frame) is not None
        return question.locked if isinstance(question.locked, bool) else self.holds(question.locked, frame)

    def rows(self, group: str, parent: Frame) -> list[Frame]:
        """The rows of a group (or matrix) in the frame around it; none when it is not asked."""
        key = (group, parent.key)
        if key not in self.frames:
            self.frames[key] = self._rows(self.form.groups[group], parent)
        return self.frames[key]

    def _rows(self, node: PageNode | QuestionNode, parent: Frame) -> list[Frame]:
        if isinstance(node, QuestionNode):
            return self._matrix_rows(node, parent) if self.applies(node, parent) else []
        if not self.page_applies(node, parent):
            return []
        kept = rows_in(parent.data, node.id)
        kept = with_first(node.group, kept)
        found = self._with_given(node.group, parent, kept) if node.group.sources else [(row, None) for row in kept]  # type: ignore[union-attr]
        path = (*node.path, node.id)
        return [Frame(self, parent, row, path, (*parent.key, (node.id, row["id"])), origin) for row, origin in found]

    def _matrix_rows(self, node: QuestionNode, parent: Frame) -> list[Frame]:
        data = parent.data.get(node.id)
        data = data if isinstance(data, Mapping) else {}
        path = (*node.path, node.id)
        return [
            Frame(self, parent, _mapping(data.get(row.id)), path, (*parent.key, (node.id, row.id)))
            for row in node.d.rows
            if self.holds(node.row_when.get(row.id), parent)
        ]

    def _with_given(self, group: Any, parent: Frame, kept: list[Mapping]) -> list[tuple[Mapping, Origin | None]]:
        """The rows that other groups give, with what was answered in them; then those added by hand, where they can be."""
        known = {row["id"]: row for row in kept}
        found: list[tuple[Mapping, Origin | None]] = []
        for source in group.sources:
            for row in self.rows(source.group, parent.at(source.path)):
                if self.holds(source.when, row):
                    name = source.name(row.row)
                    found.append((known.pop(name, {"id": name}), Origin(row, source.fields)))
        if all(source.apart for source in group.sources):
            starts = tuple(source.name("") for source in group.sources)
            found += [(row, None) for name, row in known.items() if not name.startswith(starts)]
        return found

    def frame_at(self, key: tuple) -> Frame:
        """The frame of a row, by its key. Raises `KeyError` when the row is not there."""
        frame = self.top
        for group, row in key:
            found = next((each for each in self.rows(group, frame) if each.row == row), None)
            if found is None:
                raise KeyError(key)
            frame = found
        return frame

    def shown(self, question: QuestionNode, frame: Frame, language: str) -> str:
        """A question's value as text on one line; empty when not answered."""
        if question.value is not None:
            value = self.value(question, frame)
            return "" if value is UNANSWERED else formats.value_as_text(value, question.value.type, language)
        return ", ".join(self.lines(question, frame, language))

    def lines(self, question: QuestionNode, frame: Frame, language: str) -> list[str]:
        """A stored answer as lines of text; what cannot be read is left out."""
        canonical = self.canonical(question, frame)
        if canonical is None or not self.applies(question, frame):
            return []
        look = Look(self, frame, language)
        try:
            kind_of(question).decode(question, canonical, look)
            return kind_of(question).show(question, canonical, look)
        except Bad:
            return []

    def text(self, words: Mapping[str, list], look: Look) -> str:
        """A text of the form in the look's language, its braces filled in."""
        parts = words.get(look.language) or next(iter(words.values()), [])
        return "".join(part if isinstance(part, str) else self._filled(part, look) for part in parts)

    def _filled(self, code: Code, look: Look) -> str:
        if isinstance(code.question, QuestionNode):
            return self.shown(code.question, look.frame.at(code.question.path), look.language) or "…"
        return formats.value_as_text(code.run(look.frame), code.type, look.language)

    def in_force(self, table: TableNode) -> list[Mapping[str, Any]]:
        """The lines of a table that are valid today."""
        return [cells for cells in table.rows if in_force(cells, self.context.today)]


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _blank_to_none(value: Any) -> Any:
    return None if value in (None, "", [], {}) else value
