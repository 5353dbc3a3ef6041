"""Filling in: every Continue saves, nothing typed is lost, several tabs and people."""

import re
from datetime import timedelta

import pytest

from monespace.dossiers.models import Dossier
from tests.dossiers import house

MONEY = "base/montants"


@pytest.fixture
def browser(small, claire):
    return house.browser(claire)


@pytest.fixture
def draft(browser):
    return house.begin(browser)


def test_continue_saves_and_leads_on(browser, draft):
    answer = browser.post(house.at(draft, "remplir/base/objet"), {"purpose": "Un abri"})

    assert answer.headers["Location"] == house.at(draft, "remplir/base/montants")
    assert house.answers(draft)["purpose"] == "Un abri"


def test_what_is_wrong_is_said_twice_and_what_was_typed_is_kept(browser, draft):
    page = browser.post(house.at(draft, "remplir", MONEY), 
                        {"amount": "beaucoup", "since.day": "31", "since.month": "2", "since.year": "2026"})  # fmt: skip
    read = house.soup(page)

    assert page.status_code == 422
    assert read.find(id="q-amount")["value"] == "beaucoup"
    assert read.find(id="q-since-day")["value"] == "31"
    links = read.select(".govuk-error-summary a")
    assert [link["href"] for link in links] == ["#q-amount", "#q-since-day"]
    assert links[0].text in read.find(id="q-amount-error").text
    assert read.title.text.startswith("Erreur")


def test_sound_answers_of_a_page_with_errors_are_kept(browser, draft):
    browser.post(house.at(draft, "remplir", MONEY), {"amount": "1 250,50", "note": "Toit", "since.day": "32"})

    kept = house.answers(draft)
    assert (kept["amount"], kept["note"]) == ("1250.50", "Toit")
    assert "since" not in kept


@pytest.mark.parametrize("typed", ["1250,50", "1 250,50", "1.250,50", "1\u00a0250,50"])
def test_an_amount_is_read_as_belgians_write_it(browser, draft, typed):
    browser.post(house.at(draft, "remplir", MONEY), {"amount": typed})

    assert house.answers(draft)["amount"] == "1250.50"


def test_an_amount_with_two_meanings_is_asked_back(browser, draft):
    page = browser.post(house.at(draft, "remplir", MONEY), {"amount": "1.250"})

    assert page.status_code == 422
    assert "deux façons" in house.text(page)


def test_a_text_far_too_long_is_counted_and_kept_and_a_monstrous_one_refused_with_a_page(browser, draft):
    here = house.at(draft, "remplir/base/objet")
    page = browser.post(here, {"purpose": "a" * 100_000})

    assert "il en compte 100000" in house.plain(house.soup(page).select_one(".govuk-error-message"))
    assert house.soup(page).find(id="q-purpose")["value"] == "a" * 100_000
    monstrous = browser.post(here, {"purpose": "a" * 10_000_000})
    assert monstrous.status_code == 413
    assert "raccourcissez le texte" in house.text(monstrous)


def test_save_and_come_back_later_keeps_what_is_there(browser, draft):
    answer = browser.post(house.at(draft, "remplir", MONEY), {"amount": "12", "later": "1"})

    assert answer.headers["Location"] == house.at(draft, "remplir")
    assert house.answers(draft)["amount"] == "12.00"


def test_later_does_not_lose_what_cannot_be_read(browser, draft):
    page = browser.post(house.at(draft, "remplir", MONEY), {"amount": "douze", "later": "1"})

    assert page.status_code == 422
    assert house.soup(page).find(id="q-amount")["value"] == "douze"


def test_two_tabs_save_different_pages(browser, draft):
    house.fill(browser, draft, {"base/objet": {"purpose": "Un abri"}})
    browser.post(house.at(draft, "remplir", MONEY), house.ANSWERS[MONEY])

    assert {"purpose", "amount", "since"} <= house.answers(draft).keys()


def test_another_device_goes_on_where_one_stopped(browser, draft):
    browser.post(house.at(draft, "remplir/base/objet"), {"purpose": "Un abri"})
    other = house.browser(house.sign_in("Claire", "Dubois", "85073003328", level=500))

    assert house.soup(other.get(house.at(draft, "remplir/base/objet"))).find(id="q-purpose")["value"] == "Un abri"


