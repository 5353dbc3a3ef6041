"""The whole way of a dossier, from the stable address to the receipt."""

from tests.dossiers import house


def test_a_citizen_begins_fills_in_sends_and_follows(small, claire):
    browser = house.browser(claire)
    assert browser.get("/demarches/essai/introduire/").headers["Location"] == "/espaces/?demarche=essai"

    dossier = house.begin(browser)
    assert browser.get(house.at(dossier, "remplir")).status_code == 200
    house.fill(browser, dossier)
    assert "1 250,50 €" in house.text(browser.get(house.at(dossier, "remplir/verifier")))
    assert house.send(browser, dossier).headers["Location"] == house.at(dossier, "recepisse")

    dossier.refresh_from_db()
    for page in ("recepisse", "", "demande", "documents"):
        response = browser.get(house.at(dossier, page) if page else house.at(dossier))
        assert response.status_code == 200
    assert dossier.number in house.text(browser.get(house.at(dossier, "recepisse")))
    assert house.journal(dossier) == ["dossier.started", "dossier.submitted"]
