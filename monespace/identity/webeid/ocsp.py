"""Whether a certificate is revoked, asked of its authority by OCSP (RFC 6960): every doubt is a refusal.

How a request travels is the caller's: `fetch` gets an address and the request's bytes, and gives the answer's."""

import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from .certificates import Read, opened
from .errors import Reason, TokenRejected
from .trust import WEAK, path_of

Fetch = Callable[[str, bytes], bytes]
NONCE_BYTES = 32
LONGEST = 100_000  # bytes of an answer: real ones have two thousand


class Checker(Protocol):
    """What `validate` asks of a revocation check."""

    def __call__(
        self,
        certificate: x509.Certificate,
        issuer: x509.Certificate,
        *,
        trusted: Sequence[x509.Certificate],
        at: datetime,
    ) -> None:
        """Returns when the certificate is known to be good; raises TokenRejected otherwise, also when nobody can tell."""


@dataclass(frozen=True)
class Responder:
    """A responder that the relying party has chosen, instead of the one that certificates name: its address, the very
    certificate with which it signs, and the authorities for which it answers (none named: all)."""

    url: str
    certificate: x509.Certificate
    issuers: tuple[x509.Certificate, ...] = ()


@dataclass(frozen=True)
class Ocsp:
    """A Checker. `no_nonce` names addresses whose responders repeat no nonce: their answers could be replayed while they
    are fresh. `skew` is how far the responder's clock may be from ours, `oldest` how long ago an answer may have been true."""

    fetch: Fetch
    responders: tuple[Responder, ...] = ()
    no_nonce: Collection[str] = ()
    skew: timedelta = timedelta(minutes=15)
    oldest: timedelta = timedelta(minutes=2)

    def __call__(
        self,
        certificate: x509.Certificate,
        issuer: x509.Certificate,
        *,
        trusted: Sequence[x509.Certificate],
        at: datetime,
    ) -> None:
        """Asks, and checks the answer. Raises TokenRejected: "ocsp-unreachable" without an answer, "ocsp-invalid" for one that
        proves nothing, "revoked", "unknown"."""
        chosen = next((one for one in self.responders if not one.issuers or issuer in one.issuers), None)
        url = chosen.url if chosen else address_in(certificate)
        nonce = None if url in self.no_nonce else x509.OCSPNonce(secrets.token_bytes(NONCE_BYTES))
        answer = self._answer(url, _request(certificate, issuer, nonce))
        try:
            self._check(answer, certificate, issuer, chosen, trusted, at)
            if nonce is not None and _nonce_of(answer) != nonce.nonce:
                raise _invalid("The answer about revocation is to another question: its nonce differs.")
        except TokenRejected:
            raise
        except (
            Exception
        ) as wrong:  # the answer is read as it is asked for, and each part has its own way to be unreadable
            raise _invalid("The answer about revocation cannot be read.") from wrong

    def _answer(self, url: str, request: bytes) -> ocsp.OCSPResponse:
        try:
            answer = self.fetch(url, request)
        except Exception as wrong:  # whatever the caller's network raises
            raise _refused("ocsp-unreachable", "The OCSP responder does not answer.") from wrong
        try:
            if len(answer) > LONGEST:
                raise ValueError("too long")
            return ocsp.load_der_ocsp_response(answer)
        except Exception as wrong:
            raise _invalid("The answer about revocation cannot be read.") from wrong

    def _check(
        self,
        answer: ocsp.OCSPResponse,
        certificate: x509.Certificate,
        issuer: x509.Certificate,
        chosen: Responder | None,
        trusted: Sequence[x509.Certificate],
        at: datetime,
    ) -> None:
        """The points of RFC 6960 section 3.2, in its order, then the status."""
        single = _only_one(answer)
        if not _is_about(single, certificate, issuer):
            raise _invalid("The answer about revocation is about another certificate.")
        signer = _signer(answer)
        _check_signature(answer, signer)
        if chosen is None:
            _check_delegated(opened(signer, signer.public_bytes(Encoding.DER)), issuer, trusted, at)
        elif signer != chosen.certificate:
            raise _invalid("The answer about revocation is not signed by the chosen responder.")
        if not signer.not_valid_before_utc <= at <= signer.not_valid_after_utc:
            raise _invalid("The certificate of the OCSP responder is out of date.")
        self._check_times(single, at)
        _check_status(single)

    def _check_times(self, single: ocsp.OCSPSingleResponse, at: datetime) -> None:
        this, following = single.this_update_utc, single.next_update_utc
        if not at - self.oldest <= this <= at + self.skew:
            raise _invalid("The answer about revocation is not of now.")
        if following is not None and (following < this or following < at - self.skew):
            raise _invalid("The answer about revocation is out of date.")


