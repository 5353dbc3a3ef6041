"""The signature of a token: what was signed, and which key fits which algorithm."""

import hashlib
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from .errors import TokenRejected
from .token import Token, decoded
from .trust import SMALLEST_RSA

HASHES: dict[str, hashes.HashAlgorithm] = {"256": hashes.SHA256(), "384": hashes.SHA384(), "512": hashes.SHA512()}
DIGESTS = {"256": hashlib.sha256, "384": hashlib.sha384, "512": hashlib.sha512}
CURVES: dict[str, type[ec.EllipticCurve]] = {"256": ec.SECP256R1, "384": ec.SECP384R1, "512": ec.SECP521R1}


class Algorithm(NamedTuple):
    """One of RFC 7518's: the family (ES, PS, RS) and the digest's size."""

    family: str
    size: str


ALGORITHMS = {family + size: Algorithm(family, size) for family in ("ES", "PS", "RS") for size in HASHES}


def check(token: Token, certificate: x509.Certificate, *, origin: str, nonce: str) -> None:
    """The card signed this challenge for this origin.

    Raises TokenRejected: "parse" for an algorithm that is none of the nine or a signature that is no base64, "signature" for a
    key that does not fit the algorithm or a signature that does not hold."""
    algorithm = ALGORITHMS.get(token.algorithm)
    if algorithm is None or not token.signature:
        raise TokenRejected(
            "parse", "The token names no signature algorithm that is accepted here, or holds no signature."
        )
    signature = decoded(token.signature, "The signature")
    key = _key(certificate)
    try:
        if algorithm.family == "ES":
            _check_ecdsa(key, signature, signed(algorithm.size, origin, nonce), algorithm.size)
        else:
            _check_rsa(key, signature, signed(algorithm.size, origin, nonce), algorithm)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError) as wrong:
        raise TokenRejected("signature", "The signature is not the card's for this site and challenge.") from wrong


def signed(size: str, origin: str, nonce: str) -> bytes:
    """What a card signs: the digest of the origin, then the digest of the challenge as text (it is not decoded)."""
    digest = DIGESTS[size]
    return digest(origin.encode()).digest() + digest(nonce.encode()).digest()


def _key(certificate: x509.Certificate) -> object:
    try:
        return certificate.public_key()
    except (UnsupportedAlgorithm, ValueError) as wrong:
        raise TokenRejected("signature", "The card's key is of a kind that is not accepted.", about="card") from wrong


def _check_ecdsa(key: object, signature: bytes, data: bytes, size: str) -> None:
    """R and S, each as long as the curve's field, one after the other (RFC 7518 section 3.4)."""
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, CURVES[size]):
        raise TokenRejected("signature", "The algorithm does not fit the card's key.", about="card")
    length = (key.curve.key_size + 7) // 8
    if len(signature) != 2 * length:
        raise TokenRejected("signature", "The signature has not the length that its curve gives.")
    r, s = (int.from_bytes(half, "big") for half in (signature[:length], signature[length:]))
    key.verify(encode_dss_signature(r, s), data, ec.ECDSA(HASHES[size]))


def _check_rsa(key: object, signature: bytes, data: bytes, algorithm: Algorithm) -> None:
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size < SMALLEST_RSA:
        raise TokenRejected("signature", "The algorithm does not fit the card's key.", about="card")
    digest = HASHES[algorithm.size]
    salted = padding.PSS(mgf=padding.MGF1(digest), salt_length=digest.digest_size)
    key.verify(signature, data, salted if algorithm.family == "PS" else padding.PKCS1v15(), digest)
