"""What every kind of question offers."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from monespace.engine.values import UNANSWERED

Posted = Mapping[str, list[str]]  # sub-name ("" for the question itself) -> raw strings
LONGEST = 1_000_000  # characters of one field that are read, counted and shown again
_LETTERS = ("LATIN", "GREEK", "MODIFIER", "MICRO", "FEMININE", "MASCULINE", "OHM", "KELVIN", "ANGSTROM")


class Bad(Exception):
    """An answer that cannot be taken; `code` names the sentence."""

    def __init__(self, code: str, **parts: Any):
        super().__init__(code)
        self.code, self.parts = code, parts
        self.inside: dict[str, Bad] = {}

    @classmethod
    def of(cls, inside: "dict[str, Bad]", code: str = "") -> "Bad":
        """What is wrong with an answer of several parts, each part on its own; as a whole it says `code`, or the first."""
        first = next(iter(inside.values()))
        whole = cls(code) if code else cls(first.code, **first.parts)
        whole.inside = inside
        return whole


class Look(NamedTuple):
    """Where an answer is read: the values around it, and the language."""

    state: Any
    frame: Any
    language: str = "fr"


class Kind:
    """Base of the kinds: a value that is shown as it is stored."""

    parts: tuple[str, ...] = ()  # sub-names in the page
    missing = "missing"
    one_cell = True  # one cell of a file can say the answer
    inputmode = ""
    autocomplete = ""

    def blank(self, question: Any) -> Bad:
        """What is said when a needed answer is left blank."""
        return Bad(self.missing)

    def read(self, question: Any, posted: Posted, look: Look) -> Any:
        """The canonical answer, None when left blank. Raises `Bad`."""
        return None

    def cell(self, question: Any, text: str, look: Look) -> dict[str, list[str]]:
        """What a cell of a file says, as a page would post it."""
        return {"": [text]}

    def decode(self, question: Any, canonical: Any, look: Look) -> Any:
        """The typed value of a stored answer. Raises `Bad` when it is not what this kind stores."""
        return UNANSWERED

    def limits(self, question: Any, value: Any, look: Look) -> None:
        """Raise `Bad` when a typed value is outside the question's bounds."""

    def stored(self, question: Any, value: Any) -> Any:
        """The canonical answer of a typed value that another row gives."""
        return value

    def show(self, question: Any, canonical: Any, look: Look) -> list[str]:
        """The answer as lines of text."""
        return [str(canonical)]

    def typed(self, question: Any, canonical: Any, look: Look) -> dict[str, list[str]]:
        """The stored answer as it stands in the fields of the page."""
        return {"": [str(canonical)]}

    def bound(self, code: Any, look: Look) -> Any:
        """A bound's value, or UNANSWERED."""
        return UNANSWERED if code is None else code.run(look.frame)


def last(posted: Posted, name: str = "") -> str:
    """The last string posted under a name, without spaces around; empty when there is none."""
    found = posted.get(name) or [""]
    return str(found[-1]).strip()


def single(posted: Posted, code: str = "unknown_option") -> str:
    """The one string posted for a question of one answer, empty when there is none. Raises `Bad` when there are several."""
    found = {str(raw).strip() for raw in posted.get("", [])} - {""}
    if len(found) > 1:
        raise Bad(code)
    return next(iter(found), "")


def clean(raw: str, most: int, *, lines: bool = False) -> str:
    """A text that can be stored, shown and printed. Raises `Bad`: too long, invisible characters, other script."""
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > most:
        raise Bad("too_long", most=most, length=len(text))
    if "\n" in text and not lines:
        raise Bad("one_line")
    for character in text:
        if not _printable(character):
            raise Bad("control")
        if character.isalpha() and not _readable(character):
            raise Bad("script", found=character)
    return text


@lru_cache(4096)
def _printable(character: str) -> bool:
    if character in "\n\t\u200c\u200d":
        return True
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


@lru_cache(4096)
def _readable(character: str) -> bool:
    return unicodedata.name(character, "?").startswith(_LETTERS)
