"""How long a session lasts: as long as one clicks, but not for ever."""

import html
import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django import app

from monespace.identity import jobs
from monespace.identity.models import EmailCode, SignIn
from tests.cast import CLAIRE, HUGO
from tests.factories import client_of, person

pytestmark = pytest.mark.django_db


def writes(browser) -> int:
    """How many times one page writes the session."""
    with CaptureQueriesContext(connection) as asked:
        assert browser.get("/profil/").status_code == 200
    return sum(query["sql"].startswith('UPDATE "django_session"') for query in asked)


def test_a_session_in_use_is_written_once_a_minute(monkeypatch) -> None:
    browser = client_of(CLAIRE)
    assert [writes(browser), writes(browser)] == [1, 0]
    monkeypatch.setattr("monespace.identity.http.this_minute", lambda: 29_000_001)
    assert [writes(browser), writes(browser)] == [1, 0]


def test_a_session_ends_after_its_hours_however_much_one_clicks(settings) -> None:
    browser = client_of(CLAIRE)
    SignIn.objects.update(at=timezone.now() - timedelta(hours=settings.SESSION_HOURS, minutes=-1))
    assert browser.get("/profil/").status_code == 200
    SignIn.objects.update(at=timezone.now() - timedelta(hours=settings.SESSION_HOURS, minutes=1))
    assert browser.get("/profil/").headers["Location"].startswith("/connexion/")


def test_each_night_what_is_over_goes_and_what_runs_stays() -> None:
    now = timezone.now()
    for key, ends in (("over", now - timedelta(days=1)), ("runs", now + timedelta(days=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
        EmailCode.objects.create(
            person=person(CLAIRE if key == "over" else HUGO), address="a@b.example", digest="", expires_at=ends
        )
    jobs.tidy()

    assert list(Session.objects.values_list("session_key", flat=True)) == ["runs"]
    assert EmailCode.objects.get().person == person(HUGO)
    assert "identity.tidy" in {task for task, _id in app.periodic_registry.periodic_tasks}


def left(answer) -> tuple[int, int]:
    """Seconds to the two ends, as a script is told."""
    idle, fixed = answer.headers["Session-Seconds"].split()
    return int(idle), int(fixed)


def test_a_session_is_made_longer_in_one_action_more_than_ten_times(settings, monkeypatch) -> None:
    """WCAG 2.2, 2.2.1. Two minutes before each end, from the script's dialog; the last one the day's limit does not allow."""
    browser, start = client_of(CLAIRE), timezone.now()
    step, prolonged = timedelta(seconds=settings.SESSION_COOKIE_AGE - 120), 0
    for number in range(1, 15):
        now = start + number * step
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        monkeypatch.setattr("monespace.identity.http.this_minute", lambda now=now: int(now.timestamp()) // 60)
        answer = browser.post("/session/prolonger/", headers={"accept": "text/plain"})
        if answer.status_code != 204:
            break
        prolonged += 1
        assert left(answer)[0] == settings.SESSION_COOKIE_AGE - 60
    assert prolonged >= 11
    assert answer.url.startswith("/connexion/"), "the day's limit ends it"
    assert now - start > timedelta(hours=settings.SESSION_HOURS)


def test_a_session_that_nobody_uses_ends(settings, monkeypatch) -> None:
    browser, start = client_of(CLAIRE), timezone.now()
    browser.get("/profil/")
    monkeypatch.setattr(timezone, "now", lambda: start + timedelta(seconds=settings.SESSION_COOKIE_AGE + 60))
    assert browser.post("/session/prolonger/", headers={"accept": "text/plain"}).status_code == 303


def test_without_scripts_a_page_says_when_the_session_ends_and_a_button_prolongs_it_in_another_tab() -> None:
    browser = client_of(CLAIRE)
    page = browser.get("/profil/").content.decode()
    assert re.search(r"Sans clic, votre session prend fin à <span data-session-time>\d\d:\d\d<", page)
    assert re.search(r'action="/session/prolonger/" method="post" target="_blank"', page)
    answer = browser.post("/session/prolonger/")
    assert (answer.status_code, answer.url) == (303, "/session/prolonger/?fait=1")
    assert "ce que vous y avez tapé s'y trouve toujours" in html.unescape(browser.get(answer.url).content.decode())


def test_the_day_s_limit_is_announced_as_one_that_no_click_moves(settings) -> None:
    browser = client_of(CLAIRE)
    SignIn.objects.update(at=timezone.now() - timedelta(hours=settings.SESSION_HOURS, minutes=-20))
    page = html.unescape(browser.get("/session/prolonger/").content.decode())
    assert "ne peut pas durer plus longtemps" in page
    assert "Enregistrez avant, puis identifiez-vous de nouveau" in page
    assert left(browser.get("/session/prolonger/"))[1] <= 1200


@pytest.mark.parametrize(
    ("suite", "to"), [("/espaces/", "/espaces/"), ("//evil.example/", "/session/prolonger/?fait=1")]
)
def test_prolonging_comes_back_to_a_page_of_ours(suite: str, to: str) -> None:
    assert client_of(CLAIRE).post("/session/prolonger/", {"suite": suite}).url == to


def test_no_other_site_prolongs_a_session() -> None:
    assert client_of(CLAIRE, enforce_csrf_checks=True).post("/session/prolonger/").status_code == 403
