"""Dates, months and years, in fields of their own: day, month, year."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from monespace.engine import formats
from monespace.engine.kinds.base import Bad, Kind, Look, Posted, last
from monespace.engine.values import UNANSWERED

FIRST_YEAR, LAST_YEAR = 1850, 2200
OLDEST_YEAR = 1000  # of a year asked alone: houses are older than people
_NUMBER = re.compile(r"[0-9]{1,4}")


def _year(raw: str, first: int = FIRST_YEAR) -> int:
    if not re.fullmatch(r"[0-9]{4}", raw):
        raise Bad("year")
    if not first <= int(raw) <= LAST_YEAR:
        raise Bad("year_range", first=first, last=LAST_YEAR)
    return int(raw)


def _number(raw: str) -> int:
    if not _NUMBER.fullmatch(raw):
        raise Bad("date_part")
    return int(raw)


def _month(raw: str) -> int:
    if not (_NUMBER.fullmatch(raw) and 1 <= int(raw) <= 12):
        raise Bad("month_part")
    return int(raw)


def _each(typed: dict[str, str], readers: dict[str, Callable[[str], int]]) -> dict[str, int]:
    """The parts as numbers. Raises `Bad` that knows which parts are missing, else which are wrong."""
    if missing := [part for part, raw in typed.items() if not raw]:
        code = f"missing_{missing[0]}" if len(missing) == 1 else "missing_date"
        raise Bad.of({part: Bad(code) for part in missing}, code)
    found, wrong = {}, {}
    for part, raw in typed.items():
        try:
            found[part] = readers[part](raw)
        except Bad as bad:
            wrong[part] = bad
    if wrong:
        raise Bad.of(wrong)
    return found


class Date(Kind):
    """A day, stored as 2026-03-27."""

    parts: tuple[str, ...] = ("day", "month", "year")
    missing = "missing_date"
    inputmode = "numeric"

    def read(self, question: Any, posted: Posted, look: Look) -> str | None:
        raw = last(posted)
        day, month, year = raw.split("-")[::-1] if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw) else (
            last(posted, part) for part in self.parts
        )  # fmt: skip
        if not day and not month and not year:
            return None
        typed = {"day": day, "month": month, "year": year}
        found = _each(typed, {"day": _number, "month": _number, "year": _year})
        return _made(found["year"], found["month"], found["day"]).isoformat()

    def cell(self, question: Any, text: str, look: Look) -> dict[str, list[str]]:
        pieces = re.split(r"[-/. ]+", text)
        pieces = pieces[::-1] if re.match("[0-9]{4}[^0-9]", text) else pieces
        if len(pieces) != len(self.parts):
            pieces = [text, *self.parts[1:]]  # no date: its parts are refused one by one
        return {part: [piece] for part, piece in zip(self.parts, pieces, strict=True)}

    def decode(self, question: Any, canonical: Any, look: Look) -> date:
        found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", canonical) if isinstance(canonical, str) else None
        if not found:
            raise Bad("unreadable")
        return _made(_year(found[1]), int(found[2]), int(found[3]))

    def stored(self, question: Any, value: date) -> str:
        return value.isoformat()

    def limits(self, question: Any, value: date, look: Look) -> None:
        least, most = self.bound(question.min, look), self.bound(question.max, look)
        if least is not UNANSWERED and value < least:
            raise Bad("before", bound=formats.day(least, look.language))
        if most is not UNANSWERED and value > most:
            raise Bad("after", bound=formats.day(most, look.language))

    def show(self, question: Any, canonical: Any, look: Look) -> list[str]:
        return [formats.day(self.decode(question, canonical, look), look.language)]

    def typed(self, question: Any, canonical: Any, look: Look) -> dict[str, list[str]]:
        value = self.decode(question, canonical, look)
        return {"day": [str(value.day)], "month": [str(value.month)], "year": [str(value.year)]}


class Month(Date):
    """A month, stored as 2026-03; in expressions its first day."""

    parts = ("month", "year")

    def read(self, question: Any, posted: Posted, look: Look) -> str | None:
        month, year = last(posted, "month"), last(posted, "year")
        if not month and not year:
            return None
        found = _each({"month": month, "year": year}, {"month": _month, "year": _year})
        return f"{found['year']:04}-{found['month']:02}"

    def decode(self, question: Any, canonical: Any, look: Look) -> date:
        if not isinstance(canonical, str):
            raise Bad("unreadable")
        return super().decode(question, f"{canonical}-01", look)

    def stored(self, question: Any, value: date) -> str:
        return f"{value:%Y-%m}"

    def show(self, question: Any, canonical: Any, look: Look) -> list[str]:
        return [formats.month(self.decode(question, canonical, look), look.language)]

    def typed(self, question: Any, canonical: Any, look: Look) -> dict[str, list[str]]:
        value = self.decode(question, canonical, look)
        return {"month": [str(value.month)], "year": [str(value.year)]}


class Year(Kind):
    """A year in four digits, stored as a JSON number."""

    inputmode = "numeric"

    def read(self, question: Any, posted: Posted, look: Look) -> int | None:
        raw = last(posted)
        return _year(raw, OLDEST_YEAR) if raw else None

    def stored(self, question: Any, value: Decimal) -> int:
        return int(value)

    def decode(self, question: Any, canonical: Any, look: Look) -> Decimal:
        if not isinstance(canonical, int) or isinstance(canonical, bool):
            raise Bad("unreadable")
        if not OLDEST_YEAR <= canonical <= LAST_YEAR:
            raise Bad("year_range", first=OLDEST_YEAR, last=LAST_YEAR)
        return Decimal(canonical)

    def limits(self, question: Any, value: Decimal, look: Look) -> None:
        least, most = self.bound(question.min, look), self.bound(question.max, look)
        if least is not UNANSWERED and value < least:
            raise Bad("below", bound=str(least))
        if most is not UNANSWERED and value > most:
            raise Bad("above", bound=str(most))


def _made(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Bad("no_such_date") from None
