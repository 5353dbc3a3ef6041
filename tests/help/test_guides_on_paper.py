"""Guides exist as tagged PDF, made by the worker from the very text of the page."""

import io
import json

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client

from monespace.help import actions, jobs, queries
from monespace.help.markup import picture_words
from monespace.help.paper import file_name, guide_data

pytestmark = pytest.mark.django_db
SLUG = "s-identifier"


@pytest.fixture(autouse=True)
def documents(tmp_path, settings):
    """A document store of its own."""
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    return tmp_path


def waiting() -> list:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'help.make_guide' ORDER BY id")
        return [json.loads(row[0])["ids"] for row in cursor.fetchall()]


def words(blocks: list[dict]) -> str:
    return " ".join(span["text"] for block in blocks for step in block.get("steps", []) for span in step["text"])


def test_while_it_is_missing_the_page_says_so_and_orders_it_once(settings):
    settings.RATE_LIMITS = True
    visitor = Client()

    first = visitor.get(f"/aide/{SLUG}.pdf?langue=fr")
    second = visitor.get(f"/aide/{SLUG}.pdf?langue=fr")

    assert (first.status_code, second.status_code) == (202, 202)
    assert "Le PDF est en préparation" in first.content.decode()
    assert waiting() == [[SLUG, "fr"]]


def test_once_made_it_is_given_tagged_and_in_its_language():
    jobs.make_guide(SLUG, "de")

    answer = Client().get(f"/aide/{SLUG}.pdf?langue=de")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(b"".join(answer.streaming_content))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("de")


@pytest.mark.parametrize("language", ["fr", "de"])
def test_every_guide_can_be_made(language):
    for guide in queries.guides(language):
        jobs.make_guide(guide.slug, language)
        assert default_storage.size(file_name(guide)) > 10_000


def test_a_new_text_takes_the_place_of_the_former(monkeypatch):
    default_storage.save(f"help/{SLUG}-fr-0123456789abcdef.pdf", io.BytesIO(b"former"))
    default_storage.save(f"help/{SLUG}-de-0123456789abcdef.pdf", io.BytesIO(b"the other language"))

    jobs.make_guide(SLUG, "fr")
    jobs.make_guide(SLUG, "fr")

    left = set(default_storage.listdir("help")[1])
    assert left == {file_name(queries.topic(SLUG, "fr")).removeprefix("help/"), f"{SLUG}-de-0123456789abcdef.pdf"}


def test_installing_orders_every_guide_once_made_none():
    every = 2 * len(queries.guides("fr"))

    assert actions.order_missing_guides() == every
    for slug, language in waiting():
        jobs.make_guide(slug, language)
    assert actions.order_missing_guides() == 0


def test_the_paper_says_what_the_page_says():
    topic = queries.topic("guide-gestionnaire-acces", "fr")
    blocks = guide_data(topic)["blocks"]

    assert [block["title"] for block in blocks if block["kind"] == "heading"] == [
        chapter.title for chapter in topic.chapters
    ]
    assert sum(len(block.get("steps", [])) for block in blocks) == len(topic.steps)
    assert "Elle s'identifie elle-même" in words(blocks)
    assert [len(block["table"]["rows"]) for block in blocks if block["kind"] == "table"] == [4, 5]


@pytest.mark.parametrize("language", ["fr", "de"])
def test_the_paper_shows_the_pictures_and_says_what_they_show(language):
    jobs.make_guide(SLUG, language)

    with default_storage.open(file_name(queries.topic(SLUG, language))) as file, pikepdf.open(file) as pdf:
        tags = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        said = sorted(str(tag.Alt) for tag in tags)
    assert said == sorted(picture_words(step.title, language) for step in queries.steps(SLUG, language))


def test_a_job_for_a_page_that_is_gone_does_nothing():
    jobs.make_guide("pas-une-page", "fr")
    jobs.make_guide("securite", "fr")

    assert not default_storage.exists("help")


def test_another_helpdesk_is_another_document(settings):
    before = file_name(queries.topic(SLUG, "fr"))
    settings.HELPDESK_PHONE = "087 00 00 00"

    assert file_name(queries.topic(SLUG, "fr")) != before
