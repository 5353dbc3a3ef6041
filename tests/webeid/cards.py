"""Authorities, cards and the tokens that they sign, as the tests need them: right in everything, but for what a test changes."""

import base64
import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from monespace.identity.webeid import Identity, TokenRejected, validate

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
YEAR = timedelta(days=365)
NONCE = base64.b64encode(bytes(range(32))).decode()
ORIGIN = "https://monespace.example"
OCSP_URL = "http://ocsp.example/citizen"
POLICY = "2.16.56.12.1.1.2.2"
HASH = {"256": hashes.SHA256(), "384": hashes.SHA384(), "512": hashes.SHA512()}
CURVE = {"ES256": ec.SECP256R1(), "ES384": ec.SECP384R1(), "ES512": ec.SECP521R1()}
USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign",
    "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip
PERSON = {
    NameOID.COUNTRY_NAME: "BE",
    NameOID.COMMON_NAME: "Zoé Specimen (Authentication)",
    NameOID.SURNAME: "Specimen",
    NameOID.GIVEN_NAME: "Zoé Élise",
    NameOID.SERIAL_NUMBER: "01050399864",
}


@cache
def key_for(algorithm: str) -> Any:
    """One key for each algorithm, made once a run."""
    if algorithm in CURVE:
        return ec.generate_private_key(CURVE[algorithm])
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def usage(*granted: str) -> x509.KeyUsage:
    """A key usage with these purposes only."""
    return x509.KeyUsage(**{name: name in granted for name in USAGES})


def name_of(parts: dict) -> x509.Name:
    """A name of these attributes, each alone in its part."""
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in parts.items()])


@dataclass
class Authority:
    """An authority: its certificate and its key."""

    certificate: x509.Certificate
    key: Any

    @classmethod
    def made(cls, name: str = "CA", *, by: "Authority | None" = None, key: Any = None, **changed: Any) -> "Authority":
        """An authority of this name, issued by another or by itself."""
        own = key or ec.generate_private_key(ec.SECP384R1())
        subject = name_of({NameOID.COUNTRY_NAME: "BE", NameOID.COMMON_NAME: name})
        extensions = {
            x509.BasicConstraints(ca=True, path_length=changed.pop("room", None)): True,
            usage("key_cert_sign", "crl_sign"): True,
            x509.SubjectKeyIdentifier.from_public_key(own.public_key()): False,
        }
        issuer, signer = (by.certificate.subject, by.key) if by else (subject, own)
        return cls(
            issued(subject, own.public_key(), issuer, signer, changed.pop("extensions", extensions), **changed), own
        )

    def issue(self, subject: x509.Name, key: Any, extensions: dict, **changed: Any) -> x509.Certificate:
        """A certificate of this authority for a public key."""
        return issued(subject, key, self.certificate.subject, self.key, extensions, **changed)

    def card(self, algorithm: str = "ES384", *, person: dict | None = None, **changed: Any) -> "Card":
        """A card; `less` and `more` are classes of extensions left out, and extensions added or put in their place."""
        key = changed.pop("key", None) or key_for(algorithm)
        extensions = changed_extensions(self.authentication(), changed.pop("less", ()), changed.pop("more", {}))
        found = self.issue(name_of(person or PERSON), key.public_key(), extensions, **changed)
        return Card(found, key, algorithm)

    def authentication(self) -> dict:
        """The extensions of an authentication certificate, by the Belgian profile."""
        place = x509.UniformResourceIdentifier(OCSP_URL)
        own = x509.SubjectKeyIdentifier.from_public_key(self.key.public_key())
        return {
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own): False,
            usage("digital_signature"): True,
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]): False,
            x509.CertificatePolicies([x509.PolicyInformation(x509.ObjectIdentifier(POLICY), None)]): False,
            x509.AuthorityInformationAccess(
                [x509.AccessDescription(AuthorityInformationAccessOID.OCSP, place)]
            ): False,
        }  # fmt: skip

    def signing(
        self, *, less: tuple = (), more: dict | None = None, person: dict | None = None, **changed: Any
    ) -> dict:
        """An entry of `unverifiedSigningCertificates`, of the same person."""
        own = changed_extensions(self.authentication(), (x509.ExtendedKeyUsage,), {usage("content_commitment"): True})
        extensions = changed_extensions(own, less, more or {})
        certificate = self.issue(name_of(person or PERSON), key_for("ES384").public_key(), extensions, **changed)
        known = {"cryptoAlgorithm": "ECC", "hashFunction": "SHA-384", "paddingScheme": "NONE"}
        return {"certificate": text_of(certificate), "supportedSignatureAlgorithms": [known]}


