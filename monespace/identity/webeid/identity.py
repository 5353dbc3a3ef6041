"""Who the card belongs to, as its certificate says."""

from typing import NamedTuple

from cryptography import x509
from cryptography.x509.oid import NameOID

from .errors import TokenRejected


class Identity(NamedTuple):
    """The holder of a card. People with one name only have no given name, or no surname; everybody has a number."""

    given_name: str | None
    surname: str | None
    serial_number: str
    country: str
    certificate: x509.Certificate


def identity_of(certificate: x509.Certificate) -> Identity:
    """The identity in the subject. Raises TokenRejected("identity") without exactly one number and one country: who takes
    an empty number for a key makes one person of all who have none."""
    said: dict[x509.ObjectIdentifier, list[str]] = {}
    for rdn in certificate.subject.rdns:
        for one in rdn:
            if isinstance(one.value, str) and one.value.strip():
                said.setdefault(one.oid, []).append(one.value.strip())
    numbers, countries = said.get(NameOID.SERIAL_NUMBER, []), said.get(NameOID.COUNTRY_NAME, [])
    if len(numbers) != 1 or len(countries) != 1:
        raise TokenRejected("identity", "The card's certificate names not one person of one country.", about="card")
    given, surname = (" ".join(said.get(name, [])) or None for name in (NameOID.GIVEN_NAME, NameOID.SURNAME))
    return Identity(given, surname, numbers[0], countries[0], certificate)
