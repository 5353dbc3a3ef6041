"""One certificate: read at once and completely, its purposes, policies and dates."""

from datetime import datetime
from typing import TypeVar

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID

from .errors import About, TokenRejected
from .token import decoded

Kind = TypeVar("Kind", bound=x509.ExtensionType)

UNDERSTOOD = frozenset(
    {
        ExtensionOID.BASIC_CONSTRAINTS,
        ExtensionOID.KEY_USAGE,
        ExtensionOID.EXTENDED_KEY_USAGE,
        ExtensionOID.CERTIFICATE_POLICIES,
        ExtensionOID.SUBJECT_ALTERNATIVE_NAME,
    }
)
"""Extensions that may be critical here: RFC 5280 section 4.2 refuses a critical one that the reader does not process."""


def read(text: str, about: About = "card") -> x509.Certificate:
    """The certificate in this base64 text. Its names, dates and extensions are read now, so that what `cryptography` would
    refuse only later is refused here. Raises TokenRejected("parse")."""
    der = decoded(text, "A certificate", about)
    try:
        found = x509.load_der_x509_certificate(der)
        _ = (found.extensions, found.subject, found.issuer, found.not_valid_before_utc, found.not_valid_after_utc)
    except Exception as wrong:  # `cryptography` raises six unrelated classes for certificates that it refuses
        raise TokenRejected("parse", "A certificate cannot be read.", about=about) from wrong
    return found


def extension(certificate: x509.Certificate, kind: type[Kind]) -> Kind | None:
    """The extension's value, None where the certificate lacks it."""
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def check_for_authentication(certificate: x509.Certificate) -> None:
    """The key may sign for its holder and identify a client; no authority's. Raises TokenRejected("wrong-purpose")."""
    usage, extended = extension(certificate, x509.KeyUsage), extension(certificate, x509.ExtendedKeyUsage)
    if usage is None or not usage.digital_signature:
        raise TokenRejected("wrong-purpose", "The card's certificate is not for digital signatures.", about="card")
    if extended is not None and ExtendedKeyUsageOID.CLIENT_AUTH not in extended:
        raise TokenRejected("wrong-purpose", "The card's certificate is not for client authentication.", about="card")
    if is_authority(certificate):
        raise TokenRejected("wrong-purpose", "The card's certificate is an authority's.", about="card")


def is_authority(certificate: x509.Certificate) -> bool:
    """Whether its basic constraints say that it issues certificates."""
    basic = extension(certificate, x509.BasicConstraints)
    return basic is not None and basic.ca


def check_policies(certificate: x509.Certificate, disallowed: frozenset[str]) -> None:
    """None of the disallowed policies. Raises TokenRejected("disallowed-policy")."""
    found = extension(certificate, x509.CertificatePolicies) if disallowed else None
    if found is not None and any(one.policy_identifier.dotted_string in disallowed for one in found):
        raise TokenRejected(
            "disallowed-policy", "The card's certificate was issued under a refused policy.", about="card"
        )


def check_dates(certificate: x509.Certificate, at: datetime, about: About) -> None:
    """Both limits included. Raises TokenRejected("not-yet-valid") or ("expired")."""
    if at < certificate.not_valid_before_utc:
        raise TokenRejected("not-yet-valid", "A certificate is not valid yet.", about=about)
    if at > certificate.not_valid_after_utc:
        raise TokenRejected("expired", "A certificate has expired.", about=about)


def has_unknown_demand(certificate: x509.Certificate) -> bool:
    """Whether it has a critical extension that is not understood here."""
    return any(one.critical and one.oid not in UNDERSTOOD for one in certificate.extensions)
