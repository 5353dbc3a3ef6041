"""Complaints about a form file: where, what is wrong, what to do."""

import difflib
from collections.abc import Iterable, Mapping

import msgspec

Where = tuple[str | int, ...]  # ("sections", 0, "pages", 2, "when")


class Complaint(msgspec.Struct, frozen=True):
    """One thing wrong in a file. `line` is 0 when unknown."""

    line: int
    where: str
    what: str
    todo: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what} ({self.where}); {self.todo}"


class Refused(Exception):
    """The form cannot be used; `complaints` says why."""

    def __init__(self, complaints: list[Complaint]):
        super().__init__("\n".join(map(str, complaints)))
        self.complaints = complaints


class Complaints:
    """Gathers complaints and finds the line of each."""

    def __init__(self, lines: Mapping[Where, int] | None):
        self.lines = lines or {}
        self.found: list[Complaint] = []

    def add(self, where: Where, what: str, todo: str) -> None:
        """Note that `what` is wrong at `where`."""
        self.found.append(Complaint(self.line(where), dotted(where), what, todo))

    def line(self, where: Where) -> int:
        """The line of the place, or of the nearest place around it."""
        for length in range(len(where), -1, -1):
            if where[:length] in self.lines:
                return self.lines[where[:length]]
        return 0

    def refuse_if_any(self) -> None:
        """Raise `Refused` when something was found."""
        if self.found:
            raise Refused(sorted(set(self.found), key=lambda each: (each.line, each.where, each.what)))


def dotted(where: Where) -> str:
    """A place as text: sections[0].pages[2].when."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where)
    return text.lstrip(".") or "form"


def close_to(name: str, names: Iterable[str]) -> str:
    """A hint that names what was probably meant."""
    known = sorted(set(names))
    close = difflib.get_close_matches(name, known, 3, 0.5)
    if close:
        return "did you mean " + ", ".join(f"`{each}`" for each in close) + "?"
    return "known names: " + ", ".join(known[:12]) + (", …" if len(known) > 12 else "") if known else "no name is known"
