"""No token with one bit, letter or part changed is believed, and none makes anything but a refusal."""

import base64
import json

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from monespace.identity.webeid import Ocsp, TokenRejected
from tests.webeid.cards import Authority, checked
from tests.webeid.responder import Responder

FAST = settings(max_examples=60, deadline=None, derandomize=True)
AUTHORITY = Authority.made("Bits CA")
CARD = AUTHORITY.card()
TOKEN = CARD.token()
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda one: st.lists(one) | st.dictionaries(st.text(), one),
)


def believed(token: str, **more) -> bool:
    """Whether the token is believed; anything but a refusal or an identity is an error of ours."""
    try:
        checked(token, AUTHORITY, **more)
    except TokenRejected:
        return False
    return True


def flipped(octets: bytes, bit: int) -> bytes:
    """The octets with one bit turned."""
    bit %= 8 * len(octets)
    return octets[: bit // 8] + bytes([octets[bit // 8] ^ 1 << bit % 8]) + octets[bit // 8 + 1 :]


def coded(octets: bytes) -> str:
    """Base64."""
    return base64.b64encode(octets).decode()


@FAST
@given(st.integers(min_value=0))
def test_a_bit_of_the_certificate(bit):
    assert not believed(
        CARD.token(unverifiedCertificate=coded(flipped(CARD.certificate.public_bytes(Encoding.DER), bit)))
    )


@FAST
@given(st.integers(min_value=0))
def test_a_bit_of_the_signature(bit):
    assert not believed(CARD.token(signature=coded(flipped(CARD.sign(), bit))))


@FAST
@given(st.integers(min_value=0), st.characters())
def test_a_letter_of_the_text_changes_nothing_that_counts(place, letter):
    """A letter of `appVersion`, or of a space, may change; one that counts may not."""
    place %= len(TOKEN)
    other = TOKEN[:place] + letter + TOKEN[place + 1 :]
    if believed(other):
        counts = ("unverifiedCertificate", "algorithm", "signature")
        assert [json.loads(other)[name] for name in counts] == [json.loads(TOKEN)[name] for name in counts]


@FAST
@given(st.sampled_from(["unverifiedCertificate", "algorithm", "signature", "format"]), ANY)
def test_anything_in_place_of_a_field(name, value):
    fields = CARD.fields_of() | {name: value}

    assert not believed(json.dumps(fields)) or name == "format"


@FAST
@given(st.sampled_from(["unverifiedSigningCertificates", "unverifiedIntermediateCertificates"]), ANY)
def test_anything_in_place_of_what_format_1_1_adds(name, value):
    assert not believed(json.dumps(CARD.fields_of(format="web-eid:1.1") | {name: value}))


@FAST
@given(st.integers(min_value=0))
def test_a_bit_of_the_ocsp_answer(bit):
    responder = Responder(AUTHORITY, CARD)

    def fetch(url: str, request: bytes) -> bytes:
        return flipped(responder.fetch(url, request), bit)

    with pytest.raises(TokenRejected) as refused:
        checked(TOKEN, AUTHORITY, ocsp=Ocsp(fetch))
    assert refused.value.reason.startswith("ocsp-")
