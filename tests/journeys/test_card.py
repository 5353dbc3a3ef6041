"""The card read directly, in a browser: signed in, given up, what is missing or refused, and a stronger proof on the way."""

import json
import re

import pytest

from tests.browser import ROOT, axe, chromium, overflow
from tests.journeys.card_reader import CardReader
from tests.journeys.test_refusals import faults
from tests.journeys.words import messages
from tests.ops.harness import eventually, running_demo
from tests.ops.leaks import leaks

pytestmark = [pytest.mark.browser, pytest.mark.node]
WAYS = """ways:
- {id: card, by: webeid, method: eid, level: 500}
- {id: sms, by: fas, method: sms, level: 400}
"""
PAGE, BEGIN = "/connexion/carte/", "Read my card"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A demonstration that offers the card without the federal service."""
    folder = tmp_path_factory.mktemp("card")
    (folder / "sign-in.yaml").write_text(WAYS, encoding="utf-8")
    with running_demo(folder, SIGN_IN_FILE=str(folder / "sign-in.yaml")) as running:
        yield running
        assert leaks(running) == [], "a national number was written where none may stand"


@pytest.fixture
def hugo(traveller):
    """Hugo reads French, on a small screen."""
    return traveller("hugo-martin", guided=False)


def clean(who) -> None:
    """The page as it stands now: axe, no sideways scroll, no message of the console."""
    assert axe(who.page) == []
    assert overflow(who.page) == 0
    assert not who.problems, who.problems


def failed(who) -> str:
    """The sentence of the page's own refusal, which has the attention."""
    who.page.locator("[data-card-failed]").wait_for()
    assert who.page.evaluate("document.activeElement.matches('[data-card-failed]')")
    return " ".join(who.page.locator("[data-problem]:visible").inner_text().replace("\u00a0", " ").split())


def tell(who, message: str) -> str:
    """The message that begins so, in the person's language, without no-break spaces."""
    whole = next(one for one in messages(who.language) if one.startswith(message))
    return who.say(whole).replace("\u00a0", " ")


def test_the_card_leads_in_and_back_leads_on(hugo) -> None:
    reader = CardReader(hugo)
    hugo.go("/connexion/?suite=/notifications/").press("Continue with the eID")
    clean(hugo)
    hugo.page.locator("[data-card-start]").click()
    hugo.page.wait_for_url("**/profil/bienvenue/")
    assert len(reader.asked[0]) == 44
    hugo.look().pass_welcome()
    assert hugo.page.url.endswith("/notifications/")
    for _page in range(2):
        hugo.page.go_back()
    assert PAGE not in hugo.page.url, "the page of the card is not offered to somebody whom it has let in"


def test_the_wait_shows_its_limit_and_is_taken_up_again(hugo) -> None:
    reader = CardReader(hugo, "wait")
    hugo.go(PAGE).target(BEGIN).click()
    left = hugo.page.locator("[data-card-left]")
    left.wait_for()
    assert 115 <= int(left.inner_text()) <= 120
    eventually(lambda: int(left.inner_text()) < 120, 5, "the seconds are not counted down")
    assert "120" in hugo.page.locator("[data-card-status]").inner_text()
    assert hugo.page.evaluate("document.activeElement.matches('[data-card-cancel]')")
    clean(hugo)
    hugo.page.locator("[data-card-cancel]").click()
    assert failed(hugo) == tell(hugo, "You stopped waiting.")
    clean(hugo)
    hugo.page.locator("[data-card-again]").click()
    left.wait_for()
    assert len(reader.asked) == 1, "the window that is still open is waited for, not a second one"


def test_a_window_that_never_answers_is_not_waited_for_for_ever(hugo) -> None:
    reader = CardReader(hugo, "wait")
    hugo.page.clock.install()
    hugo.go(PAGE).target(BEGIN).click()
    eventually(lambda: hugo.page.title() and reader.asked, 10, "the card is not asked")
    hugo.page.clock.run_for(101_000)
    assert hugo.page.locator("[data-card-status]").inner_text() == hugo.say("20 seconds left for your PIN code.")
    hugo.page.clock.run_for(30_000)
    assert failed(hugo) == tell(hugo, "The time for typing the PIN code is over")


PROBLEMS = {
    "cancel": "The window of Web eID was closed",
    "timeout": "The time for typing the PIN code is over",
    "no program": "The extension is there, but the Web eID program is missing",
    "old": "The Web eID program and its extension do not fit together",
    "blocked": "Your card is blocked",
    "no reader": "No card or no reader was found",
    "busy": "A window of Web eID is still open",
    "something": "The Web eID program could not finish",
}


