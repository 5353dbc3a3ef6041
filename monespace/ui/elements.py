"""Values that element templates take, built from what a view has at hand."""

from collections.abc import Iterable, Sequence

FILTER_FROM = 11  # a shorter table needs no field to narrow it


def table(
    caption: str,
    columns: Sequence[str | dict],
    rows: Iterable[Sequence | dict],
    *,
    id: str = "table",
    dense: bool = False,
    caption_hidden: bool = False,
    filter: bool = False,
) -> dict:
    """What ui/table.html draws, as a table or as cards.

    columns: a text, or {text, number, href and sort (to order by it), hidden}. rows: lists of cells or {cells, unread};
    a cell is a text, or {text, href, hidden, lines, tag, tag_kind, links}; the first cell names its row.
    `filter` offers a field to narrow what is shown, above ten rows.
    """
    heads = [column if isinstance(column, dict) else {"text": column} for column in columns]
    drawn = [_row(row, heads) for row in rows]
    return {
        "id": id,
        "caption": caption,
        "caption_hidden": caption_hidden,
        "dense": dense,
        "columns": heads,
        "rows": drawn,
        "filter": filter and len(drawn) >= FILTER_FROM,
    }


def _row(row: Sequence | dict, heads: list[dict]) -> dict:
    """One row with each cell's column beside it, for the cards of narrow screens."""
    known = row if isinstance(row, dict) else {"cells": row}
    return {**known, "cells": [_cell(cell, head) for cell, head in zip(known["cells"], heads, strict=True)]}


def _cell(cell, head: dict) -> dict:
    """One cell that knows the name and the alignment of its column."""
    known = cell if isinstance(cell, dict) else {"text": cell}
    return {"label": "" if head.get("hidden") else head["text"], "number": head.get("number", False), **known}
