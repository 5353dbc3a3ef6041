"""Numbers and amounts as people write them: 1250,50 · 1 250,50 · 1.250,50 · 1250.50 are one amount."""

import re
from decimal import Decimal
from typing import Any

from monespace.engine import formats
from monespace.engine.kinds.base import Bad, Kind, Look, Posted, last
from monespace.engine.values import UNANSWERED, Type

_EURO = re.compile("€|eur(?:os?)?", re.IGNORECASE)
_SPACES = re.compile("[ \u00a0\u202f\u2009\u2007'’]")
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+")
_FORMS = (
    (re.compile(r"[0-9]+"), ""),
    (re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+"), "."),
    (re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+"), ","),
    (re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}"), "."),
    (re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}"), ","),
    (re.compile(r"[0-9]+[.,][0-9]+"), ""),
)
_TWO_WAYS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
MOST_DIGITS = 15


def parse_number(raw: str, places: int) -> Decimal:
    """The number that a person wrote. Raises `Bad`; "1.250" is asked back, for it can mean 1250 or 1,25."""
    text = _EURO.sub("", raw).replace("−", "-").strip()
    sign, text = (-1, text[1:].strip()) if text.startswith("-") else (1, text)
    text = _without_spaces(text)
    if _TWO_WAYS.fullmatch(text) and (places < 3 or "." in text):
        whole, decimals = re.split("[.,]", text)
        raise Bad("ambiguous", raw=raw, whole=whole + decimals, decimal=f"{whole},{decimals[:2]}")
    for form, thousands in _FORMS:
        if form.fullmatch(text):
            return sign * _number(text.replace(thousands, "") if thousands else text, places)
    raise Bad("not_a_number", example="1250,50" if places else "12")


def _without_spaces(text: str) -> str:
    """Spaces are only allowed between thousands; 12 50 is a slip, not 1250."""
    text = _SPACES.sub(" ", text)
    head = re.split("[.,]", text)[0]
    if " " in text and not (_SPACED.fullmatch(head) and " " not in text[len(head) :]):
        raise Bad("not_a_number", example="1250,50")
    return text.replace(" ", "")


def _number(text: str, places: int) -> Decimal:
    whole, _, decimals = text.replace(",", ".").partition(".")
    if len(whole.lstrip("0")) > MOST_DIGITS:
        raise Bad("too_large")
    if len(decimals.rstrip("0")) > places:
        raise Bad("places" if places else "not_an_integer", places=places)
    return Decimal(f"{whole}.{decimals.rstrip('0') or '0'}")


class _Number(Kind):
    unit = "number"

    def limits(self, question: Any, value: Decimal, look: Look) -> None:
        least, most = self.bound(question.min, look), self.bound(question.max, look)
        if question.min is None:
            least = Decimal(0)
        if question.max is None and self.unit == "percent":
            most = Decimal(100)
        if least is not UNANSWERED and value < least:
            raise Bad("below", bound=self.words(least, look))
        if most is not UNANSWERED and value > most:
            raise Bad("above", bound=self.words(most, look))

    def words(self, value: Decimal, look: Look) -> str:
        return formats.value_as_text(value, Type("number", self.unit), look.language)

    def show(self, question: Any, canonical: Any, look: Look) -> list[str]:
        text = self.words(self.decode(question, canonical, look), look)
        return [f"{text}{formats.NBSP}{question.d.suffix}" if question.d.suffix else text]


class Amount(_Number):
    """A decimal number, an amount of money or a percentage; stored as a string such as "1250.50"."""

    inputmode = "decimal"

    def __init__(self, unit: str):
        self.unit = unit

    def places(self, question: Any) -> int:
        return 2 if self.unit == "money" else max(0, min(10, question.d.places))

    def read(self, question: Any, posted: Posted, look: Look) -> str | None:
        raw = last(posted)
        if len(raw) > 60:
            raise Bad("not_a_number", example="1250,50")
        raw = raw.replace("%", "").strip() if self.unit == "percent" else raw
        return self.written(parse_number(raw, self.places(question))) if raw else None

    def written(self, value: Decimal) -> str:
        return f"{value:.2f}" if self.unit == "money" else f"{value.normalize():f}"

    def stored(self, question: Any, value: Decimal) -> str:
        return self.written(round(value, self.places(question)))

    def decode(self, question: Any, canonical: Any, look: Look) -> Decimal:
        if not isinstance(canonical, str) or not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,10})?", canonical):
            raise Bad("unreadable")
        value = Decimal(canonical)
        if -int(value.normalize().as_tuple().exponent) > self.places(question):
            raise Bad("places", places=self.places(question))
        return value

    def typed(self, question: Any, canonical: Any, look: Look) -> dict[str, list[str]]:
        return {"": [str(canonical) if look.language == "en" else str(canonical).replace(".", ",")]}


class Integer(_Number):
    """A whole number, stored as a JSON number."""

    inputmode = "numeric"
    unit = "integer"

    def read(self, question: Any, posted: Posted, look: Look) -> int | None:
        raw = last(posted)
        if len(raw) > 60:
            raise Bad("not_an_integer")
        return int(parse_number(raw, 0)) if raw else None

    def stored(self, question: Any, value: Decimal) -> int:
        return int(value)

    def decode(self, question: Any, canonical: Any, look: Look) -> Decimal:
        if not isinstance(canonical, int) or isinstance(canonical, bool) or abs(canonical) >= 10**MOST_DIGITS:
            raise Bad("unreadable")
        return Decimal(canonical)
