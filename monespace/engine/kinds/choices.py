"""Answers chosen from a list."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from monespace.engine import formats
from monespace.engine.kinds.base import Bad, Kind, Look, Posted, single
from monespace.engine.messages import sentence


class Choosable(NamedTuple):
    """An option as shown."""

    value: str
    label: str
    hint: str = ""


def choosable(question: Any, look: Look) -> list[Choosable]:
    """The options that can be chosen here and now, in the look's language."""
    source = question.d.options_from
    written = [
        Choosable(each.value, look.state.text(each.label, look), look.state.text(each.hint, look))
        for each in question.options
        if look.state.holds(each.when, look.frame)
    ]
    if source is None:
        return written
    return _from_table(question, look) if source.table else [*written, *_from_rows(question, look)]


def _from_table(question: Any, look: Look) -> list[Choosable]:
    source, found = question.d.options_from, []
    table = look.state.form.tables[source.table]
    for cells in look.state.in_force(table):
        if look.state.holds(question.options_when, look.frame.line(table.id, cells)):
            label = formats.value_as_text(cells[source.label], table.columns[source.label], look.language)
            hint = cells[source.hint] if source.hint else ""
            hint = formats.value_as_text(hint, table.columns[source.hint], look.language) if hint else ""
            found.append(Choosable(str(cells[source.value]), label, hint))
    return found


def _from_rows(question: Any, look: Look) -> list[Choosable]:
    source, state = question.d.options_from, look.state
    node = state.form.groups[source.group]
    named = state.form.questions[source.label]
    rows = state.rows(node.id, look.frame.at(node.path))
    here = look.frame if look.frame.path == (*node.path, node.id) else None
    return [
        Choosable(row.row, state.shown(named, row, look.language) or row.row)
        for row in rows
        if (here is None or row.key != here.key) and state.holds(question.options_when, row)
    ]


def _meant(options: Iterable[tuple[str, str]], text: str) -> str:
    """The value whose label, or which itself, stands in a cell; the text when none does."""
    wanted = text.casefold().replace("\u00a0", " ")
    said = (value for value, label in options if wanted in (value.casefold(), label.casefold().replace("\u00a0", " ")))
    return next(said, text)


class Choice(Kind):
    """One of the options; stored as its value."""

    missing = "missing_choice"

    def cell(self, question: Any, text: str, look: Look) -> dict[str, list[str]]:
        return {"": [_meant(self.named(question, look), text)]}

    def named(self, question: Any, look: Look) -> list[tuple[str, str]]:
        """The options with their labels, in every language of the form."""
        every = [look._replace(language=language) for language in (look.language, *look.state.form.languages)]
        return [(each.value, each.label) for inside in every for each in choosable(question, inside)]

    def read(self, question: Any, posted: Posted, look: Look) -> str | None:
        raw = single(posted)
        return self.decode(question, raw, look) if raw else None

    def decode(self, question: Any, canonical: Any, look: Look) -> str:
        if not isinstance(canonical, str) or canonical not in self.values(question, look):
            raise Bad("row_gone" if question.d.options_from and question.d.options_from.group else "unknown_option")
        return canonical

    def values(self, question: Any, look: Look) -> list[str]:
        """The values of the options, without their words."""
        return [each.value for each in choosable(question, look)]

    def show(self, question: Any, canonical: Any, look: Look) -> list[str]:
        return [next((each.label for each in choosable(question, look) if each.value == canonical), str(canonical))]


class Multiple(Choice):
    """Several of the options; stored as a list, in the options' order."""

    missing = "missing_multiple"

    def cell(self, question: Any, text: str, look: Look) -> dict[str, list[str]]:
        return {"": [_meant(self.named(question, look), piece.strip()) for piece in text.split("|")]}

    def read(self, question: Any, posted: Posted, look: Look) -> list[str] | None:  # type: ignore[override]
        raws = [str(each).strip() for each in posted.get("", [])[:500]]
        return self.decode(question, [raw for raw in raws if raw], look) or None

    def decode(self, question: Any, canonical: Any, look: Look) -> list[str]:  # type: ignore[override]
        known = self.values(question, look)
        if not isinstance(canonical, list) or any(each not in known for each in canonical):
            raise Bad("unknown_option")
        return [value for value in known if value in canonical]

    def limits(self, question: Any, value: list, look: Look) -> None:
        most = self.bound(question.max, look)
        if question.max is not None and most and len(value) > most:
            raise Bad("too_many", most=most)

    def show(self, question: Any, canonical: Any, look: Look) -> list[str]:
        return [each.label for each in choosable(question, look) if each.value in canonical]

    def typed(self, question: Any, canonical: Any, look: Look) -> dict[str, list[str]]:
        return {"": [str(each) for each in canonical]}


class YesNo(Kind):
    """Yes or no; stored as true or false, posted as yes or no."""

    missing = "missing_choice"

    def cell(self, question: Any, text: str, look: Look) -> dict[str, list[str]]:
        words = [(value, word) for yes, no in formats.YES_NO.values() for value, word in (("yes", yes), ("no", no))]
        return {"": [_meant(words, text)]}

    def read(self, question: Any, posted: Posted, look: Look) -> bool | None:
        raw = single(posted)
        if raw not in ("", "yes", "no"):
            raise Bad("unknown_option")
        return raw == "yes" if raw else None

    def decode(self, question: Any, canonical: Any, look: Look) -> bool:
        if not isinstance(canonical, bool):
            raise Bad("unreadable")
        return canonical

    def show(self, question: Any, canonical: Any, look: Look) -> list[str]:
        return [formats.yes_no(canonical, look.language)]

    def typed(self, question: Any, canonical: Any, look: Look) -> dict[str, list[str]]:
        return {"": ["yes" if canonical else "no"]}


class Declaration(Kind):
    """A box to tick; stored as the version of the wording that was accepted, so that a new wording is asked again."""

    missing = "missing_declaration"
    one_cell = False

    def read(self, question: Any, posted: Posted, look: Look) -> str | None:
        raw = single(posted)
        if raw not in ("", "yes", question.d.version):
            raise Bad("unknown_option")
        return question.d.version if raw else None

    def decode(self, question: Any, canonical: Any, look: Look) -> bool:
        if canonical != question.d.version:
            raise Bad("missing_declaration")
        return True

    def show(self, question: Any, canonical: Any, look: Look) -> list[str]:
        return [sentence(look.language, "accepted")]

    def typed(self, question: Any, canonical: Any, look: Look) -> dict[str, list[str]]:
        return {"": ["yes"]}


class Country(Choice):
    """A country, stored as its two-letter code (ISO 3166)."""

    autocomplete = "country"

    def named(self, question: Any, look: Look) -> list[tuple[str, str]]:
        return [pair for language in formats.MONTHS for pair in formats.countries(language).items()]

    def read(self, question: Any, posted: Posted, look: Look) -> str | None:
        raw = single(posted, "country")
        return self.decode(question, raw, look) if raw else None

    def decode(self, question: Any, canonical: Any, look: Look) -> str:
        if not isinstance(canonical, str) or canonical not in formats.countries("en"):
            raise Bad("country")
        return canonical

    def show(self, question: Any, canonical: Any, look: Look) -> list[str]:
        return [formats.countries(look.language).get(canonical, str(canonical))]
