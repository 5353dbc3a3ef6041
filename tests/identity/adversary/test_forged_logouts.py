"""Logout tokens that must not end anybody's session: each rule of OpenID Connect Back-Channel Logout 1.0, section 2.6."""

import time

import pytest
from django.test import Client
from structlog.testing import capture_logs

from monespace.identity import limits
from monespace.identity.models import SignIn
from monespace.journal.models import Entry
from tests.cast import CLAIRE, HUGO
from tests.factories import person
from tests.identity.adversary.conftest import direct
from tests.identity.relying import fas_settings

pytestmark = pytest.mark.django_db
EVENT = "http://schemas.openid.net/event/backchannel-logout"


def told(token: str, name: str = "fas"):
    """The provider, or whoever says so, tells us."""
    return Client().post(f"/connexion/fin/{name}/", {"logout_token": token})


@pytest.fixture
def signed_in(victim, provider):
    """Claire is signed in, under a session of the provider's."""
    person(CLAIRE)
    provider.bend_id = lambda claims: claims.update(sid="session-of-claire")
    victim.sign_in(provider)
    return victim


def check(token: str, code: str) -> None:
    """Refused with this code, in the log and the journal under one reference, and Claire is still there."""
    with capture_logs() as lines:
        answer = told(token)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (400, "no-store")
    assert answer.json()["error"] == "invalid_request"
    said, reference = answer.json()["error_description"].split()
    assert said == code
    assert [(line["code"], line["reference"]) for line in lines if line["event"] == "logout.refused"] == [
        (code, reference)
    ]
    assert Entry.objects.get(act="logout.refused", detail__reference=reference).detail["code"] == code
    assert SignIn.objects.filter(ended_at=None).count() == 1


NOW = int(time.time())
FORGED = [
    ("issuer", {"iss": "https://evil.example"}), ("audience", {"aud": "another"}), ("issued_at", {"iat": NOW - 3600}),
    ("issued_at", {"iat": None}), ("issued_at", {"iat": NOW + 3600}), ("expired", {"exp": NOW - 3600}), ("expired", {"exp": None}),
    ("token_id", {"jti": None}), ("token_id", {"jti": ""}), ("token_id", {"jti": 7}), ("events", {"events": None}),
    ("events", {"events": {"https://evil.example": {}}}), ("events", {"events": {EVENT: "yes"}}), ("events", {"events": [EVENT]}),
    ("nonce", {"nonce": "x"}), ("subject", {"sub": None}), ("subject", {"sub": ""}), ("subject", {"sid": ["x"]}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "bent"), FORGED)
def test_a_logout_token_that_breaks_a_rule(signed_in, provider, code: str, bent: dict) -> None:
    check(provider.logout_token(CLAIRE, bent=bent), code)


@pytest.mark.parametrize(("typ", "code"), [("at+jwt", "header"), ("id_token+jwt", "header")])
def test_a_token_of_another_kind(signed_in, provider, typ: str, code: str) -> None:
    check(provider.logout_token(CLAIRE, header={"typ": typ}), code)


def test_an_id_token_in_its_place(signed_in, provider) -> None:
    check(signed_in.browser.session["providers"]["fas"], "events")


def test_a_token_that_a_stranger_signed_or_nobody(signed_in, provider) -> None:
    provider.sign_well = lambda claims, header=None: provider.sign_with_stranger(claims)
    check(provider.logout_token(CLAIRE), "signature")
    provider.sign_well = lambda claims, header=None: provider.sign_not(claims)
    check(provider.logout_token(CLAIRE), "algorithm")


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "..", "é.é.é", "x" * 70_000])
def test_what_is_no_token_at_all(signed_in, text: str) -> None:
    check(text, "shape")


def test_a_token_that_comes_twice(signed_in, provider, victim) -> None:
    token = provider.logout_token(CLAIRE)
    assert told(token).status_code == 200
    victim.sign_in(provider)
    check(token, "replayed")


def test_a_token_of_one_provider_at_the_address_of_another(signed_in, provider, settings) -> None:
    settings.PROVIDERS["itsme"] = fas_settings("http://127.0.0.1:9/other")
    answer = told(provider.logout_token(CLAIRE), "itsme")
    assert answer.status_code == 503  # that provider's keys cannot be had here; its issuer would not match either
    assert told(provider.logout_token(CLAIRE), "nobody").status_code == 404
    assert SignIn.objects.filter(ended_at=None).count() == 1


def test_only_the_session_or_the_subject_that_is_named_ends(signed_in, provider) -> None:
    assert told(provider.logout_token(HUGO)).status_code == 200  # good, but nobody's here
    assert told(provider.logout_token(CLAIRE, bent={"sid": "another session"})).status_code == 200
    assert SignIn.objects.filter(ended_at=None).count() == 1
    assert told(provider.logout_token(CLAIRE, bent={"sub": None, "sid": "session-of-claire"})).status_code == 200
    assert not SignIn.objects.filter(ended_at=None).exists()
    assert signed_in.browser.get("/profil/").status_code == 303


def test_encrypted_where_that_was_agreed(itsme, victim, settings, tmp_path) -> None:
    direct(settings, tmp_path)
    person(CLAIRE)
    victim.sign_in(itsme, "direct", 450, "itsme")
    token = itsme.logout_token(CLAIRE)
    itsme.wrap = str
    assert "encryption" in told(itsme.logout_token(CLAIRE), "itsme").json()["error_description"]
    assert told(token, "itsme").status_code == 200
    assert not SignIn.objects.filter(ended_at=None).exists()


def test_a_flood_of_them_is_held_up_and_does_not_fill_the_journal(db, provider, settings, monkeypatch) -> None:
    monkeypatch.setattr("monespace.identity.views.told.PER_MINUTE", 3)
    monkeypatch.setattr(limits.time, "time", lambda: 1_800_000_000.0)
    answers = [told("x") for _one in range(4)]
    assert [answer.status_code for answer in answers] == [400, 400, 400, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_it_takes_no_cookie_and_no_get(provider) -> None:
    assert Client().get("/connexion/fin/fas/").status_code == 405
    assert Client(enforce_csrf_checks=True).post("/connexion/fin/fas/", {"logout_token": "x"}).status_code == 400