def changed_extensions(extensions: dict, less: tuple, more: dict) -> dict:
    """The extensions without some classes, and with others, which take the place of their like."""
    out = (*less, *(type(one) for one in more))
    return {one: critical for one, critical in extensions.items() if not isinstance(one, out)} | more


def issued(
    subject: x509.Name, key: Any, issuer: x509.Name, signer: Any, extensions: dict, *, begin: datetime = AT - YEAR,
    end: datetime = AT + YEAR, digest: hashes.HashAlgorithm | None = None, pss: bool = False,
) -> x509.Certificate:  # fmt: skip
    """A certificate, signed."""
    made = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
        .serial_number(x509.random_serial_number()).not_valid_before(begin).not_valid_after(end)
    )  # fmt: skip
    for extension, critical in extensions.items():
        made = made.add_extension(extension, critical=critical)
    salted = padding.PSS(padding.MGF1(hashes.SHA256()), 32) if pss else None
    return made.sign(signer, digest or hashes.SHA384(), rsa_padding=salted)


def text_of(certificate: x509.Certificate) -> str:
    """A certificate as tokens carry it."""
    return base64.b64encode(certificate.public_bytes(Encoding.DER)).decode()


@dataclass
class Card:
    """A card, which signs challenges."""

    certificate: x509.Certificate
    key: Any
    algorithm: str = "ES384"
    fields: dict = field(default_factory=dict)

    def sign(self, nonce: str = NONCE, origin: str = ORIGIN) -> bytes:
        """The card's signature, as it gives it: raw R and S for curves."""
        size = self.algorithm[-3:]
        data = b"".join(hashlib.new(f"sha{size}", one.encode()).digest() for one in (origin, nonce))
        if self.algorithm.startswith("ES"):
            r, s = decode_dss_signature(self.key.sign(data, ec.ECDSA(HASH[size])))
            length = (self.key.key_size + 7) // 8
            return r.to_bytes(length, "big") + s.to_bytes(length, "big")
        salted = padding.PSS(padding.MGF1(HASH[size]), HASH[size].digest_size)
        return self.key.sign(data, salted if self.algorithm.startswith("PS") else padding.PKCS1v15(), HASH[size])

    def fields_of(self, nonce: str = NONCE, origin: str = ORIGIN, **changed: Any) -> dict:
        """The fields of a token; a field changed to None is left out."""
        fields = {
            "unverifiedCertificate": text_of(self.certificate),
            "algorithm": self.algorithm,
            "signature": base64.b64encode(self.sign(nonce, origin)).decode(),
            "format": "web-eid:1.0",
            "appVersion": "https://web-eid.eu/web-eid-app/releases/2.7.0+965",
        } | changed
        return {name: value for name, value in fields.items() if value is not None}

    def token(self, nonce: str = NONCE, origin: str = ORIGIN, **changed: Any) -> str:
        """A token: the fields as JSON."""
        return json.dumps(self.fields_of(nonce, origin, **changed))


def checked(
    token: str, *trusted: Authority, at: datetime = AT, nonce: str = NONCE, origin: str = ORIGIN, **more: Any
) -> Identity:
    """What the package says of a token, with these authorities trusted."""
    return validate(token, nonce=nonce, origin=origin, trusted=[one.certificate for one in trusted], at=at, **more)


def refused(token: str, *trusted: Authority, **more: Any) -> tuple[str, str]:
    """Why the package refuses a token: the reason, and what it is about."""
    with pytest.raises(TokenRejected) as raised:
        checked(token, *trusted, **more)
    assert raised.value.sentence.endswith(".")
    return raised.value.reason, raised.value.about
