"""An OCSP responder of the tests: right in everything, but for what a test changes."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from monespace.identity.webeid import Ocsp
from tests.webeid.cards import AT, Authority, Card, key_for, name_of

ANSWERING = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING])


def certificate_for_answers(authority: Authority, *, key: Any = None, **changed: Any) -> x509.Certificate:
    """A responder's certificate, of this authority."""
    extensions = changed.pop("extensions", {ANSWERING: False})
    name = name_of({NameOID.COMMON_NAME: "OCSP Responder"})
    return authority.issue(name, (key or key_for("ES256")).public_key(), extensions, **changed)


@dataclass
class Responder:
    """What it answers, and what was asked: `fetch` is what the package is given."""

    authority: Authority
    card: Card
    status: ocsp.OCSPCertStatus = ocsp.OCSPCertStatus.GOOD
    this: datetime = AT
    following: datetime | None = AT + timedelta(minutes=10)
    certificate: x509.Certificate | None = None
    changed: dict = field(default_factory=dict)
    asked: list[tuple[str, ocsp.OCSPRequest]] = field(default_factory=list)

    def fetch(self, url: str, request: bytes) -> bytes:
        """The answer's octets."""
        found = ocsp.load_der_ocsp_request(request)
        self.asked.append((url, found))
        signer = self.certificate or certificate_for_answers(self.authority)
        about = self.changed.get("about", self.card).certificate
        revoked = self.status is ocsp.OCSPCertStatus.REVOKED
        made = ocsp.OCSPResponseBuilder().add_response(
            about, self.authority.certificate, self.changed.get("digest", hashes.SHA1()), self.status, self.this, self.following,
            AT - timedelta(days=1) if revoked else None, x509.ReasonFlags.key_compromise if revoked else None,
        )  # fmt: skip
        how = ocsp.OCSPResponderEncoding.NAME if "named" in self.changed else ocsp.OCSPResponderEncoding.HASH
        made = made.responder_id(how, self.changed.get("named", signer))
        if self.changed.get("certificates", True):
            made = made.certificates([signer])
        nonce = self.changed.get("nonce", nonce_of(found))
        made = made.add_extension(x509.OCSPNonce(nonce), critical=False) if nonce else made
        return made.sign(self.changed.get("key", key_for("ES256")), hashes.SHA256()).public_bytes(Encoding.DER)

    def checker(self, **more: Any) -> Ocsp:
        """The package's checker, asking this responder."""
        return Ocsp(self.fetch, **more)


def nonce_of(request: ocsp.OCSPRequest) -> bytes | None:
    """The nonce of a request."""
    found = [one.value.nonce for one in request.extensions if isinstance(one.value, x509.OCSPNonce)]
    return found[0] if found else None
