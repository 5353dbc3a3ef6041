"""Others have to agree to a request before it is sent: co-owners, by their own sign-in."""

from datetime import timedelta

import pytest

from monespace.dossiers import actions
from monespace.dossiers.models import Content, Dossier, Participant
from monespace.journal.models import Entry
from monespace.notices.models import Mail
from tests.dossiers import house
from tests.dossiers.owners import HELPER, MARC, OWNERS, PRIVATE, agree, asked, complete


@pytest.fixture
def browser(db, claire):
    house.publish(OWNERS)
    return house.browser(claire)


@pytest.fixture
def marc(db):
    return house.sign_in("Marc", "Lambert", MARC)


@pytest.fixture
def draft(browser):
    return complete(browser)


def test_nothing_is_sent_before_each_of_them_agrees(browser, draft, marc):
    page = browser.get(house.at(draft, "remplir/verifier"))
    assert "Marc Lambert Pas encore demandé" in house.text(page)
    assert browser.post(house.at(draft, "remplir/verifier")).headers["Location"] == house.at(draft, "remplir/verifier")
    assert Dossier.objects.get(pk=draft.pk).number is None

    asked(browser, draft)
    assert browser.post(house.at(draft, "remplir/verifier")).status_code == 303
    assert Dossier.objects.get(pk=draft.pk).number is None
    assert agree(house.browser(marc), draft).status_code == 303
    house.send(browser, draft)
    assert Dossier.objects.get(pk=draft.pk).number


def test_the_copy_that_is_sent_says_who_agreed_to_what_and_how(browser, draft, marc):
    asked(browser, draft)
    agree(house.browser(marc), draft)
    house.send(browser, draft)

    last = Content.objects.get(pk=draft.pk).frozen["summary"]["sections"][-1]
    line = last["blocks"][0]["lines"][0]
    assert last["title"] == "Accord des autres personnes"
    assert "Marc Lambert" in line["label"]
    assert line["values"][0] == "Je possède ce logement avec le demandeur."
    assert "itsme" in line["values"][1]
    acts = Entry.objects.filter(on_id=str(draft.pk), act="dossier.agreed")
    assert [entry.person for entry in acts] == [marc.person_id]


def test_the_mail_leads_there_and_names_neither_answers_nor_numbers(browser, draft):
    asked(browser, draft)

    sent = Mail.objects.get()
    assert (sent.to, sent.subject) == ("marc@exemple.be", "Claire Dubois demande votre accord pour une demande")
    assert house.at(draft, "confirmer") in sent.text
    assert MARC not in sent.text
    assert "Un toit" not in sent.text


def test_asking_twice_within_the_hour_writes_once(browser, draft):
    asked(browser, draft)
    asked(browser, draft)

    assert Mail.objects.count() == 1


def test_who_is_named_twice_is_asked_and_agrees_once(browser, draft, marc):
    browser.post(house.at(draft, "remplir/base/owners"), {"add_row": "1"})
    who = {"o_name": "M. Lambert", "o_number": MARC, "o_email": "marc@exemple.be"}
    browser.post(house.at(draft, f"remplir/base/owners/{house.answers(draft)['owners'][1]['id']}/qui"), who)
    asked(browser, draft)
    assert Mail.objects.count() == 1

    agree(house.browser(marc), draft)
    house.send(browser, draft)
    assert Dossier.objects.get(pk=draft.pk).number


def test_nobodys_mailbox_is_filled_by_naming_them_again_and_again(browser, draft, settings, monkeypatch):
    settings.RATE_LIMITS = True
    monkeypatch.setattr("monespace.dossiers.actions.taking_part.MOST_ASKED", 2)
    who = {"o_name": "Marc Lambert", "o_number": MARC, "o_email": "marc@exemple.be"}
    for _time in range(2):
        asked(browser, draft)
        browser.post(house.at(draft, "remplir/base/owners"), {"remove_row": house.answers(draft)["owners"][0]["id"]})
        browser.post(house.at(draft, "remplir/base/owners"), {"add_row": "1"})
        row = house.answers(draft)["owners"][0]["id"]
        browser.post(house.at(draft, f"remplir/base/owners/{row}/qui"), who)

    page = browser.post(house.at(draft, "remplir/verifier"), {"ask": "1"})
    assert page.status_code == 422
    assert "Réessayez demain" in house.text(page)
    assert Mail.objects.count() == 2


def test_who_is_named_no_more_sees_nothing_more(browser, draft, marc):
    asked(browser, draft)
    client = house.browser(marc)
    assert "Demande de Claire Dubois" in house.text(client.get("/espaces/moi/"))

    row = house.answers(draft)["owners"][0]["id"]
    who = {"o_name": "Hugo Petit", "o_number": "75010100196", "o_email": "hugo@exemple.be"}
    assert browser.post(house.at(draft, f"remplir/base/owners/{row}/qui"), who).status_code == 303
    assert "Claire Dubois" not in house.text(client.get("/espaces/moi/"))
    assert client.get(house.at(draft, "confirmer")).status_code == 404


def test_who_helps_and_is_named_no_more_goes_on_helping(browser, draft, marc):
    browser.post(house.at(draft, "remplir/partager"), HELPER)
    asked(browser, draft)
    browser.post(house.at(draft, "remplir/base/owners"), {"remove_row": house.answers(draft)["owners"][0]["id"]})

    assert house.browser(marc).get(house.at(draft, "remplir")).status_code == 200


