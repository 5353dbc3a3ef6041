"""Anyone may say what could be better: without a name, heard by an agent, forgotten after a year."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from monespace.help import actions, queries
from monespace.help.models import Feedback

pytestmark = pytest.mark.django_db
GOOD = {
    "page": "/demarches/prime/?q=secret",
    "doing": "J'ajoutais une photo",
    "problem": "Le bouton ne répond pas",
    "email": "",
}


@pytest.fixture
def visitor():
    return Client(headers={"accept-language": "fr"})


def test_an_opinion_is_kept_without_a_name(visitor):
    answer = visitor.post("/avis/", GOOD)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/avis/merci/")
    (kept,) = Feedback.objects.all()
    assert (kept.page, kept.doing, kept.problem, kept.email, kept.language) == (
        "/demarches/prime/", GOOD["doing"], GOOD["problem"], "", "fr",
    )  # fmt: skip
    assert not {"person", "address", "session"} & {field.name for field in Feedback._meta.get_fields()}


def test_the_form_names_the_page_it_is_about(visitor):
    assert (
        "Page concernée\u00a0: <strong>/espaces/moi/</strong>"
        in visitor.get("/avis/", {"page": "/espaces/moi/"}).content.decode()
    )


@pytest.mark.parametrize(
    "page", ["https://ailleurs.example/", "//ailleurs.example", "javascript:x", "x", "/a\x07b", "/" + "a" * 2000]
)
def test_a_page_that_is_not_ours_is_left_out(visitor, page):
    assert "Page concernée" not in visitor.get("/avis/", {"page": page}).content.decode()
    visitor.post("/avis/", GOOD | {"page": page})

    assert Feedback.objects.get().page == ""


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"problem": ""}, "Écrivez ce qui n&#39;a pas marché"),
        ({"problem": "   "}, "Écrivez ce qui n&#39;a pas marché"),
        ({"email": "pas une adresse"}, "nom@exemple.be"),
        ({"problem": "Mon numéro est 85.07.30-033.28"}, "Retirez le numéro de registre national"),
        ({"doing": "85073003328"}, "Retirez le numéro de registre national"),
        ({"problem": "x" * 3001}, "3000 caractères au plus"),
        ({"problem": "a\x00b"}, "caractères invisibles"),
        ({"problem": "статья 12"}, "lettres latines"),
        ({"doing": "a\x07b"}, "caractères invisibles"),
        ({"doing": "x" * 501}, "Raccourcissez ce texte"),
    ],
)
def test_bad_input_keeps_what_was_typed_and_says_what_to_do(visitor, wrong, sentence):
    answer = visitor.post("/avis/", GOOD | {"doing": "Je lisais une page"} | wrong)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert "govuk-error-summary" in page
    assert wrong.get("doing", "Je lisais une page") in page
    assert not Feedback.objects.exists()


def test_a_number_that_only_looks_like_one_passes(visitor):
    assert visitor.post("/avis/", GOOD | {"problem": "Erreur 12345678901 à l'écran"}).status_code == 303


def test_writing_too_often_is_refused_and_nothing_is_lost(visitor, settings):
    settings.RATE_LIMITS = True
    for _time in range(actions.PER_HOUR):
        assert visitor.post("/avis/", GOOD).status_code == 303

    answer = visitor.post("/avis/", GOOD | {"problem": "Une fois de trop"})

    assert answer.status_code == 429
    assert "Une fois de trop" in answer.content.decode()
    assert "Réessayez dans" in answer.content.decode()
    assert Feedback.objects.count() == actions.PER_HOUR


def test_behind_the_proxy_each_sender_has_a_count_of_his_own(visitor, settings):
    settings.RATE_LIMITS = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for _time in range(actions.PER_HOUR + 1):
        last = visitor.post("/avis/", GOOD, headers={"x-forwarded-for": "203.0.113.9"})

    assert last.status_code == 429
    assert visitor.post("/avis/", GOOD, headers={"x-forwarded-for": "203.0.113.9, 203.0.113.10"}).status_code == 303


def test_no_network_address_is_kept(visitor, settings):
    settings.RATE_LIMITS = True
    visitor.post("/avis/", GOOD, REMOTE_ADDR="198.51.100.77")

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM identity_ratecount WHERE key LIKE '%%198.51%%'")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE args::text LIKE '%%198.51%%'")
        assert cursor.fetchone() == (0,)


def test_it_is_forgotten_after_a_year(visitor):
    visitor.post("/avis/", GOOD)
    kept = Feedback.objects.get()

    with connection.cursor() as cursor:
        cursor.execute("SELECT args, scheduled_at FROM procrastinate_jobs WHERE task_name = 'help.forget_feedback'")
        ((arguments, when),) = cursor.fetchall()
    assert json.loads(arguments) == {"ids": [kept.pk]}
    assert abs(when - timezone.now() - timedelta(days=365)) < timedelta(minutes=1)

    actions.forget_feedback(kept.pk)
    actions.forget_feedback(kept.pk)
    assert not Feedback.objects.exists()


def test_an_agent_reads_them_newest_first_by_key(django_assert_num_queries):
    Feedback.objects.bulk_create(
        [Feedback(problem=f"Avis {number}", language="fr") for number in range(queries.PAGE + 5)]
    )

    with django_assert_num_queries(1):
        first = queries.feedback()
    rest = queries.feedback(first[queries.PAGE - 1].pk)

    assert len(first) == queries.PAGE + 1
    assert [one.problem for one in rest] == [f"Avis {number}" for number in (4, 3, 2, 1, 0)]


def test_handling_one_forgets_its_address_and_happens_once(person):
    kept = Feedback.objects.create(problem="Avis", email="nom@exemple.be", language="fr")

    assert actions.close_feedback(kept.pk, by=person)
    assert not actions.close_feedback(kept.pk, by=person)
    kept.refresh_from_db()
    assert (kept.email, kept.handled_by) == ("", person)
    assert kept.handled_at is not None


@pytest.mark.parametrize("path", ["/aide/", "/aide/contact/", "/avis/merci/"])
def test_these_pages_only_answer_questions(visitor, path):
    assert visitor.post(path).status_code == 405
