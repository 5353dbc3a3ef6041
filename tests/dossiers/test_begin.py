"""Beginning: from a stable address, once, in the space where one may."""

from uuid import uuid4

import pytest

from monespace.dossiers.models import Dossier
from tests.dossiers import house


def test_a_visitor_signs_in_first_and_keeps_the_way(small):
    answer = house.browser().get("/demarches/essai/introduire/")

    assert answer.headers["Location"] == "/connexion/?suite=%2Fdemarches%2Fessai%2Fintroduire%2F"


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_procedure_without_form_leads_to_its_page_before_anybody_signs_in(claire, signed_in):
    browser = house.browser(claire) if signed_in else house.browser()
    assert browser.get("/demarches/passeport/introduire/").headers["Location"] == "/demarches/passeport/"


def test_a_double_click_starts_one_draft(small, claire):
    browser, key = house.browser(claire), uuid4()
    answers = [browser.post("/espaces/moi/commencer/essai/", {"start_key": key}) for _ in range(2)]

    assert {answer.headers["Location"] for answer in answers} == {house.at(Dossier.objects.get(), "remplir")}
    assert house.journal(Dossier.objects.get()) == ["dossier.started"]


def test_an_honest_second_request_gets_its_own_draft_and_the_first_is_offered(small, claire):
    browser = house.browser(claire)
    first = house.begin(browser)

    page = browser.get("/espaces/moi/commencer/essai/")
    assert house.at(first) in page.content.decode()
    assert "Commencer une autre demande" in house.text(page)
    assert house.begin(browser) != first


def test_a_start_key_of_another_space_starts_nothing_there(small, claire, bakery):
    house.give(bakery, claire, role="prepare")
    browser, key = house.browser(claire), uuid4()
    browser.post("/espaces/moi/commencer/essai/", {"start_key": key})

    assert browser.post(f"/espaces/{bakery.number}/commencer/essai/", {"start_key": key}).status_code == 404
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize("key", ["", "nothing", "a" * 5000, "\x00"])
def test_a_key_that_is_none_still_starts(small, claire, key):
    assert (
        house.browser(claire).post("/espaces/moi/commencer/essai/", {"start_key": key, "language": key}).status_code
        == 303
    )


def test_a_kind_of_holder_that_the_procedure_is_not_for_is_told(small, claire, db):
    commune = house.enterprise("0207370367", "Commune de Valmoulin", "commune")
    house.give(commune, claire, role="submit")
    page = house.browser(claire).get(f"/espaces/{commune.number}/commencer/essai/")

    assert page.status_code == 403
    assert "Commune de Valmoulin" in house.text(page)
    assert house.browser(claire).post(f"/espaces/{commune.number}/commencer/essai/").status_code == 403
    assert not Dossier.objects.exists()


def test_a_reader_and_a_manager_without_role_cannot_begin(small, bakery):
    reader = house.colleague(bakery, "Rita", "Simon", "75010100187", role="read")
    manager = house.sign_in("Gilles", "Petit", "70010100117")
    house.give(bakery, manager, kind="gap")

    for person in (reader, manager):
        assert house.browser(person).get(f"/espaces/{bakery.number}/commencer/essai/").status_code == 403
    stranger = house.browser(house.sign_in("Jan", "Peeters", "80010100126"))
    assert stranger.get(f"/espaces/{bakery.number}/commencer/essai/").status_code == 404


def test_a_role_for_one_procedure_does_not_begin_another(small, bakery):
    house.publish(house.SMALL, "autre")
    person = house.colleague(bakery, "Paul", "Lambert", "90010100124", role="prepare", scope="procedure:autre")

    assert house.browser(person).get(f"/espaces/{bakery.number}/commencer/essai/").status_code == 403
    assert house.browser(person).get(f"/espaces/{bakery.number}/commencer/autre/").status_code == 200


def test_outside_its_window_a_procedure_says_when_it_opens(claire):
    house.publish(house.SMALL + "window: {opens: 2099-01-01, closes: 2099-06-30}\n")
    page = house.browser(claire).get("/espaces/moi/commencer/essai/")

    assert page.status_code == 403
    assert "1er janvier 2099" in house.text(page)


def test_a_stronger_proof_is_asked_where_the_procedure_wants_it(db):
    house.publish(house.SMALL + "assurance: {draft: 500, submit: 500}\n")
    answer = house.browser(house.sign_in("Claire", "Dubois", "85073003328")).get("/espaces/moi/commencer/essai/")

    assert answer.headers["Location"] == "/connexion/?suite=%2Fespaces%2Fmoi%2Fcommencer%2Fessai%2F&niveau=500"


def test_the_dossier_keeps_its_own_language(small, claire):
    assert house.begin(house.browser(claire), language="de").language == "de"
    assert house.begin(house.browser(claire, "de"), language="xx").language == "de"
