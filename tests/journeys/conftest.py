"""A whole portal for the journeys: every process real, the database empty but for procedures, register and teams."""

import pytest

from tests.browser import open_browser
from tests.journeys.people import Traveller
from tests.ops.harness import running_demo


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """One demonstration for all the journeys of this process of the run."""
    with running_demo(tmp_path_factory.mktemp("journeys"), "--empty") as running:
        yield running


@pytest.fixture(scope="session")
def browser():
    """One browser; each person has windows of their own in it."""
    with open_browser() as opened:
        yield opened


@pytest.fixture
def traveller(demo, browser):
    """Makes people; their windows are closed at the end."""
    made = []

    def make(person: str, **options) -> Traveller:
        made.append(Traveller(demo, browser, person, **options))
        return made[-1]

    yield make
    for one in made:
        one.close()
