"""itsme by a contract of one's own: it believes the client's key only, and answers to the client's key only; logouts are told."""

import secrets
import time
from collections.abc import Iterator

import pytest
import requests
from joserfc import jwe, jwt
from joserfc.jwk import KeySet, RSAKey

from tests.identity.peers.process import OurSide
from tests.ops.harness import eventually
from tests.sandbox.client import Client, callback
from tests.sandbox.process import Process
from tests.sandbox.test_provider_methods import answer_on_phone

NUMBER = "http://itsme.services/v2/claim/BENationalNumber"
SIGNS = RSAKey.generate_key(2048, {"kid": "signs", "use": "sig", "alg": "RS256"})
OPENS = RSAKey.generate_key(2048, {"kid": "opens", "use": "enc", "alg": "RSA-OAEP-256"})


@pytest.fixture(scope="module")
def ours() -> Iterator[OurSide]:
    """The client's side: its key set, and where it is told of logouts."""
    made = OurSide()
    made.key_set = {"keys": [key.as_dict(private=False) for key in (SIGNS, OPENS)]}
    yield made
    made.stop()


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory, ours) -> Iterator[Process]:
    process = Process(tmp_path_factory.mktemp("direct"))
    process.options = ["--portal-url", ours.url]
    process.redirect_uri = f"{ours.url}/connexion/retour/"
    yield process.start()
    process.stop()


class Direct(Client):
    """A client of itsme."""

    @property
    def issuer(self) -> str:
        return f"{self.sandbox.url}/itsme/v2"

    def by_phone(self, **changes: object) -> dict:
        """Identify on the telephone; what comes back."""
        asked = {
            **self.parameters, "client_id": "monespace-itsme", "redirect_uri": f"{self.sandbox.redirect_uri}itsme/",
            "scope": "openid profile eid service:MONESPACE", **changes,
        }  # fmt: skip
        page = self.follow(self.browser.get(f"{self.issuer}/authorization", params=asked, allow_redirects=False))
        if page.is_redirect:
            return callback(page)
        self.post(page, action="send", phone="0455 00 10 01")
        answer_on_phone(self.sandbox, "claire-dubois", "approve")
        return callback(self.post(page, action="approved"))

    def exchange(self, code: str, assertion: str | None = None) -> requests.Response:
        """The tokens for a code."""
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": f"{self.sandbox.redirect_uri}itsme/",
            "code_verifier": self.verifier, "client_assertion": self.word() if assertion is None else assertion,
        }  # fmt: skip
        return requests.post(f"{self.issuer}/token", data=form, timeout=5)

    def word(self, key: RSAKey = SIGNS, **bent: object) -> str:
        """The client's signed word for who it is."""
        claims = {
            "iss": "monespace-itsme", "sub": "monespace-itsme", "aud": f"{self.issuer}/token", "jti": secrets.token_hex(8),
            "exp": int(time.time()) + 60, **bent,
        }  # fmt: skip
        return jwt.encode({"alg": "RS256", "kid": "signs"}, claims, key)

    def read(self, token: str) -> dict:
        """The claims inside."""
        inner = jwe.decrypt_compact(token, OPENS, algorithms=["RSA-OAEP-256", "A128CBC-HS256"]).plaintext or b""
        keys = KeySet.import_key_set(requests.get(f"{self.issuer}/jwkSet", timeout=5).json())
        return jwt.decode(inner.decode(), keys, algorithms=["RS256"]).claims


def test_tokens_are_signed_then_encrypted_and_the_number_is_in_userinfo_only(sandbox):
    client = Direct(sandbox)
    answer = client.by_phone()
    assert answer["iss"] == client.issuer
    tokens = client.exchange(answer["code"]).json()
    claims = client.read(tokens["id_token"])
    assert (claims["aud"], claims["nonce"]) == ("monespace-itsme", client.nonce)
    header = {"Authorization": f"Bearer {tokens['access_token']}"}
    said = requests.get(f"{client.issuer}/userinfo", headers=header, timeout=5)
    info = client.read(said.text)
    assert (info["given_name"], info["locale"], info[NUMBER]) == ("Claire", "FR", "85031499897")
    assert said.headers["Content-Type"].startswith("application/json")
    assert "85031499897" not in str(claims)


def test_only_the_clients_own_word_is_believed_and_once(sandbox):
    client = Direct(sandbox)
    stranger = RSAKey.generate_key(2048, {"kid": "signs", "use": "sig"})
    heard = client.word()
    assert client.exchange("x", heard).json() == {"error": "invalid_grant"}
    for word in (heard, "", "x", client.word(stranger), client.word(aud="x"), client.word(sub="x"), client.word(exp=1)):
        assert (client.exchange("x", word).status_code, client.exchange("x", word).json()["error"]) == (
            401,
            "invalid_client",
        )


def test_a_request_without_a_service_or_with_an_unknown_acr_is_refused(sandbox):
    assert Direct(sandbox).by_phone(scope="openid profile")["error"] == "invalid_scope"
    assert Direct(sandbox).by_phone(acr_values="urn:be:fedict:iam:fas:Level500")["error"] == "invalid_request"


def test_the_federal_service_tells_of_a_logout(sandbox, ours):
    client = Client(sandbox)
    claims = client.claims(client.token(client.by_card()["code"]).json()["id_token"])
    client.browser.get(f"{sandbox.issuer}/connect/endSession")
    eventually(lambda: ours.logout_tokens, 5)  # told after the browser has its answer
    (token,) = ours.logout_tokens
    told = client.claims(token)
    assert (told["sid"], told["sub"], told["aud"]) == (claims["sid"], claims["sub"], "monespace")
    assert "nonce" not in told
