"""Every kind of question through the pages: posted, stored, shown again, summed up."""

import pytest

from monespace import vault
from tests.dossiers import house
from tests.dossiers.rich import END, FILLED, RICH


@pytest.fixture
def browser(claire):
    house.publish(RICH)
    return house.browser(claire)


@pytest.fixture
def draft(browser):
    return house.begin(browser)


def add(browser, draft, address: str) -> str:
    """Adds a row; returns the address of its first page inside the form."""
    answer = browser.post(house.at(draft, "remplir", address), {"add_row": "1"})
    return answer.headers["Location"].split("/remplir/")[1].strip("/")


def fill_all(browser, draft, **row) -> None:
    house.fill(
        browser,
        draft,
        {**FILLED, add(browser, draft, "degats/biens"): {"thing": "Four", "worth": "2000", **row}, **END},
    )


def test_every_page_shows_in_both_languages_without_a_technical_word(browser, draft):
    fill_all(browser, draft)
    tasks = browser.get(house.at(draft, "remplir"))
    for language in ("fr", "de"):
        for address in ("", *FILLED, "degats/biens", "degats/biens/r1/bien", *END, "verifier"):
            page = browser.get(house.at(draft, *filter(None, ["remplir", address])) + f"?langue={language}")
            assert page.status_code == 200, address
            for word in ("null", "None", "True", "[]", "{", "verifier", "UNANSWERED"):
                assert word not in house.text(page).split(), (address, word)
    assert "Terminé" in house.text(tasks)


def test_what_was_answered_stands_in_the_fields_again(browser, draft):
    fill_all(browser, draft)
    choice = house.soup(browser.get(house.at(draft, "remplir/projet/choix")))
    person = house.soup(browser.get(house.at(draft, "remplir/vous/personne")))
    matrix = house.soup(browser.get(house.at(draft, "remplir/projet/depenses")))

    assert choice.find("input", attrs={"name": "share"})["value"] == "12,5"
    assert {one["value"] for one in choice.find_all("input", attrs={"name": "uses", "checked": True})} == {
        "house",
        "shop",
    }
    assert choice.find("input", attrs={"name": "period.month"})["value"] in {"3", "03"}
    assert person.select_one("select[name=land] option[selected]")["value"] == "BE"
    assert person.find("input", attrs={"name": "home.town"})["value"] == "Liège"
    assert matrix.find("input", attrs={"name": "costs.roof.amount"})["value"] == "1250,50"
    assert matrix.select_one("select[name='costs.roof.paid'] option[selected]")["value"] == "all"


def test_a_page_posted_as_it_is_shown_changes_nothing(browser, draft):
    fill_all(browser, draft)
    before = house.answers(draft)
    for address in (*FILLED, "degats/biens/r1/bien", *END):
        browser.post(
            house.at(draft, "remplir", address), house.as_shown(browser.get(house.at(draft, "remplir", address)))
        )

    after = house.answers(draft)
    assert {**after, "niss": ""} == {**before, "niss": ""}
    assert vault.open_sealed(after["niss"]) == "85073003328"


def test_a_national_number_is_sealed_masked_and_typed_again_to_change(browser, draft):
    fill_all(browser, draft)
    page = house.text(browser.get(house.at(draft, "remplir/verifier")))

    assert "85073003328" not in str(house.answers(draft))
    assert "85.07.30-***.**" in page
    assert "033" not in page
    assert "033" not in browser.get(house.at(draft, "remplir/vous/personne")).content.decode()


def test_a_wrong_cell_is_named_by_its_row_and_column(browser, draft):
    page = browser.post(
        house.at(draft, "remplir/projet/depenses"), {"costs.roof.amount": "12", "costs.cellar.amount": "x"}
    )
    link = house.soup(page).select_one(".govuk-error-summary a")

    assert page.status_code == 422
    assert link["href"] == "#q-costs-cellar-amount"
    assert link.text.startswith("Cave, Montant")
    assert house.answers(draft)["costs"] == {"roof": {"amount": "12.00"}}


def test_an_address_without_its_town_is_asked_back_with_what_was_typed(browser, draft):
    page = browser.post(house.at(draft, "remplir/vous/personne"), {"home.street": "Rue Haute", "home.number": "3"})

    assert page.status_code == 422
    assert house.soup(page).find("input", attrs={"name": "home.street"})["value"] == "Rue Haute"


