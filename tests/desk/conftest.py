"""The desk's tests: the team of content/teams.yaml and an agent in it."""

import pytest

from monespace.desk import actions
from tests.desk import scene


@pytest.fixture(autouse=True)
def house(settings):
    """Hosts of the test client."""
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]


@pytest.fixture
def team(db):
    """The calamities team, as the content tells it."""
    return actions.load_teams()


@pytest.fixture
def isabelle(team):
    """An agent of the team."""
    return scene.agent()