def test_only_who_was_asked_finds_the_page(browser, draft, marc):
    address = house.at(draft, "confirmer")
    assert house.browser(marc).get(address).status_code == 404  # not asked yet
    asked(browser, draft)

    assert house.browser(house.sign_in("Hugo", "Petit", "75010100187")).get(address).status_code == 404
    assert house.browser().get(address).status_code == 303
    assert browser.get(address).status_code == 404
    page = house.text(house.browser(marc).get(address))
    assert "Claire Dubois prépare cette demande" in page
    assert "Un toit" in page
    assert house.browser(marc).get(house.at(draft, "remplir")).status_code == 404  # he may agree, not fill in


def test_an_expired_draft_is_agreed_to_by_nobody_and_names_nobody(browser, draft, marc):
    asked(browser, draft)
    Dossier.objects.update(expires_at=house.now() - timedelta(days=1))
    actions.expire_drafts()

    assert house.browser(marc).get(house.at(draft, "confirmer")).status_code == 404
    assert not Participant.objects.exists()


def test_another_answer_and_it_is_to_be_asked_again(browser, draft, marc):
    asked(browser, draft)
    agree(house.browser(marc), draft)
    browser.post(house.at(draft, "remplir/base/objet"), {"purpose": "Deux toits"})

    assert "À redemander" in house.text(browser.get(house.at(draft, "remplir/verifier")))
    house.send(browser, draft)
    assert Dossier.objects.get(pk=draft.pk).number is None
    asked(browser, draft)
    assert "La demande a changé" not in house.text(house.browser(marc).get(house.at(draft, "confirmer")))
    agree(house.browser(marc), draft)
    house.send(browser, draft)
    assert Dossier.objects.get(pk=draft.pk).number


def test_what_changed_under_their_eyes_is_shown_again(browser, draft, marc):
    asked(browser, draft)
    client = house.browser(marc)
    page = client.get(house.at(draft, "confirmer"))
    browser.post(house.at(draft, "remplir/base/objet"), {"purpose": "Deux toits"})

    answer = client.post(house.at(draft, "confirmer"), house.as_shown(page) | {"answer": ["yes"]})
    assert answer.status_code == 422
    assert "La demande a changé" in house.text(answer)
    assert "Deux toits" in house.text(answer)
    assert Participant.objects.get().answer == ""


def test_who_does_not_agree_says_why_and_the_holder_reads_it(browser, draft, marc):
    asked(browser, draft)
    client = house.browser(marc)
    silent = agree(client, draft, answer=["no"])
    assert (silent.status_code, "Écrivez ce qui ne va pas" in house.text(silent)) == (422, True)

    assert agree(client, draft, answer=["no"], reason=["J'ai vendu ma part."]).status_code == 303
    page = house.text(browser.get(house.at(draft, "remplir/verifier")))
    assert "Pas d'accord" in page
    assert "J'ai vendu ma part." in page


def test_the_same_answer_sent_twice_tells_once(browser, draft, marc):
    asked(browser, draft)
    client = house.browser(marc)
    page = house.as_shown(client.get(house.at(draft, "confirmer"))) | {"answer": ["yes"]}
    for _click in range(2):
        assert client.post(house.at(draft, "confirmer"), page).status_code == 303

    assert house.journal(draft).count("dossier.agreed") == 1
    assert Mail.objects.filter(to="claire@exemple.be").count() == 1


def test_who_agrees_proves_who_they_are_as_strongly_as_who_sends(browser, draft, marc):
    Dossier.objects.update(version=house.publish("assurance: {submit: 450}\n" + OWNERS.strip()))
    asked(browser, draft)
    page = house.as_shown(house.browser(marc).get(house.at(draft, "confirmer")))
    weak = house.sign_in("Marc", "Lambert", MARC, level=400)

    with pytest.raises(actions.Refused, match="level"):
        actions.answer(draft, by=weak, seen=page["seen"][0])
    assert "/connexion/" in house.browser(weak).get(house.at(draft, "confirmer")).headers["Location"]


def test_they_read_and_agree_to_the_sections_that_the_form_shows_them(browser, draft, marc):
    shown = OWNERS.replace("email: o_email", "email: o_email\n            sections: [base]") + PRIVATE
    house.publish(shown, "discret")
    secret = house.begin(browser, slug="discret")
    row = {"o_name": "Marc Lambert", "o_number": MARC, "o_email": "marc@exemple.be"}
    browser.post(house.at(secret, "remplir/base/owners"), {"add_row": "1"})
    pages = {
        "base/objet": {"purpose": "Un toit"},
        "base/owners/r1/qui": row,
        "base/owners": {},
        "prive/revenus": {"income": "31200"},
    }
    house.fill(browser, secret, pages)
    asked(browser, secret)

    page = house.browser(marc).get(house.at(secret, "confirmer"))
    assert "Un toit" in house.text(page)
    assert "31 200" not in house.text(page).replace("\u202f", " ")
    agree(house.browser(marc), secret)
    house.fill(browser, secret, {"prive/revenus": {"income": "30000"}})
    assert "D'accord" in house.text(browser.get(house.at(secret, "remplir/verifier")))
