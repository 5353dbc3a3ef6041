"""The desk's tests: the team of content/teams.yaml and an agent in it."""

from pathlib import Path

import pytest

from monespace.cli.messages import compile_all
from monespace.desk import actions
from tests.desk import scene

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def house(settings):
    """Hosts of the test client, translations compiled."""
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    compile_all(ROOT / "locale")


@pytest.fixture
def team(db):
    """The calamities team, as the content tells it."""
    return actions.load_teams()


@pytest.fixture
def isabelle(team):
    """An agent of the team."""
    return scene.agent()
