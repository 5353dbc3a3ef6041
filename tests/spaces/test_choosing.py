"""Choosing for whom one acts: one's own space, one's enterprises, and the ways in."""

import html

import pytest
from django.utils import timezone

from monespace.registry.models import Enterprise
from monespace.spaces.models import Intention
from tests.cast import BAKERY, CLAIRE, COMMUNE, HUGO, KARL, PAUL, PHILIPPE, SOPHIE, WORKSHOP
from tests.factories import client_of, enterprise, published_form, title

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


# --- For one procedure: `/espaces/?demarche=…` -------------------------------------------------------------------------
SLUG = "prime-essai"


@pytest.fixture
def procedure():
    """A published form for citizens, communes and the self-employed only."""
    return published_form(SLUG, ["citizen", "commune", "self_employed"])


def chosen(who, **query) -> str:
    return client_of(who).get("/espaces/", {"demarche": SLUG, **query}).content.decode()


def test_only_spaces_that_can_begin_it_are_open_and_the_others_say_why(procedure) -> None:
    commune, workshop = enterprise(COMMUNE), enterprise(WORKSHOP)
    title(commune, PHILIPPE, "gap", given_as="representative")
    title(commune, PAUL, role="prepare")
    title(commune, SOPHIE, role="read")
    title(workshop, PAUL, role="submit")
    text = chosen(PAUL)
    assert f"/espaces/{COMMUNE.number}/commencer/{SLUG}/" in text
    assert f"/espaces/moi/commencer/{SLUG}/" in text
    assert f"/espaces/{WORKSHOP.number}/commencer/" not in text
    assert (
        "Cette démarche est prévue pour\u00a0: citoyens et citoyennes, indépendants et indépendantes, communes." in text
    )
    refused = chosen(SOPHIE)
    assert f"/espaces/{COMMUNE.number}/commencer/" not in refused
    assert "Il vous manque le rôle «\u00a0Préparer\u00a0»." in refused
    assert "Philippe Warnier" in refused


def test_a_gap_without_role_is_offered_to_take_one_for_it(procedure) -> None:
    title(enterprise(COMMUNE), PHILIPPE, "gap", given_as="representative")
    text = chosen(PHILIPPE)
    assert f"/espaces/{COMMUNE.number}/acces/prendre-un-role/?demarche={SLUG}" in text
    assert "Une étape d'abord." in html.unescape(text)
    assert "Pas possible ici" not in text


def test_a_bankrupt_enterprise_begins_nothing(procedure) -> None:
    title(enterprise(COMMUNE, situation="050"), PAUL, role="submit")
    assert f"/espaces/{COMMUNE.number}/commencer/" not in chosen(PAUL)


def test_a_procedure_that_is_not_filed_here_does_not_exist() -> None:
    assert client_of(HUGO).get("/espaces/", {"demarche": "nothing"}).status_code == 404
    assert client_of(HUGO).get("/espaces/", {"demarche": "x' OR 1=1 --"}).status_code == 404


def test_who_must_wait_is_brought_back_days_later_on_another_device(procedure) -> None:
    answer = client_of(CLAIRE).post("/espaces/", {"demarche": SLUG})
    assert answer.status_code == 303
    enterprise(BAKERY)
    later = client_of(CLAIRE).post(f"/espaces/configuration/{BAKERY.number}/", {"role": "submit"})
    assert later.url == f"/espaces/{BAKERY.number}/commencer/{SLUG}/"


@pytest.mark.parametrize("who", [HUGO, CLAIRE])  # without any enterprise; with one whose space is not open yet
def test_who_may_not_begin_it_yet_has_nothing_to_press_to_be_brought_back(procedure, who) -> None:
    enterprise(BAKERY)
    chosen(who)
    assert Intention.objects.get().procedure == SLUG


def test_who_may_begin_it_at_once_leaves_no_intention(procedure) -> None:
    title(enterprise(COMMUNE), PAUL, role="prepare")
    chosen(PAUL)
    assert not Intention.objects.exists()


def test_who_names_somebody_else_still_comes_back_to_the_form(procedure) -> None:
    title(enterprise(COMMUNE), CLAIRE, role="prepare")  # she may begin it, elsewhere than where she wants to
    enterprise(BAKERY)
    client_of(CLAIRE).get(f"/espaces/configuration/{BAKERY.number}/", {"demarche": SLUG})
    assert Intention.objects.get().procedure == SLUG


def test_looking_for_ones_enterprise_keeps_the_procedure_one_came_for(procedure) -> None:
    client_of(CLAIRE).post("/espaces/configuration/", {"number": "BE 0123.456.749", "demarche": SLUG})
    assert Intention.objects.get().procedure == SLUG


def test_a_long_list_is_narrowed_by_words_without_accents(procedure) -> None:
    for index in range(12):
        made = Enterprise.objects.create(
            number=f"{300000000 + index:010}", name=f"Société Élan {index}", kind="asbl", seen_on=timezone.localdate()
        )
        title(made, PAUL, role="read")
    page = client_of(PAUL).get("/espaces/", {"q": "elan 11"})
    assert [row.space.name for row in page.context["professional"]] == ["Société Élan 11"]
    assert 'name="q"' in page.content.decode()


def test_the_page_is_german_for_whoever_reads_german() -> None:
    title(enterprise(COMMUNE), KARL, role="prepare")
    text = client_of(KARL).get("/espaces/").content.decode()
    assert "Ihre Rolle: Vorbereiten" in text
    assert 'lang="de"' in text
