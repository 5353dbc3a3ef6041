"""The engine's questions as pages show them: same markup for every procedure, whatever its author wrote.

`question_html(field)` takes a Field of the engine (or anything with its attributes) and draws
templates/ui/questions/<kind>.html with one value, `q`: this module's Question.
Names in the page: the field's name, followed for a part by a dot and the part (`site.postcode`, `loss.2026.amount`).
"""

import re
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
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
    "country": "country-name",
})  # fmt: skip
SHOWN_ONLY = {"computed", "information"}
TEMPLATES = {**dict.fromkeys(LINES, "line"), "month": "date", "boolean": "choice"}


def question_html(field) -> SafeString:
    """The markup of one question; a locked prefill shows its value and a way to contest it instead of a field."""
    question = Question(field)
    name = "locked" if question.locked else TEMPLATES.get(field.kind, field.kind)
    return render_to_string(f"ui/questions/{name}.html", {"q": question})


def question_id(name: str, *parts: str) -> str:
    """The id in the page of a question or of one of its parts; the error summary leads there."""
    return "-".join(["q", *(re.sub(r"[^A-Za-z0-9_]+", "-", part) for part in (name, *parts))])


def error_links(fields) -> list[dict]:
    """For ui/error_summary.html: one {href, text} for each field in error, leading to its first control."""
    return [{"href": f"#{Question(field).first_id}", "text": field.error} for field in fields if field.error]


class Question:
    """One field as its template needs it: ids, values typed, hints joined, options checked."""

    def __init__(self, field):
        self.field = field
        self.id = question_id(field.name)
        self.line = LINES.get(field.kind, Line())
        self.prefill = getattr(field, "prefill", None)

    def typed(self, *parts: str) -> list[str]:
        """The raw texts typed for the field or for one of its parts."""
        return list((self.field.typed or {}).get(".".join(parts)) or [])

    @property
    def value(self) -> str:
        return next(iter(self.typed("")), "")

    @property
    def locked(self) -> bool:
        return bool(self.prefill and self.prefill.locked) and self.field.kind not in SHOWN_ONLY

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
        own = getattr(self.field, "lang", "") or ""
        return own if own != get_language() else ""

    @property
    def first_id(self) -> str:
        """The id of the first control: where a link of the error summary leads."""
        if self.field.kind in PARTS:
            return self.part_id(PARTS[self.field.kind][0][0])
        if self.field.kind == "matrix":
            return self.part_id(str(self.field.rows[0][0]), str(self.field.columns[0][0]))
        return self.id

    def part_id(self, *parts: str) -> str:
        return question_id(self.field.name, *parts)

    @cached_property
    def described_by(self) -> str:
        """Ids of what explains the control, in reading order."""
        present = {"hint": self.field.hint, "source": self.prefill, "error": self.field.error}
        return " ".join(f"{self.id}-{name}" for name, there in present.items() if there)

    @property
    def inputmode(self) -> str:
        return getattr(self.field, "inputmode", "") or self.line.inputmode

    @property
    def autocomplete(self) -> str:
        return getattr(self.field, "autocomplete", "") or ""

    @property
    def suffix(self) -> str:
        return getattr(self.field, "suffix", "") or self.line.suffix

    @cached_property
    def options(self) -> list[dict]:
        """The choices; a yes-or-no question has its own two. The first has the question's own id."""
        given = [tuple(option) for option in self.field.options or ()] or self._yes_or_no()
        return [
            {"id": self.id if place == 0 else f"{self.id}-{place + 1}", "value": value, "label": label, "hint": hint,
             "checked": selected or str(value) in self.typed("")}
            for place, (value, label, hint, selected) in enumerate(given)
        ]  # fmt: skip

    def _yes_or_no(self) -> list[tuple]:
        return [("yes", _("Yes"), "", False), ("no", _("No"), "", False)] if self.field.kind == "boolean" else []

    @cached_property
    def parts(self) -> list[dict]:
        """The inputs of a date, a month or an address, with what was typed in each."""
        return [self._part(*part) for part in PARTS.get(self.field.kind, ())]

    def _part(self, name: str, label: str, width: str) -> dict:
        return {
            "id": self.part_id(name), "name": f"{self.field.name}.{name}", "label": label, "width": width,
            "value": next(iter(self.typed(name)), ""), "autocomplete": self._token(name),
            "inputmode": "numeric" if name in {"day", "month", "year"} else "",
        }  # fmt: skip

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
            {"id": self.part_id("row", str(row)), "label": label, "cells": [self._cell(row, *c) for c in self.columns]}
            for row, label in (pair[:2] for pair in self.field.rows)
        ]

    @property
    def columns(self) -> list[tuple[str, str]]:
        return [tuple(pair[:2]) for pair in self.field.columns]

    def _cell(self, row: str, column: str, label: str) -> dict:
        return {
            "id": self.part_id(str(row), str(column)), "name": f"{self.field.name}.{row}.{column}", "label": label,
            "value": next(iter(self.typed(str(row), str(column))), ""),
            "named_by": f"{self.part_id('row', str(row))} {self.part_id('column', str(column))}",
        }  # fmt: skip

    @property
    def heads(self) -> list[dict]:
        return [{"id": self.part_id("column", str(key)), "label": label} for key, label in self.columns]

    @property
    def shown(self) -> list[str]:
        """The value in words, for a field that cannot be typed in: labels of options, parts in order."""
        chosen = [str(option["label"]) for option in self.options if option["checked"]]
        typed = [part["value"] for part in self.parts if part["value"]]
        if self.field.kind in {"date", "month"}:
            typed = ["/".join(text.zfill(2) for text in typed)] if typed else []
        return chosen or typed or [text for text in self.typed("") if text]
