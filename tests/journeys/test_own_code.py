"""Codes by SMS from the portal itself, in a browser: a number bound, a password chosen, signed in with both; what goes wrong."""

import re

import pytest

from tests.journeys.people import CAST
from tests.ops.harness import eventually, running_demo

pytestmark = [pytest.mark.browser, pytest.mark.node]
WAYS = """ways:
- {id: sms, by: fas, method: sms, level: 400}
- {id: eid, by: fas, method: eid, level: 500}
- {id: code, by: sms, method: sms, level: 400, label: {fr: Code de Mon Espace, nl: Code van Mon Espace}}
"""
PASSWORD = "quatre chevaux sur la digue"
LATER = """
import django; django.setup()
from datetime import timedelta
from django.db.models import F
from monespace.identity.models import SmsCode
SmsCode.objects.update(sent_at=F("sent_at") - timedelta(seconds=61))
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A demonstration that offers this way."""
    folder = tmp_path_factory.mktemp("code")
    (folder / "sign-in.yaml").write_text(WAYS, encoding="utf-8")
    with running_demo(folder, SIGN_IN_FILE=str(folder / "sign-in.yaml")) as running:
        yield running


@pytest.fixture
def claire(traveller):
    """Claire, on a small screen."""
    return traveller("claire-dubois", guided=False)


@pytest.fixture
def hugo(traveller):
    """Hugo, without JavaScript."""
    return traveller("hugo-martin", wide=True, script=False, guided=False)


def number_of(who) -> str:
    """The number of one's own telephone."""
    return CAST[who.person]["phone"]


def sent(who) -> list[str]:
    """The codes that the portal sent to one's telephone, the newest first (the provider sends its own)."""
    texts = [one["text"] for one in who.ask(f"/api/sms?person={who.person}")]
    return [found[1] for text in texts if (found := re.search(r"\n@localhost #(\d{6})$", text))]


def next_code(who, before: int) -> str:
    """The code that comes after so many."""
    eventually(lambda: len(sent(who)) > before, 20, "no code came")
    return sent(who)[0]


def other_than(code: str) -> str:
    """A code that is not this one."""
    return f"{(int(code) + 1) % 10**6:06}"


def bind(who) -> None:
    """In the profile, signed in with the card: the number, its code, the password."""
    who.fill("Your mobile number", number_of(who)).press("Receive a code")
    code = next_code(who, 0)
    who.fill("Code received by SMS", other_than(code)).press("Confirm the code")
    who.reads("This is not the code that we sent. Check it and try again.")
    who.fill("Code received by SMS", code).press("Confirm the code").reads("Your number is bound.")
    who.fill("New password", "court").press("Save the password").reads("A password needs at least 12 signs.")
    who.fill("New password", PASSWORD).press("Save the password").reads("Your password is saved.")


def by_code(who, password: str = PASSWORD) -> int:
    """From the page of the ways to that of the code; how many codes had come before."""
    before = len(sent(who))
    who.push(who.page.locator(".me-method", has_text="Code de Mon Espace").get_by_role("button"))
    who.fill("Your mobile number", number_of(who)).fill("Your password", password).press("Receive a code")
    return before


def paste(who, message: str, text: str) -> None:
    """As one pastes it from the message, over what stands there."""
    who.context.grant_permissions(["clipboard-read", "clipboard-write"])
    who.page.evaluate("text => navigator.clipboard.writeText(text)", text)
    field = who.field(who.say(message))
    field.press("Control+A")
    field.press("Control+V")


def test_a_number_is_bound_with_the_card_and_then_opens_the_space(claire) -> None:
    claire.go("/profil/").sign_in("sms", known=False).press("Sign in by SMS code")
    assert "niveau=450" in claire.page.url, "a code by SMS does not make another means of proof"
    bind(claire.sign_in("eid"))
    claire.go("/notifications/").reads_text("permet maintenant d'entrer dans votre Mon Espace")

    claire.context.clear_cookies(name="monespace_session")
    before = by_code(claire.go("/profil/sessions/"))
    first = next_code(claire, before)
    claire.fill("Code received by SMS", other_than(first)).press("Confirm the code")
    claire.reads("This is not the code that we sent. Check it and try again.")
    claire.unfold("I did not receive a code").reads_text(f"se termine-t-il par {number_of(claire)[-2:]}")
    claire.press("Send another code").reads_text("Vous pourrez demander un autre code dans")
    claire.demo.run("-c", LATER)
    claire.press("Send another code")
    second = next_code(claire, before + 1)
    if first != second:
        claire.fill("Code received by SMS", first).press("Confirm the code")
        claire.reads("This is not the code that we sent. Check it and try again.")
    paste(claire, "Code received by SMS", f"{second[:3]} {second[3:]}")
    claire.press("Confirm the code").reads("Sessions and devices")
    claire.press("Sign out everywhere").go("/profil/").reads("How do you want to identify yourself?")


def test_without_javascript_it_is_the_same(hugo) -> None:
    hugo.go("/profil/telephone/").sign_in("eid", known=False)
    bind(hugo)
    hugo.context.clear_cookies(name="monespace_session")
    before = by_code(hugo.go("/espaces/"), "quatre chevaux")
    hugo.fill("Code received by SMS", next_code(hugo, before)).press("Confirm the code")
    hugo.reads("The code was right. The password was not: type it again.")
    hugo.fill("Your password", PASSWORD)
    hugo.push(hugo.page.get_by_role("button", name=hugo.say("Sign in")))
    assert hugo.page.url.endswith("/espaces/")


def test_five_wrong_codes_end_it_with_a_reference_and_the_other_means(hugo) -> None:
    before = by_code(hugo.go("/connexion/"))
    wrong = other_than(next_code(hugo, before))
    for _try in range(5):
        hugo.fill("Code received by SMS", wrong).press("Confirm the code")
    reference = hugo.page.locator(".govuk-error-summary strong").inner_text()
    assert reference in (hugo.demo.data / "logs" / "portal.log").read_text(encoding="utf-8")
    hugo.reads("How do you want to identify yourself?")
