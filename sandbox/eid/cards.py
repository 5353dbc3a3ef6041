"""The cast's cards, made of software: the authentication certificate and its key, which answers Web eID's challenges."""

import base64
import hashlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sandbox.cast import Person
from sandbox.eid.authority import Holder, authority, holder, issue, kept_as, naming, usage
from sandbox.world import World

POLICY = "2.16.56.12.1.1.2.2"  # of citizens, authentication
PART = 48  # bytes of R and of S on P-384


def card_of(world: World, person: Person) -> Holder:
    """The person's card, made when it is first put into a reader."""
    name = kept_as(world, f"card {person.id}")
    kept = world.store.get("eid", name, 0)
    if kept is None:
        made = issue(subject(person), profile(world), authority(world))
        kept = made.as_dict() | {"serial": str(made.certificate.serial_number)}
        world.store.put("eid", name, kept)
    return holder(kept)


def serials(world: World) -> set[int]:
    """The serial numbers of all certificates of cards made so far."""
    return {int(kept["serial"]) for kept in world.store.all("eid", 0).values() if "serial" in kept}


def subject(person: Person) -> x509.Name:
    """The name on a Belgian card: the first two given names together, and the bare national number."""
    given = " ".join(filter(None, (person.given_name, person.second_name)))
    parts = [
        (NameOID.COUNTRY_NAME, "BE"),
        (NameOID.COMMON_NAME, f"{person.name} (Authentication)"),
        (NameOID.SURNAME, person.surname),
        (NameOID.GIVEN_NAME, given),
        (NameOID.SERIAL_NUMBER, "".join(filter(str.isdigit, person.national_number))),
    ]
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in parts if value])


def profile(world: World) -> dict[x509.ExtensionType, bool]:
    return {
        usage("digital_signature"): True,
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]): False,
        x509.CertificatePolicies([x509.PolicyInformation(x509.ObjectIdentifier(POLICY), None)]): False,
        **naming(world, "citizen"),
    }


def token(card: Holder, origin: str, challenge: str) -> dict[str, str]:
    """What the Web eID program gives for a challenge: the card's certificate and its signature for this site."""
    data = b"".join(hashlib.sha384(one.encode()).digest() for one in (origin, challenge))
    r, s = decode_dss_signature(card.key.sign(data, ECDSA(hashes.SHA384())))
    return {
        "unverifiedCertificate": base64.b64encode(card.certificate.public_bytes(Encoding.DER)).decode(),
        "algorithm": "ES384",
        "signature": base64.b64encode(r.to_bytes(PART, "big") + s.to_bytes(PART, "big")).decode(),
        "format": "web-eid:1.0",
        "appVersion": "https://web-eid.eu/web-eid-app/releases/2.7.0+965",
    }
