"""The ways of signing in that are offered here: a file says which, in which order and under which name (content/sign-in.yaml).

Each way ends in a `Proof` or in a refusal; what lies between is its own affair: a provider's pages, a card, a code.
"""

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

Words = dict[Literal["fr", "de", "nl", "en"], str]


class Way(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way of signing in, as the file says it. `level`: what it can prove at least."""

    id: str
    by: Literal["fas", "itsme", "webeid", "sms"]
    method: Literal["eid", "itsme", "sms", "other"]
    level: Literal[200, 400, 450, 500]
    label: Words = {}
    sentence: Words = {}


class Ways(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    ways: list[Way]


def ways() -> list[Way]:
    """The ways that are on, in the order of the file; raises ImproperlyConfigured with what is wrong in it."""
    return read(Path(settings.SIGN_IN_FILE))


def way(key: str) -> Way | None:
    """The way with this id, if it is on."""
    return next((one for one in ways() if one.id == key), None)


def those_reaching(level: int) -> list[Way]:
    """The ways that prove at least this much."""
    return [one for one in ways() if one.level >= level]


@cache
def read(path: Path) -> list[Way]:
    """The ways of a file, read once a process."""
    try:
        found = msgspec.yaml.decode(path.read_bytes(), type=Ways).ways
    except (OSError, msgspec.DecodeError) as error:
        raise ImproperlyConfigured(f"SIGN_IN_FILE {path.name} cannot be read: {error}") from error
    if complaint := wrong(found):
        raise ImproperlyConfigured(f"SIGN_IN_FILE {path.name}: {complaint}")
    return found


def wrong(found: list[Way]) -> str:
    """What is wrong with these ways together, if anything."""
    if not found:
        return "at least one way is needed."
    if len({one.id for one in found}) < len(found):
        return "two ways have the same id."
    for one in found:
        if one.method == "other" and not {"fr", "de", "nl", "en"} <= set(one.label) & set(one.sentence):
            return f"{one.id}: a method of another kind needs its label and its sentence in fr, de, nl and en."
    return ""
