"""`/sante/` says 200 when the portal can work, else 503 with what is wrong."""

import json

import pytest
from django.db import connection
from django.test import RequestFactory

from config import health

GET = RequestFactory().get("/sante/")


@pytest.mark.django_db
def test_it_answers_200_when_the_portal_can_work(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        answer = health.health(GET)
    assert (answer.status_code, json.loads(answer.content)) == (200, {"ok": True, "wrong": []})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_a_migration_not_applied_is_503(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_migrations", lambda: frozenset({("identity", "9999_new")}))
    answer = health.health(GET)
    assert answer.status_code == 503
    assert json.loads(answer.content)["wrong"] == ["1 migrations are not applied: run monespace migrate."]


def test_a_silent_database_is_503_and_its_address_is_not_told(committed, monkeypatch: pytest.MonkeyPatch) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere-at-all")
    answer = health.health(GET)
    assert answer.status_code == 503
    assert "nowhere-at-all" not in answer.content.decode()


def test_only_reading_is_allowed() -> None:
    assert health.health(RequestFactory().post("/sante/")).status_code == 405
