"""Changes of a form as sentences for whoever fills it in: what is of no use to them is left out."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from monespace.engine import formats
from monespace.engine.comparing import Change, Detail, without_braces
from monespace.engine.messages import sentence

MOST = 20  # lines of parameter tables that are told one by one
_CODES = {  # what is said of each detail; several details of one part may say the same: it is said once
    "hint": "change_hint", "help": "change_hint", "body": "change_hint", "kind": "change_kind", "places": "change_kind",
    "unit": "change_kind", "when": "change_when", "option_when": "change_options", "options_from": "change_options",
    "min": "change_limits", "max": "change_limits", "max_length": "change_limits", "max_files": "change_limits",
    "max_megabytes": "change_limits", "accept": "change_limits", "checks": "change_limits", "prefill": "change_source",
    "locked": "change_source", "version": "change_declaration", "place": "change_place", "value": "change_value",
    "window": "change_window", "assurance": "change_assurance", "deadline": "change_deadline", "once": "change_once",
}  # fmt: skip
_NAMED = {"label": "change_wording", "text": "change_wording", "title": "change_wording", "option_new": "change_option_new",
          "option_gone": "change_option_gone", "option_label": "change_wording"}  # fmt: skip


_DAYS = {"valid_from": "change_from", "valid_until": "change_until"}


class Told(dict[str, list[tuple[str, list[str]]]]):
    """By heading (new, gone, changed, figures): what it is called, and sentences about it."""


def told(changes: Iterable[Change], language: str) -> Told:
    """Changes in sentences. Pages and values that only carry others are left out."""
    found = Told(new=[], gone=[], changed=[], figures=[])
    for change in changes:
        if change.part == "line":
            found["figures"] += [(_name(change, language), [text]) for text in _line(change, language)]
        elif change.part in ("question", "stop") and change.how != "changed":
            found[change.how].append((_name(change, language), []))
        elif change.how == "changed" and (sentences := list(dict.fromkeys(_sentences(change, language)))):
            found["changed"].append((_name(change, language), sentences))
    if len(found["figures"]) > MOST:
        more = sentence(language, "change_more", count=len(found["figures"]) - MOST)
        found["figures"][MOST:] = [(more, [])]
    return found


def _name(change: Change, language: str) -> str:
    text = change.words.get(language) or next(iter(change.words.values()), "")
    return _set(text, language) or sentence(language, "change_unnamed")


def _set(text: str, language: str) -> str:
    return formats.french_spaces(without_braces(text)) if language == "fr" else without_braces(text)


def _sentences(change: Change, language: str) -> Iterator[str]:
    for detail in change.details:
        if detail.language not in ("", language):
            continue
        if detail.what == "required":
            yield sentence(language, _required(detail.after))
        elif detail.what in _NAMED:
            before, after = (_set(str(each), language) for each in detail[1:3])
            yield sentence(language, _NAMED[detail.what], before=before, after=after)
        elif detail.what in _CODES:
            yield sentence(language, _CODES[detail.what])


def _required(after: Any) -> str:
    if isinstance(after, bool):
        return "change_required" if after else "change_optional"
    return "change_required_sometimes"


def _line(change: Change, language: str) -> Iterator[str]:
    """A line by its own words and those of its columns; codes say nothing to whoever fills the form in. Nothing when only
    another language's words changed."""
    called = [_cell(change.line, language)] if change.line else []
    said = [each for each in change.details if _is_said(each, change, language)]
    if not said and not called:
        said = [each for each in change.details if each.language in ("", language)]
    if said or change.how != "changed":
        parts = [_detail(detail, change.how, language) for detail in said]
        yield sentence(language, f"change_line_{change.how}", values=", ".join([*called, *parts]))


def _is_said(detail: Detail, change: Change, language: str) -> bool:
    """Of a line that is new or gone: what has a name; its own words stand before, its codes are left out."""
    if detail.language:
        return change.how == "changed" and detail.language == language
    return bool(detail.words) or change.how == "changed" or detail.what in _DAYS


def _detail(detail: Detail, how: str, language: str) -> str:
    before, after = (_cell(each, language) for each in detail[1:3])
    called = _cell(detail.words, language) + " " if detail.words else ""
    if not called and detail.what in _DAYS:
        called = sentence(language, _DAYS[detail.what]) + " "
    if how == "changed":
        return called + sentence(language, "change_cell", before=before or "…", after=after or "…")
    return called + (after or before)


def _cell(value: Any, language: str) -> str:
    if isinstance(value, dict):
        return str(value.get(language) or next(iter(value.values()), ""))
    if isinstance(value, bool):
        return formats.yes_no(value, language)
    if isinstance(value, Decimal):
        return formats.number(value, language)
    return formats.day(value, language) if isinstance(value, date) else str(value)