def test_rows_are_added_filled_changed_and_removed(browser, draft):
    house.fill(browser, draft, FILLED)
    first = add(browser, draft, "degats/biens")
    house.fill(browser, draft, {first: {"thing": "Four", "worth": "2000"}})
    second = add(browser, draft, "degats/biens")
    page = house.text(browser.get(house.at(draft, "remplir/degats/biens")))
    assert "Bien 1" in page
    assert "Four" in page
    assert "Bien 2 Incomplet" in page

    row = second.split("/")[2]
    browser.post(house.at(draft, "remplir/degats/biens"), {"remove_row": row})
    assert [each["thing"] for each in house.answers(draft)["biens"]] == ["Four"]


def test_a_group_takes_no_more_rows_than_the_form_says(browser, draft):
    for _ in range(5):
        browser.post(house.at(draft, "remplir/degats/biens"), {"add_row": "1"})

    assert len(house.answers(draft)["biens"]) == 3
    assert "Ajouter un bien" not in house.text(browser.get(house.at(draft, "remplir/degats/biens")))


def test_groups_inside_groups_lead_down_and_back_up(browser, draft):
    house.fill(browser, draft, FILLED)
    thing = add(browser, draft, "degats/biens")
    answer = browser.post(house.at(draft, "remplir", thing), {"thing": "Four", "worth": "2000"})
    quotes = answer.headers["Location"].split("/remplir/")[1].strip("/")
    detail = add(browser, draft, quotes)
    answer = browser.post(house.at(draft, "remplir", detail), {"maker": "Dupont"})

    assert answer.headers["Location"] == house.at(draft, "remplir", quotes)
    assert "Dupont" in house.text(browser.get(house.at(draft, "remplir", quotes)))
    assert browser.post(house.at(draft, "remplir", quotes)).headers["Location"] == house.at(
        draft, "remplir/degats/biens"
    )
    assert house.answers(draft)["biens"][0]["devis"][0]["maker"] == "Dupont"


def test_a_stop_says_why_and_the_way_back_stays_open(browser, draft):
    house.fill(browser, draft, {address: FILLED[address] for address in ("vous/coordonnees", "vous/personne")})
    answer = browser.post(house.at(draft, "remplir/projet/choix"), {**FILLED["projet/choix"], "colour": "red"})
    stop = browser.get(answer.headers["Location"])

    assert "Le rouge n'est pas admis." in house.text(stop)
    assert "/demarches/essai/" in stop.content.decode()
    assert house.send(browser, draft).status_code == 422
    assert (
        browser.post(house.at(draft, "remplir/projet/choix"), FILLED["projet/choix"])
        .headers["Location"]
        .endswith("/projet/depenses/")
    )


def test_a_computed_value_follows_its_parts(browser, draft):
    fill_all(browser, draft)
    assert "2 000,00 €" in house.text(browser.get(house.at(draft, "remplir/degats/total")))
    house.fill(browser, draft, {"degats/biens/r1/bien": {"thing": "Four", "worth": "3500"}})
    assert "3 500,00 €" in house.text(browser.get(house.at(draft, "remplir/degats/total")))


def test_a_warning_is_confirmed_before_sending(browser, draft):
    fill_all(browser, draft, worth="50")
    page = house.send(browser, draft)
    assert page.status_code == 422
    assert "Vous demandez plus que la valeur des biens." in house.soup(page).select_one(".govuk-error-summary").text

    box = house.soup(page).find("input", attrs={"name": "confirmed"})
    assert house.soup(page).select_one(".govuk-error-summary a")["href"] == f"#{box['id']}"
    answer = browser.post(house.at(draft, "remplir/verifier"), {"confirmed": box["value"]})
    assert answer.headers["Location"] == house.at(draft, "recepisse")


def test_the_frozen_copy_names_every_answer(browser, draft):
    fill_all(browser, draft)
    assert house.send(browser, draft).status_code == 303
    page = house.text(browser.get(house.at(draft, "demande")))

    for words in ("Numéro de compte BE68 5390 0754 7034 Déclaré par vous", "Usages Logement Commerce", "Part 12,5 %",
                  "Quel bien ? Four", "Valeur totale 2 000,00 €", "Je déclare que tout est exact.",
                  "Pays de naissance Belgique"):  # fmt: skip
        assert words in page
