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
    numbers, countries = _values(certificate, NameOID.SERIAL_NUMBER), _values(certificate, NameOID.COUNTRY_NAME)
    if len(numbers) != 1 or len(countries) != 1:
        raise TokenRejected("identity", "The card's certificate names not one person of one country.", about="card")
    given, surname = _values(certificate, NameOID.GIVEN_NAME), _values(certificate, NameOID.SURNAME)
    return Identity(" ".join(given) or None, " ".join(surname) or None, numbers[0], countries[0], certificate)


def _values(certificate: x509.Certificate, name: x509.ObjectIdentifier) -> list[str]:
    """The texts of an attribute, without those that are empty."""
    found = (one.value for one in certificate.subject.get_attributes_for_oid(name))
    return [one.strip() for one in found if isinstance(one, str) and one.strip()]
