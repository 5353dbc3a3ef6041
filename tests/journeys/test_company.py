"""Nadia alone represents Atelier Lambiotte SRL: she opens its space with itsme on the way, files, and reads the decision."""

import pytest

from tests.journeys import form, story

pytestmark = [pytest.mark.browser, pytest.mark.node]


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_nothing_is_needed_to_read_the_portal(traveller, script):
    story.look_for(traveller("nadia-benali", wide=not script, script=script), "dégât des eaux").reads(
        "Before you begin: have at hand"
    )


def test_nadia_files_for_her_company(traveller, agent):
    nadia = story.begin(traveller("nadia-benali", wide=True), "itsme", "tempête")
    story.start(story.open_alone(nadia, "0123.410.229", "Atelier Lambiotte"), "Atelier Lambiotte")
    dossier = nadia.page.url.split("remplir/")[0]
    form.fill_in(nadia)
    number = story.send(nadia)
    story.decide(agent, number)
    assert number in story.read_decision(nadia, dossier)
    nadia.press("Request").reads_text("1 670,50")
    nadia.press("Documents").reads_text("devis.pdf")
