"""The engine's questions as pages show them: same markup for every procedure, whatever its author wrote.

`question_html(field)` takes a Field of the engine and draws templates/ui/questions/<kind>.html with one value, `q`:
this module's Question.
Names in the page: the field's name, followed for a part by a dot and the part (`site.postcode`, `loss.2026.amount`).
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Line:
    """How a kind answered in one line is typed: class of width, keyboard, type of input, what stands beside it."""

    width: str = ""
    inputmode: str = ""
    type: str = "text"
    suffix: str = ""
    spellcheck: bool = True


LINES = {
    "text": Line(),
    "integer": Line("govuk-input--width-10", "numeric", spellcheck=False),
    "decimal": Line("govuk-input--width-10", "decimal", spellcheck=False),
    "money": Line("govuk-input--width-10", "decimal", suffix="€", spellcheck=False),
    "percent": Line("govuk-input--width-5", "decimal", suffix="%", spellcheck=False),
    "year": Line("govuk-input--width-4", "numeric", spellcheck=False),
    "national_number": Line("govuk-input--width-20", "numeric", spellcheck=False),
    "enterprise_number": Line("govuk-input--width-20", "numeric", spellcheck=False),
    "establishment_number": Line("govuk-input--width-20", "numeric", spellcheck=False),
    "iban": Line("govuk-input--width-30", spellcheck=False),
    "phone": Line("govuk-input--width-20", "tel", "tel", spellcheck=False),
    "email": Line("", "email", "email", spellcheck=False),
}
PARTS = {
    "date": [("day", _("Day"), "govuk-input--width-2"), ("month", _("Month"), "govuk-input--width-2"),
             ("year", _("Year"), "govuk-input--width-4")],
    "month": [("month", _("Month"), "govuk-input--width-2"), ("year", _("Year"), "govuk-input--width-4")],
    "address": [("street", _("Street"), ""), ("number", _("Number"), "me-address__short"),
                ("box", _("Box (optional)"), "me-address__short"), ("postcode", _("Postcode"), "me-address__postcode"),
                ("town", _("Town"), "me-address__town"), ("country", _("Country"), "")],
}  # fmt: skip
TOKENS = MappingProxyType({
    "street": "address-line1", "box": "address-line2", "postcode": "postal-code", "town": "address-level2",
    "country": "country",
})  # fmt: skip
SHOWN_ONLY = {"computed", "information"}
TEMPLATES = {**dict.fromkeys(LINES, "line"), "month": "date", "boolean": "choice"}


def question_html(field, only: bool = False) -> SafeString:
    """The markup of one question; a locked prefill shows its value and a way to contest it instead of a field.

    `only`: it is the page's only question, and its label the page's h1.
    """
    question = Question(field, only)
    name = "locked" if question.locked else TEMPLATES.get(field.kind, field.kind)
    return mark_safe(render_to_string(f"ui/questions/{name}.html", {"q": question}))  # noqa: S308 (a template escapes)


def question_id(name: str, *parts: str) -> str:
    """The id in the page of a question or of one of its parts; the error summary leads there."""
    return "-".join(["q", *(re.sub(r"[^A-Za-z0-9_]+", "-", part) for part in (name, *parts))])


def error_links(fields) -> list[dict]:
    """For ui/error_summary.html: one {href, text} for each field, cell or part of an address in error, leading to it.

    No two lines are the same. A matrix repeats the error of its first wrong cell: the cells speak for it.
    """
    wrong = []
    for field in fields:
        cells = [cell for row in field.rows for cell in row.cells if cell.error]
        wrong += cells or ([field] if field.error else [])
    found = [(each, part, text) for each in wrong for part, text in _faults(each)]
    often = Counter(text for _field, _part, text in found)
    return [
        {"href": f"#{Question(each).at(part)}", "text": _named(each, text) if often[text] > 1 else text}
        for each, part, text in found
    ]


def _faults(field) -> list[tuple[str, str]]:
    """(part, sentence) of a field in error: each part of an address, else the field as a whole with its first wrong part."""
    if field.kind == "address" and field.part_errors:
        return list(field.part_errors.items())
    return [(next(iter(field.part_errors), ""), field.error)]


def _named(field, text: str) -> str:
    """A sentence that stands there twice says of which question it speaks."""
    return gettext("“%(label)s”: %(sentence)s") % {"label": field.label or field.text, "sentence": text}


class Question:
    """One field as its template needs it: ids, values typed, hints joined, options checked."""

    def __init__(self, field, only: bool = False):
        self.field, self.only = field, only
        self.id = question_id(field.name)
        self.line = LINES.get(field.kind, Line())
        self.prefill = field.prefill

    def typed(self, *parts: str) -> list[str]:
        """The raw texts typed for the field or for one of its parts."""
        return list((self.field.typed or {}).get(".".join(parts)) or [])

    @property
    def value(self) -> str:
        return next(iter(self.typed("")), "")

    @property
    def locked(self) -> bool:
        known = self.prefill and self.prefill.locked and not self.prefill.declared_by_you
        return bool(known) and self.field.kind not in SHOWN_ONLY

    @property
    def optional(self) -> bool:
        return not self.field.required and self.field.kind not in SHOWN_ONLY

    @property
    def inline(self) -> bool:
        """Yes and No stand on one line."""
        return self.field.kind == "boolean"

    @property
    def lang(self) -> str:
        """The language of the author's words when it is not the page's."""
        own = self.field.lang or ""
        return own if own != get_language() else ""

    @property
    def first_id(self) -> str:
        """The id of the first control: where a link of the error summary leads."""
        if self.field.kind in PARTS:
            return self.part_id(PARTS[self.field.kind][0][0])
        if self.field.kind == "matrix":
            return next((question_id(cell.name) for row in self.field.rows for cell in row.cells), self.id)
        return self.id

    def at(self, part: str) -> str:
        """The id of the control of a part, or of the first one."""
        return self.part_id(part) if part else self.first_id

    def part_id(self, *parts: str) -> str:
        return question_id(self.field.name, *parts)

    @property
    def error(self) -> str:
        """The sentence beside the question as a whole; the parts of an address say themselves what is wrong."""
        return "" if self.field.kind == "address" and self.field.part_errors else self.field.error

    @cached_property
    def described_by(self) -> str:
        """Ids of what explains the control, in reading order."""
        field = self.field
        limits = field.kind == "file" and (field.accept or field.max_files)
        present = {"hint": field.hint, "limits": limits, "source": self.prefill, "warning": field.warning,
                   "error": self.error}  # fmt: skip
        return " ".join(f"{self.id}-{name}" for name, there in present.items() if there)

    @property
    def noted(self) -> bool:
        """Whether anything stands between the label and the control."""
        return bool(self.described_by) or self.field.kind == "file"

    @property
    def inputmode(self) -> str:
        return self.field.inputmode or self.line.inputmode

    @property
    def autocomplete(self) -> str:
        return self.field.autocomplete or ""

    @property
    def prefix(self) -> str:
        return "" if self.field.kind == "money" else self.field.prefix

    @property
    def suffix(self) -> str:
        """What stands after the number: in Belgium the euro sign too."""
        return self.field.suffix or self.line.suffix

    @property
    def kinds_accepted(self) -> str:
        """The kinds of file in words: PDF, JPG, PNG."""
        return ", ".join(ending.strip(". ").upper() for ending in self.field.accept.split(",") if ending.strip())

    @property
    def remove(self) -> str:
        """Under which name a button posts the id of the file that it takes away (engine.read_page)."""
        return f"{self.field.name}.remove"

    @cached_property
    def options(self) -> list[dict]:
        """The choices; the first has the question's own id, where the error summary leads."""
        return [
            {"id": self.id if place == 0 else f"{self.id}-{place + 1}", "value": option.value, "label": option.label,
             "hint": option.hint, "checked": option.selected}
            for place, option in enumerate(self.field.options)
        ]  # fmt: skip

    @cached_property
    def parts(self) -> list[dict]:
        """The inputs of a date, a month or an address, with what was typed in each."""
        return [self._part(name, label, width) for name, label, width in PARTS.get(self.field.kind, ())]

    def _part(self, name: str, label, width: str) -> dict:
        value = next(iter(self.typed(name)), "")
        return {
            "id": self.part_id(name), "name": f"{self.field.name}.{name}", "label": label, "width": width,
            "value": value, "autocomplete": self._token(name), "options": self._countries(name, value),
            "country": name == "country", **self._fault(name),
        }  # fmt: skip

    def _fault(self, part: str) -> dict:
        """Whether a part is wrong, its own sentence, and the id of what says so; all are, when no part is named."""
        named = self.field.part_errors
        wrong = part in named if named else bool(self.field.error)
        own = named.get(part, "") if self.field.kind == "address" else ""
        return {"error": wrong, "own_error": own, "described_by": f"{self.part_id(part)}-error" if own else
                f"{self.id}-error" if wrong else ""}  # fmt: skip

    def _countries(self, part: str, value: str) -> list[dict]:
        """The countries of an address, where the engine gives them; Belgium unless another was chosen."""
        given = self.field.options if part == "country" and self.field.kind == "address" else ()
        return [{"value": o.value, "label": o.label, "checked": o.value == (value or "BE")} for o in given]

    def _token(self, part: str) -> str:
        """The autocomplete token of a part: only one's own data completes itself (WCAG 1.3.5)."""
        if self.autocomplete in {"", "off"}:
            return self.autocomplete
        if self.field.kind == "address":
            return TOKENS.get(part, "")
        return f"{self.autocomplete}-{part}" if self.autocomplete == "bday" else ""

    @cached_property
    def matrix(self) -> list[dict]:
        """Rows of cells; each cell is named by its row and its column, whatever the width of the screen."""
        return [
            {"id": self.part_id("row", row.id), "label": row.label, "cells": self._cells(row)}
            for row in self.field.rows
        ]  # fmt: skip

    def _cells(self, row) -> list[dict]:
        """One for each column; a cell that does not apply here stays empty."""
        known = {cell.name.rpartition(".")[2]: Question(cell) for cell in row.cells}
        return [
            {"q": known.get(column), "label": label, "named_by": f"{self.part_id('row', row.id)} {self._head(column)}"}
            for column, label in self.field.columns
        ]

    def _head(self, column: str) -> str:
        return self.part_id("column", column)

    @property
    def heads(self) -> list[dict]:
        return [{"id": self._head(column), "label": label} for column, label in self.field.columns]

    @property
    def shown(self) -> list[str]:
        """The value in words, for a field that cannot be typed in: labels of options, parts in order."""
        if self.field.kind in SHOWN_ONLY:
            return [self.field.text] if self.field.text else []
        if self.field.kind in {"date", "month"}:
            return [self.field.text] if self.field.text else []
        if self.field.kind == "address":
            return self._address()
        typed = [f"{text}\u00a0{self.suffix}" if self.suffix else text for text in self.typed("") if text]
        return [str(o["label"]) for o in self.options if o["checked"]] or typed

    def _address(self) -> list[str]:
        street, number, box, postcode, town, country = (part["value"] for part in self.parts)
        lines = [f"{street} {number}" + (f" / {box}" if box else ""), f"{postcode} {town}"]
        return [*lines, country] if country not in {"", "BE"} else lines
