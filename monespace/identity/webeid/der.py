"""The little of DER that `cryptography` does not tell of a certificate, or tells slowly: a name as it tells it takes as long
to read as everything else of a card's certificate together."""

from collections.abc import Iterator
from typing import NamedTuple

VERSION = 0xA0  # the tag of the first field of a certificate, absent in those of version 1
ENCODINGS = {0x0C: "utf-8", 0x13: "ascii", 0x14: "latin-1", 0x16: "ascii", 0x1C: "utf-32-be", 0x1E: "utf-16-be"}
COUNTRY, GIVEN_NAME, SURNAME, SERIAL_NUMBER = b"\x55\x04\x06", b"\x55\x04\x2a", b"\x55\x04\x04", b"\x55\x04\x05"

Attribute = tuple[bytes, str | bytes]


class Parts(NamedTuple):
    """Of a certificate, as they stand in it: what the issuer signed, the issuer's name, the subject's."""

    signed: bytes
    issuer: bytes
    subject: bytes


def parts(certificate: bytes) -> Parts:
    """The parts of a certificate that `cryptography` has parsed. Raises ValueError when the algorithm inside what is signed is
    not the one outside (RFC 5280 section 4.1.1.2), which nothing but this looks at."""
    begin, _ = _element(certificate, 0)
    place, end = _element(certificate, begin)
    if certificate[place] == VERSION:
        place = _element(certificate, place)[1]
    algorithm = _element(certificate, place)[1]  # past the serial number
    issuer = _element(certificate, algorithm)[1]
    dates = _element(certificate, issuer)[1]
    subject = _element(certificate, dates)[1]
    after = _element(certificate, subject)[1]
    if not certificate.startswith(certificate[algorithm:issuer], end):
        raise ValueError("the certificate names two signature algorithms")
    return Parts(certificate[begin:end], certificate[issuer:dates], certificate[subject:after])


def attributes(name: bytes) -> Iterator[tuple[Attribute, ...]]:
    """A name, part by part, each one's attributes: the identifier's octets, and the text (octets of what is no text).
    Raises ValueError for a text that is none."""
    for part, part_end in _inside(name, *_element(name, 0)):
        yield tuple(_attribute(name, begin) for begin, _ in _inside(name, part, part_end))


def _attribute(name: bytes, begin: int) -> Attribute:
    kind, kind_end = _element(name, begin)
    value, end = _element(name, kind_end)
    encoding = ENCODINGS.get(name[kind_end])
    return name[kind:kind_end], name[value:end].decode(encoding) if encoding else name[value:end]


def _inside(der: bytes, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the contents of each element of a collection begin and end."""
    while begin < end:
        contents, begin = _element(der, begin)
        yield contents, begin


def _element(der: bytes, place: int) -> tuple[int, int]:
    """Where the contents of the element at this place begin, and where they end."""
    length = der[place + 1]
    begin = place + 2
    if length & 0x80:
        begin += length & 0x7F
        length = int.from_bytes(der[place + 2 : begin], "big")
    return begin, begin + length
