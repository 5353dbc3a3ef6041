"""What goes wrong, and what people are then told."""

import json
import urllib.request
from datetime import date

import pytest

from tests.journeys import form, story

pytestmark = [pytest.mark.browser, pytest.mark.node]
COMMUNE, NOBODY = "0123430421", "0123999937"
ADDRESSES = ["", "dossiers/", f"commencer/{form.SLUG}/", "acces/", "acces/inviter/", "acces/prendre-un-role/",
             "dossiers/ABCD2345/", "dossiers/ABCD2345/remplir/", "dossiers/ABCD2345/recepisse/"]  # fmt: skip


def faults(demo, **wanted: bool) -> None:
    """Makes the outside world misbehave; nothing named: all is well again."""
    asked = urllib.request.Request(f"{demo.sandbox_url}/api/faults", json.dumps(wanted).encode(), method="PUT")
    with urllib.request.urlopen(asked, timeout=10) as answer:
        assert answer.status == 200


@pytest.fixture
def hugo(traveller):
    """Hugo acts for nobody; a small screen without JavaScript."""
    return traveller("hugo-martin", script=False)


@pytest.fixture
def draft(hugo):
    """A draft of his own."""
    hugo.go(f"/demarches/{form.SLUG}/introduire/").sign_in("eid", known=False).follow("Hugo Martin").press("Begin")
    return story.first_task(hugo)


def test_a_stranger_cannot_tell_an_enterprise_from_none(hugo):
    hugo.go("/espaces/").sign_in("itsme", known=False)
    for address in ADDRESSES:
        said = hugo.go(f"/espaces/{COMMUNE}/{address}", status=404).text()
        assert "Valmoulin" not in said
        assert said == hugo.go(f"/espaces/{NOBODY}/{address}", status=404).text()


def test_an_insurance_that_pays_everything_stops_the_request(draft):
    form.pick(draft, "insurance", "full")
    form.on_page(draft, form.heading(draft, "assurance-suffit"))
    assert not draft.target("Continue").count()


def test_an_unknown_place_and_a_late_request_stop_with_the_reason(draft):
    form.pick(draft, "insurance", "none")
    form.say_yes_or_no(draft, "farming", yes=False)
    form.fill_place(draft, Postcode="6700", Town="Arlon")
    form.fill_date(draft, form.FLOOD).press("Continue")
    form.on_page(draft, form.heading(draft, "non-reconnu"))
    draft.press("Back").press("Back")
    form.fill_place(draft)
    form.fill_date(draft, date(2025, 7, 15)).press("Continue")
    form.on_page(draft, form.heading(draft, "trop-tard"))
    draft.reads_text("31 décembre 2025")


def test_a_session_that_ends_in_the_middle_comes_back_to_the_same_page(draft):
    here = draft.page.url
    draft.context.clear_cookies(name="monespace_session")
    draft.tick(form.option(draft, "insurance", "none")).press("Continue").sign_in("eid")
    assert draft.page.url == here
    form.pick(draft, "insurance", "none")


def test_a_wrong_answer_is_said_beside_its_field_and_what_was_typed_stays(draft):
    form.pick(draft, "insurance", "none")
    form.say_yes_or_no(draft, "farming", yes=False)
    form.fill_place(draft, Postcode="59980")
    draft.reads_text("Un code postal belge compte quatre chiffres")
    assert draft.field(draft.say("Postcode")).input_value() == "59980"


def test_a_cancelled_sign_in_says_so_and_offers_the_means_again(hugo):
    hugo.go("/connexion/").take_card().press("Continue with itsme®")
    hugo.page.locator("button[value=cancel]").click()
    hugo.look().reads("You stopped the identification").sign_in("eid", known=False)


@pytest.mark.parametrize(("fault", "sentence"), [
    ("token_500", "The identification service does not answer at this moment."),
    ("lower_acr", "The means that you used is not strong enough for what you want to do."),
])  # fmt: skip
def test_a_provider_that_misbehaves_signs_nobody_in(hugo, demo, fault, sentence):
    faults(demo, **{fault: True})
    try:
        hugo.go("/connexion/").sign_in("eid").reads_start(sentence)
        hugo.go("/espaces/").reads("How do you want to identify yourself?")
    finally:
        faults(demo)
    hugo.sign_in("eid", known=False)


def test_a_code_by_sms_is_not_enough_to_open_a_space(traveller):
    julie = story.begin(traveller("julie-nordeau", wide=True), "sms")
    julie.press("Begin the first configuration").fill("Enterprise number (BCE)", "0123.420.325").press("Look it up")
    julie.choose("Submit").press("Open the space of %(name)s", name="Fiduciaire Nordeau")
    julie.reads(
        "What you want to do needs a stronger proof of your identity. Then you come back to the page where you were."
    )
    assert not julie.target("Continue with an SMS code").count()
    julie.sign_in("itsme").choose("Submit").press("Open the space of %(name)s", name="Fiduciaire Nordeau")
    julie.reads_text("Fiduciaire Nordeau").reads("Begin")


def test_a_register_that_is_down_is_said_and_nothing_is_lost(traveller, demo):
    eric = traveller("eric-lambiotte", wide=True).go("/espaces/configuration/").sign_in("eid", known=False)
    faults(demo, registry_down=True)
    try:
        eric.fill("Enterprise number (BCE)", "0123.410.229").press("Look it up").reads("The register does not answer")
    finally:
        faults(demo)
    eric.press("Try again").reads("The register does not know you here")
