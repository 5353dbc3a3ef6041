"""Who is to finish a draft of an enterprise: taken over from a colleague, handed over to one, each told to who it concerns."""

import pytest
from django.core import mail

from monespace.dossiers.models import Dossier
from monespace.notices.models import Mail, Notice
from tests.dossiers import house


@pytest.fixture
def julie(bakery):
    return house.colleague(bakery, "Julie", "Martin", "88010100205", role="prepare")


@pytest.fixture
def draft(small, bakery, paul):
    return house.begin(house.browser(paul), bakery.number)


@pytest.fixture
def at(draft, bakery):
    return lambda *parts: house.at(draft, *parts, space=bakery.number)


def test_a_colleague_takes_over_and_who_began_is_told(draft, paul, julie, at):
    browser = house.browser(julie)
    page = browser.get(at("remplir"))
    assert "C'est à Paul Lambert de terminer cette demande." in house.text(page)

    assert browser.post(at("remplir/reprendre")).headers["Location"] == at("remplir")
    assert "C'est à vous de terminer cette demande." in house.text(browser.get(at("remplir")))
    told = Notice.objects.get(person=paul.person_id)
    assert "« Demande d'essai » de Boulangerie Dubois" in told.text.replace("\u00a0", " ")
    assert Mail.objects.get().to == paul.person.email
    assert house.journal(draft) == ["dossier.started", "dossier.taken_over"]


def test_taking_over_twice_tells_once(draft, paul, julie, at):
    browser = house.browser(julie)
    browser.post(at("remplir/reprendre"))
    browser.post(at("remplir/reprendre"))

    assert Notice.objects.count() == 1
    assert house.journal(draft).count("dossier.taken_over") == 1


def test_a_draft_is_handed_over_to_a_colleague_who_may_fill_it_in(draft, paul, julie, bakery, at):
    house.colleague(bakery, "Rita", "Simon", "75010100187", role="read")
    browser = house.browser(paul)
    offered = house.soup(browser.get(at("remplir/confier"))).find_all("input", attrs={"name": "to"})
    assert [each["value"] for each in offered] == [str(julie.person_id)]

    assert browser.post(at("remplir/confier"), {"to": str(julie.person_id)}).status_code == 303
    assert Dossier.objects.get(pk=draft.pk).in_charge == julie.person
    assert Notice.objects.get().person == julie.person_id
    assert "C'est à vous de terminer" in house.text(house.browser(julie).get(at("remplir")))
    assert house.journal(draft)[-1] == "dossier.handed_over"


def test_nobody_chosen_and_somebody_who_may_not_are_faults(draft, paul, julie, bakery, at):
    rita = house.colleague(bakery, "Rita", "Simon", "75010100187", role="read")
    for posted in ({}, {"to": str(rita.person_id)}, {"to": "x"}):
        page = house.browser(paul).post(at("remplir/confier"), posted)
        assert page.status_code == 422
        assert "Choisissez le collègue" in house.text(page)
    assert (Notice.objects.count(), len(mail.outbox)) == (0, 0)


def test_many_colleagues_are_a_list_in_which_one_types(draft, paul, bakery, at):
    people = [house.colleague(bakery, "Ana", f"Roi {n}", f"8801010{n:04}", role="prepare") for n in range(11)]
    page = house.soup(house.browser(paul).get(at("remplir/confier")))

    assert next(each["value"] for each in page.main.find("select", attrs={"name": "to"}).find_all("option")) == ""
    assert house.browser(paul).post(at("remplir/confier"), {"to": ""}).status_code == 422
    assert house.browser(paul).post(at("remplir/confier"), {"to": str(people[3].person_id)}).status_code == 303
    assert Dossier.objects.get(pk=draft.pk).in_charge == people[3].person


def test_alone_one_is_told_what_would_help(draft, paul, at):
    page = house.browser(paul).get(at("remplir/confier"))

    assert "Personne d'autre de Boulangerie Dubois" in house.text(page)
    assert house.soup(page).main.find("form") is None


def test_a_personal_draft_is_handed_to_nobody(small, claire):
    browser = house.browser(claire)
    draft = house.begin(browser)

    assert "terminer cette demande" not in house.text(browser.get(house.at(draft, "remplir")))
    assert browser.get(house.at(draft, "remplir/confier")).status_code == 404
    assert browser.post(house.at(draft, "remplir/reprendre")).status_code == 303
    assert house.journal(draft) == ["dossier.started"]
