"""itsme by a contract of the administration's own, in a browser: signed in, given up, and an answer that is not as agreed."""

import json
import re

import pytest

from tests.journeys.proofs import approve_on_phone
from tests.journeys.test_refusals import faults
from tests.ops.harness import running_demo

pytestmark = [pytest.mark.browser, pytest.mark.node]
WAYS = "ways:\n- {id: direct, by: itsme, method: itsme, level: 450}\n- {id: eid, by: fas, method: eid, level: 500}\n"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A demonstration that offers this way."""
    folder = tmp_path_factory.mktemp("direct")
    (folder / "sign-in.yaml").write_text(WAYS, encoding="utf-8")
    with running_demo(folder, SIGN_IN_FILE=str(folder / "sign-in.yaml")) as running:
        yield running


@pytest.fixture
def karl(traveller):
    """Karl reads German; a small screen without JavaScript."""
    return traveller("karl-schmitz", language="de", script=False, guided=False)


def by_itsme(who):
    """The number of the phone, and the approval there; itsme asks for nothing else."""
    who.go("/connexion/").take_card().press("Continue with itsme®")
    assert who.page.url.startswith(f"{who.demo.sandbox_url}/idp/identification/")
    assert not who.page.locator("button[value=eid]").count()
    who.page.locator("button[value=send]").click()
    approve_on_phone(who)
    who.page.locator("button[value=approved]").click()
    return who.look()


def test_itsme_leads_in_and_a_sign_out_stays_here(karl) -> None:
    by_itsme(karl)
    assert "/profil/bienvenue/" in karl.page.url
    karl.pass_welcome()
    assert karl.page.url.endswith("/espaces/")
    karl.page.request.post(
        f"{karl.demo.portal_url}/deconnexion/",
        form={"csrfmiddlewaretoken": karl.page.locator("input[name=csrfmiddlewaretoken]").first.input_value()},
        headers={"Referer": karl.page.url},
    )
    karl.go("/profil/").reads("How do you want to identify yourself?")


def test_who_gives_up_is_offered_the_ways_again(karl) -> None:
    karl.go("/connexion/").take_card().press("Continue with itsme®")
    karl.page.locator("button[value=cancel]").click()
    karl.look().reads("You stopped the identification")


@pytest.mark.parametrize(("fault", "code"), [("itsme_unencrypted", "encryption"), ("itsme_other_key", "decryption")])
def test_an_answer_that_is_not_as_agreed_signs_nobody_in_and_its_reference_is_in_the_log(
    karl, fault: str, code: str
) -> None:
    faults(karl.demo, **{fault: True})
    try:
        by_itsme(karl)
    finally:
        faults(karl.demo)
    reference = karl.page.locator(".govuk-error-summary strong").inner_text()
    assert re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}", reference)
    log = (karl.demo.data / "logs" / "portal.log").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in log.splitlines() if reference in line]
    assert [(line["event"], line["code"], line["way"]) for line in lines] == [("sign_in.refused", code, "direct")]
    karl.go("/profil/").reads("How do you want to identify yourself?")
