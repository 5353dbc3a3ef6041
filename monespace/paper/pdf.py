"""Makes tagged PDF files (declared PDF/UA-1 and PDF/A-2a) from our typst templates. Worker only: loads typst."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import typst

from . import words
from .glyphs import FONTS
from .shapes import SHAPES

TEMPLATES = Path(__file__).parent / "templates"
LANGUAGES = tuple(words.MONTHS)


class PaperError(Exception):
    """The document cannot be made: unknown template or language, data of another shape, unreadable picture."""


def make_pdf(template: str, data: dict, *, language: str) -> bytes:
    """The PDF of a template («receipt», «letter», «guide») filled with data of its shape (see `shapes`).

    Texts are data, never typst markup. The same data give the same bytes. Raises PaperError.
    """
    if template not in SHAPES or language not in LANGUAGES:
        raise PaperError(f"No template {template!r} in language {language!r}.")
    try:
        checked = msgspec.convert(data, SHAPES[template])
    except msgspec.ValidationError as error:
        raise PaperError(f"The data of {template!r} do not fit: {error}") from error
    with _room(checked) as (root, plain):
        return _compile(root, template, _ready(plain, language), language)


def _compile(root: Path, template: str, data: dict, language: str) -> bytes:
    compiler = typst.Compiler(root / f"{template}.typ", root=root, font_paths=_fonts())
    inputs = {"data": json.dumps(data), "language": language}
    try:
        made_at = data["made_at"]
        pdf = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=["ua-1", "a-2a"], timestamp=made_at)
    except typst.TypstError as error:
        raise PaperError(f"typst refused {template!r}: {error}") from error
    if not isinstance(pdf, bytes):
        raise PaperError("typst gave no single file.")
    return pdf


@cache
def _fonts() -> typst.Fonts:
    """Our own faces only: a document looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


@contextmanager
def _room(data: dict) -> Iterator[tuple[Path, dict]]:
    """Where typst may read: the templates; with pictures, a temporary copy of them beside the pictures."""
    pictures: list[bytes] = []
    plain = _without_pictures(data, pictures)
    if not pictures:
        yield TEMPLATES, plain
        return
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(TEMPLATES, root, dirs_exist_ok=True)
        for number, content in enumerate(pictures):
            (root / f"picture-{number}").write_bytes(content)
        yield root, plain


def _without_pictures(data: Any, pictures: list[bytes]) -> Any:
    """The data with each picture's bytes put aside and replaced by its place."""
    if isinstance(data, dict):
        return {key: _without_pictures(value, pictures) for key, value in data.items()}
    if isinstance(data, list):
        return [_without_pictures(item, pictures) for item in data]
    if isinstance(data, bytes):
        pictures.append(data)
        return f"/picture-{len(pictures) - 1}"
    return data


def _ready(data: dict, language: str) -> dict:
    """The data as the templates want them: dates, sizes and hashes in words, texts that paper can show."""
    made_at = data.get("sent_at") or datetime.combine(data.get("date") or data["updated"], time(12), UTC)
    ready = _in_words(data, language)
    if "verify" in data:
        ready["verify"]["hash"] = words.grouped(data["verify"]["hash"])
    for shown, document in zip(ready.get("documents", []), data.get("documents", []), strict=True):
        shown |= {"size": words.size_in_words(document["size"], language), "sha256": document["sha256"][:16]}
    day = {"year": made_at.year, "month": made_at.month, "day": made_at.day}
    return words.paper_texts(ready) | {"made_at": int(made_at.timestamp()), "day": day}


def _in_words(data: Any, language: str) -> Any:
    if isinstance(data, dict):
        return {key: _in_words(value, language) for key, value in data.items()}
    if isinstance(data, list):
        return [_in_words(item, language) for item in data]
    if isinstance(data, datetime):
        return words.instant_in_words(data, language)
    return words.day_in_words(data, language) if isinstance(data, date) else data
