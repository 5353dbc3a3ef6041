"""What expressions work with: types, the value "not answered yet", and code ready to run."""

from collections.abc import Callable
from typing import Any, NamedTuple


class _Unanswered:
    """Not answered yet (or not asked). It spreads through arithmetic; a condition on it is not fulfilled."""

    def __repr__(self) -> str:
        return "UNANSWERED"

    def __bool__(self) -> bool:
        return False


UNANSWERED = _Unanswered()


class Type(NamedTuple):
    """The type of an expression.

    base: text, number, boolean, date, list, rows, row, table, cells, record, source, words, file.
    """

    base: str
    unit: str = ""  # of numbers: money, percent, integer, year, number
    item: "Type | None" = None  # of lists
    options: tuple[str, ...] | None = None  # of texts that are chosen; of a row, what may stand in its place
    name: str = ""  # of rows, row, table, cells, record, source: which


TEXT, NUMBER, BOOLEAN, DATE = Type("text"), Type("number", "number"), Type("boolean"), Type("date")
INTEGER, MONEY, PERCENT = Type("number", "integer"), Type("number", "money"), Type("number", "percent")
YEAR = Type("number", "year")
WORDS, FILE = Type("words"), Type("file")


class Code(NamedTuple):
    """A checked expression: `run(frame)` gives its value. `depth` bounds the recursion when it runs."""

    run: Callable[[Any], Any]
    type: Type
    depth: int = 1
    question: Any = None  # the question node, when the expression is just its name


def list_of(item: Type) -> Type:
    """The type of a list of such items."""
    return Type("list", item=item)


def comparable(one: Type, other: Type) -> bool:
    """Whether values of the two types can be compared; a row that may also be one of some words compares with a word."""
    if {one.base, other.base} == {"row", "text"}:
        return (one if one.base == "row" else other).options is not None
    return one.base == other.base and one.base in ("text", "number", "boolean", "date", "row")
