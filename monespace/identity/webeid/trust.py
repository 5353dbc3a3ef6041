"""From a certificate to an authority that the relying party trusts."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from .certificates import Read, check_dates, opened
from .errors import About, TokenRejected

MOST_BETWEEN = 3  # certificates between a card's and the trusted authority's: hierarchies of States have one or two
SMALLEST_RSA = 2048  # for cards, RFC 7518 sections 3.3 and 3.5
WEAK = (hashes.MD5, hashes.SHA1)


class Link(NamedTuple):
    """A certificate and the one that signed it."""

    certificate: Read
    issuer: Read


Path = tuple[Link, ...]


def path_of(
    certificate: Read,
    trusted: Sequence[x509.Certificate],
    at: datetime,
    *,
    between: Sequence[Read] = (),
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


def _paths(
    certificate: Read, trusted: Sequence[x509.Certificate], between: tuple[Read, ...], below: int = 0
) -> Iterator[Path]:
    """Every way whose signatures hold, the shortest first."""
    for authority in trusted:
        link = signed_by(certificate, authority)
        if link:
            yield (link,)
    if below < MOST_BETWEEN:
        for place, candidate in enumerate(between):
            link = signed_by(certificate, candidate.itself)
            if link:
                for rest in _paths(candidate, trusted, between[:place] + between[place + 1 :], below + 1):
                    yield (link, *rest)


def signed_by(certificate: Read, issuer: x509.Certificate) -> Link | None:
    """The link between the two when the issuer's name and key made this certificate, with a digest that is not broken.

    `verify_directly_issued_by` would do it too, and read the issuer's key anew for each card: a twentieth of a validation."""
    try:
        if certificate.parts.issuer != issuer.subject.public_bytes():
            return None
        link = Link(certificate, opened(issuer, b""))
        return link if _names_the_key(link) and _verifies(certificate, issuer.public_key()) else None
    except Exception:  # what `cryptography` raises for a key, an algorithm, an extension that it refuses: no issuer
        return None


def _names_the_key(link: Link) -> bool:
    """Not when both name the issuing key, and differently: an authority of the same name with another key."""
    named = link.certificate.extensions.get(x509.AuthorityKeyIdentifier)
    own = link.issuer.extensions.get(x509.SubjectKeyIdentifier)
    return named is None or named.key_identifier is None or own is None or named.key_identifier == own.digest


def _verifies(certificate: Read, key: Any) -> bool:
    """Raises InvalidSignature, or whatever `cryptography` raises for an algorithm that does not fit the key."""
    signature, how = certificate.itself.signature, certificate.itself.signature_algorithm_parameters
    if isinstance(how, ec.ECDSA):
        key.verify(signature, certificate.parts.signed, how)
        return not isinstance(how.algorithm, WEAK)
    digest = certificate.itself.signature_hash_algorithm
    key.verify(signature, certificate.parts.signed, how, digest)
    return isinstance(key, rsa.RSAPublicKey) and key.key_size >= SMALLEST_RSA and not isinstance(digest, WEAK)


def check(path: Path, at: datetime, about: About) -> None:
    """Each issuer is an authority that may have so many below it, within its dates. Raises TokenRejected."""
    if path[0].certificate.demanding:
        raise TokenRejected("not-trusted", "The certificate makes a demand that is not understood.", about=about)
    for below, (_, issuer) in enumerate(path):
        trusted = below + 1 == len(path)
        if not may_issue(issuer, below) or (issuer.demanding and not trusted):
            raise TokenRejected("not-trusted", "The issuer of a certificate may not issue it.", about="authority")
    for _, issuer in path:
        check_dates(issuer.itself, at, "authority")


def may_issue(issuer: Read, below: int) -> bool:
    """Whether this certificate is an authority's, with room for so many authorities below it."""
    usage, basic = (issuer.extensions.get(kind) for kind in (x509.KeyUsage, x509.BasicConstraints))
    if basic is None or not basic.ca or (usage is not None and not usage.key_cert_sign):
        return False
    return basic.path_length is None or below <= basic.path_length
