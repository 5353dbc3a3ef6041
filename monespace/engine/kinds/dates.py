"""Dates, months and years, in fields of their own: day, month, year."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from monespace.engine import formats
from monespace.engine.kinds.base import Bad, Kind, Look, Posted, last
from monespace.engine.values import UNANSWERED

FIRST_YEAR, LAST_YEAR = 1850, 2200
_NUMBER = re.compile(r"[0-9]{1,4}")


def _year(raw: str) -> int:
    if not re.fullmatch(r"[0-9]{4}", raw):
        raise Bad("year")
    if not FIRST_YEAR <= int(raw) <= LAST_YEAR:
        raise Bad("year_range")
    return int(raw)


def _part(raw: str, code: str) -> int:
    if not _NUMBER.fullmatch(raw):
        raise Bad(code)
    return int(raw)


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
        if not (day and month and year):
            raise Bad("missing_date")
        numbers = _part(day, "date_part"), _part(month, "date_part")
        return _made(_year(year), numbers[1], numbers[0]).isoformat()

    def decode(self, question: Any, canonical: Any, look: Look) -> date:
        found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", canonical) if isinstance(canonical, str) else None
        if not found:
            raise Bad("unreadable")
        return _made(_year(found[1]), int(found[2]), int(found[3]))

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
        if not (month and year):
            raise Bad("month_part")
        value = _year(year), _part(month, "month_part")
        if not 1 <= value[1] <= 12:
            raise Bad("month_part")
        return f"{value[0]:04}-{value[1]:02}"

    def decode(self, question: Any, canonical: Any, look: Look) -> date:
        if not isinstance(canonical, str):
            raise Bad("unreadable")
        return super().decode(question, f"{canonical}-01", look)

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
        return _year(raw) if raw else None

    def decode(self, question: Any, canonical: Any, look: Look) -> Decimal:
        if not isinstance(canonical, int) or isinstance(canonical, bool):
            raise Bad("unreadable")
        if not FIRST_YEAR <= canonical <= LAST_YEAR:
            raise Bad("year_range")
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
