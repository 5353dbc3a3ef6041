"""Validate, then send: what was validated stands still until somebody opens it again, and the declaration comes after."""

import pytest

from monespace.dossiers import actions
from monespace.dossiers.models import Dossier, Event
from tests.dossiers import house

FORM = (
    house.SMALL.replace("minutes: 5\n", "minutes: 5\nvalidate: true\n")
    + """
  - id: declaration
    title: {fr: "Déclaration", de: "Erklärung"}
    once_validated: true
    pages:
      - id: honneur
        title: {fr: "Sur l'honneur", de: "Ehrenwort"}
        questions:
          - {id: truth, kind: declaration, text: {fr: "Tout est exact.", de: "Alles ist richtig."}}
"""
)
CHECK, DECLARE, PURPOSE = "remplir/verifier", "remplir/declaration/honneur", "remplir/base/objet"


@pytest.fixture
def browser(claire):
    house.publish(FORM)
    return house.browser(claire)


@pytest.fixture
def filled(browser):
    draft = house.begin(browser)
    house.fill(browser, draft)
    return draft


def press(browser, dossier, button):
    return browser.post(house.at(dossier, CHECK), {button: "1"})


def test_it_is_validated_declared_and_sent(browser, filled):
    page = house.text(browser.get(house.at(filled, CHECK)))
    assert "Valider les réponses" in page
    assert "Envoyer ma demande" not in page
    assert press(browser, filled, "validate").headers["Location"] == house.at(filled, DECLARE)

    page = house.text(browser.get(house.at(filled, CHECK)))
    assert "Validées par Claire Dubois" in page
    assert "Modifier les réponses" in page
    browser.post(house.at(filled, DECLARE), {"truth": "yes"})
    assert "Envoyer ma demande" in house.text(browser.get(house.at(filled, CHECK)))
    assert house.send(browser, filled).headers["Location"] == house.at(filled, "recepisse")
    assert house.journal(filled)[-2:] == ["dossier.validated", "dossier.submitted"]


def test_the_declaration_is_not_asked_before(browser, filled):
    assert browser.get(house.at(filled, DECLARE)).headers["Location"] == house.at(filled, "remplir")
    assert "Déclaration Pas encore possible" in house.text(browser.get(house.at(filled, "remplir")))


def test_what_is_not_validated_is_not_sent(browser, filled, claire):
    assert house.send(browser, filled).headers["Location"] == house.at(filled, CHECK)
    with pytest.raises(actions.Refused, match="not_validated"):
        actions.submit(filled, by=claire)
    assert Dossier.objects.get().number is None


def test_what_is_incomplete_is_not_validated(browser):
    draft = house.begin(browser)
    assert press(browser, draft, "validate").status_code == 422
    assert Dossier.objects.get().state == "draft"


def test_validated_answers_stand_still_for_everyone(browser, filled, claire):
    press(browser, filled, "validate")
    before = house.answers(filled)

    assert browser.get(house.at(filled, PURPOSE)).headers["Location"] == house.at(filled, CHECK)
    for posted in ({"purpose": "Autre"}, {"add_row": "1"}, {"contest": "purpose"}):
        assert browser.post(house.at(filled, PURPOSE), posted).headers["Location"] == house.at(filled, CHECK)
    browser.post(house.at(filled, "remplir/pieces/photos"), {"photos": house.pdf()})
    with pytest.raises(actions.Refused, match="validated"):
        actions.save_page(filled, "base/objet", {"purpose": ["Autre"]}, by=claire, language="fr")
    assert house.answers(filled) == before
    assert filled.documents.count() == 0


def test_opened_again_the_declaration_is_asked_again(browser, filled):
    press(browser, filled, "validate")
    browser.post(house.at(filled, DECLARE), {"truth": "yes"})
    assert press(browser, filled, "reopen").headers["Location"] == house.at(filled, "remplir")
    browser.post(house.at(filled, PURPOSE), {"purpose": "Un hangar"})
    press(browser, filled, "validate")

    assert house.answers(filled)["purpose"] == "Un hangar"
    assert "truth" not in house.answers(filled)
    assert house.send(browser, filled).status_code == 422
    assert house.journal(filled) == [
        "dossier.started", "dossier.validated", "dossier.reopened", "dossier.validated",
    ]  # fmt: skip


def test_two_clicks_validate_once(browser, filled):
    press(browser, filled, "validate")
    press(browser, filled, "validate")
    assert Event.objects.filter(code="validated").count() == 1


def test_a_validated_draft_is_still_a_draft_in_lists_and_can_be_deleted(browser, filled):
    press(browser, filled, "validate")
    assert "Validée, à envoyer" in house.text(browser.get("/espaces/moi/dossiers/?liste=brouillons")) + house.text(
        browser.get("/espaces/moi/")
    )
    assert browser.get(house.at(filled)).headers["Location"] == house.at(filled, "remplir")
    browser.post(house.at(filled, "supprimer"))
    assert not Dossier.objects.exists()


def test_a_form_without_validation_has_no_such_button(claire):
    house.publish(house.SMALL)
    browser = house.browser(claire)
    draft = house.begin(browser)
    house.fill(browser, draft)
    assert "Valider" not in house.text(browser.get(house.at(draft, CHECK)))
    assert press(browser, draft, "validate").headers["Location"] == house.at(draft, CHECK)
    assert Dossier.objects.get().state == "draft"


def test_what_was_validated_is_offered_no_new_version_before_it_is_opened_again(browser, filled, claire):
    press(browser, filled, "validate")
    house.publish(FORM.replace("minutes: 5", "minutes: 6"))
    filled.refresh_from_db()

    assert "nouvelle-version" not in browser.get(house.at(filled, "remplir")).content.decode()
    with pytest.raises(actions.Refused, match="version"):
        actions.move_version(filled, 2, by=claire, language="fr")
    press(browser, filled, "reopen")
    assert "nouvelle-version" in browser.get(house.at(filled, "remplir")).content.decode()
