"""What the owner of the database could rewrite is anchored outside it each night (law 8)."""

import psycopg
import pytest
from django.core.files.storage import default_storage
from django.db import connection

from monespace.cli import journal
from monespace.cli.trouble import Trouble
from monespace.journal.jobs import anchor
from monespace.journal.queries import broken_links
from tests.journal.test_chain import SPACE, some


@pytest.fixture(autouse=True)
def documents(settings, tmp_path) -> None:
    """A document store of its own."""
    store = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": store}


def test_a_chain_written_anew_from_its_start_is_found(committed, owner_url: str) -> None:
    some(3)
    anchor()
    some(1)
    assert journal.verdict() == "Journal: not altered. Chains read: 1. Days of anchors compared: 1."

    connection.close()
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_append_only")
        owner.execute("DELETE FROM journal_entry")
    some(4)

    assert not list(broken_links(SPACE))
    with pytest.raises(Trouble, match=SPACE):
        journal.verdict()


@pytest.mark.django_db
def test_a_day_is_anchored_once_with_a_line_for_each_chain() -> None:
    some(2)
    some(1, "person:1")
    anchor()
    some(1)
    anchor()

    (name,) = default_storage.listdir("journal")[1]
    lines = default_storage.open(f"journal/{name}").read().decode().splitlines()
    assert [line.split()[:2] for line in lines] == [[SPACE, "2"], ["person:1", "1"]]


@pytest.mark.django_db
def test_before_the_first_night_there_is_nothing_to_compare() -> None:
    some(1)

    assert "compared: 0" in journal.verdict()
