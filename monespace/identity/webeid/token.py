"""The token as text: strict JSON, a known format, fields of the right kind."""

import json
import re
from binascii import a2b_base64, b2a_base64
from typing import Any, NamedTuple

from .errors import About, TokenRejected

SHORTEST, LONGEST = 100, 10_000  # characters: the limits of the reference validators
FORMAT = re.compile(r"web-eid:1(?:\.([0-9]{1,3}))?")
INTERMEDIATES = "unverifiedIntermediateCertificates"
TEXTS = ("unverifiedCertificate", "algorithm", "signature")


class Token(NamedTuple):
    """A token that has the shape of one; nothing in it is verified."""

    minor: int
    certificate: str
    algorithm: str
    signature: str
    intermediates: object
    signing: object


def read(text: object) -> Token:
    """The token in this JSON text. Unknown fields are ignored; raises TokenRejected("parse") for anything else amiss."""
    fields = _fields(text)
    minor = _minor(fields.get("format"))
    signing, intermediates = fields.get("unverifiedSigningCertificates"), fields.get(INTERMEDIATES)
    if minor == 0 and (signing is not None or intermediates is not None):
        raise TokenRejected("parse", "Format 1.0 knows neither signing certificates nor intermediate certificates.")
    certificate, algorithm, signature = (_text(fields, name) for name in TEXTS)
    if not certificate:
        raise TokenRejected("parse", "The token holds no certificate.")
    return Token(minor, certificate, algorithm, signature, intermediates, signing)


def decoded(text: str, what: str, about: About = "token") -> bytes:
    """What base64 text stands for: standard alphabet, padded, in its only spelling. Raises TokenRejected("parse")."""
    try:
        found = a2b_base64(text, strict_mode=True)
    except ValueError as wrong:
        raise TokenRejected("parse", f"{what} is not base64.", about=about) from wrong
    last = found[-(len(found) % 3 or 3) :]  # only the last letters can be written in more than one way
    if b2a_base64(last, newline=False).decode() != text[-4:]:
        raise TokenRejected("parse", f"{what} is not base64 as it is written in only one way.", about=about)
    return found


def _fields(text: object) -> dict[str, Any]:
    if not isinstance(text, str) or not SHORTEST <= len(text) <= LONGEST:
        raise TokenRejected("parse", f"A token is a text of {SHORTEST} to {LONGEST} characters.")
    try:
        found = STRICT.decode(text)
    except (ValueError, RecursionError) as wrong:
        raise TokenRejected("parse", "The token is not strict JSON.") from wrong
    if not isinstance(found, dict):
        raise TokenRejected("parse", "The token is not a JSON object.")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A name said twice is read differently by different readers: that is how checks are walked past."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _no_constant(name: str) -> None:
    raise ValueError("NaN and Infinity are not JSON")


STRICT = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_constant)


def _minor(format_: object) -> int:
    """The minor version: none said is 0. A major version other than 1 is another protocol."""
    found = FORMAT.fullmatch(format_) if isinstance(format_, str) else None
    if found is None:
        raise TokenRejected("parse", "The format is none of web-eid:1.")
    return int(found[1] or 0)


def _text(fields: dict[str, Any], name: str) -> str:
    """The text in a field, empty when it is absent or null; a number or list there is no token."""
    found = fields.get(name)
    if found is not None and not isinstance(found, str):
        raise TokenRejected("parse", f"The field {name} is not a text.")
    return found or ""
