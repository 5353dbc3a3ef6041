"""Rows as they are stored: which are sound, and the one that is always there."""

import re
from collections.abc import Mapping
from typing import Any

ROW_ID = re.compile(r"[a-z][a-z0-9_]{0,90}")
MOST_ROWS = 500  # whatever a definition says
FIRST_ROW = "s0"  # of a group whose first row is always there


def rows_in(data: Any, group: str) -> list[Mapping[str, Any]]:
    """The sound rows stored for a group; whatever else stands there is passed over."""
    found = data.get(group) if isinstance(data, Mapping) else None
    rows: dict[str, Mapping] = {}
    for row in found[:MOST_ROWS] if isinstance(found, list) else []:
        name = row.get("id") if isinstance(row, Mapping) else None
        if isinstance(name, str) and ROW_ID.fullmatch(name):
            rows.setdefault(name, row)
    return list(rows.values())


def with_first(group: Any, kept: list[Mapping]) -> list[Mapping]:
    """The rows, the one that is always there before the others."""
    if not (group.d.seed and group.d.seed.first):
        return kept
    known = {row["id"]: row for row in kept}
    return [known.pop(FIRST_ROW, {"id": FIRST_ROW}), *known.values()]
