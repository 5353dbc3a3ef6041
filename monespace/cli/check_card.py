"""`monespace check`, the part of the card read directly: authorities and their dates, the origin, revocation."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID

SOON = 30  # days that an authority's certificate should still have


def card() -> Iterator[str]:
    """Where a way `by: webeid` is on: every reason why cards would be refused, or believed too easily."""
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    from monespace.identity.card import authorities

    if not on():
        return
    yield from origin()
    if not settings.WEBEID_OCSP:
        yield "WEBEID_OCSP is off: lost and stolen cards would be accepted."
    try:
        found = authorities(settings.WEBEID_CA)
    except ImproperlyConfigured as error:
        yield f"{error}: the card needs the certificates of the authorities that issue it (docs/sign-in-card.md)."
        return
    yield from dates(found)
    if settings.WEBEID_OCSP:
        yield from responders(found)


def on() -> bool:
    """Whether the card is among the ways; a file of ways that is wrong is said where they are looked at."""
    from django.core.exceptions import ImproperlyConfigured

    from monespace.identity.ways import ways

    try:
        return any(way.by == "webeid" for way in ways())
    except ImproperlyConfigured:
        return False


def origin() -> Iterator[str]:
    """Cards sign the address that the browser shows: the portal's own."""
    from django.conf import settings

    from monespace.identity.webeid.validation import check_origin

    try:
        check_origin(settings.WEBEID_ORIGIN)
    except ValueError as error:
        yield f"WEBEID_ORIGIN is {settings.WEBEID_ORIGIN}: {error}."
        return
    if (shown := shown_by_browsers(settings.SITE_URL)) != settings.WEBEID_ORIGIN:
        yield f"WEBEID_ORIGIN is {settings.WEBEID_ORIGIN}, but browsers show {shown}: every card would be refused."


def shown_by_browsers(address: str) -> str:
    """The origin of an address as browsers write it and cards sign it: https, small letters, no port when it is the usual one."""
    parts = urlsplit(address)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    usual = parts.port in {None, 443 if parts.scheme == "https" else 80}
    return f"https://{host}" if usual else f"https://{host}:{parts.port}"


def dates(found: tuple[x509.Certificate, ...]) -> Iterator[str]:
    """Authorities that are over, or not begun."""
    from django.utils import timezone

    now = timezone.now()
    for one in found:
        if now > one.not_valid_after_utc:
            yield f"The authority {name_of(one)} in WEBEID_CA has ended on {one.not_valid_after_utc:%Y-%m-%d}: take it out."
        elif now < one.not_valid_before_utc:
            yield f"The authority {name_of(one)} in WEBEID_CA begins on {one.not_valid_before_utc:%Y-%m-%d} only."


def name_of(certificate: x509.Certificate) -> str:
    """The common name, and the number by which authorities of one name differ."""
    kinds = (x509.NameOID.COMMON_NAME, x509.NameOID.SERIAL_NUMBER)
    said = [str(part.value) for kind in kinds for part in certificate.subject.get_attributes_for_oid(kind)]
    return " ".join(said) or certificate.subject.rfc4514_string()


def responders(found: tuple[x509.Certificate, ...]) -> Iterator[str]:
    """Each responder that the authorities name answers from here: it is asked about the authority itself."""
    from monespace.identity.card import fetch

    for url, one in addresses(found).items():
        try:
            ocsp.load_der_ocsp_response(fetch(url, question(one)))
        except ValueError:
            yield f"The responder {url} does not answer by OCSP: look at what stands between it and this machine (a proxy?)."
        except OSError as trouble:  # those of requests are, too
            yield f"The responder {url} cannot be reached from here ({type(trouble).__name__}): no card could be checked."


def addresses(found: tuple[x509.Certificate, ...]) -> dict[str, x509.Certificate]:
    """The responders' addresses, each with one certificate that names it."""
    named: dict[str, x509.Certificate] = {}
    for one in found:
        for said in extension(one, x509.AuthorityInformationAccess) or ():
            if said.access_method == AuthorityInformationAccessOID.OCSP:
                named.setdefault(str(said.access_location.value), one)
    return named


def question(certificate: x509.Certificate) -> bytes:
    """Whether this certificate is revoked. Its issuer's key is named as the certificate itself names it; a responder that does not
    know it so says «unauthorized», which is an answer."""
    known = extension(certificate, x509.AuthorityKeyIdentifier)
    key = known.key_identifier if known and known.key_identifier and len(known.key_identifier) == 20 else bytes(20)
    sha1 = hashes.SHA1()  # noqa: S303 - names the issuer, proves nothing (RFC 6960, 4.1.1)
    name = hashes.Hash(sha1)
    name.update(certificate.issuer.public_bytes())
    asked = ocsp.OCSPRequestBuilder().add_certificate_by_hash(name.finalize(), key, certificate.serial_number, sha1)
    return asked.build().public_bytes(Encoding.DER)


def extension(certificate: x509.Certificate, kind):
    """The value of an extension, or None."""
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def card_remarks() -> Iterator[str]:
    """How long the authorities are still good for, and what could not be tried."""
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.utils import timezone

    from monespace.identity.card import authorities

    try:
        found = authorities(settings.WEBEID_CA) if on() else ()
    except ImproperlyConfigured:  # said among the complaints
        return
    ahead = sorted(
        (one for one in found if one.not_valid_after_utc > timezone.now()), key=lambda one: one.not_valid_after_utc
    )
    for one in ahead:
        if days_left(one, timezone.now()) < SOON or one is ahead[0]:
            yield f"The authority {name_of(one)} issues cards that are read here for {days_left(one, timezone.now())} days more."
    if found and not addresses(found):
        yield "No authority in WEBEID_CA names a responder to try: sign in with a card to see whether revocation can be asked."


def days_left(certificate: x509.Certificate, now: datetime) -> int:
    """Whole days."""
    return (certificate.not_valid_after_utc - now).days
