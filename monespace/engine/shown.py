"""What a renderer receives: a page and its fields in one language, plain values only."""

from typing import Any, NamedTuple

import msgspec


class Choosing(NamedTuple):
    """One option to show."""

    value: str
    label: str
    hint: str = ""
    selected: bool = False


class Prefill(msgspec.Struct):
    """Where a value comes from. `declared_by_you`: its source gave nothing, or was contested."""

    source: str
    date: Any = ""
    locked: bool = False
    declared_by_you: bool = False
    contested: bool = False


class MatrixRowView(NamedTuple):
    """One row of a matrix with its cells, in the order of the columns."""

    id: str
    label: str
    cells: list["Field"]


class Field(msgspec.Struct):
    """One question as shown. `typed`: raw strings by sub-name ("" for a plain field), to be shown again."""

    name: str
    kind: str
    label: str
    hint: str = ""
    help: str = ""
    text: str = ""  # information, declaration, computed; a locked date, in words
    required: bool = False
    typed: dict[str, list[str]] = {}
    parts: list[str] = []  # sub-names: day, month, year; street, …
    part_labels: dict[str, str] = {}
    options: list[Choosing] = []
    error: str = ""
    part_errors: dict[str, str] = {}  # of an address or a date: only the parts that are wrong
    warning: str = ""
    prefill: Prefill | None = None
    autocomplete: str = ""
    inputmode: str = ""
    prefix: str = ""
    suffix: str = ""
    maxlength: int = 0
    accept: str = ""  # .pdf,.jpg
    max_files: int = 0
    max_megabytes: int = 0
    files: list[dict] = []
    columns: list[tuple[str, str]] = []  # matrix
    rows: list[MatrixRowView] = []
    lang: str = ""  # set when the words are in another language than the page
    only: bool = False  # the page's only question: its label is the title


class RowView(msgspec.Struct):
    """One row in the list of a group."""

    id: str
    title: str
    lines: list[tuple[str, str]]  # label, value
    address: str  # its first page
    complete: bool
    removable: bool


class PageView(msgspec.Struct):
    """A page in one language."""

    address: str
    kind: str  # question, group, stop, check
    title: str
    section: str = ""
    item: str = ""  # which row a page belongs to
    hint: str = ""
    body: str = ""
    fields: list[Field] = []
    only_question: bool = False
    rows: list[RowView] = []
    add_label: str = ""
    can_add: bool = False
    csv: bool = False  # rows can be added from a file
    least: int = 0
    most: int = 0
    links: list[dict[str, str]] = []  # stop: text, procedure or url
    errors: dict[str, str] = {}
    warnings: dict[str, str] = {}
    lang: str = ""

    @property
    def warning(self) -> str:
        """What deserves a second look on the whole page, a list of rows for instance."""
        return self.warnings.get("", "")

    @property
    def has_files(self) -> bool:
        return any(each.kind == "file" for each in self.fields)
