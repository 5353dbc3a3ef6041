"""Another language on a page of the form: it is saved first, and the same page comes back."""

import pytest

from tests.dossiers import house

MONEY = "base/montants"


@pytest.fixture
def browser(small, claire):
    return house.browser(claire)


@pytest.fixture
def draft(browser):
    return house.begin(browser)


def other_language(page) -> dict:
    """The button of the other language, as its form sends it: where, and its name."""
    button = house.soup(page).header.find("button", lang="de")
    return {"to": button["formaction"], "name": button["name"], "form": button["form"]}


def test_the_language_switch_saves_first_and_stays_on_the_page(browser, draft):
    page = browser.get(house.at(draft, "remplir", MONEY))
    switch = other_language(page)
    answer = browser.post(switch["to"], house.as_shown(page) | {"amount": ["12"], switch["name"]: [""]})

    assert (answer.status_code, answer.headers["Location"]) == (303, house.at(draft, "remplir", MONEY))
    assert house.answers(draft)["amount"] == "12.00"
    assert "Beantragter Betrag" in house.text(browser.get(answer.headers["Location"]))


def test_the_language_switch_keeps_what_is_not_sound(browser, draft):
    page = browser.get(house.at(draft, "remplir", MONEY))
    answer = browser.post(other_language(page)["to"], house.as_shown(page) | {"amount": ["viel"], "speak": [""]})

    assert answer.status_code == 422
    assert house.soup(answer).find(id="q-amount")["value"] == "viel"
    assert "Beantragter Betrag" in house.text(answer)


def test_enter_in_a_field_continues_and_does_not_switch_the_language(browser, draft):
    read = house.soup(browser.get(house.at(draft, "remplir", MONEY)))
    of_form = [
        each for each in read.find_all("button") if each.get("form") == "page-form" or each.find_parent(id="page-form")
    ]

    assert (of_form[0].get("name"), of_form[0].get("formaction")) == (None, None)
