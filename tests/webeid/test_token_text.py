"""Whatever a browser may send as a token is refused as such, never answered with an error of ours."""

import base64
import json

import pytest

from monespace.identity.webeid import TokenRejected
from tests.webeid.cards import AT, NONCE, ORIGIN, checked, refused, text_of

LONG = "x" * 200


@pytest.mark.parametrize(
    "text",
    [
        None, 12, b"{}" * 80, [], "", "{}", "x" * 99, "x" * 10_001, LONG, json.dumps(LONG), json.dumps([LONG]), "1" * 6000,
        "[" * 9000, '{"a":' * 1500, json.dumps({"a": LONG}) + "{}", "\ufeff" + json.dumps({"a": LONG}), "null" + " " * 120,
        json.dumps({"format": LONG, "unverifiedCertificate": None}),
    ],
)  # fmt: skip
def test_what_is_no_token_is_refused(authority, text):
    assert refused(text, authority) == ("parse", "token")


def test_a_name_that_stands_twice_is_refused_at_every_depth(authority, card):
    token = card.token(more={"a": 1})

    assert refused(token.replace('{"unv', '{"algorithm": "ES384", "unv', 1), authority) == ("parse", "token")
    assert refused(token.replace('{"a": 1}', '{"a": 1, "a": 2}'), authority) == ("parse", "token")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "9" * 5000])
def test_what_is_no_number_of_json_is_refused(authority, card, number):
    assert refused(card.token(more=0).replace('"more": 0', f'"more": {number}'), authority) == ("parse", "token")


@pytest.mark.parametrize(
    "format_",
    [
        None, "", "web-eid", "web-eid:", "web-eid:2", "web-eid:2.1", "web-eid:10", "web-eid:1.", "web-eid:1.x", "web-eid:1.0 ",
        " web-eid:1.0", "web-eid:1.0\n", "web-eid:1.٣", "WEB-EID:1.0", "web-eid:1.0.0", "web-eid:1.1111", 1.0, ["web-eid:1.0"],
    ],
)  # fmt: skip
def test_a_format_of_another_version_is_refused(authority, card, format_):
    assert refused(card.token(format=format_), authority) == ("parse", "token")


@pytest.mark.parametrize("field", ["unverifiedCertificate", "algorithm", "signature"])
@pytest.mark.parametrize("value", [None, "", 7, True, ["x"], {"x": 1}])
def test_a_field_that_is_missing_or_no_text_is_refused(authority, card, field, value):
    assert refused(card.token(**{field: value}), authority)[0] == "parse"


def spoiled(text: str) -> list[str]:
    """Other spellings of the same octets, and what is no base64."""
    return [text + "\n", text[:40] + "\n" + text[40:], text + "=", text + "AAAA=", " " + text, text[:-1] + "é", "\ud800" + text,
            text[:-4] + "====", text + "====", text.replace("+", "-").replace("/", "_") + "-", text[:-1], "!" + text[1:]]  # fmt: skip


def test_base64_has_one_spelling(authority, card):
    certificate, signature = text_of(card.certificate), base64.b64encode(card.sign()).decode()

    for text in spoiled(certificate):
        assert refused(card.token(unverifiedCertificate=text), authority) == ("parse", "card")
    for text in spoiled(signature):
        assert refused(card.token(signature=text), authority) == ("parse", "token")


def test_the_unused_bits_of_base64_are_nought(authority):
    """Two texts for one signature would make two tokens of one."""
    card = authority.card("ES256")  # 64 octets: two letters of padding
    good = base64.b64encode(card.sign()).decode()
    other = good[:-3] + chr(ord(good[-3]) + 1) + "=="

    assert base64.b64decode(other) == base64.b64decode(good)
    assert refused(card.token(signature=other), authority) == ("parse", "token")


def test_a_refusal_never_repeats_what_the_token_says(authority, card):
    with pytest.raises(TokenRejected) as raised:
        checked(card.token(format="<script>\ud800"), authority)

    assert "script" not in str(raised.value)


@pytest.mark.parametrize(
    "origin",
    [
        "", None, "monespace.example", "http://monespace.example", "https://monespace.example/", "https://", "https://a b",
        "https://monespace.example/path", "https://u@monespace.example", "https://monespace.example?q", "https://päike.ee",
        "https://monespace.example#f", "https://monespace.example:", "https://monespace.example:0", "https://m:65536",
        "HTTPS://monespace.example", "https://monespace.example\n", "https://[::1", "https://-m.example",
    ],
)  # fmt: skip
def test_an_origin_that_no_browser_writes_is_the_callers_mistake(authority, card, origin):
    with pytest.raises(ValueError):
        checked(card.token(), authority, origin=origin)


@pytest.mark.parametrize("origin", ["https://localhost:8443", "https://[::1]:8443", "https://a-b.c_d.example:65535"])
def test_origins_with_ports_and_addresses(authority, card, origin):
    assert checked(card.token(origin=origin), authority, origin=origin)


def test_a_call_without_clock_zone_challenge_or_certificates_is_the_callers_mistake(authority, card):
    from monespace.identity.webeid import validate

    good = {"nonce": NONCE, "origin": ORIGIN, "trusted": [authority.certificate], "at": AT}
    for wrong, error in [
        ({"at": AT.replace(tzinfo=None)}, ValueError),
        ({"at": "2026-06-01"}, TypeError),
        ({"nonce": ""}, ValueError),
        ({"nonce": None}, ValueError),
        ({"trusted": [b"certificate"]}, TypeError),
        ({"disallowed_policies": "1.2.3"}, TypeError),
        ({"disallowed_policies": ["one"]}, ValueError),
    ]:
        with pytest.raises(error):
            validate(card.token(), **good | wrong)
