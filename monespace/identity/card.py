"""The Belgian identity card, read directly: what a Web eID token proves here, on top of what `webeid` demands of any card."""

import re
import threading
import time
from datetime import timedelta
from functools import cache, partial
from pathlib import Path

import requests
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from stdnum.be import bis, nn

from monespace.identity.assurance import CARD
from monespace.identity.models import Method
from monespace.identity.proof import Proof, Refused
from monespace.identity.webeid import Identity, Ocsp, TokenRejected, validate
from monespace.identity.webeid.validation import check_origin

CHALLENGE_BYTES, CHALLENGE_SECONDS = 32, 300  # Web eID system architecture: at least 256 bits, at most five minutes
OCSP_SECONDS = 5
LONGEST_ANSWER = 100_000
ASKING = threading.BoundedSemaphore(2)  # threads of a process that may wait for responders: the others serve the portal
SUFFIXES = {".pem", ".crt", ".cer"}
NUMBER = re.compile(r"[0-9]{11}")  # a bare national number; other countries write PNOEE-…


def prove(token: str, challenge: str, *, language: str) -> Proof:
    """What the card's answer to this challenge proves. Raises Refused: «card_» and the reason of the validator, underscored
    («card_authority_expired» when the dates are not the card's), or what the Belgian profile finds wrong.

    Its responder is asked only about a card that signed: a certificate alone, which others have seen, keeps no thread waiting."""
    checked = partial(
        validate, token, nonce=challenge, origin=settings.WEBEID_ORIGIN, trusted=ready(), at=timezone.now()
    )
    try:
        found = checked()
        if settings.WEBEID_OCSP:
            found = checked(ocsp=revocation())
    except TokenRejected as refusal:
        whose = f"{refusal.about}_" if refusal.about in {"authority", "signing"} else ""
        raise Refused(f"card_{whose}{refusal.reason.replace('-', '_')}") from refusal
    check_belgian(found)
    return Proof(
        national_number=found.serial_number,
        given_names=clean(found.given_name),
        family_name=clean(found.surname),
        language=language,
        method=Method.EID,
        level=CARD,
        provider="webeid",
    )


def revocation() -> Ocsp:
    """Whether a card was revoked is asked of the responder that its certificate names."""
    minutes = timedelta(minutes=settings.WEBEID_OCSP_MINUTES)
    return Ocsp(fetch, no_nonce=settings.WEBEID_OCSP_NO_NONCE, oldest=minutes)


def ready() -> tuple[x509.Certificate, ...]:
    """The authorities of settings. Raises Refused while there are none, or no origin that a browser writes: «monespace check»
    says which."""
    try:
        check_origin(settings.WEBEID_ORIGIN)
        return authorities(settings.WEBEID_CA)
    except (ImproperlyConfigured, ValueError) as error:
        raise Refused("card_settings") from error


@cache
def authorities(place: str) -> tuple[x509.Certificate, ...]:
    """The certificates of a file, or of every file of a folder (PEM or DER), read once a process. Raises ImproperlyConfigured."""
    if not place:
        raise ImproperlyConfigured("WEBEID_CA is not set")
    path = Path(place)
    try:
        files = sorted(one for one in path.iterdir() if one.suffix in SUFFIXES) if path.is_dir() else [path]
        found = [one for file in files for one in certificates_in(file.read_bytes())]
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"WEBEID_CA {place} cannot be read: {error}") from error
    if not found:
        raise ImproperlyConfigured(f"WEBEID_CA {place} holds no certificate")
    return tuple(found)


def certificates_in(content: bytes) -> list[x509.Certificate]:
    """PEM, of which a file may hold several, or DER, as the Belgian authorities publish them. Raises ValueError."""
    if b"-----BEGIN" in content:
        return x509.load_pem_x509_certificates(content)
    return [x509.load_der_x509_certificate(content)]


def check_belgian(found: Identity) -> None:
    """A Belgian card's authentication certificate: country, number, key, policy. Raises Refused."""
    if found.country != "BE" or not NUMBER.fullmatch(found.serial_number):
        raise Refused("card_not_belgian")
    if not (nn.is_valid(found.serial_number) or bis.is_valid(found.serial_number)):
        raise Refused("card_number")
    key = found.certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey) and not (
        isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP384R1)
    ):
        raise Refused("card_key")
    if not any(allowed(one) for one in policies_of(found.certificate)):
        raise Refused("card_policy")


def policies_of(certificate: x509.Certificate) -> list[str]:
    """The policies under which a certificate was issued."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.CertificatePolicies).value
    except x509.ExtensionNotFound:
        return []
    return [one.policy_identifier.dotted_string for one in found]


def allowed(policy: str) -> bool:
    """Whether settings allow it: a star stands for one number."""
    return any(
        re.fullmatch(re.escape(pattern).replace(r"\*", "[0-9]+"), policy) is not None
        for pattern in settings.WEBEID_POLICIES
    )


def fetch(url: str, request: bytes) -> bytes:
    """The OCSP responder's answer, within about five seconds however slowly it speaks, and by two threads of a process at most.
    Raises RequestException, TimeoutError."""
    until = time.monotonic() + OCSP_SECONDS
    if not ASKING.acquire(timeout=1):
        raise TimeoutError("too many wait for the OCSP responder")
    try:
        return post(url, request, until)
    finally:
        ASKING.release()


def post(url: str, request: bytes, until: float) -> bytes:
    """One request, by a point of the monotonic clock."""
    headers = {"Content-Type": "application/ocsp-request", "Accept": "application/ocsp-response"}
    patience = max(until - time.monotonic(), 0.1)
    with requests.post(
        url, data=request, headers=headers, timeout=patience, allow_redirects=False, stream=True
    ) as answer:
        answer.raise_for_status()
        said = b""
        for part in answer.iter_content(4096):
            said += part
            if len(said) > LONGEST_ANSWER or time.monotonic() > until:
                raise TimeoutError("the OCSP responder says too much, or too slowly")
    return said


def clean(name: str | None) -> str:
    """A name without control characters, at most 100 characters; names may be missing."""
    return "".join(character for character in name or "" if character.isprintable())[:100].strip()
