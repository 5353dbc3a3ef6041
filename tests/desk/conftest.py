"""The desk's tests: keys, the middleware, the team of content/teams.yaml."""

from pathlib import Path

import pytest

from monespace.cli.messages import compile_all
from monespace.desk import actions
from monespace.vault.keys import new_keys
from tests.desk import scene

ROOT = Path(__file__).resolve().parents[2]
MIDDLEWARE, AFTER = "monespace.desk.http.seats_of_request", "monespace.identity.http.sign_in_of_request"


@pytest.fixture(scope="session")
def key_file(tmp_path_factory) -> Path:
    """Keys for this run."""
    path = tmp_path_factory.mktemp("keys") / "keys"
    new_keys(path, made_by="operator")
    return path


@pytest.fixture(autouse=True)
def house(settings, key_file, tmp_path):
    """The desk wired in."""
    settings.KEYS_FILE = str(key_file)
    settings.STATIC_ROOT = ROOT / "static"
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    settings.ROOT_URLCONF = "tests.desk.urls"
    if MIDDLEWARE not in settings.MIDDLEWARE:
        place = settings.MIDDLEWARE.index(AFTER) + 1
        settings.MIDDLEWARE = [*settings.MIDDLEWARE[:place], MIDDLEWARE, *settings.MIDDLEWARE[place:]]
    compile_all(ROOT / "locale")


@pytest.fixture
def team(db):
    """The calamities team, as the content tells it."""
    return actions.load_teams()


@pytest.fixture
def isabelle(team):
    """An agent of the team."""
    return scene.agent()
