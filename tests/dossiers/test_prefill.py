"""What is known is shown with its source; a locked value is contested, or asked when its source is empty."""

import textwrap
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone

from monespace import vault
from monespace.cli.phenomena import flood_day
from monespace.dossiers.context import birth_date
from monespace.ui.look import day
from tests.dossiers import house
from tests.dossiers.rich import RICH
from tests.engine.forms import CALAMITY

PAGE = "remplir/vous/coordonnees"


def publish_a_recent_flood() -> tuple[date, date]:
    """The calamity form, its flood moved to lately whatever the day; the flood's first day and the last one to file."""
    today = timezone.localdate()
    flood, recognised = flood_day(today), today - relativedelta(months=2)
    text = CALAMITY.read_text(encoding="utf-8").split("\nform:\n")[1]
    moved = {"starts: 2026-09-14": f"starts: {flood}", "ends: 2026-09-16": f"ends: {flood}",
             "published: 2026-10-12": f"published: {recognised}"}  # fmt: skip
    for old, new in moved.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    house.publish(textwrap.dedent(text), "calamite-indemnisation")
    return flood, recognised + relativedelta(months=3, day=31)


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
    assert f"Boulangerie Dubois Source : Banque-Carrefour des Entreprises, {day(timezone.localdate())}" in house.plain(
        page.main
    )
    assert page.find(id="q-mail")["value"] == "paul@exemple.be"
    assert "Votre profil" in house.plain(page.main)


NUMBERS = [
    ("85.03.14-998.97", "1985-03-14"),
    ("05.06.10-993.47", "2005-06-10"),
    ("85.43.14-998.86", "1985-03-14"),
    ("", ""),
]


@pytest.mark.parametrize(("number", "born"), NUMBERS)
def test_the_day_of_birth_is_read_in_the_national_number(number, born):
    digits = "".join(each for each in number if each.isdigit())

    assert birth_date(vault.seal(digits) if digits else "") == born


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


def test_the_calamity_form_shows_where_a_value_comes_from_and_what_the_person_declares(bakery, paul):
    flood, last_day = publish_a_recent_flood()
    browser, space = house.browser(paul), bakery.number
    draft = house.begin(browser, space, "calamite-indemnisation")
    house.fill(
        browser,
        draft,
        {"situation/assurance": {"insurance": "none"}, "situation/agriculture": {"farming": "no"}},
        space,
    )

    place = house.at(draft, "remplir/situation/lieu", space=space)
    page = browser.get(place)
    assert house.as_shown(page)["damage_place.street"] == ["Rue du Four"]  # the seat is proposed, with its source
    assert f"Source : Banque-Carrefour des Entreprises, {day(timezone.localdate())}" in house.text(page)
    here = {"street": "Rue du Pont", "number": "4", "postcode": "5998", "town": "Valmoulin"}
    house.fill(browser, draft, {
        "situation/lieu": {f"damage_place.{part}": text for part, text in here.items()},
        "situation/date": {"damage_date.day": flood.day, "damage_date.month": flood.month, "damage_date.year": flood.year},
    }, space)  # fmt: skip
    assert "Source" not in house.text(browser.get(place))
    tasks = house.text(browser.get(house.at(draft, "remplir", space=space)))
    assert f"Dernier jour pour envoyer cette demande : {day(last_day)}." in tasks

    account = house.at(draft, "remplir/paiement/compte", space=space)
    assert "Boulangerie Dubois Source : Banque-Carrefour" in house.text(browser.get(account))
    browser.post(account, {"contest": "account_holder", "iban": "BE68539007547034"})
    assert "Déclaré par vous" in house.text(browser.get(account))
    browser.post(account, {"account_holder": "Dubois et fils", "iban": "BE68539007547034"})
    check = house.text(browser.get(house.at(draft, "remplir/verifier", space=space)))
    assert "Titulaire du compte Dubois et fils Déclaré par vous" in check


def test_a_citizens_name_does_not_come_from_the_register_of_enterprises(claire):
    house.publish(RICH)
    browser = house.browser(claire)
    page = house.text(browser.get(house.at(house.begin(browser), PAGE)))

    assert "Claire Dubois Source : Registre national" in page
    assert "Banque-Carrefour" not in page


def test_a_register_that_has_long_been_silent_locks_nothing(browser, draft, bakery, settings):
    bakery.seen_on = timezone.localdate() - timedelta(days=settings.REGISTRY_DAYS + 1)
    bakery.save()
    page = house.soup(browser.get(at(draft, bakery)))

    assert page.find("input", attrs={"name": "who"})
    assert "Déclaré par vous" in house.plain(page.main)
    browser.post(
        at(draft, bakery), {"who": "Boulangerie du Parc", "mail": "neuf@exemple.be", "iban": "BE68539007547034"}
    )
    assert house.answers(draft)["who"] == "Boulangerie du Parc"
