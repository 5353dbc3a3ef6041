"""Attacks by an answer that is good, but not here, not now, or not for this browser."""

import re

import pytest
from django.test import Client

from monespace.identity.models import SignIn
from tests.cast import CLAIRE, HUGO
from tests.factories import client_of, person
from tests.identity.adversary.conftest import direct

pytestmark = pytest.mark.django_db


def test_a_state_that_comes_twice(victim, provider, refused) -> None:
    answer = provider.approve(CLAIRE, victim.leave(), 500)
    assert victim.come_back(answer).status_code == 303
    victim.browser.post("/deconnexion/")
    refused("lost", lambda: victim.come_back(answer), status=400)


def test_a_state_that_nobody_gave(victim, provider, refused) -> None:
    answer = provider.approve(CLAIRE, victim.leave(), 500)
    refused("lost", lambda: victim.come_back({**answer, "state": "made-up"}), status=400)
    refused("lost", lambda: victim.come_back({"code": answer["code"]}), status=400)


def test_a_code_that_comes_twice_under_a_new_state(victim, provider, refused) -> None:
    first = provider.approve(CLAIRE, victim.leave(), 500)
    victim.come_back(first)
    victim.browser.post("/deconnexion/")
    again = victim.leave()
    refused("code", lambda: victim.come_back({**first, "state": again["state"]}))


def test_a_token_that_comes_twice(victim, provider, refused) -> None:
    """The ID token of an earlier sign-in, in the place of a new one: its nonce is of another leave."""
    kept = []
    provider.sign = lambda claims: kept.append(provider.sign_well(claims)) or kept[-1]
    victim.sign_in(provider)
    victim.browser.post("/deconnexion/")
    provider.sign = lambda claims: kept[0] if "nonce" in claims else provider.sign_well(claims)
    refused("nonce", lambda: victim.sign_in(provider))


def test_a_code_of_the_adversary_in_the_victims_browser(victim, provider, refused) -> None:
    """Code injection: the code is good, its verifier lies in the adversary's session."""
    theirs = provider.approve(HUGO, type(victim)().leave(), 500)
    mine = victim.leave()
    refused("code", lambda: victim.come_back({**theirs, "state": mine["state"]}))


def test_a_code_of_the_victim_in_the_adversarys_browser(victim, provider, refused) -> None:
    adversary = type(victim)()
    stolen = provider.approve(CLAIRE, victim.leave(), 500)
    mine = adversary.leave()
    refused("code", lambda: adversary.come_back({**stolen, "state": mine["state"]}))


def test_login_csrf(victim, provider, refused) -> None:
    """The adversary's whole answer, state included, opened in the victim's browser: it left from another one."""
    adversary = type(victim)()
    answer = provider.approve(HUGO, adversary.leave(), 500)
    victim.leave()
    refused("lost", lambda: victim.come_back(answer), status=400)
    assert "sign_in" not in victim.browser.session


def test_a_form_of_another_site_leaves_for_nowhere(provider) -> None:
    assert Client(enforce_csrf_checks=True).post("/connexion/", {"way": "eid"}).status_code == 403


def test_session_fixation(victim, provider) -> None:
    victim.leave()
    planted = victim.browser.session.session_key
    person(CLAIRE)
    victim.sign_in(provider)
    with_planted = Client()
    with_planted.cookies["monespace_session"] = planted
    assert with_planted.get("/profil/").status_code == 303
    assert victim.browser.get("/profil/").status_code == 200


def test_a_step_up_brings_a_new_key_too(provider, victim) -> None:
    victim.browser = client_of(CLAIRE, level=400)
    before = victim.browser.session.session_key
    victim.sign_in(provider)
    assert victim.browser.session.session_key != before
    assert SignIn.objects.get(ended_at=None).level == 500


@pytest.mark.parametrize("issuer", ["https://evil.example", "", None])
def test_mix_up_by_an_answer_of_another_issuer(victim, provider, refused, issuer: str | None) -> None:
    answer = {**provider.approve(CLAIRE, victim.leave(), 500), "iss": issuer}
    refused("issuer", lambda: victim.come_back({name: one for name, one in answer.items() if one is not None}))


def test_mix_up_by_the_return_address_of_another_issuer(victim, itsme, refused, settings, tmp_path) -> None:
    """Left for itsme, answered at the address of the federal service, and the other way round."""
    direct(settings, tmp_path)
    refused("issuer", lambda: victim.come_back(itsme.approve(CLAIRE, victim.leave("direct"), 450), "fas"))
    asked = victim.leave("eid")
    assert asked["redirect_uri"].endswith("/connexion/retour/")
    refused("issuer", lambda: victim.come_back({"code": "x", "state": asked["state"], "iss": itsme.issuer}, "itsme"))


def test_no_code_is_taken_to_another_issuer(victim, itsme, settings, tmp_path) -> None:
    """The honest way, beside the mix-ups above: each has its own return address, and it works."""
    direct(settings, tmp_path)
    person(CLAIRE)
    assert victim.sign_in(itsme, "direct", 450, "itsme").status_code == 303
    assert SignIn.objects.get().provider == "itsme"


@pytest.mark.parametrize(
    "after", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/%0d%0aX:"]
)
def test_open_redirect(victim, provider, after: str) -> None:
    person(CLAIRE)
    answer = victim.come_back(provider.approve(CLAIRE, victim.leave(suite=after), 500))
    assert answer.url.startswith("/")
    assert "evil" not in answer.url or answer.url.startswith("/%0d")


def test_an_error_text_of_the_adversary_is_not_shown(victim, provider, refused) -> None:
    asked = victim.leave()
    said = {
        "error": "server_error",
        "error_description": "Appelez le 0900 12345",
        "iss": provider.issuer,
        "state": asked["state"],
    }
    refused("provider", lambda: victim.come_back(said))
    page = victim.browser.get("/connexion/retour/", said).content.decode()
    assert "0900" not in re.sub(r"<[^>]+>", "", page)
