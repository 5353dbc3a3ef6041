"""Inès, citizen, insulates her roof: from the Portal to the receipt, with the premium that the reference works out by hand."""

import pytest

from tests.journeys import housing, story
from tests.journeys.people import CAST
from tests.paper.reading import text_of

pytestmark = [pytest.mark.browser, pytest.mark.node]
AMOUNT = "5 600,00 €"
AUTHORITY = "Ministerium der Deutschsprachigen Gemeinschaft"


def test_ines_asks_for_the_premium_of_her_roof(traveller):
    ines = traveller("ines-carlier")
    story.begin(ines, words="isoler mon toit", slug=housing.SLUG).follow("Inès Carlier")
    story.start(ines, "Inès Carlier")
    dossier = ines.page.url.split("remplir/")[0]
    housing.fill_in(ines, CAST[ines.person]["mail"])
    ines.reads("Check your answers").reads_text(AMOUNT).reads_text("valeur indicative")
    number = story.send(ines)
    receipt = " ".join(text_of(ines.go(dossier).download("Receipt")).split())
    for part in (number, AMOUNT, "R2", "Zoé", "Isolation du toit"):
        assert part in receipt.replace("\u00a0", " ").replace("’", "'"), (part, receipt)


def test_a_dwelling_in_eupen_is_led_to_the_german_speaking_community(traveller):
    karl = traveller("karl-schmitz", language="de", wide=True)
    story.begin(karl, "sms", "Dachdämmung", slug=housing.SLUG).follow("Karl Schmitz")
    story.start(karl, "Karl Schmitz")
    housing.fill_request(karl)
    housing.fill_applicant(karl, CAST[karl.person]["mail"])
    housing.answer(karl, lives_there=False)
    housing.answer(karl, dwelling=housing.EUPEN)
    karl.reads_text("Eupen").reads_text(AUTHORITY)
