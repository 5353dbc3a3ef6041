"""What the help centre's tests share."""

import pytest

from monespace.identity.models import Person


@pytest.fixture
def person(db) -> Person:
    """Somebody who may handle opinions."""
    number = {"national_number_hash": "h" * 64, "national_number_sealed": "sealed"}
    return Person.objects.create(given_names="Isabelle", family_name="Mathot", **number)
