"""How values are written in each language: 1 250,50 € and 31 janvier 2027; 1.250,50 € and 31. Januar 2027."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from monespace.engine.countries import COUNTRIES
from monespace.engine.values import UNANSWERED, Type

NBSP = "\u00a0"
_MONTHS = """
fr janvier février mars avril mai juin juillet août septembre octobre novembre décembre
de Januar Februar März April Mai Juni Juli August September Oktober November Dezember
nl januari februari maart april mei juni juli augustus september oktober november december
en January February March April May June July August September October November December
"""
MONTHS = {line.split()[0]: line.split()[1:] for line in _MONTHS.strip().splitlines()}
YES_NO = {"fr": ("Oui", "Non"), "de": ("Ja", "Nein"), "nl": ("Ja", "Nee"), "en": ("Yes", "No")}
_BEFORE_HUNDREDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_THOUSANDS = {"fr": NBSP, "de": ".", "nl": ".", "en": ","}


def french_spaces(text: str) -> str:
    """No-break spaces before : ; ? ! » €, after « and between thousands, so that authors need not type them."""
    for mark in ":;?!»€":
        text = text.replace(f" {mark}", f"{NBSP}{mark}")
    return _BEFORE_HUNDREDS.sub(NBSP, text.replace("« ", f"«{NBSP}"))


def number(value: Decimal, language: str, places: int | None = None) -> str:
    """A number with its thousands apart; `places` fixes the decimals, else those it has."""
    value = round(value, places) if places is not None else value.normalize()
    text = f"{value:,f}"
    apart = _THOUSANDS.get(language, NBSP)
    point = "." if language == "en" else ","
    return text.replace(",", "\0").replace(".", point).replace("\0", apart)


def money(value: Decimal, language: str) -> str:
    """An amount in euros, with its cents."""
    return f"{number(value, language, 2)}{NBSP}€"


def percent(value: Decimal, language: str) -> str:
    """A percentage, with the decimals it has."""
    return f"{number(value, language)}{NBSP}%"


def file_size(size: int, language: str) -> str:
    """Bytes as people read them, in steps of a thousand: 126 ko, 1,3 Mo; 126 kB, 1,3 MB. Nothing is less than 1 ko."""
    unit = "o" if language == "fr" else "B"
    if size < 999_500:
        return f"{max(1, (size + 500) // 1000)}{NBSP}k{unit}"
    return f"{number(Decimal(size) / 1_000_000, language, 1)}{NBSP}M{unit}"


def day(value: date, language: str) -> str:
    """A date with the month in words: 1er mars 2026, 1. März 2026."""
    names = MONTHS.get(language, MONTHS["en"])
    dot = "." if language == "de" else ""
    first = "1er" if language == "fr" and value.day == 1 else f"{value.day}{dot}"
    return f"{first} {names[value.month - 1]} {value.year}"


def month(value: date, language: str) -> str:
    """A month in words, with its year."""
    return f"{MONTHS.get(language, MONTHS['en'])[value.month - 1]} {value.year}"


def yes_no(value: bool, language: str) -> str:
    """Yes or no in this language."""
    return YES_NO.get(language, YES_NO["en"])[0 if value else 1]


def value_as_text(value: Any, type: Type, language: str) -> str:
    """A typed value in words; what is not answered is an ellipsis."""
    if value is UNANSWERED:
        return "…"
    if type.base == "list":
        return ", ".join(value_as_text(each, type.item or type, language) for each in value)
    if type.base == "number":
        if type.unit in ("money", "percent"):
            return (money if type.unit == "money" else percent)(value, language)
        if type.unit == "year":
            return f"{value:.0f}"
        return number(value, language)
    if type.base == "words":
        return value.get(language) or next(iter(value.values()), "")
    if type.base == "date":
        return day(value, language)
    return yes_no(value, language) if type.base == "boolean" else str(value)


@cache
def countries(language: str) -> dict[str, str]:
    """Names of countries by code, Belgium first, then in the language's order."""
    names = {code: names.get(language, names["en"]) for code, names in COUNTRIES.items()}
    return dict(sorted(names.items(), key=lambda item: (item[0] != "BE", _order(item[1]))))


def _order(name: str) -> str:
    """A name as it is put in order: without accents."""
    plain = unicodedata.normalize("NFD", name)
    return "".join(each for each in plain if not unicodedata.combining(each)).casefold()