def test_back_leads_to_the_page_before_then_to_the_tasks(browser, draft):
    backs = [
        house.soup(browser.get(house.at(draft, "remplir", page))).select_one(".govuk-back-link")["href"]
        for page in house.ANSWERS
    ]

    assert backs == [
        house.at(draft, "remplir"),
        house.at(draft, "remplir/base/objet"),
        house.at(draft, "remplir", MONEY),
    ]


def test_the_language_switch_shows_the_same_page_in_the_other_language(browser, draft):
    page = browser.get(house.at(draft, "remplir", MONEY) + "?langue=de")

    assert "Beantragter Betrag" in house.text(page)
    assert "Montant" not in house.text(page)


def test_words_that_do_not_exist_in_the_screens_language_say_theirs(claire):
    house.publish(re.sub(r', de: "[^"]*"', "", house.SMALL).replace("[fr, de]", "[fr]"))
    browser = house.browser(claire, "de")
    read = house.soup(browser.get(house.at(house.begin(browser), "remplir", MONEY)))

    assert (read.html["lang"], read.title["lang"], read.main["lang"]) == ("de", "fr", "fr")
    assert "Continuer" in read.main.text
    assert "Abmelden" in read.header.text
    sentence = read.main.p
    assert sentence["lang"] == "de"
    assert [each["lang"] for each in sentence.find_all(["a", "button"])] == ["fr"]


def test_a_colleague_continues_and_the_journal_says_so(small, bakery, paul):
    first = house.browser(paul)
    draft = house.begin(first, bakery.number)
    first.post(house.at(draft, "remplir/base/objet", space=bakery.number), {"purpose": "Un abri"})
    julie = house.browser(house.colleague(bakery, "Julie", "Martin", "88010100205", role="prepare"))

    assert "Paul Lambert" in house.text(julie.get(house.at(draft, "remplir", space=bakery.number)))
    house.fill(julie, draft, space=bakery.number)
    house.fill(julie, draft, space=bakery.number)
    assert house.journal(draft) == ["dossier.started", "dossier.continued"]


def test_a_reader_sees_the_draft_and_cannot_continue_it(small, bakery, paul):
    draft = house.begin(house.browser(paul), bakery.number)
    house.fill(house.browser(paul), draft, {"base/objet": {"purpose": "Un abri"}}, space=bakery.number)
    reader = house.browser(house.colleague(bakery, "Rita", "Simon", "75010100187", role="read"))

    assert reader.get(house.at(draft, space=bakery.number)).status_code == 200
    assert "Un abri" in house.text(reader.get(house.at(draft, "demande", space=bakery.number)))
    for page in ("remplir", "remplir/base/objet", "remplir/verifier", "supprimer"):
        assert reader.get(house.at(draft, page, space=bakery.number)).status_code == 403
        assert reader.post(house.at(draft, page, space=bakery.number)).status_code in {403, 405}
    assert house.answers(draft)["purpose"] == "Un abri"


def test_an_expired_draft_says_so_and_takes_nothing(browser, draft):
    Dossier.objects.filter(pk=draft.pk).update(expires_at=house.now() - timedelta(minutes=1))

    for page in ("remplir", "remplir/base/objet", "remplir/verifier", ""):
        assert browser.get(house.at(draft, page) if page else house.at(draft)).status_code == 410
    assert browser.post(house.at(draft, "remplir/base/objet"), {"purpose": "Un abri"}).status_code == 410
    assert "purpose" not in house.answers(draft)


def test_an_expired_session_comes_back_to_the_page_that_held_the_form(browser, draft, claire):
    claire.ended_at = house.now()
    claire.save()
    here = house.at(draft, "remplir/base/objet")
    answer = browser.post(here, {"purpose": "Un abri"}, headers={"referer": f"http://testserver{here}"})

    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/connexion/?suite=%2Fespaces%2Fmoi%2Fdossiers%2F")


def again(browser, *who) -> None:
    """Somebody signs in, in this browser."""
    entered, session = house.sign_in(*who), browser.session
    session["sign_in"] = str(entered.pk)
    session.save()


