"""Prometheus reads how people sign in, by way and outcome; nobody else does."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
OPERATOR = {"authorization": "Bearer a-secret-of-the-operator"}


def count(way: str, outcome: str) -> float:
    text = Client(headers=OPERATOR).get("/metriques/").content.decode()
    found = re.search(rf'^monespace_sign_ins_total\{{outcome="{outcome}",way="{way}"\}} ([\d.]+)$', text, re.MULTILINE)
    return float(found[1]) if found else 0


def test_outcomes_are_counted(settings) -> None:
    settings.METRICS_SECRET = "a-secret-of-the-operator"
    before = count("", "lost")
    Client().get("/connexion/retour/", {"state": "nobody-left-with-it", "code": "x"})

    assert count("", "lost") == before + 1


@pytest.mark.parametrize("secret", ["", "a-secret-of-the-operator"])
def test_nothing_is_there_without_the_secret(settings, secret: str) -> None:
    settings.METRICS_SECRET = secret
    for header in ("", "Bearer ", "Bearer wrong", "Basic a-secret-of-the-operator"):
        assert Client(headers={"authorization": header}).get("/metriques/").status_code == 404
