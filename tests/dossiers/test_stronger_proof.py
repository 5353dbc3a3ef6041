"""Sending may ask for more than filling in: it is told before one begins, asked at the end, and nothing is lost on the way."""

import pytest

from tests.dossiers import house

pytestmark = pytest.mark.django_db
DEMANDING = house.SMALL.rstrip("\n") + "\nassurance: {draft: 400, submit: 450}\n"


def by_code():
    return house.browser(house.sign_in("Claire", "Dubois", "85073003328", level=400))


def test_who_has_only_the_code_is_told_before_starting_with_the_other_ways() -> None:
    house.publish(DEMANDING)
    page = house.text(by_code().get("/espaces/moi/commencer/essai/"))

    assert "suffit pour remplir cette demande, pas pour l'envoyer" in page
    for way in ("sur papier", "Faire fonctionner", "Appelez"):
        assert way.lower() in page.lower(), page


def test_who_is_strong_enough_is_not_bothered() -> None:
    house.publish(DEMANDING)
    strong = house.browser(house.sign_in("Claire", "Dubois", "85073003328", level=450))

    assert "pas pour l'envoyer" not in house.text(strong.get("/espaces/moi/commencer/essai/"))
    house.publish(house.SMALL, slug="simple")
    assert "pas pour l'envoyer" not in house.text(by_code().get("/espaces/moi/commencer/simple/"))


def test_sending_asks_for_it_and_comes_back_to_the_check_page() -> None:
    house.publish(DEMANDING)
    browser = by_code()
    draft = house.begin(browser)
    house.fill(browser, draft)
    check = house.at(draft, "remplir/verifier")
    assert "L'envoi demande une preuve plus forte" in house.text(browser.get(check))

    answer = browser.post(check, headers={"referer": f"http://testserver{check}"})
    assert answer.url.startswith(f"/connexion/?suite={check.replace('/', '%2F')}")
    assert answer.url.endswith("niveau=450")
    draft.refresh_from_db()
    assert draft.is_draft
