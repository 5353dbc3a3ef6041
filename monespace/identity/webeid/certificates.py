"""One certificate: read at once and completely, its purposes, policies and dates."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from . import der
from .errors import About, TokenRejected
from .token import decoded

UNDERSTOOD = (
    x509.BasicConstraints,
    x509.KeyUsage,
    x509.ExtendedKeyUsage,
    x509.CertificatePolicies,
    x509.SubjectAlternativeName,
)
"""Extensions that may be critical here: RFC 5280 section 4.2 refuses a critical one that the reader does not process."""

NO_PARTS = der.Parts(b"", b"", b"")


class Read(NamedTuple):
    """A certificate whose every part could be read: itself, what its issuer signed, its subject's name, its extensions by their
    class, whether one that is critical is not understood."""

    itself: x509.Certificate
    parts: der.Parts
    subject: tuple[tuple[der.Attribute, ...], ...]
    extensions: Mapping[type, Any]
    demanding: bool


def read(text: str, about: About = "card") -> Read:
    """The certificate in this base64 text. Raises TokenRejected("parse")."""
    found = decoded(text, "A certificate", about)
    try:
        return opened(x509.load_der_x509_certificate(found), found)
    except Exception as wrong:  # `cryptography` raises six unrelated classes for certificates that it refuses
        raise TokenRejected("parse", "A certificate cannot be read.", about=about) from wrong


def opened(certificate: x509.Certificate, raw: bytes) -> Read:
    """A certificate read to its end, so that what `cryptography` would refuse only when it is asked is refused now. `raw` is
    its DER, empty where nobody looks at its own signature. Raises ValueError, and whatever `cryptography` raises."""
    parts = der.parts(raw) if raw else NO_PARTS
    subject = tuple(der.attributes(parts.subject)) if raw else ()
    _ = (certificate.not_valid_before_utc, certificate.not_valid_after_utc)
    extensions, demanding = {}, False
    for one in certificate.extensions:
        kind = type(one.value)
        extensions[kind] = one.value
        demanding = demanding or (one.critical and kind not in UNDERSTOOD)
    return Read(certificate, parts, subject, extensions, demanding)


def check_for_authentication(certificate: Read) -> None:
    """The key may sign for its holder and identify a client; no authority's. Raises TokenRejected("wrong-purpose")."""
    usage, extended, basic = (
        certificate.extensions.get(kind) for kind in (x509.KeyUsage, x509.ExtendedKeyUsage, x509.BasicConstraints)
    )
    if usage is None or not usage.digital_signature:
        raise TokenRejected("wrong-purpose", "The card's certificate is not for digital signatures.", about="card")
    if extended is not None and ExtendedKeyUsageOID.CLIENT_AUTH not in extended:
        raise TokenRejected("wrong-purpose", "The card's certificate is not for client authentication.", about="card")
    if basic is not None and basic.ca:
        raise TokenRejected("wrong-purpose", "The card's certificate is an authority's.", about="card")


def check_policies(certificate: Read, disallowed: frozenset[str]) -> None:
    """None of the disallowed policies. Raises TokenRejected("disallowed-policy")."""
    found = certificate.extensions.get(x509.CertificatePolicies, ()) if disallowed else ()
    if any(one.policy_identifier.dotted_string in disallowed for one in found):
        raise TokenRejected(
            "disallowed-policy", "The card's certificate was issued under a refused policy.", about="card"
        )


def check_dates(certificate: x509.Certificate, at: datetime, about: About) -> None:
    """Both limits included. Raises TokenRejected("not-yet-valid") or ("expired")."""
    if at < certificate.not_valid_before_utc:
        raise TokenRejected("not-yet-valid", "A certificate is not valid yet.", about=about)
    if at > certificate.not_valid_after_utc:
        raise TokenRejected("expired", "A certificate has expired.", about=about)
