"""A CSV file as people make it: ; , or tab, UTF-8 or Windows-1252; read into lines of cells, and written without harm."""

import csv
import io
from collections.abc import Collection, Iterable
from typing import NamedTuple

MOST_BYTES, MOST_LINES, MOST_CELLS, LONGEST_CELL = 1_000_000, 2000, 200, 5000
SEPARATORS = ";,\t"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Unreadable(Exception):
    """The file cannot be read as a table; `code` names the sentence."""

    def __init__(self, code: str, **parts: object):
        super().__init__(code)
        self.code, self.parts = code, parts


class Line(NamedTuple):
    """One line of the file that is not blank: its number there, and its cells."""

    number: int
    cells: list[str]


def read_sheet(raw: bytes, heads: Collection[str]) -> list[Line]:
    """The lines of a file, the first being its heads. Of the separators, the one that gives the most of the known heads.

    Raises `Unreadable`.
    """
    if len(raw) > MOST_BYTES:
        raise Unreadable("csv_large", most=MOST_BYTES // 1_000_000)
    text = _decoded(raw)
    found = max((_lines(text, separator) for separator in SEPARATORS), key=lambda lines: _known(lines, heads))
    if not _known(found, heads):
        raise Unreadable("csv_heads")
    if len(found) < 2:
        raise Unreadable("csv_empty")
    if len(found) > MOST_LINES + 1:
        raise Unreadable("csv_many", most=MOST_LINES)
    return found


def plain(head: str) -> str:
    """A head as it is compared: capitals, spaces and the marks at its end do not count."""
    return " ".join(head.replace("\u00a0", " ").split()).casefold().rstrip(" ?:*").removeprefix("'")


def _known(lines: list[Line], heads: Collection[str]) -> int:
    return len({plain(cell) for cell in lines[0].cells} & set(heads)) if lines else 0


def _decoded(raw: bytes) -> str:
    if raw[:4] == b"PK\x03\x04" or raw[:4] == b"\xd0\xcf\x11\xe0":
        raise Unreadable("csv_workbook")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable("csv_encoding")


def _lines(text: str, separator: str) -> list[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    found: list[Line] = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append(Line(reader.line_num, [cell.strip()[:LONGEST_CELL] for cell in cells[:MOST_CELLS]]))
            if len(found) > MOST_LINES + 1:
                break
    except csv.Error:
        return []
    return found


def written(rows: Iterable[Iterable[str]]) -> str:
    """Rows as a CSV text that a spreadsheet opens by a double click; no cell of it is taken for a formula."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=";").writerows([harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + file.getvalue()


def harmless(cell: str) -> str:
    """A cell that a spreadsheet shows and does not calculate."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
