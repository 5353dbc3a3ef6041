"""What the tests of accesses begin with."""

import pytest

from monespace.registry.models import Enterprise
from tests.cast import COMMUNE, PHILIPPE
from tests.factories import enterprise, title


@pytest.fixture
def commune() -> Enterprise:
    """The commune, with Philippe as its main access manager."""
    made = enterprise(COMMUNE)
    title(made, PHILIPPE, "gap", given_as="representative")
    return made
