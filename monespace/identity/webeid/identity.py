"""Who the card belongs to, as its certificate says."""

from typing import NamedTuple

from cryptography import x509

from .certificates import Read
from .der import COUNTRY, GIVEN_NAME, SERIAL_NUMBER, SURNAME
from .errors import TokenRejected


class Identity(NamedTuple):
    """The holder of a card. People with one name only have no given name, or no surname; everybody has a number."""

    given_name: str | None
    surname: str | None
    serial_number: str
    country: str
    certificate: x509.Certificate


def identity_of(certificate: Read) -> Identity:
    """The identity in the subject. Raises TokenRejected("identity") without exactly one number and one country: who takes
    an empty number for a key makes one person of all who have none."""
    said: dict[bytes, list[str]] = {}
    for part in certificate.subject:
        for kind, value in part:
            if isinstance(value, str) and value.strip():
                said.setdefault(kind, []).append(value.strip())
    numbers, countries = said.get(SERIAL_NUMBER, []), said.get(COUNTRY, [])
    if len(numbers) != 1 or len(countries) != 1:
        raise TokenRejected("identity", "The card's certificate names not one person of one country.", about="card")
    given, surname = " ".join(said.get(GIVEN_NAME, [])), " ".join(said.get(SURNAME, []))
    return Identity(given or None, surname or None, numbers[0], countries[0], certificate.itself)
