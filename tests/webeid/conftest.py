"""Cards and authorities of the tests, made once a run; the given tokens are left out where their folder is not there."""

from pathlib import Path

import pytest

from tests.tools import GIVEN_TOKENS
from tests.webeid.cards import Authority, Card

GIVEN = GIVEN_TOKENS
collect_ignore = [] if GIVEN.is_dir() else ["test_given_tokens.py"]


@pytest.fixture(scope="session")
def given() -> Path:
    """The folder of the given tokens, beside the repository."""
    return GIVEN


@pytest.fixture(scope="session")
def authority() -> Authority:
    """The authority that issued the cards of these tests."""
    return Authority.made("eID TEST Citizen CA")


@pytest.fixture(scope="session")
def card(authority: Authority) -> Card:
    """A card as Belgium issues them: P-384."""
    return authority.card()