def address_in(certificate: x509.Certificate) -> str:
    """The first web address of an OCSP responder that a certificate names. Raises TokenRejected("ocsp-unreachable")."""
    for one in opened(certificate, b"").extensions.get(x509.AuthorityInformationAccess, ()):
        place = one.access_location.value if one.access_method == AuthorityInformationAccessOID.OCSP else None
        if isinstance(place, str) and place.lower().startswith(("http://", "https://")):
            return place
    raise _refused("ocsp-unreachable", "The certificate names no OCSP responder.")


def _refused(reason: Reason, sentence: str) -> TokenRejected:
    return TokenRejected(reason, sentence, about="responder")


def _invalid(sentence: str) -> TokenRejected:
    return _refused("ocsp-invalid", sentence)


def _request(certificate: x509.Certificate, issuer: x509.Certificate, nonce: x509.OCSPNonce | None) -> bytes:
    """Certificates are named by SHA-1, which every responder understands: it identifies here, it proves nothing."""
    asked = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, hashes.SHA1())  # noqa: S303
    return (asked.add_extension(nonce, critical=False) if nonce else asked).build().public_bytes(Encoding.DER)


def _only_one(answer: ocsp.OCSPResponse) -> ocsp.OCSPSingleResponse:
    if answer.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
        raise _refused("ocsp-unreachable", "The OCSP responder gives no answer.")
    found = list(answer.responses)
    if len(found) != 1:
        raise _invalid("The answer about revocation is not about one certificate.")
    return found[0]


def _is_about(single: ocsp.OCSPSingleResponse, certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    asked = ocsp.load_der_ocsp_request(_request(certificate, issuer, None))
    return (single.serial_number, single.issuer_name_hash, single.issuer_key_hash, single.hash_algorithm.name) == (
        asked.serial_number,
        asked.issuer_name_hash,
        asked.issuer_key_hash,
        asked.hash_algorithm.name,
    )


def _signer(answer: ocsp.OCSPResponse) -> x509.Certificate:
    """The responder's certificate: the first that came with the answer, and the one that the answer names."""
    if not answer.certificates:
        raise _invalid("The answer about revocation came without its responder's certificate.")
    found = answer.certificates[0]
    key = x509.SubjectKeyIdentifier.from_public_key(found.public_key()).digest
    if answer.responder_name != found.subject and answer.responder_key_hash != key:
        raise _invalid("The answer about revocation names another responder.")
    return found


def _check_signature(answer: ocsp.OCSPResponse, signer: x509.Certificate) -> None:
    key, digest = signer.public_key(), answer.signature_hash_algorithm
    if digest is None or isinstance(digest, WEAK):
        raise _invalid("The answer about revocation is signed with a digest that is not accepted.")
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(answer.signature, answer.tbs_response_bytes, ec.ECDSA(digest))
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(answer.signature, answer.tbs_response_bytes, padding.PKCS1v15(), digest)
        else:
            raise _invalid("The answer about revocation is signed with a kind of key that is not accepted.")
    except (InvalidSignature, UnsupportedAlgorithm, ValueError) as wrong:
        raise _invalid("The answer about revocation is not signed by its responder.") from wrong


def _check_delegated(signer: Read, issuer: x509.Certificate, trusted: Sequence[x509.Certificate], at: datetime) -> None:
    """A trusted authority made this certificate for signing such answers."""
    purposes = signer.extensions.get(x509.ExtendedKeyUsage)
    if purposes is None or ExtendedKeyUsageOID.OCSP_SIGNING not in purposes:
        raise _invalid("The answer about revocation is signed by a certificate that is not for it.")
    between = () if issuer in trusted else (opened(issuer, issuer.public_bytes(Encoding.DER)),)
    try:
        path_of(signer, trusted, at, between=between, about="responder")
    except TokenRejected as refused:
        raise _invalid("The answer about revocation is signed by a responder of no trusted authority.") from refused


def _check_status(single: ocsp.OCSPSingleResponse) -> None:
    if single.certificate_status is ocsp.OCSPCertStatus.REVOKED:
        raise TokenRejected("revoked", "The certificate is revoked.", about="card")
    if single.certificate_status is not ocsp.OCSPCertStatus.GOOD:
        raise TokenRejected("unknown", "The certificate's authority does not know it.", about="card")


def _nonce_of(answer: ocsp.OCSPResponse) -> bytes | None:
    try:
        return answer.extensions.get_extension_for_class(x509.OCSPNonce).value.nonce
    except x509.ExtensionNotFound:
        return None
