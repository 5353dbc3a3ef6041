"""The relying party: an answer of the provider is believed only when every check of the reference holds."""

import time

import pytest
from structlog.testing import capture_logs

from monespace.identity import oidc
from monespace.identity.oidc import ProviderDown, kept
from tests.cast import CLAIRE, HUGO
from tests.identity.provider import CLIENT
from tests.identity.relying import come_back, leave


@pytest.mark.parametrize(("method", "level"), [("eid", 500), ("itsme", 450), ("sms", 400)])
def test_each_method_asks_for_its_own_minimum_and_the_answer_proves_it(provider, method, level) -> None:
    asked, _pending = leave(method)
    assert asked["acr_values"] == f"urn:be:fedict:iam:fas:citizen:Level{level}"
    assert (asked["code_challenge_method"], asked["response_type"]) == ("S256", "code")
    proof = come_back(provider, method, level)
    assert (proof.method, proof.level, proof.national_number) == (method, level, CLAIRE.national_number)


def test_a_stronger_method_than_asked_is_recorded_as_what_it_was(provider) -> None:
    assert come_back(provider, "sms", 500).method == "eid"


def test_where_acr_says_nothing_the_level_is_read_from_amr_and_never_above_the_method(provider) -> None:
    provider.bend_id = lambda claims: claims.update(acr="0", amr=["sms", "urn:be:fedict:iam:fas:Level500"])
    proof = come_back(provider, "sms", 400)
    assert (proof.method, proof.level) == ("sms", 400)


@pytest.mark.parametrize(
    ("amr", "name"),
    [(["totp"], "totp"), (["urn:be:fedict:iam:fas:Level500", "mygov"], "mygov"), (None, ""), ([["eid"]], ""), (7, "")],
)
def test_a_method_of_another_kind_counts_for_the_level_that_the_federation_gives_it(provider, amr, name) -> None:
    provider.bend_id = lambda claims: claims.update(amr=amr)
    with capture_logs() as lines:
        proof = come_back(provider)
    assert (proof.method, proof.level) == ("other", 500)
    assert [line["name"] for line in lines if line["event"] == "sign_in.other_method"] == ([name] if name else [])


BENT_ID = {
    "nonce": [{"nonce": "another"}, {"nonce": None}, {"nonce": "é"}],
    "audience": [
        {"aud": "another"},
        {"aud": []},
        {"aud": [CLIENT, "another"], "azp": CLIENT},
        {"aud": None},
        {"azp": "another"},
    ],
    "issuer": [{"iss": "https://evil.example"}, {"iss": None}],
    "expired": [{"exp": time.time() - 3600}, {"exp": None}, {"exp": "tomorrow"}, {"exp": True}],
    "issued_at": [{"iat": time.time() - 3600}, {"iat": time.time() + 3600}, {"iat": None}],
    "auth_time": [{"auth_time": time.time() - 86400}, {"auth_time": time.time() + 3600}, {"auth_time": None}],
    "at_hash": [{"at_hash": "another"}, {"at_hash": None}],
    "c_hash": [{"c_hash": "another"}],
    "not_before": [{"nbf": time.time() + 3600}, {"nbf": "now"}],
    "subject": [{"sub": ""}, {"sub": None}, {"sub": "x" * 256}, {"sub": 7}],
    "level": [{"acr": "urn:be:fedict:iam:fas:citizen:Level400"}, {"acr": "0"}, {"acr": None}, {"amr": ["sms"]}],
}


@pytest.mark.parametrize(("code", "bent"), [(code, bent) for code, many in BENT_ID.items() for bent in many])
def test_a_bent_id_token_is_refused_with_its_code(provider, code: str, bent: dict) -> None:
    provider.bend_id = lambda claims: claims.update(bent)
    with pytest.raises(oidc.Refused) as refused:
        come_back(provider)
    assert refused.value.code == code


def test_a_proof_of_before_the_step_up_is_no_new_proof(provider) -> None:
    provider.bend_id = lambda claims: claims.update(auth_time=time.time() - 600)
    assert come_back(provider).level == 500  # remembered by the provider for ten minutes
    asked, pending = leave("eid", again=True)
    assert (asked["prompt"], asked["max_age"]) == ("login", "0")
    with pytest.raises(oidc.Refused, match="auth_time"):
        oidc.finish(provider.approve(CLAIRE, asked, 500), pending, provider="fas")


