"""What every test stands on: the database with its two roles, and the tools a test may need."""

from pathlib import Path

import pytest
import structlog
from django.template.backends.jinja2 import Template
from django.test.signals import template_rendered
from django.utils.translation.reloader import translation_file_changed

from monespace.cli.messages import compile_all
from tests import database, tools
from tests.keys import keys_of_the_run

__all__ = ["keys_of_the_run"]


def pytest_configure(config: pytest.Config) -> None:
    """Leave out what needs a missing tool; compile the translations before anything reads them."""
    if not hasattr(config, "workerinput") and compile_all(tools.ROOT / "locale"):
        translation_file_changed(
            None, Path("any.mo")
        )  # pytest-django has started Django, which has read what was there
    config.pluginmanager.register(tools.LeaveOut(), "leave-out")


@pytest.fixture(autouse=True, scope="session")
def logs_are_heard() -> None:
    """Each line of a log asks anew where it goes: a logger that was used before a test captures lines would not be heard by it."""
    structlog.configure(cache_logger_on_first_use=False)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The program of the system's Chromium, for tests marked `browser`."""
    found = tools.chromium()
    assert found, "mark tests that need Chromium with @pytest.mark.browser"
    return found


@pytest.fixture(autouse=True)
def contexts(monkeypatch: pytest.MonkeyPatch) -> None:
    """`response.context` holds what a view gave its template: Django's client hears that from its own engine only."""
    render = Template.render

    def heard(self, context=None, request=None):
        template_rendered.send(sender=self, template=self, context=context or {})
        return render(self, context, request)

    monkeypatch.setattr(Template, "render", heard)


@pytest.fixture(autouse=True)
def one_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session is written once a minute: a test that counts queries must not see two of them."""
    monkeypatch.setattr("monespace.identity.http.this_minute", lambda: 29_000_000)


def pytest_configure_node(node) -> None:
    """Under xdist the first process prepares the database once and tells the others where it is."""
    if not hasattr(node.config, "_monespace_place"):
        node.config._monespace_place = database.prepare()
    node.workerinput["place"] = node.config._monespace_place.as_dict()


@pytest.fixture(scope="session")
def place(request: pytest.FixtureRequest) -> database.Place:
    """Where the run's databases are."""
    given = getattr(request.config, "workerinput", {}).get("place")
    return database.Place(**given) if given else database.prepare()


@pytest.fixture(scope="session")
def database_name(place: database.Place, worker_id: str) -> str:
    """The database of this process of the run."""
    return f"{place.template}_{worker_id}"


@pytest.fixture(scope="session")
def django_db_setup(place: database.Place, database_name: str, django_db_blocker):
    """Replaces pytest-django's: a copy of the migrated template, entered as the portal's role."""
    database.copy(place, database_name)
    with django_db_blocker.unblock():
        database.use(place.portal_of(database_name))
    yield
    with django_db_blocker.unblock():
        from django.db import connections

        connections.close_all()
    database.drop(place, database_name)


@pytest.fixture
def owner_url(place: database.Place, database_name: str, django_db_setup) -> str:
    """The owner's address of this process's database: for what the portal's role may not do."""
    return place.owner_of(database_name)


@pytest.fixture
def portal_url(place: database.Place, database_name: str, django_db_setup) -> str:
    """The portal's own address of this process's database."""
    return place.portal_of(database_name)


@pytest.fixture
def committed(place: database.Place, database_name: str, django_db_setup, django_db_blocker):
    """Data really committed, seen by other threads and processes; afterwards the database is made anew.

    Instead of `django_db(transaction=True)`, which would empty the tables as the portal's role: it may not.
    """
    from django.db import connections

    with django_db_blocker.unblock():
        yield
        connections.close_all()
    database.copy(place, database_name)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse the one way of using the database that cannot work with two roles."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and (marker.kwargs.get("transaction") or (marker.args and marker.args[0])):
            raise pytest.UsageError(f"{item.nodeid}: use the fixture `committed` instead of transaction=True.")
