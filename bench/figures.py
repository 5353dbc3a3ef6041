"""From times to figures, and from figures to a table."""

import math
from collections.abc import Sequence


def percentile(times: Sequence[float], share: float) -> float:
    """The smallest time that at least this share of all times do not exceed (nearest rank); raises ValueError when empty."""
    if not times or not 0 < share <= 1:
        raise ValueError("a percentile needs times, and a share above 0 and up to 1")
    return sorted(times)[math.ceil(share * len(times)) - 1]


def pages_table(times: dict[str, list[float]], against: str) -> list[list[str]]:
    """Rows of page, p50, p95 (milliseconds), and p50 and p95 as multiples of the bare view's."""
    bare = {share: percentile(times[against], share) for share in (0.5, 0.95)}
    rows = [["page", "p50 ms", "p95 ms", "p50 ratio", "p95 ratio", "requests"]]
    for name, all_of_it in times.items():
        found = {share: percentile(all_of_it, share) for share in bare}
        ratios = [f"{found[share] / bare[share]:.1f}" for share in bare]
        rows.append([name, *(f"{1000 * one:.1f}" for one in found.values()), *ratios, str(len(all_of_it))])
    return rows


def laid_out(rows: list[list[str]]) -> str:
    """The rows as text: the first column to the left, figures to the right."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = []
    for first, *others in rows:
        figures = [text.rjust(width) for text, width in zip(others, widths[1:], strict=True)]
        lines.append("  ".join([first.ljust(widths[0]), *figures]).rstrip())
    return "\n".join(lines)
