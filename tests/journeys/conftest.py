"""A whole portal for the journeys: every process real, the database empty but for procedures, register and teams."""

import pytest

from tests.browser import NARROW, WIDE, open_browser
from tests.journeys import steps
from tests.journeys.operators import seat_in_team
from tests.journeys.people import CAST, Traveller
from tests.ops.harness import running_demo
from tests.ops.leaks import leaks


def tells_a_guide(test) -> bool:
    """Whether a test is a journey of the guides: its people read the language of the run."""
    return "someone" in test.fixturenames


def pytest_generate_tests(metafunc) -> None:
    """When pictures are made, the journeys of the guides run in each language, on a demonstration of its own."""
    if steps.FOLDER and tells_a_guide(metafunc):
        metafunc.parametrize("demo", steps.LANGUAGES, indirect=True, scope="session")


def pytest_collection_modifyitems(config, items) -> None:
    """When pictures are made, only the journeys of the guides run."""
    if steps.FOLDER:
        others = [item for item in items if not tells_a_guide(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]


@pytest.fixture
def language(request) -> str:
    """The language in which a journey of a guide runs."""
    return request.node.callspec.params["demo"] if steps.FOLDER else "fr"


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """One demonstration for all the journeys of this process of the run; Isabelle sits in the team that decides."""
    with running_demo(tmp_path_factory.mktemp("journeys"), "--empty") as running:
        assert "Isabelle Mathot is now in the team calamites" in seat_in_team(running, "isabelle-mathot")
        yield running
        assert leaks(running) == [], "a national number or a code was written where none may stand"


@pytest.fixture(scope="module")
def browser():
    """One browser for the journeys of a file; each person has windows of their own in it."""
    with open_browser() as opened:
        yield opened


@pytest.fixture
def traveller(demo, browser):
    """Makes people; their windows are closed at the end."""
    made = []

    def make(person: str, *, wide: bool = False, kind: type[Traveller] = Traveller, **options) -> Traveller:
        made.append(kind(demo, browser, person, size=dict(WIDE if wide else NARROW), **options))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def someone(traveller, language):
    """Makes people who read the language in which the journey runs: when it is not their own, they have chosen it in the header."""

    def make(person: str, **options) -> Traveller:
        one = traveller(person, language=language, **options)
        if CAST[person]["language"] != language:
            one.context.add_cookies([{"name": "monespace_langue", "value": language, "url": one.demo.portal_url}])
        return one

    return make


@pytest.fixture
def agent(traveller):
    """Isabelle at her desk, signed in."""
    return traveller("isabelle-mathot", wide=True, guided=False).go("/connexion/").sign_in("eid", known=False)
