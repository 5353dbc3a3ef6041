"""Karl, citizen of Waimes, reads German and uses the keyboard alone: every page, the receipt and the decision are in his language."""

import pytest

from tests.journeys import form, story
from tests.journeys.keyboard import KeyboardTraveller
from tests.journeys.languages import foreign_words_of
from tests.paper.reading import text_of

pytestmark = [pytest.mark.browser, pytest.mark.node]
HOME = {"Street": "Hauptstraße", "Number": "12", "Postcode": "4950", "Town": "Weismes"}


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_karl_files_in_german_and_is_answered_in_german(traveller, agent, script):
    karl = traveller("karl-schmitz", language="de", kind=KeyboardTraveller, wide=not script, script=script)
    story.begin(karl, "sms", "Überschwemmung").follow("Karl Schmitz")
    story.start(karl, "Karl Schmitz")
    dossier = karl.page.url.split("remplir/")[0]
    form.fill_in(karl, **HOME)
    number = story.send(karl)
    receipt = text_of(karl.go(dossier).download("Receipt"))
    assert foreign_words_of(receipt, "de") == [], receipt
    story.decide(agent, number, language="de")
    letter = story.read_decision(karl, dossier)
    assert foreign_words_of(letter, "de") == [], letter
    for part in (number, "1.250,50", story.FACTS["de"], story.LAW["de"], "Staatsrat", "60 Tage"):
        assert part in letter, (part, letter)


def test_karl_finds_help_in_german(traveller):
    karl = traveller("karl-schmitz", language="de", kind=KeyboardTraveller).go("/")
    karl.press("Help centre").press("Accessibility statement")
    for path in ("/aide/s-identifier/", "/aide/guide-gestionnaire-acces/", "/aide/vie-privee/", "/verifier/", "/avis/"):
        karl.go(path)