BENT_USERINFO = {
    "subject": [{"sub": HUGO.family_name}, {"sub": None}],
    "national_number": [{"egovNRN": "85031499898"}, {"egovNRN": None}, {"egovNRN": ["1"]}],
    "audience": [{"aud": "another"}],
    "issuer": [{"iss": "https://evil.example"}],
    "expired": [{"exp": time.time() - 3600}],
}


@pytest.mark.parametrize(("code", "bent"), [(code, bent) for code, many in BENT_USERINFO.items() for bent in many])
def test_a_bent_userinfo_is_refused_with_its_code(provider, code: str, bent: dict) -> None:
    provider.bend_userinfo = lambda claims: claims.update(bent)
    with pytest.raises(oidc.Refused) as refused:
        come_back(provider)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("how", "code"),
    [("sign_not", "algorithm"), ("sign_with_public_key", "algorithm"), ("sign_with_stranger", "signature")],
)
def test_what_the_provider_did_not_sign_is_refused(provider, how: str, code: str) -> None:
    provider.sign = getattr(provider, how)
    with pytest.raises(oidc.Refused, match=code):
        come_back(provider)


def test_a_rotated_key_is_looked_up_once_more_and_believed(provider, monkeypatch) -> None:
    come_back(provider)
    provider.rotate()
    with pytest.raises(oidc.Refused, match="key"):
        come_back(provider)  # looked up less than ten seconds ago: nobody drives our look-ups
    before = provider.fetched_keys
    now = time.monotonic()
    monkeypatch.setattr(kept.time, "monotonic", lambda: now + 11)
    assert come_back(provider).level == 500
    assert provider.fetched_keys == before + 1


def test_another_state_another_issuer_or_a_used_code_is_refused(provider) -> None:
    asked, pending = leave()
    answer = provider.approve(CLAIRE, asked, 500)
    for bent, code in [({"state": "é"}, "state"), ({"iss": "https://evil.example"}, "issuer")]:
        with pytest.raises(oidc.Refused, match=code):
            oidc.finish({**answer, **bent}, pending, provider="fas")
    assert oidc.finish(answer, pending, provider="fas")
    with pytest.raises(oidc.Refused, match="code"):
        oidc.finish(answer, pending, provider="fas")


def test_a_code_stolen_from_another_browser_is_worth_nothing(provider) -> None:
    asked, _pending = leave()
    _other, mine = leave()
    stolen = {**provider.approve(CLAIRE, asked, 500), "state": mine["state"]}
    with pytest.raises(oidc.Refused, match="code"):
        oidc.finish(stolen, mine, provider="fas")


@pytest.mark.parametrize(("error", "code"), [("access_denied", "cancelled"), ("server_error", "provider")])
def test_an_error_of_the_provider_is_no_proof(provider, error: str, code: str) -> None:
    asked, pending = leave()
    with pytest.raises(oidc.Refused, match=code):
        oidc.finish({"state": asked["state"], "error": error, "iss": provider.issuer}, pending, provider="fas")


@pytest.mark.parametrize("silent", ["openid-configuration", "token", "keys", "userinfo"])
def test_a_silent_provider_is_said_to_be_down(provider, silent: str) -> None:
    provider.down = {silent}
    with pytest.raises(ProviderDown):
        come_back(provider)


@pytest.mark.parametrize(
    "extra",
    [
        {"issuer": "https://evil.example"},
        {"jwks_uri": "http://evil.example/keys"},
        {"token_endpoint": "file:///etc/passwd"},
        {"end_session_endpoint": "https://evil.example/"},
    ],
)
def test_metadata_that_leads_elsewhere_is_not_followed(provider, extra: dict) -> None:
    provider.extra = extra
    with pytest.raises(ProviderDown):
        leave()


def test_names_lose_control_characters_and_may_be_missing(provider) -> None:
    provider.bend_userinfo = lambda claims: claims.update(givenName=None, surname="Du\x00bois\u202e" + "x" * 200)
    proof = come_back(provider)
    assert proof.given_names == ""
    assert proof.family_name.startswith("Duboisx")
    assert len(proof.family_name) <= 100
