"""The ways of signing in that are offered here: a file says which, in which order and under which name (content/sign-in.yaml).

Each way ends in a `Proof` or in a refusal; what lies between is its own affair: a provider's pages, a card, a code.
"""

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from monespace.identity.assurance import SUBSTANTIAL

Words = dict[Literal["fr", "de", "nl", "en"], str]


class Way(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way of signing in, as the file says it. `level`: what it proves at least."""

    id: str
    by: Literal["fas", "itsme", "webeid", "sms"]
    method: Literal["eid", "itsme", "sms", "other"]
    level: Literal[200, 400, 450, 500]
    label: Words = {}
    sentence: Words = {}

    @property
    def reaches(self) -> int:
        """What it can prove at most, as far as we decide it: a code of ours reaches «substantial» with its password."""
        return max(self.level, SUBSTANTIAL) if self.by == "sms" else self.level


class Ways(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    ways: list[Way]


def ways() -> list[Way]:
    """The ways that are on, in the order of the file; raises ImproperlyConfigured with what is wrong in it."""
    return read(Path(settings.SIGN_IN_FILE))


def way(key: str) -> Way | None:
    """The way with this id, if it is on."""
    return next((one for one in ways() if one.id == key), None)


def own_code() -> Way | None:
    """The way by a code of the portal's own, if it is on."""
    return next((one for one in ways() if one.by == "sms"), None)


def those_reaching(level: int) -> list[Way]:
    """The ways that can prove this much."""
    return [one for one in ways() if one.reaches >= level]


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
    if sum(one.by == "sms" for one in found) > 1:
        return "a code by SMS of the portal's own (by: sms) is one way."
    for one in found:
        if one.by == "sms" and one.level > SUBSTANTIAL:
            return f"{one.id}: a code by SMS of the portal's own proves 400 at most."
        if one.method == "other" and not {"fr", "de", "nl", "en"} <= set(one.label) & set(one.sentence):
            return f"{one.id}: a method of another kind needs its label and its sentence in fr, de, nl and en."
    return ""
