"""Parameter tables: cells read by the type of their column."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from monespace.engine.complaints import Where, close_to
from monespace.engine.definition import Table
from monespace.engine.nodes import TableNode
from monespace.engine.values import BOOLEAN, DATE, NUMBER, TEXT, WORDS, Type

if TYPE_CHECKING:
    from monespace.engine.building import Builder

_TYPES: dict[str, Type] = {"text": TEXT, "number": NUMBER, "date": DATE, "boolean": BOOLEAN, "words": WORDS}


def declare(builder: "Builder", tables: dict[str, Table]) -> None:
    """Reads every table of a definition into the form."""
    for name, table in tables.items():
        where: Where = ("parameters", name)
        builder._name(name, where)
        keys = [(key, "equal") if isinstance(key, str) else (key.column, key.match) for key in table.key]
        for column, match in keys:
            if column not in table.columns:
                builder.complaints.add((*where, "key"), f"no column `{column}`", close_to(column, table.columns))
            elif match != "equal" and table.columns[column] not in ("number", "date"):
                builder.complaints.add((*where, "key"), f"`{column}` has no order", "use a number or a date")
        for column in ("valid_from", "valid_until"):
            if table.columns.get(column, "date") != "date":
                builder.complaints.add((*where, "columns"), f"`{column}` must be a date", "write `date`")
        if table.note:
            builder.words(table.note, (*where, "note"), ())
        for column, words in table.labels.items():
            builder.words(words, (*where, "labels", column), ())
            if column not in table.columns:
                builder.complaints.add(
                    (*where, "labels", column), f"no column `{column}`", close_to(column, table.columns)
                )
        rows = [_row(builder, table, row, (*where, "rows", i)) for i, row in enumerate(table.rows)]
        columns = {column: _TYPES[kind] for column, kind in table.columns.items()}
        builder.form.tables[name] = TableNode(name, columns, keys, rows, table.indicative)


def _row(builder: "Builder", table: Table, row: dict[str, Any], where: Where) -> dict[str, Any]:
    for name in set(row) - set(table.columns):
        builder.complaints.add((*where, name), f"no column `{name}`", close_to(name, table.columns))
    cells: dict[str, Any] = {}
    for column, kind in table.columns.items():
        raw = row.get(column)
        try:
            cells[column] = None if raw is None or raw == "" else _cell(builder, raw, kind)
        except (ValueError, TypeError, InvalidOperation):
            builder.complaints.add((*where, column), f"{raw!r} is no {kind}", f"write a {kind}")
            cells[column] = None
        if cells[column] is None and column in _needed(table):
            builder.complaints.add((*where, column), f"the key `{column}` is empty", "fill it in")
    return cells


def _needed(table: Table) -> list[str]:
    return [key if isinstance(key, str) else key.column for key in table.key if isinstance(key, str)]


def _cell(builder: "Builder", raw: Any, kind: str) -> Any:
    if kind == "words":
        if not isinstance(raw, dict) or any(not raw.get(language) for language in builder.form.languages):
            raise ValueError(raw)
        return raw
    if kind == "boolean":
        if not isinstance(raw, bool):
            raise ValueError(raw)
        return raw
    if kind == "date":
        return date.fromisoformat(raw)
    if kind == "number":
        value = Decimal(str(raw))
        if not value.is_finite() or abs(value) > Decimal(10) ** 15:
            raise ValueError(raw)
        return value
    return str(raw)
