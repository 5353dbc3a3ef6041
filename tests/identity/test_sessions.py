"""How long a session lasts: as long as one clicks, but not for ever."""

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
