"""What people write is read at the desk, and by nobody else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monespace.desk import actions as desk
from monespace.help.models import Feedback
from tests.cast import HUGO, ISABELLE
from tests.factories import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def isabelle():
    desk.load_teams()
    desk.add_member(
        "calamites", ISABELLE.national_number, given_names=ISABELLE.given_names, family_name=ISABELLE.family_name
    )
    return client_of(ISABELLE)


def test_an_agent_reads_and_marks_an_opinion(isabelle):
    opinion = Feedback.objects.create(problem="Je ne trouve pas le formulaire.", language="fr", email="a@exemple.be")

    assert "Je ne trouve pas le formulaire." in isabelle.get("/guichet/avis/").content.decode()
    assert isabelle.post("/guichet/avis/", {"opinion": opinion.pk}).status_code == 303

    opinion.refresh_from_db()
    assert opinion.handled_at is not None
    assert opinion.email == ""


def test_strangers_find_nothing(client):
    assert client_of(HUGO).get("/guichet/avis/").status_code == 404
    assert client.get("/guichet/avis/").status_code == 303


def test_the_list_costs_the_same_with_one_and_with_fifty(isabelle):
    Feedback.objects.create(problem="Un", language="fr")
    isabelle.get("/guichet/avis/")
    with CaptureQueriesContext(connection) as one:
        isabelle.get("/guichet/avis/")
    Feedback.objects.bulk_create([Feedback(problem=f"Avis {n}", language="fr") for n in range(50)])
    with CaptureQueriesContext(connection) as fifty:
        isabelle.get("/guichet/avis/")

    assert len(fifty) == len(one)


@pytest.mark.parametrize("odd", ["", "x", "9" * 40, "-1"])
def test_odd_keys_change_nothing(isabelle, odd):
    assert isabelle.post("/guichet/avis/", {"opinion": odd}).status_code == 303
    assert isabelle.get(f"/guichet/avis/?before={odd}").status_code == 200
