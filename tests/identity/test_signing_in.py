"""Signing in, stepping up, signing out, as a browser sees it."""

import re
from contextlib import suppress
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from monespace.identity.actions import refuse_sign_in
from monespace.identity.http import sender
from monespace.identity.limits import TooMany
from monespace.identity.models import Person, SignIn
from monespace.journal.models import Entry
from tests.cast import CLAIRE, HUGO, KARL, Somebody
from tests.factories import client_of, person
from tests.identity.provider import Provider

pytestmark = pytest.mark.django_db
SENTENCES = {
    "cancelled": "Vous avez interrompu", "level": "pas assez fort", "nonce": "pas pu être vérifiée",
    "national_number": "numéro national valable",
}  # fmt: skip


def leave(browser: Client, method: str = "eid", suite: str = "", niveau: int = 0) -> dict:
    answer = browser.post("/connexion/", {"way": method, "suite": suite, "niveau": niveau})
    assert answer.status_code == 303
    return dict(parse_qsl(urlsplit(answer.url).query))


def sign_in(browser: Client, provider: Provider, who: Somebody, method: str = "eid", level: int = 500, **also):
    asked = leave(browser, method, **also)
    return browser.get("/connexion/retour/", provider.approve(who, asked, level))


def french() -> Client:
    return Client(headers={"accept-language": "fr"})


def test_the_page_offers_the_three_methods_each_with_a_picture_and_the_last_used_first(provider) -> None:
    browser = french()
    text = browser.get("/connexion/").content.decode()
    assert [text.count(f"method-{name}.svg") for name in ("eid", "itsme", "sms")] == [1, 1, 1]
    assert "Je ne dispose d'aucun de ces moyens" in text
    leave(browser, "sms")
    assert [way.id for way in browser.get("/connexion/").context["ways"]] == ["sms", "eid", "itsme"]


def test_the_first_sign_in_leads_to_the_welcome_then_to_where_one_wanted_to_go(provider) -> None:
    browser = french()
    answer = sign_in(browser, provider, CLAIRE, suite="/espaces/?demarche=x")
    assert (answer.status_code, answer.url) == (303, "/profil/bienvenue/")
    answer = browser.post("/profil/bienvenue/", {"skip": "1"})
    assert answer.url == "/espaces/?demarche=x"
    assert SignIn.objects.get().level == 500


def test_the_person_is_recognised_and_the_number_is_sealed(provider) -> None:
    sign_in(french(), provider, CLAIRE)
    sign_in(french(), provider, CLAIRE, "itsme", 450)
    found = Person.objects.get()
    assert found.full_name == "Claire Dubois"
    assert CLAIRE.national_number not in str(list(Person.objects.values())) + str(list(Entry.objects.values()))


def test_the_language_of_a_newcomer_is_the_providers(provider) -> None:
    sign_in(french(), provider, KARL)
    assert Person.objects.get().language == "de"


@pytest.mark.parametrize(
    "suite", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_the_way_back_never_leaves_the_portal(provider, suite: str) -> None:
    person(CLAIRE)
    assert sign_in(french(), provider, CLAIRE, suite=suite).url == "/espaces/"


@pytest.mark.parametrize("code", SENTENCES)
def test_every_refusal_has_a_sentence_that_says_what_to_do(provider, code: str) -> None:
    browser = french()
    asked = leave(browser)
    answer = provider.approve(CLAIRE, asked, 500)
    bends = {"level": {"amr": ["sms"]}, "nonce": {"nonce": "x"}}
    provider.bend_id = lambda claims: claims.update(bends.get(code, {}))
    provider.bend_userinfo = lambda claims: claims.update({"egovNRN": ""} if code == "national_number" else {})
    if code == "cancelled":
        answer = {"state": asked["state"], "error": "access_denied", "iss": provider.issuer}
    page = browser.get("/connexion/retour/", answer)
    assert page.status_code == 403
    assert SENTENCES[code] in page.content.decode()
    assert Entry.objects.filter(act="sign_in.refused").exists() == (code != "cancelled")
    assert not SignIn.objects.exists()


def test_an_answer_is_used_once_and_one_nobody_waits_for_is_said_to_be_lost(provider) -> None:
    browser = french()
    asked = leave(browser)
    answer = provider.approve(CLAIRE, asked, 500)
    browser.get("/connexion/retour/", answer)
    assert browser.get("/connexion/retour/", answer).status_code == 302  # a second click goes on
    assert french().get("/connexion/retour/", answer).status_code == 400
    assert SignIn.objects.count() == 1


def test_the_page_after_a_refusal_can_be_read_in_another_language_and_the_way_back_is_kept(provider) -> None:
    """The provider's answer counts once: the switch must not send it a second time."""
    browser = french()
    asked = leave(browser, suite="/profil/")
    page = browser.get("/connexion/retour/", {"state": asked["state"], "error": "access_denied"}).content.decode()

    assert "/connexion/?suite=%2Fprofil%2F&amp;niveau=0&amp;langue=de" in page
    assert "state=" not in page


def test_the_way_used_last_is_the_one_that_stands_out(provider) -> None:
    browser = french()
    assert browser.get("/connexion/").content.decode().count("govuk-button--secondary") == 0
    leave(browser, "itsme")
    page = browser.get("/connexion/").content.decode()
    assert page.count("govuk-button--secondary") == 2
    assert page.index("Utilisé ici la dernière fois") < page.index("Continuer avec itsme")


def test_two_tabs_leave_and_both_come_back(provider) -> None:
    browser = french()
    first, second = leave(browser, suite="/profil/"), leave(browser, suite="/notifications/")
    person(CLAIRE)
    assert browser.get("/connexion/retour/", provider.approve(CLAIRE, first, 500)).url == "/profil/"
    assert browser.get("/connexion/retour/", provider.approve(CLAIRE, second, 500)).url == "/notifications/"


def test_stepping_up_offers_only_what_is_strong_enough_and_asks_for_a_new_proof(provider) -> None:
    browser = client_of(CLAIRE, level=400)
    page = browser.get("/connexion/", {"suite": "/profil/", "niveau": "450"})
    assert [way.id for way in page.context["ways"]] == ["eid", "itsme"]
    assert browser.post("/connexion/", {"way": "sms", "niveau": "450"}).status_code == 422
    answer = sign_in(browser, provider, CLAIRE, "itsme", 450, suite="/profil/", niveau=450)
    assert answer.url == "/profil/"
    assert list(SignIn.objects.filter(ended_at=None).values_list("level", flat=True)) == [450]


def test_somebody_else_who_steps_up_starts_afresh(provider) -> None:
    browser = client_of(CLAIRE, level=400)
    person(HUGO)
    answer = sign_in(browser, provider, HUGO, suite="/espaces/0123456749/", niveau=450)
    assert answer.url == "/espaces/"


def test_the_session_gets_a_new_key_at_sign_in(provider) -> None:
    browser = french()
    leave(browser)
    before = browser.session.session_key
    sign_in(browser, provider, CLAIRE)
    assert browser.session.session_key != before


def test_a_token_of_a_form_shown_before_the_sign_in_is_of_no_use_after_it(provider) -> None:
    browser = Client(enforce_csrf_checks=True)
    person(CLAIRE)
    page = browser.get("/connexion/")
    old = {"csrfmiddlewaretoken": re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]}
    asked = dict(parse_qsl(urlsplit(browser.post("/connexion/", {"way": "eid", **old}).url).query))
    browser.get("/connexion/retour/", provider.approve(CLAIRE, asked, 500))
    assert browser.post("/deconnexion/", old).status_code == 403


