"""The provider keeps to the code flow of OpenID Connect, with the federal service's names and levels."""

import base64
import hashlib
import time

import pytest
import requests

from tests.sandbox.client import LEVEL, Client, callback, text_of


@pytest.fixture
def client(sandbox) -> Client:
    return Client(sandbox)


def test_discovery_names_addresses_of_this_issuer(sandbox):
    found = requests.get(f"{sandbox.issuer}/.well-known/openid-configuration", timeout=5).json()
    assert found["issuer"] == sandbox.issuer
    assert found["code_challenge_methods_supported"] == ["S256"]
    assert found["authorization_response_iss_parameter_supported"] is True
    for name in ("authorization", "token", "userinfo", "end_session"):
        assert found[f"{name}_endpoint"].startswith(sandbox.issuer)


def test_a_card_and_its_pin_give_a_signed_identity(client, sandbox):
    back = client.by_card()
    assert (back["state"], back["iss"]) == (client.state, sandbox.issuer)
    answer = client.token(back["code"])
    assert answer.headers["Cache-Control"] == "no-store"
    tokens = answer.json()
    claims = client.claims(tokens["id_token"])
    assert (claims["iss"], claims["aud"], claims["nonce"]) == (sandbox.issuer, "monespace", client.nonce)
    assert (claims["acr"], claims["amr"]) == (f"{LEVEL}500", ["eid"])
    assert claims["iat"] - 5 <= claims["auth_time"] <= time.time() < claims["exp"] <= claims["iat"] + 300
    half = hashlib.sha256(tokens["access_token"].encode()).digest()[:16]
    assert claims["at_hash"] == base64.urlsafe_b64encode(half).rstrip(b"=").decode()
    info = client.userinfo(tokens["access_token"])
    assert info.headers["Content-Type"].startswith("application/jwt")
    person = client.claims(info.text)
    assert person == {
        "iss": sandbox.issuer,
        "aud": "monespace",
        "sub": claims["sub"],
        "egovNRN": "85031499897",
        "givenName": "Claire",
        "surname": "Dubois",
        "mail": "claire.dubois@courrier.example",
        "prefLanguage": "fr",
    }


def test_scopes_decide_what_is_told(client):
    tokens = client.token(client.by_card(scope="openid")["code"]).json()
    assert set(client.claims(client.userinfo(tokens["access_token"]).text)) == {"iss", "aud", "sub"}


def test_the_same_person_has_the_same_sub_and_another_has_another(sandbox):
    def sub(person: str) -> str:
        client = Client(sandbox)
        return client.claims(client.token(client.by_card(person)["code"]).json()["id_token"])["sub"]

    assert sub("claire-dubois") == sub("claire-dubois") != sub("karl-schmitz")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"nonce": None}, "invalid_request"),
        ({"state": None}, "invalid_request"),
        ({"nonce": ["one", "two"]}, "invalid_request"),
        ({"nonce": "n" * 3000}, "invalid_request"),
        ({"acr_values": f"{LEVEL}600"}, "unmet_authentication_requirements"),
        ({"acr_values": "urn:another:level"}, "unmet_authentication_requirements"),
        ({"request": "x.y.z"}, "request_not_supported"),
        ({"prompt": "none"}, "login_required"),
    ],
)
def test_a_request_at_fault_is_refused_at_the_clients_address(client, sandbox, change, error):
    back = callback(client.authorize(**change))
    assert (back["error"], back["iss"]) == (error, sandbox.issuer)
    assert "code" not in back


@pytest.mark.parametrize(
    "change",
    [
        {"client_id": "another"},
        {"redirect_uri": "http://localhost:9/connexion/retour"},
        {"redirect_uri": "http://localhost:9/connexion/retour/?x=1"},
        {"redirect_uri": "https://evil.example/"},
        {"redirect_uri": None},
    ],
)
def test_an_unknown_client_or_address_is_never_redirected_to(client, change):
    answer = client.authorize(**change)
    assert answer.status_code == 400
    assert "Location" not in answer.headers


def test_a_code_works_once_and_a_second_use_withdraws_what_it_gave(client):
    code = client.by_card()["code"]
    access_token = client.token(code).json()["access_token"]
    assert client.userinfo(access_token).ok
    assert client.token(code).json() == {"error": "invalid_grant"}
    assert client.userinfo(access_token).status_code == 401


def test_a_code_lives_sixty_seconds(client, sandbox):
    code = client.by_card()["code"]
    with sandbox.ahead(61):
        assert client.token(code).json() == {"error": "invalid_grant"}


@pytest.mark.parametrize("change", [{"code_verifier": "another"}, {"redirect_uri": "http://localhost:9/"}])
def test_a_code_is_bound_to_verifier_and_address(client, change):
    assert client.token(client.by_card()["code"], **change).json() == {"error": "invalid_grant"}


def test_only_the_client_with_its_secret_by_basic_is_served(client, sandbox):
    code = client.by_card()["code"]
    body = {"grant_type": "authorization_code", "code": code, "client_id": "monespace", "client_secret": sandbox.secret}
    for auth in (None, ("monespace", "wrong"), ("another", sandbox.secret)):
        answer = requests.post(f"{sandbox.issuer}/access_token", data=body, auth=auth, timeout=5)
        assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})
    assert client.token(code).ok


def test_other_grants_and_false_bearers_are_refused(client):
    assert client.token("x", grant_type="client_credentials").json() == {"error": "unsupported_grant_type"}
    assert client.userinfo("nothing").status_code == 401


@pytest.mark.parametrize("algorithm", ["ES256", "RS256"])
def test_keys_rotate_and_earlier_tokens_still_verify(client, sandbox, algorithm):
    before = client.token(client.by_card()["code"]).json()["id_token"]
    kid = requests.post(f"{sandbox.url}/api/keys", json={"action": "rotate", "alg": algorithm}, timeout=5).json()["kid"]
    published = requests.get(f"{sandbox.issuer}/connect/jwk_uri", timeout=5).json()["keys"]
    assert published[0]["kid"] == kid
    assert not any("d" in key for key in published)
    later = Client(sandbox)
    after = later.token(later.by_card()["code"]).json()["id_token"]
    assert client.claims(before)["sub"] == client.claims(after)["sub"]


def test_signing_out_ends_single_sign_on_and_returns_only_to_registered_addresses(client, sandbox):
    hint = client.token(client.by_card()["code"]).json()["id_token"]
    address = f"{sandbox.issuer}/connect/endSession"
    wanted = {"id_token_hint": hint, "post_logout_redirect_uri": "https://evil.example/", "state": "s"}
    assert client.browser.get(address, params=wanted, allow_redirects=False).status_code == 200
    wanted["post_logout_redirect_uri"] = "http://localhost:9/"
    answer = client.browser.get(address, params=wanted, allow_redirects=False)
    assert answer.headers["Location"] == "http://localhost:9/?state=s"
    assert callback(client.authorize(prompt="none"))["error"] == "login_required"


def test_a_sign_out_without_our_own_token_stays_here(client, sandbox):
    wanted = {"id_token_hint": "x.y.z", "post_logout_redirect_uri": "http://localhost:9/"}
    answer = client.browser.get(f"{sandbox.issuer}/connect/endSession", params=wanted, allow_redirects=False)
    assert answer.status_code == 200
    assert "Votre identification est terminée" in text_of(answer)
