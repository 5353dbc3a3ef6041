"""Opens what was uploaded, to be sure that it is what it says. Loads pikepdf and Pillow: in a child process (see `opening`).

python -m monespace.paper.files < its name as JSON, a line break, its content      prints one line of JSON
"""

import io
import json
import struct
import sys
import zipfile
from dataclasses import asdict
from pathlib import Path

import pikepdf
from PIL import Image

from .child import limit
from .signatures import HEAD, MAX_BYTES, USUAL, Inspection, Why, first_look

MAX_PIXELS = {"jpg": 120_000_000, "png": 50_000_000}  # a telephone's largest photo; a PNG takes more memory
UNPACKED_MAX, ENTRIES_MAX = 200_000_000, 5_000
MEMORY, SECONDS = 1_000_000_000, 30  # of the child: the largest picture takes a quarter of it
TAIL = 66_000  # where readers of PDF and of zip look for the end
UNDECLARED = ("", "application/octet-stream")
ODS = b"application/vnd.oasis.opendocument.spreadsheet"


class Refused(Exception):
    """The file is not accepted; the argument is a `Why`."""


def inspect(
    source: str | Path | bytes,
    name: str,
    declared_type: str = "",
    *,
    allowed: tuple[str, ...] = USUAL,
    max_bytes: int = MAX_BYTES,
) -> Inspection:
    """Looks at the name and first bytes, then opens the whole file. Never raises because of the content.

    `declared_type` comes from the browser and is only compared: a real photo declared as a PDF is refused.
    """
    if not isinstance(source, bytes) and Path(source).stat().st_size > max_bytes:
        return Inspection(None, ok=False, why=Why.TOO_LARGE)
    content = source if isinstance(source, bytes) else Path(source).read_bytes()
    first = first_look(name, len(content), content[:HEAD], allowed=allowed, max_bytes=max_bytes)
    if not first.ok or first.kind is None:
        return first
    if not _declared_fits(declared_type, first):
        return Inspection(first.kind, ok=False, why=Why.NOT_WHAT_IT_SAYS)
    return _opened(content, first.kind)


def _declared_fits(declared: str, first: Inspection) -> bool:
    plain = declared.split(";")[0].strip().lower()
    return plain in UNDECLARED or plain == first.media_type or plain == "image/jpg"


def _opened(content: bytes, kind: str) -> Inspection:
    openers = {"pdf": _open_pdf, "jpg": _open_image, "png": _open_image, "xlsx": _open_sheet, "ods": _open_sheet}
    try:
        openers[kind](content, kind)
    except Refused as refusal:
        return Inspection(kind, ok=False, why=refusal.args[0])
    except MemoryError:
        return Inspection(kind, ok=False, why=Why.TOO_MUCH_INSIDE)
    except Exception:
        # Three libraries fail on hostile content in ways that none of them lists: all mean that it does not open.
        return Inspection(kind, ok=False, why=Why.DAMAGED)
    return Inspection(kind, ok=True)


def _open_pdf(content: bytes, kind: str) -> None:
    head, tail = content[:HEAD].lower(), content.rstrip(b"\0\t\n\f\r ")[-TAIL:]
    if b"<html" in head or b"<script" in head or b"<?php" in head or _is_zip(content):
        raise Refused(Why.MIXED)
    if not tail.endswith(b"%%EOF"):
        raise Refused(Why.MIXED if b"%%EOF" in tail else Why.DAMAGED)
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise Refused(Why.PROTECTED)
            if len(pdf.pages) == 0:
                raise Refused(Why.EMPTY)
    except pikepdf.PasswordError:
        raise Refused(Why.PASSWORD) from None


def _open_image(content: bytes, kind: str) -> None:
    if _is_zip(content) or b"%PDF-" in content[:HEAD] or (kind == "png" and not _png_ends(content)):
        raise Refused(Why.MIXED)
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"] if kind == "png" else ["JPEG", "MPO"]) as image:
            if image.width * image.height > MAX_PIXELS[kind]:  # counted before anything is decoded
                raise Refused(Why.TOO_MANY_PIXELS)
            if kind == "jpg":
                image.draft("RGB", (image.width // 8, image.height // 8))  # reads every byte, keeps an eighth
            image.load()
    except Image.DecompressionBombError:
        raise Refused(Why.TOO_MANY_PIXELS) from None


def _png_ends(content: bytes) -> bool:
    """Whether nothing follows the last chunk (PNG specification: length, type, data, check sum)."""
    at = 8
    while at + 12 <= len(content):
        length, name = struct.unpack_from(">I4s", content, at)
        at += 12 + length
        if name == b"IEND":
            return at == len(content)
    raise Refused(Why.DAMAGED)


def _open_sheet(content: bytes, kind: str) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        entries = packed.infolist()
        if len(entries) > ENTRIES_MAX or sum(entry.file_size for entry in entries) > UNPACKED_MAX:
            raise Refused(Why.TOO_MUCH_INSIDE)
        if any(entry.flag_bits & 1 for entry in entries):
            raise Refused(Why.PASSWORD)
        names = {entry.filename for entry in entries}
        if not _is_sheet(packed, names, kind):
            raise Refused(Why.NOT_WHAT_IT_SAYS)
        if any(name.endswith("vbaProject.bin") or name.startswith(("Basic/", "Scripts/")) for name in names):
            raise Refused(Why.MACROS)
        if packed.testzip():
            raise Refused(Why.DAMAGED)


def _is_sheet(packed: zipfile.ZipFile, names: set[str], kind: str) -> bool:
    if kind == "xlsx":
        return {"[Content_Types].xml", "xl/workbook.xml"} <= names
    return {"mimetype", "content.xml"} <= names and packed.read("mimetype")[: len(ODS) + 1].strip() == ODS


def _is_zip(content: bytes) -> bool:
    return zipfile.is_zipfile(io.BytesIO(content))


def main() -> None:
    """Reads a file on standard input, within limits of memory and time; prints what was found as one line of JSON."""
    limit(seconds=SECONDS, memory=MEMORY)
    name = json.loads(sys.stdin.buffer.readline())
    sys.stdout.write(json.dumps(asdict(inspect(sys.stdin.buffer.read(), name))) + "\n")


if __name__ == "__main__":
    main()