def test_each_problem_has_its_sentence_and_a_new_try_in_one_action(hugo) -> None:
    reader = CardReader(hugo)
    button = hugo.go(PAGE).page.locator("[data-card-start]")
    for reader.does, said in PROBLEMS.items():
        button.click()
        hugo.page.locator("[data-problem]:visible", has_text=tell(hugo, said)[:20]).wait_for()
        assert failed(hugo) == tell(hugo, said)
        assert "078 79 01 02" in hugo.page.locator("[data-card-failed]").inner_text()
        button = hugo.page.locator("[data-card-again]")
    reader.does = "sign"
    button.click()
    hugo.page.wait_for_url(re.compile("/(espaces|profil/bienvenue)/"))
    assert len(set(reader.asked)) == len(PROBLEMS) + 1, "each new try has a challenge of its own"


def test_a_browser_without_the_extension_is_told_what_is_missing(hugo) -> None:
    hugo.go(PAGE).target(BEGIN).click()
    assert "web-eid.eu" in failed(hugo)
    clean(hugo)


def test_a_portal_that_does_not_answer_is_not_blamed_on_the_card(hugo) -> None:
    CardReader(hugo)
    hugo.go(PAGE)
    hugo.page.route("**/connexion/carte/defi/", lambda route: route.abort())
    hugo.target(BEGIN).click()
    assert failed(hugo) == tell(hugo, "Our site does not answer at this moment.")
    hugo.problems.clear()


def test_without_scripts_the_page_says_so_and_leads_to_the_other_means(traveller) -> None:
    karl = traveller("karl-schmitz", language="de", script=False, guided=False)
    karl.go(PAGE + "?suite=/notifications/").reads_start("The card is read by a part of your browser")
    assert not karl.page.locator("[data-card-start]").is_visible()
    karl.page.locator("[data-card-plain] a").click()
    karl.look().reads("How do you want to identify yourself?")
    assert karl.page.url.endswith("/connexion/?suite=%2Fnotifications%2F&niveau=0")


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        ("card_revoked", "card_revoked", "Your card was revoked"),
        ("ocsp_down", "card_ocsp_unreachable", "Whether your card is still valid cannot be checked"),
    ],
)
def test_a_refusal_has_its_sentence_and_a_reference_in_the_log(hugo, fault: str, code: str, said: str) -> None:
    CardReader(hugo)
    faults(hugo.demo, **{fault: True})
    try:
        hugo.go(PAGE).target(BEGIN).click()
        hugo.page.locator(".govuk-error-summary strong").wait_for()
    finally:
        faults(hugo.demo)
    hugo.look().reads_start(said)
    reference = hugo.page.locator(".govuk-error-summary strong").inner_text()
    log = (hugo.demo.data / "logs" / "portal.log").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in log.splitlines() if reference in line]
    assert [(line["event"], line["code"], line["way"]) for line in lines] == [("sign_in.refused", code, "card")]


def test_a_page_left_open_while_another_window_signed_in_goes_on(hugo) -> None:
    CardReader(hugo)
    hugo.go(PAGE + "?suite=/notifications/")
    first, hugo.page = hugo.page, hugo.context.new_page()
    hugo.go(PAGE).target(BEGIN).click()
    hugo.page.wait_for_url(re.compile("/(espaces|profil/bienvenue)/"))
    first.locator("[data-card-start]").click()
    first.wait_for_url(re.compile(r"localhost:\d+/(notifications|profil/bienvenue)/"))
    assert not first.locator("[data-card]").count()


def test_who_came_by_a_code_proves_more_with_the_card_and_is_back(traveller) -> None:
    sophie = traveller("sophie-marechal", guided=False)
    CardReader(sophie)
    sophie.go("/connexion/?suite=/notifications/").sign_in("sms", known=False)
    sophie.go("/connexion/?suite=/profil/&niveau=500")
    assert not sophie.target("Continue with an SMS code").count()
    sophie.press("Continue with the eID").target(BEGIN).click()
    sophie.page.wait_for_url("**/profil/")
    sophie.go("/connexion/?suite=/notifications/&niveau=500")
    assert sophie.page.url.endswith("/notifications/")


def test_the_sandboxs_extension_lets_anybody_try_it_by_hand(demo, browser, tmp_path) -> None:
    """A browser in which it is loaded, as docs/sign-in-card.md says; the second PIN is the right one."""
    folder, pins, asked = ROOT / "sandbox" / "extension", iter(["0000", "1234"]), []
    options = ["--no-sandbox", "--headless=new", f"--disable-extensions-except={folder}", f"--load-extension={folder}"]
    window = browser.browser_type.launch_persistent_context(
        str(tmp_path), headless=False, executable_path=chromium(), args=options
    )
    page = window.new_page()

    def type_pin(dialog) -> None:
        asked.append(dialog.message)
        dialog.accept(next(pins))

    page.on("dialog", type_pin)
    page.goto(demo.sandbox_url)
    page.locator("#nadia-benali button").first.click()
    page.locator("[data-reader=nadia-benali][data-noted]").wait_for()
    page.goto(demo.portal_url + PAGE)
    page.locator("[data-card-start]").click()
    page.wait_for_url("**/profil/bienvenue/")
    assert [message.splitlines()[1:] for message in asked] == [["Nadia Benali", "PIN:"], ["Nadia Benali", "(2) PIN:"]]
    window.close()
