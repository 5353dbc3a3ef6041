"""The cast's cards answer like real ones: the portal's validator takes their tokens, and asks their responder."""

import base64
import json
import secrets
from datetime import UTC, datetime

import pytest
import requests
from cryptography import x509

from monespace.identity.webeid import Identity, Ocsp, TokenRejected, validate

ORIGIN = "https://localhost:9"
NONCE = base64.b64encode(secrets.token_bytes(32)).decode()


def sign(sandbox, person: str = "claire-dubois", pin: str = "1234", **also: str) -> requests.Response:
    asked = {"person": person, "pin": pin, "origin": ORIGIN, "challenge": NONCE, **also}
    return requests.post(f"{sandbox.url}/api/eid/sign", json=asked, timeout=5)


def checked(sandbox, token: dict) -> Identity:
    trusted = x509.load_pem_x509_certificates((sandbox.data / "eid-ca.pem").read_bytes())
    post = Ocsp(lambda url, asked: requests.post(url, data=asked, timeout=5).content)
    return validate(json.dumps(token), nonce=NONCE, origin=ORIGIN, trusted=trusted[:1], at=datetime.now(UTC), ocsp=post)


def test_a_card_says_who_holds_it_as_belgian_cards_do(sandbox):
    found = checked(sandbox, sign(sandbox, "thomas-gilson").json())
    assert (found.given_name, found.surname, found.country) == ("Thomas Joseph", "Gilson", "BE")
    assert found.serial_number == "92092899761"
    assert found.certificate == checked(sandbox, sign(sandbox, "thomas-gilson").json()).certificate


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("card_revoked", "revoked"),
        ("card_unknown", "unknown"),
        ("ocsp_stale", "ocsp-invalid"),
        ("ocsp_down", "ocsp-invalid"),
    ],
)
def test_the_responder_misbehaves_when_it_is_told_to(sandbox, fault: str, reason: str):
    token = sign(sandbox).json()
    with sandbox.faults(**{fault: True}), pytest.raises(TokenRejected) as refused:
        checked(sandbox, token)
    assert refused.value.reason == reason


def test_three_wrong_pins_block_a_card_and_who_has_none_is_told(sandbox):
    answers = [sign(sandbox, "yvonne-delvaux", "0000") for _ in range(3)] + [sign(sandbox, "yvonne-delvaux")]
    assert [(answer.status_code, answer.json()) for answer in answers] == [
        (403, {"error": "pin", "left": 2}),
        (403, {"error": "pin", "left": 1}),
        (403, {"error": "blocked", "left": 0}),
        (403, {"error": "blocked", "left": 0}),
    ]
    requests.post(f"{sandbox.url}/", data={"person": "yvonne-delvaux", "action": "unblock"}, timeout=5)
    assert sign(sandbox, "marc-lefevre").json()["error"] == "card"
    assert requests.post(f"{sandbox.url}/api/eid/sign", json=["x"], timeout=5).status_code == 400
    assert requests.post(f"{sandbox.url}/api/eid/sign", json=[1], timeout=5).status_code == 400


def test_what_is_no_question_is_answered_as_such(sandbox):
    answer = requests.post(f"{sandbox.url}/eid/ocsp/citizen", data=b"not a request", timeout=5)
    assert x509.ocsp.load_der_ocsp_response(answer.content).response_status.name == "MALFORMED_REQUEST"


def test_another_authority_is_not_made_at_each_start(sandbox, tmp_path):
    before = (sandbox.data / "eid-ca.pem").read_bytes()
    sandbox.stop()
    sandbox.start()
    assert (sandbox.data / "eid-ca.pem").read_bytes() == before