def test_signing_out_ends_the_session_here_then_at_the_provider(provider) -> None:
    browser = french()
    person(CLAIRE)
    sign_in(browser, provider, CLAIRE)
    answer = browser.post("/deconnexion/")
    assert answer.url.startswith(f"{provider.issuer}/end_session?id_token_hint=")
    assert SignIn.objects.get().ended_at
    assert browser.get("/espaces/").status_code == 303


def test_a_token_that_holds_the_national_number_is_neither_kept_nor_put_in_an_address(provider) -> None:
    browser = french()
    person(CLAIRE)
    provider.bend_id = lambda claims: claims.update(egovNRN=CLAIRE.national_number)
    sign_in(browser, provider, CLAIRE)
    assert browser.session["providers"] == {"fas": ""}
    assert browser.post("/deconnexion/").url.startswith(f"{provider.issuer}/end_session?client_id=")


def test_a_provider_that_is_down_is_said_with_the_way_back_kept(provider) -> None:
    provider.down = {"openid-configuration"}
    answer = french().post("/connexion/", {"way": "eid", "suite": "/profil/"})
    assert answer.status_code == 503
    assert 'value="/profil/"' in answer.content.decode()


def test_an_expired_session_goes_to_sign_in_and_back_to_the_page_of_the_form() -> None:
    answer = french().post("/profil/", {"phone": "1"}, headers={"referer": "http://testserver/profil/?a=1"})
    assert answer.status_code == 303
    assert answer.url == "/connexion/?suite=%2Fprofil%2F%3Fa%3D1"


def test_refused_answers_in_the_journal_are_limited() -> None:
    for _attempt in range(65):
        with suppress(TooMany):
            refuse_sign_in("nonce")
    assert Entry.objects.filter(act="sign_in.refused").count() == 60


def test_a_session_ends_after_half_a_day_however_much_it_is_used() -> None:
    browser = client_of(CLAIRE)
    assert browser.get("/profil/").status_code == 200
    SignIn.objects.filter(pk=browser.sign_in.pk).update(at=timezone.now() - timedelta(hours=12, minutes=1))

    answer = browser.get("/profil/")
    assert (answer.status_code, answer.url) == (303, "/connexion/?suite=%2Fprofil%2F")


def test_tries_are_counted_by_network_where_one_person_holds_many_addresses(rf, settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = None
    seen = {sender(rf.get("/", REMOTE_ADDR=f"2001:db8:1:2::{one:x}")) for one in range(9)}
    assert seen == {"2001:db8:1:2::/64"}
    assert sender(rf.get("/", REMOTE_ADDR="203.0.113.9")) == "203.0.113.9"
    assert sender(rf.get("/", REMOTE_ADDR="::ffff:203.0.113.9")) == "203.0.113.9"
    assert sender(rf.get("/", REMOTE_ADDR="::ffff:odd")) == "::ffff:odd"
    assert sender(rf.get("/", REMOTE_ADDR="203.0.113.9", headers={"x-forwarded-for": "1.2.3.4"})) == "203.0.113.9"
