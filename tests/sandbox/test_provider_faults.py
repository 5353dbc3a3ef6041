"""Each fault changes exactly what it says, so that a relying party's refusal of it means something."""

import json
import time

import pytest
import requests
from joserfc.errors import JoseError
from joserfc.jws import extract_compact

from tests.sandbox.client import LEVEL, Client, callback


@pytest.fixture
def client(sandbox) -> Client:
    return Client(sandbox)


def read(token: str) -> tuple[dict, dict]:
    """Header and claims without any verification."""
    parsed = extract_compact(token.encode())
    return parsed.headers(), json.loads(parsed.payload)


@pytest.mark.parametrize(
    ("fault", "claim", "value"),
    [
        ("lower_acr", "acr", f"{LEVEL}450"),
        ("acr_in_amr", "acr", "0"),
        ("acr_in_amr", "amr", ["eid", "urn:be:fedict:iam:fas:Level500"]),
        ("wrong_nonce", "nonce", "another-nonce"),
        ("wrong_aud", "aud", "another-client"),
        ("wrong_iss", "iss", "https://another.example/idp"),
    ],
)
def test_a_false_claim_is_signed_rightly(client, sandbox, fault, claim, value):
    with sandbox.faults(**{fault: True}):
        token = client.token(client.by_card()["code"]).json()["id_token"]
    assert client.claims(token)[claim] == value


def test_the_expired_token_and_the_old_authentication(client, sandbox):
    with sandbox.faults(expired_token=True, old_auth_time=True):
        claims = client.claims(client.token(client.by_card()["code"]).json()["id_token"])
    assert claims["exp"] < time.time() - 3000
    assert claims["auth_time"] < time.time() - 300 * 86400


@pytest.mark.parametrize("fault", ["bad_signature", "alg_none", "unknown_key"])
def test_a_false_signature_does_not_verify(client, sandbox, fault):
    with sandbox.faults(**{fault: True}):
        token = client.token(client.by_card()["code"]).json()["id_token"]
    header, claims = read(token)
    assert claims["nonce"] == client.nonce
    assert (header["alg"] == "none") == (fault == "alg_none")
    with pytest.raises((JoseError, ValueError)):
        client.claims(token)


def test_faults_of_the_way_back(client, sandbox):
    with sandbox.faults(other_state=True):
        assert client.by_card()["state"] != client.state
    with sandbox.faults(wrong_callback_iss=True):
        assert Client(sandbox).by_card()["iss"] != sandbox.issuer


def test_faults_of_the_token_endpoint(client, sandbox):
    code = client.by_card()["code"]
    with sandbox.faults(token_500=True):
        assert client.token(code).status_code == 500
    with sandbox.faults(slow_token=0.5):
        began = time.monotonic()
        assert client.token(code).ok
        assert time.monotonic() - began >= 0.5


def test_faults_of_userinfo(client, sandbox):
    tokens = client.token(client.by_card()["code"]).json()
    sub = client.claims(tokens["id_token"])["sub"]
    with sandbox.faults(userinfo_other_sub=True, userinfo_without_number=True, userinfo_without_given_name=True):
        person = client.claims(client.userinfo(tokens["access_token"]).text)
    assert person["sub"] != sub
    assert not {"egovNRN", "givenName"} & set(person)
    with sandbox.faults(userinfo_bad_signature=True), pytest.raises(JoseError):
        client.claims(client.userinfo(tokens["access_token"]).text)
    with sandbox.faults(userinfo_plain_json=True):
        assert client.userinfo(tokens["access_token"]).json()["sub"] == sub


def test_the_page_sets_exactly_what_is_checked_and_the_api_names_what_it_does_not_know(sandbox):
    requests.post(f"{sandbox.url}/faults", data={"fault": ["wrong_aud", "nonsense"]}, timeout=5)
    assert requests.get(f"{sandbox.url}/api/faults", timeout=5).json()["active"] == {"wrong_aud": 1.0}
    answer = requests.put(f"{sandbox.url}/api/faults", json={"nonsense": True}, timeout=5)
    assert (answer.status_code, answer.json()) == (400, {"unknown": ["nonsense"]})
    requests.post(f"{sandbox.url}/faults", data={}, timeout=5)
    assert requests.get(f"{sandbox.url}/api/faults", timeout=5).json()["active"] == {}


def test_without_faults_the_refused_person_is_only_denied(client):
    page = client.authorize(500)
    assert callback(client.post(page, action="cancel"))["error"] == "access_denied"
