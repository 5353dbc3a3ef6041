"""First look at an uploaded file, in the web process: name, size, first bytes. Light; `files` opens it later.

The codes of refusal, which pages translate, are those of `Why`.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

HEAD = 1024  # bytes of a file's beginning that a first look needs


class Why(StrEnum):
    """Why a file is refused."""

    NAME = "name"  # no name, a path, or characters that cannot stand in a name
    EMPTY = "empty"  # no byte, or a document without a page
    TOO_LARGE = "too_large"
    KIND = "kind"  # a kind that is not accepted here
    NOT_WHAT_IT_SAYS = "not_what_it_says"  # the content is of another kind than the name says
    MIXED = "mixed"  # two kinds in one file, or something hidden after its end
    PASSWORD = "password"  # asks for a password  # noqa: S105
    PROTECTED = "protected"  # opens without a password, but encrypted
    DAMAGED = "damaged"  # cannot be opened
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MUCH_INSIDE = "too_much_inside"  # unpacks to more than we accept
    MACROS = "macros"  # a spreadsheet that carries programs


@dataclass(frozen=True)
class Kind:
    """A kind of file: its name endings, media types and first bytes."""

    endings: tuple[str, ...]
    media_types: tuple[str, ...]
    first_bytes: bytes


KINDS = {
    "pdf": Kind((".pdf",), ("application/pdf",), b"%PDF-"),
    "jpg": Kind((".jpg", ".jpeg"), ("image/jpeg",), b"\xff\xd8\xff"),
    "png": Kind((".png",), ("image/png",), b"\x89PNG\r\n\x1a\n"),
    "xlsx": Kind((".xlsx",), ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",), b"PK\x03\x04"),
    "ods": Kind((".ods",), ("application/vnd.oasis.opendocument.spreadsheet",), b"PK\x03\x04"),
}
USUAL = ("pdf", "jpg", "png")
MAX_BYTES = 20_000_000


@dataclass(frozen=True)
class Inspection:
    """The kind of a file (its canonical name), whether it is accepted, and otherwise why not."""

    kind: str | None
    ok: bool
    why: Why | None = None

    @property
    def media_type(self) -> str:
        """The media type to serve it with: ours, never the one that the browser declared."""
        return KINDS[self.kind].media_types[0] if self.kind else "application/octet-stream"


def first_look(
    name: str, size: int, head: bytes, *, allowed: tuple[str, ...] = USUAL, max_bytes: int = MAX_BYTES
) -> Inspection:
    """Looks at a file's name, size and first bytes (`HEAD` of them), without opening it."""
    kind = kind_of_name(name)
    if not name.strip() or "/" in name or "\\" in name or not name.isprintable():
        return Inspection(kind, ok=False, why=Why.NAME)
    if size == 0 or not head:
        return Inspection(kind, ok=False, why=Why.EMPTY)
    if kind not in allowed:
        return Inspection(kind, ok=False, why=Why.KIND)
    if size > max_bytes:
        return Inspection(kind, ok=False, why=Why.TOO_LARGE)
    if not head.startswith(KINDS[kind].first_bytes):
        return Inspection(kind, ok=False, why=Why.NOT_WHAT_IT_SAYS)
    return Inspection(kind, ok=True)


def kind_of_name(name: str) -> str | None:
    """The kind that a file's name announces, or None."""
    ending = PurePosixPath(name.lower()).suffix
    return next((kind for kind, facts in KINDS.items() if ending in facts.endings), None)
