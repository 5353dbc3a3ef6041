"""Two versions of a form compared, as lines for whoever writes procedures."""

from collections.abc import Iterator
from typing import Any

from monespace.engine import Change, Form, compare
from monespace.engine.comparing import Detail

MARKS = {"new": "+", "gone": "-", "changed": "~"}
LONGEST = 100  # characters of a value that are printed


def lines(old: Form, new: Form) -> list[str]:
    """`+` new, `-` gone, `~` changed, with every detail in every language; empty when both say the same."""
    return [line for change in compare(old, new) for line in _lines(change, new.languages[0])]


def _lines(change: Change, language: str) -> Iterator[str]:
    called = change.line.get(language) or change.words.get(language)
    yield f"{MARKS[change.how]} {change.part} {change.name}".rstrip() + (f"   «{_short(called)}»" if called else "")
    if change.part == "line" or change.how == "changed":
        yield from (f"    {_detail(detail, change.how)}" for detail in change.details)


def _detail(detail: Detail, how: str) -> str:
    name = f"{detail.what} [{detail.language}]" if detail.language else detail.what
    before, after = _short(detail.before), _short(detail.after)
    if how != "changed" or detail.what in ("option_new", "option_gone"):
        return f"{name}: {' '.join(each for each in (before, after) if each)}"
    return f"{name}: {before or '(nothing)'} -> {after or '(nothing)'}"


def _short(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
