"""What the help centre's tests share."""

from pathlib import Path

import pytest
from django.utils.translation import trans_real

from monespace.cli.messages import compile_all
from monespace.identity.models import Person

if compile_all(Path(__file__).resolve().parents[2] / "locale"):
    trans_real._translations.clear()  # read by Django before they were compiled
    trans_real._default = None


@pytest.fixture
def person(db) -> Person:
    """Somebody who may handle opinions."""
    number = {"national_number_hash": "h" * 64, "national_number_sealed": "sealed"}
    return Person.objects.create(given_names="Isabelle", family_name="Mathot", **number)
