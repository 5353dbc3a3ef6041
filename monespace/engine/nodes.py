"""The form as loaded: the definition with its expressions ready to run and its places known."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from monespace.engine.definition import Definition, Group, Page, Question, Section
from monespace.engine.values import Code, Type

Path = tuple[str, ...]  # ids of the groups (and matrix) around a question


class CheckNode:
    """A check ready to run."""

    __slots__ = ("level", "message", "must", "on")

    def __init__(self, must: Code, message: "Mapping[str, Template]", level: str, on: str):
        self.must, self.message, self.level, self.on = must, message, level, on


Template = list  # of str and Code, one text in one language


class OptionNode:
    """An option with its condition."""

    __slots__ = ("hint", "label", "value", "when")

    def __init__(self, value: str, label: Mapping, hint: Mapping, when: Code | None):
        self.value, self.label, self.hint, self.when = value, label, hint, when


class QuestionNode:
    """A question with its expressions. `owner` is the page, or the matrix of which it is a column, or None."""

    def __init__(self, definition: Question, owner: Any, path: Path):
        self.d, self.owner, self.path = definition, owner, path
        self.id, self.kind = definition.id, definition.kind
        self.type: Type | None = None
        self.when: Code | None = None
        self.required: Code | bool = True
        self.locked: Code | bool = False
        self.min: Code | None = None
        self.max: Code | None = None
        self.value: Code | None = None
        self.indicative = False  # computed with a table whose figures are not confirmed
        self.given: QuestionNode | str | None = (
            None  # in the first row of a seeded group: whose answer it has, or which
        )
        self.options: list[OptionNode] = []
        self.options_when: Code | None = None
        self.words: dict[str, dict[str, Template]] = {}
        self.checks: list[CheckNode] = []
        self.columns: list[QuestionNode] = []
        self.row_labels: dict[str, dict[str, Template]] = {}
        self.row_when: dict[str, Code | None] = {}  # of a matrix

    @property
    def asks(self) -> bool:
        """Whether a person answers it."""
        return self.kind not in ("computed", "information")


class SourceNode(NamedTuple):
    """Another group whose rows make rows here. `apart`: their ids are told from those of rows added by hand."""

    group: str
    path: Path
    when: Code | None
    fields: Mapping[str, Code]  # question of the row: what it takes over
    apart: bool

    def name(self, row: str) -> str:
        """The id here of what a row there gives."""
        return f"{self.group}_{row}" if self.apart else row


class GroupNode:
    """What repeats on a group page."""

    def __init__(self, definition: Group):
        self.d = definition
        self.pages: list[PageNode] = []
        self.min: Code | None = None
        self.max: Code | None = None
        self.sources: list[SourceNode] = []
        self.words: dict[str, dict[str, Template]] = {}


class PageNode:
    """A page in its section or group. `path` is that of its questions, `parent` the section or the group page."""

    def __init__(self, definition: Page, parent: "SectionNode | PageNode", path: Path):
        self.d, self.parent, self.path, self.id = definition, parent, path, definition.id
        self.when: Code | None = None
        self.questions: list[QuestionNode] = []
        self.checks: list[CheckNode] = []
        self.group: GroupNode | None = None
        self.words: dict[str, dict[str, Template]] = {}
        self.stop_words: dict[str, Template] = {}

    @property
    def kind(self) -> str:
        return "stop" if self.d.stop else "group" if self.group else "question"

    @property
    def section(self) -> "SectionNode":
        place: Any = self.parent
        while isinstance(place, PageNode):
            place = place.parent
        return place


class SectionNode:
    """A section with its pages."""

    def __init__(self, definition: Section):
        self.d, self.id = definition, definition.id
        self.when: Code | None = None
        self.pages: list[PageNode] = []
        self.words: dict[str, dict[str, Template]] = {}


class TableNode:
    """A parameter table with typed cells."""

    def __init__(self, id: str, columns: dict[str, Type], keys: list[tuple[str, str]], rows: list[dict[str, Any]],
                 indicative: bool = False):  # fmt: skip
        self.id, self.columns, self.keys, self.rows, self.indicative = id, columns, keys, rows, indicative

    @property
    def dated(self) -> bool:
        return "valid_from" in self.columns or "valid_until" in self.columns


class Form:
    """A form that passed every check; made by `load`, never changed, safe to share between threads."""

    def __init__(self, definition: Definition):
        self.definition = definition
        self.languages: list[str] = definition.languages
        self.sections: list[SectionNode] = []
        self.questions: dict[str, QuestionNode] = {}  # computed values and columns of matrices too
        self.groups: dict[str, PageNode | QuestionNode] = {}  # groups, and matrices
        self.pages: dict[str, PageNode] = {}
        self.tables: dict[str, TableNode] = {}
        self.title: dict[str, Template] = {}
        self.deadline: Code | None = None
        self.deadline_words: dict[str, Template] = {}
        self.examples = definition.examples
