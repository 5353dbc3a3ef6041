"""The CPAS of Valmoulin: Fatima names herself, Michel signs too; she accepts, takes a role for herself, files."""

import pytest

from tests.journeys import form, story
from tests.journeys.people import CAST
from tests.journeys.test_commune import describe, pin_to

pytestmark = [pytest.mark.browser, pytest.mark.node]
CPAS, NAME = "0123440517", "CPAS de Valmoulin"


def test_fatima_and_michel_open_the_space_and_fatima_files(traveller, agent):
    fatima = story.begin(traveller("fatima-el-amrani"), "itsme", "coulée de boue").press("Open this space")
    describe(fatima.press("Name the main access manager"), "fatima-el-amrani")
    pin_to(fatima, "fatima-el-amrani").press("Sign and ask for the second signature").reads_text("Michel Quoilin")
    michel_signs(traveller)
    fatima.go("/espaces/").press("Invitation to act for %(name)s", name=NAME).press("Accept")
    take_a_role(fatima)
    story.start(fatima, NAME)
    dossier = fatima.page.url.split("remplir/")[0]
    form.fill_in(fatima)
    number = story.send(fatima)
    story.decide(agent, number)
    assert number in story.read_decision(fatima, dossier)


def michel_signs(traveller) -> None:
    """The chair reads whom he agrees to, and signs."""
    michel = traveller("michel-quoilin", wide=True).go("/espaces/").sign_in("eid", known=False)
    michel.press("Sign the designation of %(who)s as main access manager (GAP)", who="Fatima El Amrani")
    michel.reads_text(CAST["fatima-el-amrani"]["mail"]).press("Sign the designation")


def take_a_role(fatima) -> None:
    """Managing accesses is no right to file: the refusal offers the role, and leads back to the form."""
    fatima.go(f"/espaces/{CPAS}/commencer/{form.SLUG}/", status=403).press("Take the role")
    fatima.choose("Submit").press("Take this role")
