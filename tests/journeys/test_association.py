"""Lucien chairs an association whose register is late: he is refused with what he can do, then the register is right and he files."""

import json
import urllib.request
from datetime import date

import pytest

from tests.journeys import form, story
from tests.journeys.people import CAST

pytestmark = [pytest.mark.browser, pytest.mark.node]
NUMBER, NAME = "0123450613", "Les Sentiers de Valmoulin"


def test_lucien_opens_the_space_once_the_register_knows_him(traveller, agent, demo):
    lucien = story.begin(traveller("lucien-thiry"))
    lucien.press("Begin the first configuration").fill("Enterprise number (BCE)", NUMBER)
    lucien.press("Look it up").reads("The register does not know you here")
    lucien.reads_text("078 79 01 02")
    assert NAME not in lucien.text()  # nobody learns from this page what a number stands for
    correct_the_register(demo)
    story.look_for(lucien, "inondation").press("File a request")
    story.start(story.open_alone(lucien, NUMBER, NAME), NAME)
    dossier = lucien.page.url.split("remplir/")[0]
    form.fill_in(lucien)
    number = story.send(lucien)
    story.decide(agent, number)
    assert number in story.read_decision(lucien, dossier)


def correct_the_register(demo) -> None:
    """The publication has arrived: the register names him, alone."""
    chair = CAST["lucien-thiry"]
    digits = "".join(filter(str.isdecimal, chair["national_number"]))
    function = {
        "function_code": "PRESI", "national_number": digits, "holder_enterprise_number": None, "joint": False,
        "given_name": chair["given_name"], "surname": chair["surname"], "from": date.today().isoformat(), "to": None,
    }  # fmt: skip
    asked = urllib.request.Request(
        f"{demo.sandbox_url}/api/functions/{NUMBER}",
        json.dumps([function]).encode(),
        {"Content-Type": "application/json"},
        method="PUT",
    )
    with urllib.request.urlopen(asked, timeout=10) as answer:
        assert answer.status == 204
