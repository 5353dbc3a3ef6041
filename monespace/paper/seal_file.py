"""The file of the seal: a private key and its certificates, in PEM. Light: knows only `cryptography`.

Order in the file: the key, the sealing certificate, then the authorities above it.
"""

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DEMONSTRATION = "Mon Espace : démonstration, sans valeur légale"
CERTIFICATE = re.compile(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.S)


def new_seal(path: str | Path, *, name: str) -> None:
    """Writes a P-256 key with a sealing certificate from an authority of its own, for demonstrations and development.

    Both certificates say so in their subject: see `is_demonstration`. Refuses to replace a file (FileExistsError).
    """
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    above = _subject(f"{name}, autorité")
    authority = _certificate(above, authority_key.public_key(), above, authority_key, authority=True)
    seal = _certificate(_subject(name), key.public_key(), above, authority_key, authority=False)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(private + b"".join(c.public_bytes(serialization.Encoding.PEM) for c in (seal, authority)))


def certificates(path: str | Path) -> list[x509.Certificate]:
    """The certificates of a seal file, the sealing one first. Raises OSError, or ValueError when there is none."""
    found = [x509.load_pem_x509_certificate(pem) for pem in CERTIFICATE.findall(Path(path).read_bytes())]
    if not found:
        raise ValueError("This seal file holds no certificate.")
    return found


def certificates_text(path: str | Path) -> bytes:
    """The certificates alone, as PEM: what a process may hold that must never see the key."""
    return b"".join(c.public_bytes(serialization.Encoding.PEM) for c in certificates(path))


def is_demonstration(path: str | Path) -> bool:
    """Whether the seal was made by `new_seal`: production refuses it."""
    units = certificates(path)[0].subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    return any(unit.value == DEMONSTRATION for unit in units)


def _subject(name: str) -> x509.Name:
    parts = {
        NameOID.COUNTRY_NAME: "BE",
        NameOID.ORGANIZATIONAL_UNIT_NAME: DEMONSTRATION,
        NameOID.COMMON_NAME: name,
    }
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in parts.items()])


def _certificate(
    subject: x509.Name,
    public: ec.EllipticCurvePublicKey,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    authority: bool,
) -> x509.Certificate:
    now, above = datetime.now(UTC), x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    builder = (
        x509.CertificateBuilder(issuer_name=issuer, subject_name=subject, public_key=public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True)
        .add_extension(_usage(authority=authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(above, critical=False)
    )
    return builder.sign(issuer_key, hashes.SHA256())


def _usage(*, authority: bool) -> x509.KeyUsage:
    """An authority signs certificates; a seal signs documents, for good (content commitment)."""
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
