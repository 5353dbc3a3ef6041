"""What is known is shown with its source; a locked value is contested, or asked when its source is empty."""

import pytest

from tests.dossiers import house
from tests.dossiers.rich import RICH

PAGE = "remplir/vous/coordonnees"


@pytest.fixture
def browser(bakery, paul):
    house.publish(RICH)
    return house.browser(paul)


@pytest.fixture
def draft(browser, bakery):
    return house.begin(browser, bakery.number)


def at(draft, bakery) -> str:
    return house.at(draft, PAGE, space=bakery.number)


def test_a_known_value_is_locked_with_its_source_and_date(browser, draft, bakery):
    page = house.soup(browser.get(at(draft, bakery)))

    assert not page.find("input", attrs={"name": "who"})
    assert "Boulangerie Dubois Source : Banque-Carrefour des Entreprises, 1er novembre 2026" in house.plain(page.main)
    assert page.find(id="q-mail")["value"] == "paul@exemple.be"
    assert "Votre profil" in house.plain(page.main)


def test_a_locked_value_cannot_be_posted_over(browser, draft, bakery):
    browser.post(at(draft, bakery), {"who": "Autre", "mail": "a@exemple.be", "iban": "BE68539007547034"})

    assert "who" not in house.answers(draft)
    assert "Boulangerie Dubois" in house.text(browser.get(at(draft, bakery)))


def test_a_source_without_answer_makes_a_field_declared_by_the_person(browser, draft, bakery):
    page = house.soup(browser.get(at(draft, bakery)))

    assert page.find("input", attrs={"name": "iban"})
    assert "Déclaré par vous" in house.plain(page.main)


def test_a_contested_value_becomes_a_field_and_the_rest_of_the_page_is_kept(browser, draft, bakery):
    answer = browser.post(at(draft, bakery), {"contest": "who", "mail": "neuf@exemple.be", "iban": ""})
    assert answer.headers["Location"] == at(draft, bakery)
    assert house.answers(draft)["mail"] == "neuf@exemple.be"

    browser.post(
        at(draft, bakery), {"who": "Boulangerie du Parc", "mail": "neuf@exemple.be", "iban": "BE68539007547034"}
    )
    summary = house.text(browser.get(house.at(draft, "demande", space=bakery.number)))
    assert "Nom du demandeur Boulangerie du Parc Déclaré par vous" in summary

    browser.post(at(draft, bakery), {"uncontest": "who", "mail": "neuf@exemple.be", "iban": "BE68539007547034"})
    assert "Boulangerie Dubois Source" in house.text(browser.get(at(draft, bakery)))


@pytest.mark.parametrize("name", ["mail", "nothing", "\x00", "a" * 5000, "../who"])
def test_only_a_question_with_a_source_can_be_contested(browser, draft, bakery, name):
    answer = browser.post(at(draft, bakery), {"contest": name})

    assert answer.status_code == 303
    assert house.answers(draft).get("_contested", []) in ([], ["mail"])
