"""The portal's own code by SMS: to a bound number only, one part of GSM letters, low alone and substantial with the password."""

import re

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.utils import timezone, translation

from monespace.identity.models import SignIn, SmsCode
from monespace.identity.sms import passwords
from monespace.identity.sms.texts import BIND, SIGN_IN, code_text, number_left_text
from monespace.journal.models import Entry
from monespace.notices.gsm import parts
from monespace.notices.models import Mail, Notice, SmsTrouble
from tests.cast import CLAIRE, HUGO
from tests.factories import client_of, person
from tests.identity import phones
from tests.identity.phones import (
    NUMBER,
    OTHER,
    PASSWORD,
    ask,
    browser,
    enter,
    last_code,
    messages,
    other_than,
    type_code,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_code")]


def test_the_code_alone_proves_little_and_opens_profile_and_sessions_only() -> None:
    phones.bound()
    mine = browser()
    assert enter(mine).url == "/profil/"
    entered = SignIn.objects.get()
    assert (entered.level, entered.method, entered.provider, entered.person) == (200, "sms", "sms", person(CLAIRE))
    assert "sans mot de passe" in mine.get("/profil/").content.decode()
    assert mine.get("/profil/sessions/").status_code == 200
    assert mine.post("/profil/", {"language": "de"}).url == "/connexion/?suite=%2Fprofil%2F&niveau=400"
    assert mine.get("/espaces/").url.startswith("/connexion/?suite=")


def test_with_the_password_it_is_substantial_and_leads_where_one_was_going() -> None:
    phones.bound(password=PASSWORD)
    assert enter(browser(), password=PASSWORD, suite="/notifications/", niveau=400).url == "/notifications/"
    assert SignIn.objects.get().level == 400


def test_a_password_typed_wrong_is_typed_again_once_the_code_was_right() -> None:
    phones.bound(password=PASSWORD)
    mine = browser()
    assert enter(mine, password="quatre chevaux", niveau=400).url == "/connexion/code/mot-de-passe/"
    assert mine.post("/connexion/code/mot-de-passe/", {"password": "quatre"}).status_code == 422
    assert mine.post("/connexion/code/mot-de-passe/", {"password": PASSWORD}).url == "/espaces/"
    assert SignIn.objects.get().level == 400


def test_who_forgot_the_password_goes_on_without_it() -> None:
    phones.bound(password=PASSWORD)
    mine = browser()
    enter(mine, password="quatre chevaux")
    assert mine.post("/connexion/code/mot-de-passe/", {"without": "1"}).url == "/profil/"
    assert SignIn.objects.get().level == 200


def test_where_substantial_is_asked_the_password_is_demanded_before_anything_is_sent() -> None:
    phones.bound()
    assert ask(browser(), niveau=400).status_code == 422
    assert messages() == []
    answer = browser().get("/connexion/code/", {"niveau": "450", "suite": "/profil/"})
    assert answer.url == "/connexion/?suite=%2Fprofil%2F&niveau=450", "this way leads nowhere: the others are offered"


@pytest.mark.parametrize("typed", ["02 123 45 67", "0900 12 345", "+33 6 12 34 56 78", "12", "", "0475\x00123456"])
def test_only_mobile_numbers_of_the_chosen_countries_get_a_code(typed: str) -> None:
    answer = ask(browser(), typed)
    assert (answer.status_code, messages()) == (422, [])


@pytest.mark.parametrize("typed", ["0475 12 34 56", "0032 475 12 34 56", "+32475123456", "0475/12.34.56"])
def test_a_number_is_written_in_any_usual_way_and_a_code_with_spaces(typed: str) -> None:
    phones.bound()
    mine = browser()
    ask(mine, typed)
    code = last_code()
    assert type_code(mine, f" {code[:3]} {code[3:]} ").url == "/profil/"


@pytest.mark.parametrize("language", ["fr", "de", "nl", "en"])
def test_every_text_is_one_part_and_the_last_line_fills_the_code_in_on_our_pages_alone(settings, language: str) -> None:
    settings.SITE_URL = "https://monespace.administration-communale.example:8443"
    with translation.override(language):
        texts = [code_text(purpose, "482913") for purpose in (SIGN_IN, BIND)]
        assert [parts(text) for text in (*texts, number_left_text())] == [1, 1, 1]
    for text in texts:
        assert text.startswith("482913 ")
        assert text.splitlines()[-1] == "@monespace.administration-communale.example #482913"


def test_parts_are_counted_as_networks_do() -> None:
    assert [parts("a" * 160), parts("a" * 161), parts("é" * 160), parts("€" * 80), parts("€" * 81)] == [1, 2, 1, 1, 2]
    assert [parts("ê" * 70), parts("ê" * 71), parts("« »")] == [1, 2, 1]


def test_the_page_tells_until_when_and_sends_another_in_one_action() -> None:
    phones.bound()
    mine = browser()
    ask(mine)
    page = mine.get("/connexion/code/saisir/").content.decode()
    until = timezone.localtime(SmsCode.objects.get().expires_at)
    assert f"jusqu'à {until:%H:%M}" in page.replace("&#39;", "'")
    assert re.search(r'<input[^>]*autocomplete="one-time-code"[^>]*>', page)
    assert page.count('name="code"') == 1
    assert mine.post("/connexion/code/saisir/", {"again": "1"}).status_code == 422, "not before a minute"
    first = last_code()
    phones.later(61)
    assert mine.post("/connexion/code/saisir/", {"again": "1"}).url == "/connexion/code/saisir/"
    if first != last_code():
        assert type_code(mine, first).status_code == 422, "the one before is void"
    assert type_code(mine, last_code()).status_code == 303


def test_three_codes_are_all_that_one_sign_in_gets() -> None:
    phones.bound()
    mine = browser()
    ask(mine)
    for _again in range(3):
        phones.later(61)
        mine.post("/connexion/code/saisir/", {"again": "1"})
    assert len(messages()) == 3


def test_a_code_that_is_too_old_is_said_and_another_one_offered() -> None:
    phones.bound()
    mine = browser()
    ask(mine)
    phones.later(301)
    answer = type_code(mine, last_code())
    assert answer.status_code == 422
    assert "n'est plus valable" in answer.content.decode().replace("&#39;", "'")
    assert 'name="again"' in answer.content.decode()


def test_coming_back_with_the_back_button_goes_on() -> None:
    phones.bound()
    mine = browser()
    enter(mine)
    assert mine.get("/connexion/code/saisir/").url == "/profil/"
    assert browser().get("/connexion/code/saisir/").url == "/connexion/code/?suite=&niveau=0"


def test_the_page_says_when_no_message_leaves_and_offers_the_other_ways() -> None:
    SmsTrouble.objects.create(why="gateway", at=timezone.now())
    page = browser().get("/connexion/code/", {"suite": "/profil/"}).content.decode()
    assert "ne partent pas" in page
    assert "/connexion/?suite=%2Fprofil%2F&amp;niveau=0" in page


def test_binding_takes_a_high_session_and_the_code_and_is_told(client) -> None:
    weak = client_of(CLAIRE, level=400)
    assert weak.get("/profil/telephone/").url == "/connexion/?suite=%2Fprofil%2Ftelephone%2F&niveau=450"
    mine = client_of(CLAIRE, level=450)
    assert mine.post("/profil/telephone/", {"number": "0475 12 34 56"}).url == "/profil/telephone/code/"
    assert mine.post("/profil/telephone/code/", {"code": other_than(last_code())}).status_code == 422
    assert mine.post("/profil/telephone/code/", {"code": last_code()}).url == "/profil/telephone/?fait=lie"
    held = person(CLAIRE).boundphone
    assert (held.level, held.password) == (450, "")
    assert NUMBER not in str(vars(held))
    assert "se termine par 56" in Mail.objects.get().text
    assert Notice.objects.get().person == person(CLAIRE).pk
    assert Entry.objects.filter(act="phone.bound").exists()


def test_another_number_is_bound_anew_and_the_old_one_told() -> None:
    phones.bound(number=OTHER, password=PASSWORD)
    opened = SignIn.objects.create(person=person(CLAIRE), method="sms", level=400, provider="sms")
    mine = client_of(CLAIRE)
    mine.post("/profil/telephone/", {"number": NUMBER})
    mine.post("/profil/telephone/code/", {"code": last_code()})
    assert messages()[-1] == {"to": OTHER, "text": messages()[-1]["text"]}
    assert "ne donne plus accès" in messages()[-1]["text"]
    assert Mail.objects.filter(to=CLAIRE.email).count() == 2
    opened.refresh_from_db()
    assert opened.ended_at, "what the old number had opened is ended"


def test_a_number_that_is_given_up_opens_nothing_any_more() -> None:
    phones.bound()
    waiting = browser()
    ask(waiting)
    code = last_code()
    assert client_of(CLAIRE).post("/profil/telephone/", {"unbind": "1"}).url == "/profil/telephone/?fait=retire"
    assert type_code(waiting, code).status_code == 403
    assert messages()[-1]["to"] == NUMBER
    assert Entry.objects.filter(act="phone.unbound").exists()


@pytest.mark.parametrize("typed", ["court", "justinbieber", "1Q2W3E4R5T6Y", "claire dubois", "Claire.Dubois85"])
def test_a_password_is_long_and_ones_own(typed: str) -> None:
    phones.bound()
    answer = client_of(CLAIRE).post("/profil/telephone/mot-de-passe/", {"password": typed})
    assert (answer.status_code, person(CLAIRE).boundphone.password) == (422, "")


@pytest.mark.parametrize("typed", [PASSWORD, "            ab", "é" * 12, "日本語日本語日本語日本語"])
def test_a_password_is_any_signs_and_spaces_and_can_be_removed(typed: str) -> None:
    phones.bound()
    mine = client_of(CLAIRE)
    mine.post("/profil/telephone/mot-de-passe/", {"password": typed})
    assert passwords.is_right(typed, person(CLAIRE).boundphone.password)
    assert not passwords.is_right(typed.strip() + "x", person(CLAIRE).boundphone.password)
    mine.post("/profil/telephone/mot-de-passe/", {"remove": "1"})
    assert person(CLAIRE).boundphone.password == ""


def test_in_earnest_passwords_are_stretched_with_scrypt(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
    assert identify_hasher(passwords.stretched(PASSWORD)).algorithm == "scrypt"


def test_hugo_who_bound_nothing_gets_no_message() -> None:
    person(HUGO)
    ask(browser(), OTHER)
    assert messages(real=True) == []


@pytest.mark.parametrize(
    ("password", "common"),
    [
        ("motdepasse1234", True),
        ("!!azertyuiop12", True),
        ("Claire-Dubois-85", True),
        ("quatre chevaux sur la digue", False),
    ],
)
def test_a_password_that_is_tried_first_is_refused_whatever_digits_stand_around_it(password: str, common: bool) -> None:
    assert passwords.is_common(password, person(CLAIRE)) is common
