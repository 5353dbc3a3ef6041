"""« Importer un fichier CSV »: a dry run that saves nothing, then the lines added; national numbers never in clear."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from monespace.dossiers import actions
from monespace.journal.models import Entry
from tests.dossiers import house

GROUP = """
  - id: parts
    title: {fr: "Associés", de: "Gesellschafter"}
    pages:
      - id: holders
        title: {fr: "Les associés", de: "Die Gesellschafter"}
        group:
          item: {fr: "Associé", de: "Gesellschafter"}
          max: 5
          csv: true
          summary: [holder_name, niss]
          pages:
            - id: qui
              title: {fr: "Cet associé", de: "Dieser Gesellschafter"}
              questions:
                - {id: holder_name, kind: text, max_length: 50, label: {fr: "=Nom", de: "Name"}}
                - {id: niss, kind: national_number, label: {fr: "NISS", de: "Nationalnummer"}}
                - {id: share, kind: percent, label: {fr: "Part", de: "Anteil"}}
"""
NISS = "85.07.30-033.28"
GOOD = f"holder_name;niss;share\nAnne;{NISS};40\nBob;90010100123;60\n"
LIST = "remplir/parts/holders"
IMPORT = "importer/parts/holders"


@pytest.fixture
def browser(claire):
    house.publish(house.SMALL + GROUP)
    return house.browser(claire)


@pytest.fixture
def draft(browser):
    return house.begin(browser)


def send_file(browser, draft, content, **more):
    raw = content if isinstance(content, bytes) else content.encode()
    return browser.post(house.at(draft, IMPORT), {"file": SimpleUploadedFile("parts.csv", raw), **more})


def confirm(browser, draft, page):
    token = house.soup(page).find("input", attrs={"name": "rows"})["value"]
    return browser.post(house.at(draft, IMPORT), {"rows": token})


def names(draft):
    return [row["holder_name"] for row in house.answers(draft).get("holders", [])]


def test_the_list_leads_to_it_and_it_offers_a_harmless_template(browser, draft):
    assert house.at(draft, IMPORT) in browser.get(house.at(draft, LIST)).content.decode()
    page = browser.get(house.at(draft, IMPORT))
    assert "Télécharger un fichier vide" in house.text(page)
    template = browser.get(house.at(draft, IMPORT) + "modele.csv")
    assert template.content.decode() == "\ufeff'=Nom;NISS;Part\r\n"
    assert template.headers["Content-Disposition"] == 'attachment; filename="holders.csv"'


def test_a_dry_run_saves_nothing_and_the_button_says_how_many(browser, draft):
    page = send_file(browser, draft, GOOD)
    assert "2 lignes peuvent être ajoutées" in house.text(page)
    assert "Ajouter ces 2 lignes" in house.text(page)
    assert names(draft) == []

    assert confirm(browser, draft, page).headers["Location"] == house.at(draft, LIST)
    assert names(draft) == ["Anne", "Bob"]
    assert house.journal(draft)[-1] == "dossier.rows_imported"
    assert Entry.objects.get(act="dossier.rows_imported").detail == {"procedure": "essai", "rows": 2}


def test_wrong_lines_are_named_and_left_out(browser, draft):
    page = send_file(browser, draft, f"holder_name;niss;share\nAnne;{NISS};40\nBob;90010100124;beaucoup\n;;\n")
    assert "1 ligne peut être ajoutée, 1 est à corriger" in house.text(page)
    assert "3 NISS Ce numéro national est incorrect" in house.text(page)
    assert "3 Part Écrivez un nombre en chiffres" in house.text(page)
    confirm(browser, draft, page)
    assert names(draft) == ["Anne"]


def test_no_national_number_is_echoed_nor_stored_in_clear(browser, draft):
    page = send_file(browser, draft, GOOD + "Cid;85.07.30-033.29;1\n")
    for digits in ("85.07.30-033.2", "850730033", "90010100123"):
        assert digits not in page.content.decode()
    confirm(browser, draft, page)
    assert "90010100123" not in str(house.answers(draft))
    assert "85.07.30-***.**" in house.text(browser.get(house.at(draft, LIST)))


@pytest.mark.parametrize(("raw", "said"), [
    (b"PK\x03\x04zip", "classeur"), (b"\x00\x01", "pas un texte"), (b"", "Aucune colonne"), (b"holder_name;niss;share\n", "aucune ligne"),
    (b"a;b\n1;2\n", "Aucune colonne"), (b"x" * 1_100_000, "1 Mo"), (b"share;Part\n1;2\n", "deux fois"),
])  # fmt: skip
def test_what_is_no_such_file_is_refused_with_a_sentence(browser, draft, raw, said):
    page = send_file(browser, draft, raw)
    assert page.status_code == 422
    assert said in house.text(page).replace("\u00a0", " ")


def test_no_file_chosen_is_said(browser, draft):
    page = browser.post(house.at(draft, IMPORT), {"how": "add"})
    assert page.status_code == 422
    assert "Fichier CSV" in house.soup(page).select_one(".govuk-error-summary").text


def test_two_clicks_add_the_lines_once(browser, draft):
    page = send_file(browser, draft, GOOD)
    confirm(browser, draft, page)
    confirm(browser, draft, page)
    assert names(draft) == ["Anne", "Bob"]


def test_lines_take_the_place_of_the_rows_when_asked(browser, draft):
    confirm(browser, draft, send_file(browser, draft, GOOD))
    page = send_file(browser, draft, f"holder_name;niss;share\nZoé;{NISS};100\n", how="replace")
    assert "remplacent" in house.text(page)
    confirm(browser, draft, page)
    assert names(draft) == ["Zoé"]


def test_rows_that_came_meanwhile_are_not_replaced_unseen(browser, draft):
    confirm(browser, draft, send_file(browser, draft, GOOD))
    page = send_file(browser, draft, "holder_name;niss;share\nEve;85073003328;100\n", how="replace")
    row = house.answers(draft)["holders"][0]["id"]
    other = {"holder_name": "Anna", "niss": NISS, "share": "40"}
    assert browser.post(house.at(draft, f"{LIST}/{row}/qui"), other).status_code == 303

    again = confirm(browser, draft, page)
    assert again.status_code == 422
    assert "ont changé depuis que vous avez essayé ce fichier" in house.text(again)
    assert names(draft) == ["Anna", "Bob"]
    for _click in range(2):
        assert confirm(browser, draft, again).status_code == 303
    assert names(draft) == ["Eve"]


def test_rows_that_no_longer_fit_are_not_added(browser, draft):
    pages = [send_file(browser, draft, GOOD) for _ in range(3)]
    confirm(browser, draft, pages[0])
    confirm(browser, draft, pages[1])
    refused = confirm(browser, draft, pages[2])  # six rows: five at most
    assert refused.status_code == 422
    assert len(names(draft)) == 4


def test_rows_are_taken_from_this_list_of_this_draft_only(browser, draft):
    page, other = send_file(browser, draft, GOOD), house.begin(browser)
    token = house.soup(page).find("input", attrs={"name": "rows"})["value"]
    for rows in (token, "x", token[:-4] + "AAAA"):
        assert browser.post(house.at(other, IMPORT), {"rows": rows}).status_code == 303
    assert names(other) == []


def test_what_was_validated_takes_no_file(claire):
    house.publish((house.SMALL + GROUP).replace("minutes: 5\n", "validate: true\n"))
    browser = house.browser(claire)
    draft = house.begin(browser)
    house.fill(browser, draft)
    page = send_file(browser, draft, GOOD)
    browser.post(house.at(draft, "remplir/verifier"), {"validate": "1"})
    assert browser.get(house.at(draft, IMPORT)).headers["Location"] == house.at(draft, "remplir")
    confirm(browser, draft, page)
    with pytest.raises(actions.Refused, match="validated"):
        actions.import_rows(draft, "parts/holders", [], by=claire, replace=True, language="fr")
    assert names(draft) == []


def test_a_page_that_takes_no_file_leads_back_to_the_parts(browser, draft):
    assert browser.get(house.at(draft, "importer/base/objet")).headers["Location"] == house.at(draft, "remplir")
