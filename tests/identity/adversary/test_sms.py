"""Attacks on the portal's own SMS code: each is refused, with its sentence, its reference and its entry in the journal."""

import contextlib
import re
import threading

import pytest
from django.conf import settings as configured
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monespace.identity.actions import WrongCode
from monespace.identity.models import SignIn, SmsCode
from monespace.identity.sms import codes, limits, passwords
from monespace.journal.models import Entry
from monespace.notices.models import Sms
from tests.cast import CLAIRE, HUGO
from tests.factories import person
from tests.identity import phones
from tests.identity.phones import (
    NOBODYS,
    NUMBER,
    PASSWORD,
    ask,
    browser,
    enter,
    last_code,
    messages,
    other_than,
    type_code,
)

pytestmark = pytest.mark.usefixtures("own_code")
db = pytest.mark.django_db


def refused(answer, code: str) -> None:
    """The page says a reference; the journal holds it with the reason."""
    entry = Entry.objects.filter(act="sign_in.refused").latest("id")
    assert (entry.detail["code"], entry.detail["way"]) == (code, "code")
    assert entry.detail["reference"] in answer.content.decode()
    assert not SignIn.objects.exists()


@db
def test_guessing_ends_after_five_tries_and_the_right_code_comes_too_late() -> None:
    phones.bound()
    thief = browser()
    ask(thief)
    right = last_code()
    answers = [type_code(thief, other_than(right)) for _try in range(5)]
    assert [answer.status_code for answer in answers] == [422, 422, 422, 422, 403]
    refused(answers[-1], "sms_tries")
    assert type_code(thief, right).status_code == 403
    assert not SignIn.objects.exists()


def test_two_guesses_at_once_are_two_tries(committed) -> None:
    phones.bound()
    made = codes.start("sign_in", NUMBER, person(CLAIRE), browser="mine")

    def guess() -> None:
        for _try in range(4):
            with contextlib.suppress(WrongCode):
                codes.prove(SmsCode.objects.get(pk=made.pk), "not digits", browser="mine")
        connection.close()

    both = [threading.Thread(target=guess) for _one in range(2)]
    [each.start() for each in both]
    [each.join() for each in both]
    assert SmsCode.objects.get(pk=made.pk).tries == 5, "eight guesses, of which five were looked at"


@db
def test_flooding_a_number_stops_after_six_messages_an_hour() -> None:
    phones.bound()
    answers = [ask(browser()) for _try in range(7)]
    assert [answer.status_code for answer in answers] == [303] * 6 + [429]
    assert len(messages()) == 6
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 3600
    assert re.search(r"Réessayez dans \d+ minute", answers[-1].content.decode())
    refused(answers[-1], "too_many")


@db
def test_flooding_from_one_address_stops_and_another_address_goes_on(monkeypatch) -> None:
    monkeypatch.setattr(limits, "PER_ADDRESS", 20)  # the real one is tried in test_limits.py
    many = [f"+3247{number:07}" for number in range(2_000_000, 2_000_022)]
    answers = [ask(browser(), number, REMOTE_ADDR="198.51.100.7") for number in many[:21]]
    assert [answer.status_code for answer in answers] == [303] * 20 + [429]
    refused(answers[-1], "too_many")
    assert ask(browser(), many[21], REMOTE_ADDR="198.51.100.8").status_code == 303


