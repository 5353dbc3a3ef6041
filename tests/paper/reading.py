"""Reads the text of our PDFs with pikepdf alone: each font carries the table from its codes to characters."""

import io
import re

import pikepdf

SHOWN = {"Tj", "TJ", "'", '"'}


def text_of(pdf: bytes) -> str:
    """The text of every page, marked replacements (ActualText) included, spaces made plain, hyphenated words put together."""
    text = "\n".join(pages_of(pdf))
    return re.sub(r"[ \n\u00a0]+", " ", re.sub(r"\s*\u00ad\s*", "", text))


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [_page_text(page) for page in document.pages]


def _page_text(page: pikepdf.Page) -> str:
    tables = {name: _characters(font) for name, font in page.resources.get("/Font", {}).items()}
    out, table, replaced = [], {}, []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "Tf":
            table = tables[str(operands[0])]
        elif name == "BDC":
            replaced.append(_replacement(operands[1]))
            out.append(replaced[-1] or "")
        elif name == "BMC":
            replaced.append(None)
        elif name == "EMC":
            replaced.pop()
        elif name == "ET":
            out.append(" ")
        elif name in SHOWN and not any(replaced):
            out.append(_shown(operands, table))
    return "".join(out)


def _replacement(properties) -> str | None:
    found = properties.get("/ActualText") if isinstance(properties, pikepdf.Dictionary) else None
    return None if found is None else str(found)


def _shown(operands, table: dict[int, str]) -> str:
    items = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
    codes = b"".join(bytes(item) for item in items if isinstance(item, pikepdf.String))
    return "".join(table.get(int.from_bytes(codes[i : i + 2], "big"), "?") for i in range(0, len(codes), 2))


def _characters(font: pikepdf.Object) -> dict[int, str]:
    source = font.ToUnicode.read_bytes().decode()
    pairs = re.findall(r"^<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>$", source, re.M)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
