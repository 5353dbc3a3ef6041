"""The authority of the cast's cards: a root and a Citizen CA of the Belgian profile, made once and kept."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import SECP384R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from sandbox.world import World

FILE = "eid-ca.pem"  # in the data folder: what the portal is given as WEBEID_CA
YEARS = 12
USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign",
    "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


@dataclass(frozen=True)
class Holder:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: EllipticCurvePrivateKey

    def as_dict(self) -> dict[str, str]:
        key = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return {"certificate": self.certificate.public_bytes(Encoding.PEM).decode(), "key": key.decode()}


def holder(kept: dict[str, str]) -> Holder:
    key = load_pem_private_key(kept["key"].encode(), None)
    assert isinstance(key, EllipticCurvePrivateKey)
    return Holder(x509.load_pem_x509_certificate(kept["certificate"].encode()), key)


def kept_as(world: World, name: str) -> str:
    """Certificates name the responder's address: at another address, others are made."""
    return f"{name} {world.options.public_url}"


def authority(world: World, name: str = "citizen") -> Holder:
    """«root», «citizen» (which issues cards) or «responder» (which says of them whether they are revoked)."""
    kept = world.store.get("eid", kept_as(world, name), 0)
    if kept is None:
        make_authorities(world)
        kept = world.store.get("eid", kept_as(world, name), 0) or {}
    return holder(kept)


def make_authorities(world: World) -> None:
    year = datetime.now(UTC).year
    root = issue(named("Sandbox Belgium Root CA"), for_authority(1), None)
    citizen = issue(named("Sandbox Citizen CA", f"{year}01"), for_authority(0) | naming(world, "root"), root)
    answers = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING])
    responder = issue(named("Sandbox OCSP Responder"), {usage("digital_signature"): True, answers: False}, citizen)
    for name, one in (("root", root), ("citizen", citizen), ("responder", responder)):
        world.store.put("eid", kept_as(world, name), one.as_dict())


def publish(world: World) -> Path:
    """Writes the certificates for whoever trusts these cards; returns the file."""
    path = world.options.data / FILE
    both = [authority(world, name).certificate.public_bytes(Encoding.PEM) for name in ("citizen", "root")]
    path.write_bytes(b"".join(both))
    return path


def named(common_name: str, serial: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "BE"), x509.NameAttribute(NameOID.COMMON_NAME, common_name)]
    return x509.Name([*parts, *([x509.NameAttribute(NameOID.SERIAL_NUMBER, serial)] if serial else [])])


def usage(*granted: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{name: name in granted for name in USAGES})


def for_authority(below: int) -> dict[x509.ExtensionType, bool]:
    return {x509.BasicConstraints(ca=True, path_length=below): True, usage("key_cert_sign", "crl_sign"): True}


def naming(world: World, which: str) -> dict[x509.ExtensionType, bool]:
    """The extension that names the responder."""
    place = x509.UniformResourceIdentifier(f"{world.options.public_url}/eid/ocsp/{which}")
    return {x509.AuthorityInformationAccess([x509.AccessDescription(AuthorityInformationAccessOID.OCSP, place)]): False}


def issue(subject: x509.Name, extensions: dict[x509.ExtensionType, bool], by: Holder | None) -> Holder:
    """A new key, certified; by itself when nobody else does."""
    key, now = generate_private_key(SECP384R1()), datetime.now(UTC)
    issuer, signer = (by.certificate.subject, by.key) if by else (subject, key)
    own = x509.SubjectKeyIdentifier.from_public_key(signer.public_key())
    made = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=365 * YEARS - (100 if by else 0)))
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own), critical=False)
    )  # fmt: skip
    for extension, critical in extensions.items():
        made = made.add_extension(extension, critical=critical)
    return Holder(made.sign(signer, hashes.SHA384()), key)
