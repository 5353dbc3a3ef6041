"""The order of the checks: which one is broken first decides what is said."""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from cryptography import x509

from . import signature, signing
from .certificates import check_dates, check_for_authentication, check_policies, read
from .identity import Identity, identity_of
from .ocsp import Checker
from .policies import identifiers
from .token import read as read_token
from .trust import path_of

HOST = r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?|\[[0-9A-Fa-f:.]+\])"
ORIGIN = re.compile(rf"https://{HOST}(?::([0-9]{{1,5}}))?")


def validate(
    token: str,
    *,
    nonce: str,
    origin: str,
    trusted: Iterable[x509.Certificate],
    at: datetime,
    disallowed_policies: Iterable[str | x509.ObjectIdentifier] = (),
    ocsp: Checker | None = None,
) -> Identity:
    """Whose card signed this challenge for this site.

    token: JSON text as the Web eID browser extension gives it. nonce: the challenge as it was sent, base64 text.
    origin: `https://host[:port]` of the site, as browsers write it. trusted: certificates of the authorities that issue cards.
    at: the instant, aware. disallowed_policies: object identifiers. ocsp: asks whether certificates are revoked; None does not.
    Raises TokenRejected for every token that must not be believed; ValueError or TypeError for a caller's mistake.
    The order is that of the reference validators: shape, purpose, policies, dates, authority, revocation, signature."""
    check_origin(origin)
    authorities, refused = _certificates(trusted), identifiers(disallowed_policies)
    _check_call(nonce, at)
    found = read_token(token)
    between = signing.intermediates(found)
    certificate = read(found.certificate)
    check_for_authentication(certificate)
    check_policies(certificate, refused)
    check_dates(certificate.itself, at, "card")
    path = path_of(certificate, authorities, at, between=between)
    if ocsp is not None:
        for link in path:
            ocsp(link.certificate.itself, link.issuer.itself, trusted=authorities, at=at)
    signature.check(found, certificate.itself, origin=origin, nonce=nonce)
    signing.check(found, certificate, authorities, at)
    return identity_of(certificate)


@lru_cache(maxsize=64)
def check_origin(origin: str) -> None:
    """Raises ValueError unless this is how a browser writes a site's origin: https, host, port; no path, not even a slash."""
    found = ORIGIN.fullmatch(origin) if isinstance(origin, str) else None
    if found is None or not 0 < int(found[1] or 443) < 65536:
        raise ValueError("an origin is https://host or https://host:port, in ASCII, without a slash at its end")


def _check_call(nonce: str, at: datetime) -> None:
    if not isinstance(nonce, str) or not nonce:
        raise ValueError("nonce is the challenge that was sent, a text")
    if not isinstance(at, datetime):
        raise TypeError("at is a datetime")
    if at.utcoffset() is None:
        raise ValueError("at has a time zone")


def _certificates(trusted: Iterable[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    found = tuple(trusted)
    if not all(isinstance(one, x509.Certificate) for one in found):
        raise TypeError("trusted are certificates")
    return found
