"""Somebody helps to fill in a draft of one's own: opens and changes it, and neither sends nor deletes it."""

from datetime import timedelta

import pytest
from django.core import mail

from monespace.dossiers.models import Dossier, Participant
from monespace.notices.models import Mail
from tests.dossiers import house
from tests.dossiers.owners import HELPER, MARC, OWNERS, agree, asked, complete


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


def test_a_helper_fills_in_and_neither_sends_nor_deletes(browser, draft, marc):
    client = house.browser(marc)
    assert client.get(house.at(draft, "remplir")).status_code == 404
    assert browser.post(house.at(draft, "remplir/partager"), HELPER).status_code == 303

    assert "C'est le brouillon de Claire Dubois" in house.text(client.get(house.at(draft, "remplir")))
    client.post(house.at(draft, "remplir/base/objet"), {"purpose": "Trois toits"})
    assert house.answers(draft)["purpose"] == "Trois toits"
    assert "Marc Lambert est aussi dans cette demande" in house.text(browser.get(house.at(draft, "remplir")))
    client.post(house.at(draft, "remplir/verifier"))
    client.post(house.at(draft, "supprimer"))
    assert client.get(house.at(draft, "remplir/partager")).status_code == 404
    assert Dossier.objects.get(pk=draft.pk).state == "draft"
    assert "Claire Dubois" in house.text(client.get(house.at(draft, "remplir/verifier")))
    assert "Demande de Claire Dubois" in house.text(client.get("/espaces/moi/"))


def test_a_helper_asks_nobody_to_agree(browser, draft, marc):
    browser.post(house.at(draft, "remplir/partager"), HELPER)
    written = Mail.objects.count()

    check = house.at(draft, "remplir/verifier")
    assert house.soup(house.browser(marc).get(check)).find("button", attrs={"name": "ask"}) is None
    house.browser(marc).post(check, {"ask": "1"})
    assert Mail.objects.count() == written


def test_the_facts_of_a_shared_draft_are_its_holders(browser, claire, marc):
    house.publish(
        house.SMALL.replace('label: {fr: "Que', 'prefill: person.name, locked: true, label: {fr: "Que'), "prefilled"
    )
    draft = house.begin(browser, slug="prefilled")
    browser.post(house.at(draft, "remplir/partager"), HELPER)

    page = house.browser(marc).get(house.at(draft, "remplir/base/objet"))
    assert "Claire Dubois" in house.text(page)
    assert "Marc Lambert" not in house.text(page)


def test_the_holder_ends_the_help(browser, draft, marc):
    browser.post(house.at(draft, "remplir/partager"), HELPER)
    part = Participant.objects.get()
    assert "Marc Lambert" in house.text(browser.get(house.at(draft, "remplir/partager")))

    browser.post(house.at(draft, "remplir/partager"), {"end": str(part.pk)})
    assert house.browser(marc).get(house.at(draft, "remplir")).status_code == 404
    assert house.journal(draft)[-2:] == ["dossier.shared", "dossier.share_ended"]


def test_ending_the_help_of_somebody_who_agreed_leaves_the_agreement(browser, draft, marc):
    asked(browser, draft)
    browser.post(house.at(draft, "remplir/partager"), HELPER)
    agree(house.browser(marc), draft)

    browser.post(house.at(draft, "remplir/partager"), {"end": str(Participant.objects.get().pk)})
    assert house.browser(marc).get(house.at(draft, "remplir")).status_code == 404
    assert "D'accord" in house.text(browser.get(house.at(draft, "remplir/verifier")))


def test_help_ended_while_the_draft_is_sent_from_another_tab_is_no_failure(browser, draft, marc, monkeypatch):
    browser.post(house.at(draft, "remplir/partager"), HELPER)
    monkeypatch.setattr("monespace.dossiers.views.taking_part.drafts_only", lambda *_asked: None)
    Dossier.objects.update(expires_at=house.now() - timedelta(days=1))

    answer = browser.post(house.at(draft, "remplir/partager"), {"end": str(Participant.objects.get().pk)})
    assert answer.headers["Location"] == house.at(draft)


def test_once_sent_the_helper_sees_nothing_more(browser, small, marc):
    draft = house.begin(browser, slug="essai")
    house.fill(browser, draft)
    browser.post(house.at(draft, "remplir/partager"), HELPER)
    house.send(browser, draft)

    for page in ("", "remplir", "demande", "recepisse"):
        assert house.browser(marc).get(house.at(draft, page) if page else house.at(draft)).status_code == 404


def test_a_faulty_invitation_loses_nothing_and_writes_to_nobody(browser, draft):
    page = browser.post(house.at(draft, "remplir/partager"), HELPER | {"national_number": "90010100125"})

    assert page.status_code == 422
    assert house.soup(page).find("input", attrs={"name": "name"})["value"] == "Marc Lambert"
    assert (Mail.objects.count(), len(mail.outbox)) == (0, 0)
