"""A person identifies on a small screen without JavaScript."""

import shutil
from urllib.parse import urlencode

import pytest

from tests.sandbox.client import LEVEL, Client

pytestmark = pytest.mark.browser
UNLABELLED = (
    "[...document.querySelectorAll('input:not([type=hidden]), select')].filter(field => !field.labels.length).length"
)


@pytest.fixture
def screen():
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False).new_page()
        browser.close()


def check(screen) -> None:
    """Nothing wider than the screen, one heading, every field with its label."""
    screen.wait_for_load_state("load")
    assert screen.evaluate("document.documentElement.scrollWidth") <= 320, screen.url
    assert screen.locator("h1").count() == 1, screen.url
    assert screen.evaluate(UNLABELLED) == 0, screen.url


def test_every_page_fits_and_the_three_methods_work(sandbox, screen):
    for path in ("/", "/?lang=de", "/faults", "/courrier/", "/telephone/", "/telephone/marc-lefevre/"):
        screen.goto(sandbox.url + path)
        check(screen)
    parameters = {**Client(sandbox).parameters, "acr_values": f"{LEVEL}400", "ui_locales": "de"}
    screen.goto(f"{sandbox.issuer}/authorize?{urlencode(parameters)}")
    check(screen)
    for method, field in (("eid", "PIN-Code"), ("App itsme", "Mobiltelefonnummer"), ("SMS", "Mobiltelefonnummer")):
        screen.get_by_role("button", name=method).click()
        check(screen)
        assert screen.get_by_label(field).is_visible()
        screen.get_by_role("link", name="Ein anderes Mittel wählen").click()
    screen.get_by_role("button", name="App itsme").click()
    screen.get_by_label("Mobiltelefonnummer").fill("0455 00 10 12")
    screen.get_by_role("button", name="Anfrage an mein Telefon senden").click()
    check(screen)
    phone = screen.context.new_page()
    phone.goto(f"{sandbox.url}/telephone/karl-schmitz/")
    phone.get_by_role("button", name="Bestätigen").first.click()
    with screen.expect_request(f"{sandbox.redirect_uri}*") as back:
        screen.get_by_role("button", name="Ich habe bestätigt").click(no_wait_after=True)
    assert "code=" in back.value.url
