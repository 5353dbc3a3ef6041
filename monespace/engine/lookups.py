"""Parameter tables and sources in expressions: rates[kind].amount, limits.ceiling, holder.kind."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from monespace.engine.complaints import close_to
from monespace.engine.nodes import Form, TableNode
from monespace.engine.sources import source_of
from monespace.engine.syntax import Wrong
from monespace.engine.values import UNANSWERED, Code, Type


def cell(table: TableNode, name: str) -> Code:
    """A column's name inside any(table, …): the cell of the line being read."""

    def run(frame: Any) -> Any:
        while frame.table != table.id:
            frame = frame.parent
        value = frame.cells[name]
        return UNANSWERED if value is None else value

    return Code(run, table.columns[name])


def lines(table: TableNode) -> Callable[[Any], list]:
    """Gives a frame for each line of the table that is in force today."""
    return lambda frame: [
        frame.line(table.id, cells) for cells in table.rows if in_force(cells, frame.state.context.today)
    ]


def in_force(cells: dict, at: date) -> bool:
    """Whether a line is valid on that day."""
    start, end = cells.get("valid_from"), cells.get("valid_until")
    return (start is None or start <= at) and (end is None or at <= end)


def row(form: Form, name: str, keys: list[Code]) -> Code:
    """One line of a table, by its keys and, for a dated table, optionally by a day (else today)."""
    table = form.tables[name]
    most = len(table.keys) + (1 if table.dated else 0)
    if not len(table.keys) <= len(keys) <= most:
        names = ", ".join(column for column, _ in table.keys) or "no key"
        raise Wrong(f"`{name}` is looked up by {names}", f"write {name}[{names}]")
    for (column, _), key in zip(table.keys, keys, strict=False):
        if key.type.base != table.columns[column].base:
            raise Wrong(f"key `{column}` of `{name}` is a {table.columns[column].base}", "correct the brackets")
    if len(keys) > len(table.keys) and keys[-1].type.base != "date":
        raise Wrong(f"the last key of `{name}` is the day on which it must be valid", "give a date")

    def run(frame: Any) -> Any:
        values = [key.run(frame) for key in keys]
        if any(value is UNANSWERED for value in values):
            return UNANSWERED
        day = values.pop() if len(values) > len(table.keys) else frame.state.context.today
        return _find(table, values, day)

    return Code(run, Type("cells", name=name), 1 + max((key.depth for key in keys), default=0))


def _find(table: TableNode, values: list, day: date) -> Any:
    found = [cells for cells in table.rows if in_force(cells, day)]
    for (column, match), value in zip(table.keys, values, strict=True):
        found = _matching(found, column, match, value)
    return found[0] if found else UNANSWERED


def _matching(found: list[dict], column: str, match: str, value: Any) -> list[dict]:
    if match == "equal":
        return [cells for cells in found if cells[column] == value]
    if match == "up_to":
        reached = [cells for cells in found if cells[column] is None or value <= cells[column]]
        return sorted(reached, key=lambda cells: _order(cells[column], last=True))[:1]
    reached = [cells for cells in found if cells[column] is None or cells[column] <= value]
    return sorted(reached, key=lambda cells: _order(cells[column], last=False))[-1:]


def _order(value: Any, *, last: bool) -> tuple:
    if value is None:
        return (1, Decimal(0)) if last else (-1, Decimal(0))
    return (0, value)


def column(table: TableNode, base: Code, name: str) -> Code:
    """One cell of the line that `base` gives."""
    if name not in table.columns:
        raise Wrong(f"table `{table.id}` has no column `{name}`", close_to(name, table.columns))

    def run(frame: Any) -> Any:
        cells = base.run(frame)
        value = UNANSWERED if cells is UNANSWERED else cells[name]
        return UNANSWERED if value is None else value

    return Code(run, table.columns[name], base.depth + 1)


def fact(name: str, type: Type) -> Code:
    """What a source says, of the expected type, else UNANSWERED."""

    def run(frame: Any) -> Any:
        value = source_of(frame.state.context, name)
        if value in (None, "", {}):
            return UNANSWERED
        if type.base == "date":
            return value if isinstance(value, date) else _iso(value)
        sound = isinstance(value, dict) if type.base == "record" else isinstance(value, str)
        return value if sound else UNANSWERED

    return Code(run, type)


def _iso(value: Any) -> Any:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return UNANSWERED
