"""The token as text: strict JSON, a known format, fields of the right kind."""

import binascii
import json
import re
from base64 import b64decode, b64encode
from typing import Any, NamedTuple

from .errors import About, TokenRejected

SHORTEST, LONGEST = 100, 10_000  # characters: the limits of the reference validators
FORMAT = re.compile(r"web-eid:1(?:\.([0-9]{1,3}))?")
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
    signing, intermediates = (
        fields.get("unverifiedSigningCertificates"),
        fields.get("unverifiedIntermediateCertificates"),
    )
    if minor == 0 and (signing is not None or intermediates is not None):
        raise TokenRejected("parse", "Format 1.0 knows neither signing certificates nor intermediate certificates.")
    certificate, algorithm, signature = (_text(fields, name) for name in TEXTS)
    if not certificate:
        raise TokenRejected("parse", "The token holds no certificate.")
    return Token(minor, certificate, algorithm, signature, intermediates, signing)


def decoded(text: str, what: str, about: About = "token") -> bytes:
    """What base64 text stands for: standard alphabet, padded, in its only spelling. Raises TokenRejected("parse")."""
    try:
        found = b64decode(text.encode("ascii"), validate=True)
    except (ValueError, binascii.Error) as wrong:
        raise TokenRejected("parse", f"{what} is not base64.", about=about) from wrong
    if b64encode(found).decode() != text:
        raise TokenRejected("parse", f"{what} is not base64 as it is written in only one way.", about=about)
    return found


def _fields(text: object) -> dict[str, Any]:
    if not isinstance(text, str) or not SHORTEST <= len(text) <= LONGEST:
        raise TokenRejected("parse", f"A token is a text of {SHORTEST} to {LONGEST} characters.")
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
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
