"""The signature holds for this site, this challenge, this card and this algorithm, and for nothing else."""

import base64

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from tests.webeid.cards import NONCE, ORIGIN, Card, checked, key_for, refused
from tests.webeid.test_good_tokens import ALGORITHMS

REFUSED = ("signature", "token")


def test_another_sites_token_is_refused(authority, card):
    for origin in ("https://evil.example", "https://monespace.example:8443", "https://www.monespace.example"):
        assert refused(card.token(origin=origin), authority) == REFUSED


def test_a_token_for_another_challenge_is_refused(authority, card):
    other = base64.b64encode(bytes(32)).decode()

    assert refused(card.token(nonce=other), authority) == REFUSED
    assert refused(card.token(), authority, nonce=NONCE.rstrip("=")) == REFUSED


def test_the_challenge_is_signed_as_text_not_as_the_octets_it_stands_for(authority, card):
    assert refused(card.token(nonce=base64.b64decode(NONCE).decode("latin-1")), authority) == REFUSED


def test_the_origin_and_the_challenge_do_not_run_into_each_other(authority, card):
    assert refused(card.token(nonce=NONCE[1:], origin=ORIGIN + NONCE[0]), authority) == REFUSED


def test_another_cards_signature_is_refused(authority, card):
    other = authority.card(key=ec.generate_private_key(ec.SECP384R1()))

    assert refused(card.token(signature=base64.b64encode(other.sign()).decode()), authority) == REFUSED


@pytest.mark.parametrize(
    "algorithm",
    ["", "none", "NONE", "HS256", "es384", "ES384 ", "ES256K", "ES38", "EdDSA", "ES385", "\x00\t\ninvalid", "\ud800"],
)
def test_algorithms_that_are_none_of_the_nine_are_refused(authority, card, algorithm):
    assert refused(card.token(algorithm=algorithm), authority) == ("parse", "token")


@pytest.mark.parametrize("own", ["ES256", "ES384", "ES512", "RS256"])
@pytest.mark.parametrize("claimed", ALGORITHMS)
def test_an_algorithm_that_is_not_the_signatures_is_refused(authority, own, claimed):
    """Key type and curve fit the algorithm; digest and padding are the algorithm's."""
    if own != claimed:
        assert refused(authority.card(own).token(algorithm=claimed), authority)[0] == "signature"


def test_a_curve_does_not_sign_with_the_digest_of_another(authority):
    """A right signature of P-256 over what ES384 signs: the curve does not fit the algorithm."""
    card = authority.card("ES256")
    bigger = Card(card.certificate, card.key, "ES384")

    assert refused(bigger.token(), authority) == ("signature", "card")


def raw(*numbers: int) -> str:
    """R and S as a card gives them, for P-384."""
    return base64.b64encode(b"".join(number.to_bytes(48, "big") for number in numbers)).decode()


def test_degenerate_and_misshapen_signatures_are_refused(authority, card):
    order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973
    good = card.sign()
    r, s = int.from_bytes(good[:48], "big"), int.from_bytes(good[48:], "big")
    der = base64.b64encode(encode_dss_signature(r, s)).decode()
    others = [
        base64.b64encode(one).decode()
        for one in (good[:-1], good + b"\0", b"\0" + good, good * 2, good[48:] + good[:48])
    ]

    for signature in [
        raw(0, 0),
        raw(1, 0),
        raw(0, 1),
        raw(order, order),
        raw(r, order),
        raw(2**384 - 1, s),
        der,
        *others,
    ]:
        assert refused(card.token(signature=signature), authority) == REFUSED


def test_pss_has_a_salt_as_long_as_its_digest(authority):
    card = authority.card("PS256")
    data = b"".join(hashed(one) for one in (ORIGIN, NONCE))
    short = card.key.sign(data, padding.PSS(padding.MGF1(hashes.SHA256()), 20), hashes.SHA256())

    assert refused(card.token(signature=base64.b64encode(short).decode()), authority) == REFUSED


def hashed(text: str) -> bytes:
    """The SHA-256 of a text."""
    import hashlib

    return hashlib.sha256(text.encode()).digest()


@pytest.mark.parametrize(
    "key",
    [
        lambda: ed25519.Ed25519PrivateKey.generate(),
        lambda: dsa.generate_private_key(2048),
        lambda: ec.generate_private_key(ec.SECP256K1()),
        lambda: ec.generate_private_key(ec.BrainpoolP384R1()),
        lambda: rsa.generate_private_key(public_exponent=65537, key_size=1024),
    ],
    ids=["ed25519", "dsa", "secp256k1", "brainpool", "rsa1024"],
)
def test_keys_of_other_kinds_are_refused(authority, key):
    certificate = authority.card(key=key()).certificate
    for algorithm in ("ES256", "ES384", "RS256", "PS256"):
        signature = base64.b64encode(bytes(96)).decode()
        stranger = Card(certificate, key_for("ES384"))
        assert refused(stranger.token(algorithm=algorithm, signature=signature), authority)[0] == "signature"


def test_a_high_s_is_as_good_as_a_low_one(authority, card):
    order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973
    good = card.sign()
    r, s = int.from_bytes(good[:48], "big"), int.from_bytes(good[48:], "big")

    assert checked(card.token(signature=raw(r, order - s)), authority)
