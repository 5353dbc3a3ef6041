"""From a certificate to an authority that the relying party trusts."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes

from .certificates import check_dates, extension, has_unknown_demand, is_authority
from .errors import About, TokenRejected

MOST_BETWEEN = 3  # certificates between a card's and the trusted authority's: hierarchies of States have one or two
WEAK = (hashes.MD5, hashes.SHA1)
UNREADABLE = (
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)  # what a trusted certificate read lazily may hold


class Link(NamedTuple):
    """A certificate and the one that signed it."""

    certificate: x509.Certificate
    issuer: x509.Certificate


Path = tuple[Link, ...]


def path_of(
    certificate: x509.Certificate,
    trusted: Sequence[x509.Certificate],
    at: datetime,
    *,
    between: Sequence[x509.Certificate] = (),
    about: About = "card",
) -> Path:
    """The way from a certificate to one of the trusted authorities, as links, the certificate's own first.

    The trusted certificates end the way, whatever is above them; `between` are candidates that came with the token, themselves
    trusted for nothing. Of several ways (an authority's certificate renewed, or its key) one that holds is enough.
    Raises TokenRejected: "not-trusted" without a way; "expired" or "not-yet-valid" when only the dates of authorities bar it."""
    refusal = TokenRejected("not-trusted", "No trusted authority issued this certificate.", about=about)
    for path in _paths(certificate, trusted, tuple(between)):
        try:
            check(path, at, about)
        except TokenRejected as refused:
            refusal = refused if refusal.reason == "not-trusted" else refusal
            continue
        return path
    raise refusal


def _paths(certificate: x509.Certificate, trusted: Sequence, between: tuple, below: int = 0) -> Iterator[Path]:
    """Every way whose signatures hold, the shortest first."""
    for authority in trusted:
        if signed_by(certificate, authority):
            yield (Link(certificate, authority),)
    if below < MOST_BETWEEN:
        for place, candidate in enumerate(between):
            if signed_by(certificate, candidate):
                others = between[:place] + between[place + 1 :]
                for rest in _paths(candidate, trusted, others, below + 1):
                    yield (Link(certificate, candidate), *rest)


def signed_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether the issuer's name and key made this certificate, with a digest that is not broken."""
    try:
        if isinstance(certificate.signature_hash_algorithm, WEAK) or not _same_key(certificate, issuer):
            return False
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm, *UNREADABLE):
        return False
    return True


def _same_key(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Not when both name the issuing key, and differently: an authority of the same name with another key."""
    if certificate.issuer != issuer.subject:
        return False
    named, own = extension(certificate, x509.AuthorityKeyIdentifier), extension(issuer, x509.SubjectKeyIdentifier)
    return named is None or named.key_identifier is None or own is None or named.key_identifier == own.digest


def check(path: Path, at: datetime, about: About) -> None:
    """Each issuer is an authority that may have so many below it, within its dates. Raises TokenRejected."""
    if has_unknown_demand(path[0].certificate):
        raise TokenRejected("not-trusted", "The certificate makes a demand that is not understood.", about=about)
    for below, (_, issuer) in enumerate(path):
        between = below + 1 < len(path)
        if not may_issue(issuer, below) or (between and has_unknown_demand(issuer)):
            raise TokenRejected("not-trusted", "The issuer of a certificate may not issue it.", about="authority")
    for _, issuer in path:
        check_dates(issuer, at, "authority")


def may_issue(issuer: x509.Certificate, below: int) -> bool:
    """Whether this certificate is an authority's, with room for so many authorities below it."""
    usage, basic = extension(issuer, x509.KeyUsage), extension(issuer, x509.BasicConstraints)
    if not is_authority(issuer) or (usage is not None and not usage.key_cert_sign):
        return False
    return basic is None or basic.path_length is None or below <= basic.path_length
