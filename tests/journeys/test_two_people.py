"""Inès and Karl own a house: he helps to fill in the request, both change one answer, and it is sent once he agrees."""

import pytest

from tests.journeys import housing, story
from tests.journeys.people import CAST

pytestmark = [pytest.mark.browser, pytest.mark.node]
KARL = CAST["karl-schmitz"]
CO_HOLDER = {
    "c_last_name": "Schmitz", "c_first_name": "Karl", "c_niss": KARL["national_number"], "c_share": "50", "c_email": KARL["mail"],
}  # fmt: skip


def link_in(mail: dict) -> str:
    """The address that a mail leads to."""
    return next(word for word in mail["text"].split() if "/espaces/moi/dossiers/" in word)


def test_two_people_fill_in_one_request_and_the_other_owner_agrees(traveller):
    ines = traveller("ines-carlier", script=False)
    karl = traveller("karl-schmitz", language="de", wide=True)
    story.begin(ines, words="isoler mon toit", slug=housing.SLUG).follow("Inès Carlier")
    story.start(ines, "Inès Carlier")
    dossier = ines.page.url.split("remplir/")[0]
    housing.fill_in(ines, CAST[ines.person]["mail"], CO_HOLDER)
    ines.reads("Not asked yet")

    ask_for_help(ines, dossier)
    karl.go(link_in(karl.mail("vous demande de l'aide"))).sign_in("sms", known=False)
    karl.reads("This is the draft of %(who)s: you help to fill it in.", who="Inès Carlier")
    change_the_same_answer(ines, karl, dossier)

    ines.go(f"{dossier}remplir/verifier/").press("Ask for their agreement").reads("Asked, no answer yet")
    karl.go(link_in(karl.mail("demande votre accord"))).reads("Do you agree to this request?")
    karl.page.locator("input[name=answer][value=yes]").check()
    karl.press("Send my answer").reads_text("Sie brauchen nichts mehr zu tun.")
    ines.go(f"{dossier}remplir/verifier/").reads("Agrees")
    assert story.send(ines)
    karl.go(f"{dossier}remplir/", status=404)


def ask_for_help(ines, dossier: str) -> None:
    """She asks Karl to fill in with her, by his national number."""
    ines.go(f"{dossier}remplir/").press("Fill in with somebody")
    ines.fill("Name of this person", "Karl Schmitz").fill("National number", KARL["national_number"])
    ines.fill("E-mail address", KARL["mail"]).press("Ask for help").reads("Who helps you")


def change_the_same_answer(ines, karl, dossier: str) -> None:
    """Both have the year of the house open; Karl saves first, Inès reads both and keeps his."""
    page = f"{dossier}remplir/logement/annee/"
    karl.go(page)
    ines.go(page).reads_text("Karl Schmitz est aussi dans cette demande")
    housing.answer(karl, built="1961")
    housing.answer(ines, built="1963").reads_text("Karl Schmitz a modifié cette réponse").reads_text("1961")
    ines.push(ines.page.locator("button[name=yield]"))
    assert ines.page.locator("[name=built]").input_value() == "1961"
