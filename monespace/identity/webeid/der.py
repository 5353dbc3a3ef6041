"""The little of DER that `cryptography` does not tell of a certificate."""

VERSION = 0xA0  # the tag of the first field of a certificate, absent in those of version 1


def signed_part(certificate: bytes) -> bytes:
    """What the issuer signed, of a certificate that `cryptography` has parsed. Raises ValueError when the algorithm inside it
    is not the one outside (RFC 5280 section 4.1.1.2), which nothing but this looks at."""
    begin = _contents(certificate, 0)
    end = _end(certificate, begin)
    place = _contents(certificate, begin)
    if certificate[place] == VERSION:
        place = _end(certificate, place)
    place = _end(certificate, place)  # past the serial number
    if not certificate.startswith(certificate[place : _end(certificate, place)], end):
        raise ValueError("the certificate names two signature algorithms")
    return certificate[begin:end]


def _contents(der: bytes, place: int) -> int:
    """Where the contents of the element at this place begin."""
    length = der[place + 1]
    return place + 2 + (length & 0x7F if length & 0x80 else 0)


def _end(der: bytes, place: int) -> int:
    """Where the element at this place ends."""
    begin, length = _contents(der, place), der[place + 1]
    return begin + (int.from_bytes(der[place + 2 : begin], "big") if length & 0x80 else length)
