"""Choosing for whom one acts: one's own space, one's enterprises, and the ways in."""

import pytest

from tests.cast import BAKERY, CLAIRE, COMMUNE, HUGO, PAUL, PHILIPPE
from tests.factories import client_of, enterprise, title

pytestmark = pytest.mark.django_db


def test_a_stranger_sees_only_his_own_space_and_three_ways_in() -> None:
    page = client_of(HUGO).get("/espaces/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "/espaces/moi/" in text
    assert text.count("<details") >= 3
    assert "/espaces/configuration/" in text


def test_an_enterprise_is_shown_with_number_town_role_and_dates() -> None:
    commune = enterprise(COMMUNE)
    title(commune, PHILIPPE, "gap", given_as="representative")
    title(commune, PAUL, role="prepare", given_by=PHILIPPE)
    text = client_of(PAUL).get("/espaces/").content.decode()
    for expected in ("Commune de Valmoulin", "0123.430.421", "Valmoulin", "Préparer", "Philippe Warnier"):
        assert expected in text


def test_whoever_represents_an_enterprise_without_space_is_led_to_open_it() -> None:
    enterprise(BAKERY)
    text = client_of(CLAIRE).get("/espaces/").content.decode()
    assert f"/espaces/configuration/{BAKERY.number}/" in text
