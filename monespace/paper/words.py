"""Dates, sizes and people's texts, made ready for paper."""

import re
import unicodedata
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from .glyphs import shown

BRUSSELS = ZoneInfo("Europe/Brussels")
FRENCH_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
GERMAN_MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
DUTCH_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december"
ENGLISH_MONTHS = "January February March April May June July August September October November December"
MONTHS = {
    "fr": FRENCH_MONTHS.split(), "de": GERMAN_MONTHS.split(), "nl": DUTCH_MONTHS.split(), "en": ENGLISH_MONTHS.split(),
}  # fmt: skip
AT = {"fr": "à {}", "de": "um {} Uhr", "nl": "om {} uur", "en": "at {}"}
UNSEEN = {"Cc", "Cf", "Co", "Cs", "Cn"}  # controls, invisible formats (they can turn text around), private, unassigned
LONG_WORD, PART = 36, 7  # a longer run without a space may be cut every few characters, or it would leave its column
HYPHENATED = re.compile(r"[^\W\d_]{1,45}\W?")  # a word of letters: typst hyphenates it by the rules of its language
BREAK = "\u200b"  # a place to cut, for the templates: it never stands in the document itself


def day_in_words(day: date, language: str) -> str:
    """«23 novembre 2026», «1er mars 2026»; «23. November 2026» in German, «23 november 2026» in Dutch."""
    first = "1er" if language == "fr" and day.day == 1 else str(day.day)
    number = f"{first}." if language == "de" else first
    return f"{number} {MONTHS[language][day.month - 1]} {day.year}"


def instant_in_words(at: datetime, language: str) -> str:
    """Day and time in Brussels, as on screen: «23 novembre 2026 à 14:02», «23. November 2026 um 14:02 Uhr», «… om 14:02 uur»."""
    if at.tzinfo is None:
        raise ValueError("An instant on paper needs its time zone.")
    local = at.astimezone(BRUSSELS)
    return f"{day_in_words(local.date(), language)} {AT[language].format(f'{local:%H:%M}')}"


def size_in_words(size: int, language: str) -> str:
    """Bytes as people read them, in steps of a thousand: «980 ko», «2,4 Mo»; «2,4 MB» elsewhere, «2.4 MB» in English."""
    unit = "o" if language == "fr" else "B"
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}\u00a0k{unit}"
    text = f"{size / 1_000_000:.1f}\u00a0M{unit}"
    return text if language == "en" else text.replace(".", ",")


def grouped(hexadecimal: str) -> str:
    """A hash in blocks of eight characters, which a person can compare."""
    return " ".join(hexadecimal[i : i + 8] for i in range(0, len(hexadecimal), 8))


def paper_text(text: str) -> str:
    """The text with every character that paper can show; one that it cannot is named, as in «[U+65E5]»."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\t", " ")
    return "\n".join(_cuttable("".join(map(_paper_character, line))) for line in re.split("[\n\r\u2028\u2029]", lines))


def paper_texts(data: Any) -> Any:
    """The same data, each text in it made ready by `paper_text`."""
    if isinstance(data, str):
        return paper_text(data)
    if isinstance(data, dict):
        return {key: paper_texts(value) for key, value in data.items()}
    return [paper_texts(item) for item in data] if isinstance(data, list) else data


def _paper_character(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Cc", "Cf"}:
        return ""
    if category not in UNSEEN and ord(char) in shown():
        return char
    return " " if category == "Zs" else f"[U+{ord(char):04X}]"


def _cuttable(line: str) -> str:
    return re.sub(rf"[^\s{BREAK}]{{{LONG_WORD + 1},}}", lambda word: _with_breaks(word[0]), line)


def _with_breaks(word: str) -> str:
    """A break every few characters, never between a letter and the marks that stand on it; a word of letters has none."""
    if HYPHENATED.fullmatch(word):
        return word
    parts, since = [], 0
    for char in word:
        if since >= PART and not unicodedata.combining(char):
            parts.append(BREAK)
            since = 0
        parts.append(char)
        since += 1
    return "".join(parts)
