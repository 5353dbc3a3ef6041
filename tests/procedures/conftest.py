"""The real content, published once for this folder's tests; afterwards the database is made anew."""

import os
from pathlib import Path

import pytest

from monespace.procedures.actions import publish
from monespace.procedures.reading import read_content
from tests import browser, database

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "content"


@pytest.fixture(scope="session")
def content():
    """Everything under content/, read once."""
    return read_content(CONTENT)


@pytest.fixture(scope="package")
def published(place, database_name, django_db_setup, django_db_blocker):
    """The catalogue in the database, seen by every test of this folder."""
    from django.db import connections

    with django_db_blocker.unblock():
        yield publish(CONTENT)
        connections.close_all()
    database.copy(place, database_name)


@pytest.fixture
def catalogue(published, db):
    """The catalogue, in a transaction of this test's own."""
    return published


@pytest.fixture(scope="module")
def chromium():
    """One browser for the pages of this folder; Playwright's own loop must not stop Django from asking the database."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with browser.open_browser() as opened:
        yield opened
