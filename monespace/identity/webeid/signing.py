"""What format 1.1 adds: certificates to sign documents with, and intermediate certificates."""

from collections.abc import Sequence
from datetime import datetime

from cryptography import x509

from .certificates import Read, check_dates, read
from .der import Attribute
from .errors import About, TokenRejected
from .token import Token
from .trust import path_of

MOST_INTERMEDIATES, MOST_SIGNING = (
    4,
    8,
)  # what a text of ten thousand characters holds at most, and no more work than that
ACCEPTED = {
    "cryptoAlgorithm": {"ECC", "RSA"},
    "hashFunction": {f"{family}-{size}" for family in ("SHA", "SHA3") for size in (224, 256, 384, 512)},
    "paddingScheme": {"NONE", "PKCS1.5", "PSS"},
}


def intermediates(token: Token) -> list[Read]:
    """The intermediate certificates beside the card's own. Raises TokenRejected("parse")."""
    return _certificates(token.intermediates, "token") if token.minor else []


def check(token: Token, certificate: Read, trusted: Sequence[x509.Certificate], at: datetime) -> None:
    """Each signing certificate is of the same person and authority, in its dates, for signing, of a trusted authority, with
    algorithms that exist. Format 1.1 demands at least one, unless it brings intermediate certificates; a later minor version
    may have some. Their revocation is a matter of the day on which something is signed. Raises TokenRejected."""
    if token.signing is None and (token.minor != 1 or token.intermediates is not None):
        return
    if not isinstance(token.signing, list) or not 0 < len(token.signing) <= MOST_SIGNING:
        raise TokenRejected("parse", "Format 1.1 holds a list of signing certificates.", about="signing")
    for entry in token.signing:
        found, between = _entry(entry)
        _check_same_holder(certificate, found)
        check_dates(found.itself, at, "signing")
        usage = found.extensions.get(x509.KeyUsage)
        if usage is None or not usage.content_commitment:
            raise TokenRejected("wrong-purpose", "A signing certificate is not for signing documents.", about="signing")
        path_of(found, trusted, at, between=between, about="signing")


def _entry(entry: object) -> tuple[Read, list[Read]]:
    """One entry of the list: its certificate and those that came with it, its algorithms checked."""
    if not isinstance(entry, dict) or not isinstance(entry.get("certificate"), str):
        raise TokenRejected("parse", "An entry of the signing certificates holds no certificate.", about="signing")
    algorithms = entry.get("supportedSignatureAlgorithms")
    if not isinstance(algorithms, list) or not algorithms or not all(_accepted(one) for one in algorithms):
        raise TokenRejected("parse", "A signing certificate names no algorithms, or unknown ones.", about="signing")
    return read(entry["certificate"], "signing"), _certificates(entry.get("intermediateCertificates"), "signing")


def _accepted(algorithm: object) -> bool:
    return isinstance(algorithm, dict) and all(
        isinstance(algorithm.get(part), str) and algorithm[part] in values for part, values in ACCEPTED.items()
    )


def _certificates(texts: object, about: About) -> list[Read]:
    """A list of certificates; absent is none, but an empty list is no list of them."""
    if texts is None:
        return []
    if not isinstance(texts, list) or not 0 < len(texts) <= MOST_INTERMEDIATES:
        raise TokenRejected("parse", "Intermediate certificates are a list of a few.", about=about)
    if not all(isinstance(text, str) and text for text in texts):
        raise TokenRejected("parse", "An intermediate certificate is not a text.", about=about)
    return [read(text, about) for text in texts]


def _check_same_holder(certificate: Read, signing: Read) -> None:
    """The same subject, whatever the order and letter case of its attributes (RFC 4519), issued with the same key."""
    ours, theirs = (one.extensions.get(x509.AuthorityKeyIdentifier) for one in (certificate, signing))
    if _canonical(certificate.subject) != _canonical(signing.subject):
        raise TokenRejected("parse", "A signing certificate is of somebody else.", about="signing")
    if not ours or not theirs or not ours.key_identifier or ours.key_identifier != theirs.key_identifier:
        raise TokenRejected("parse", "A signing certificate is of another authority.", about="signing")


def _canonical(name: tuple[tuple[Attribute, ...], ...]) -> list[list[tuple[bytes, str]]]:
    """A name to compare: attributes in one order, texts in small letters with single spaces."""
    return sorted(sorted((kind, _folded(value)) for kind, value in part) for part in name)


def _folded(value: str | bytes) -> str:
    return " ".join(value.casefold().split()) if isinstance(value, str) else value.hex()