def test_what_was_typed_when_the_session_had_ended_is_there_after_sign_in(browser, draft, claire):
    here = house.at(draft, "remplir/base/montants")
    writer = house.as_shown(browser.get(here))["writer"][0]
    claire.ended_at = house.now()
    claire.save()
    typed = {"amount": "1.250", "since.day": "31", "note": "Deux lignes", "writer": writer}
    door = browser.post(here, typed).headers["Location"]
    assert "Ce que vous avez tapé est gardé" in house.text(browser.get(door))
    assert "Deux lignes" not in str(dict(browser.session))

    again(browser, "Claire", "Dubois", "85073003328")
    page = browser.get(here)
    assert house.soup(page).find(id="q-amount")["value"] == "1.250"
    assert "Deux lignes" in house.text(page)
    assert "Votre session avait pris fin" in house.text(page)
    assert "Votre session avait pris fin" not in house.text(browser.get(here))
    assert "note" not in house.answers(draft)


@pytest.mark.parametrize("writer", [None, "", "forged:1abc:x"])
def test_what_nobody_signed_for_is_not_kept(browser, draft, claire, writer):
    claire.ended_at = house.now()
    claire.save()
    browser.post(
        house.at(draft, "remplir/base/montants"), {"note": "Deux lignes", **({"writer": writer} if writer else {})}
    )
    assert "typed" not in browser.session


def test_what_one_typed_is_not_given_to_a_colleague_at_the_same_computer(small, bakery, paul):
    browser = house.browser(paul)
    draft = house.begin(browser, bakery.number)
    here = house.at(draft, "remplir/base/montants", space=bakery.number)
    writer = house.as_shown(browser.get(here))["writer"][0]
    paul.ended_at = house.now()
    paul.save()
    browser.post(here, {"note": "Deux lignes", "writer": writer})
    assert "typed" in browser.session

    house.colleague(bakery, "Julie", "Martin", "88010100205", role="prepare")
    again(browser, "Julie", "Martin", "88010100205")
    assert "Deux lignes" not in house.text(browser.get(here))


def test_a_form_without_its_token_is_refused_with_a_page(draft, claire):
    answer = house.browser(claire, enforce_csrf_checks=True).post(
        house.at(draft, "remplir/base/objet"), {"purpose": "x"}
    )

    assert answer.status_code == 403
    assert "n'a pas pu être envoyé" in house.text(answer)
    assert "purpose" not in house.answers(draft)


def test_an_address_that_does_not_exist_leads_to_the_tasks(browser, draft):
    for address in ("base/rien", "rien/rien/r1/rien", "base", "verifier/verifier", "é/🦊"):
        assert browser.get(house.at(draft, "remplir", address)).headers["Location"] == house.at(draft, "remplir")
        answer = browser.post(house.at(draft, "remplir", address), {"purpose": "x"}, follow=True)
        assert "La page que vous avez envoyée n'est plus à compléter" in house.text(answer)
    assert "purpose" not in house.answers(draft)


def test_a_page_of_a_sent_dossier_leads_to_the_dossier(browser):
    dossier = house.sent(browser)

    assert browser.get(house.at(dossier, "remplir/base/objet")).headers["Location"] == house.at(dossier)
    assert browser.post(house.at(dossier, "remplir/base/objet"), {"purpose": "Autre"}).headers["Location"] == house.at(
        dossier
    )
    assert house.answers(dossier)["purpose"] == "Un abri"


def test_a_draft_is_deleted_after_a_page_that_says_what_goes(browser, draft):
    assert "effacé" in house.text(browser.get(house.at(draft, "supprimer")))
    assert browser.post(house.at(draft, "supprimer")).headers["Location"] == "/espaces/moi/"
    assert not Dossier.objects.exists()
    assert house.journal(draft)[-1] == "dossier.deleted"


def test_a_sent_dossier_is_not_deleted(browser):
    dossier = house.sent(browser)

    assert browser.post(house.at(dossier, "supprimer")).status_code == 302
    assert Dossier.objects.filter(pk=dossier.pk).exists()