def bare(answer) -> tuple:
    """What an attacker sees of an answer: status, headers, words; without the tokens that differ for everybody."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|[0-9A-Z]{4}-[0-9A-Z]{4}', "", answer.content.decode())
    headers = {name: value for name, value in answer.headers.items() if name not in {"Content-Length", "Retry-After"}}
    return answer.status_code, headers, re.sub(r"par \d\d|\d\d:\d\d|\d+ minute", "", text)


@db
@pytest.mark.parametrize("password", ["", "pas le bon mot de passe"])
def test_a_number_that_nobody_bound_gets_the_same_answers_all_the_way(password: str) -> None:
    phones.bound(password=PASSWORD)

    def journey(number: str) -> list[tuple]:
        seen, thief = [], browser()
        seen.append(bare(ask(thief, number, password)))
        seen.append(bare(thief.get("/connexion/code/saisir/")))
        seen += [bare(type_code(thief, "no")), *(bare(type_code(thief, "000000")) for _try in range(6))]
        phones.later(61)
        seen += [
            bare(thief.post("/connexion/code/saisir/", {"again": "1"})),
            bare(thief.get("/connexion/code/mot-de-passe/")),
        ]
        seen += [bare(ask(browser(), number, password)) for _try in range(6)]
        return seen

    known, unknown = journey(NUMBER), journey(NOBODYS)
    assert known == unknown
    assert [each[0] for each in known][-1] == 429
    assert {message["to"] for message in messages(real=True)} == {NUMBER}


@db
def test_a_number_that_nobody_bound_takes_the_same_work(monkeypatch) -> None:
    """No clock is needed: the same statements, one password stretched, one message sealed and one job, known or not."""
    phones.bound(password=PASSWORD)
    stretched = []
    monkeypatch.setattr(passwords, "check_password", lambda *given: stretched.append(given[1][:3]) or False)

    def work(number: str) -> list[str]:
        thief = browser()
        thief.get("/connexion/code/")
        with CaptureQueriesContext(connection) as asked:
            ask(thief, number, "pas le bon mot de passe")
            type_code(thief, "no")
        return [re.sub(r"\s.*", "", query["sql"]) + re.sub(r"'[^']*'|\d+", "", query["sql"])[:40] for query in asked]

    work(NUMBER)  # what a process does once
    assert work(NUMBER) == work(NOBODYS)
    assert stretched == ["md5", "md5", "md5"], "as long for a number without a password"
    assert Sms.objects.count() == 3


@db
def test_the_code_of_another_browser_opens_nothing_and_spoils_nothing() -> None:
    phones.bound()
    hers, his = browser(), browser()
    ask(hers)
    code = last_code()
    ask(his)
    if last_code() != code:
        assert type_code(his, code).status_code == 422
    stranger = type_code(browser(), code)
    assert stranger.status_code == 400
    refused(stranger, "lost")
    assert type_code(hers, code).url == "/profil/"


@db
def test_the_same_digits_are_worth_nothing_in_another_browser_or_for_another_purpose() -> None:
    """Even with the row of the code in hand, as a session stolen from the database would give it."""
    phones.bound()
    made = codes.start("sign_in", NUMBER, person(CLAIRE), browser="hers")
    code = last_code()
    with pytest.raises(WrongCode):
        codes.prove(made, code, browser="his")
    SmsCode.objects.update(purpose="bind")
    with pytest.raises(WrongCode):
        codes.prove(SmsCode.objects.get(), code, browser="hers")


@db
def test_a_code_serves_once() -> None:
    phones.bound()
    mine = browser()
    enter(mine)
    code, key = last_code(), SmsCode.objects.count()
    assert key == 0, "gone with its use"
    mine.post("/deconnexion/")
    assert type_code(mine, code).status_code == 400
    assert SignIn.objects.filter(ended_at=None).count() == 0


@db
def test_a_code_that_was_proven_cannot_be_proven_again() -> None:
    phones.bound()
    made = codes.start("sign_in", NUMBER, person(CLAIRE), browser="mine")
    codes.prove(made, last_code(), browser="mine")
    with pytest.raises(WrongCode):
        codes.prove(made, last_code(), browser="mine")
    assert [codes.use_up(made), codes.use_up(made)] == [True, False]


@db
def test_a_form_of_another_site_signs_nobody_in_under_somebody_elses_name() -> None:
    """Login CSRF: the attacker's own number and code, posted by the victim's browser."""
    phones.bound(HUGO)
    attacker, victim = browser(), browser(enforce_csrf_checks=True)
    ask(attacker)
    assert ask(victim).status_code == 403
    assert type_code(victim, last_code()).status_code == 403
    assert not SignIn.objects.exists()


@db
def test_whoever_knew_the_session_before_knows_nothing_after() -> None:
    """Session fixation: the victim is made to use a session whose key the attacker holds."""
    phones.bound(password=PASSWORD)
    planted = browser()
    planted.get("/connexion/code/")
    ask(planted, password=PASSWORD)
    key = planted.session.session_key
    type_code(planted, last_code())
    thief = browser()
    thief.cookies[configured.SESSION_COOKIE_NAME] = key
    assert thief.get("/profil/").url.startswith("/connexion/")
    assert planted.session.session_key != key


@db
@pytest.mark.parametrize("suite", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_the_way_back_never_leaves_the_portal(suite: str) -> None:
    phones.bound(password=PASSWORD)
    assert enter(browser(), password=PASSWORD, suite=suite).url == "/espaces/"


@db
def test_neither_number_nor_code_stands_in_the_database_in_clear() -> None:
    phones.bound()
    ask(browser())
    code = last_code()
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs")
        jobs = str(cursor.fetchall())
    rows = str([*SmsCode.objects.values(), *Sms.objects.values(), *Entry.objects.values()])
    assert code not in jobs
    assert NUMBER[3:] not in jobs + rows
    assert f"'{code}'" not in rows
