"""The help centre as a browser shows it: axe finds nothing, and at 320 pixels one scrolls downwards only."""

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from monespace.help import queries
from tests import browser

pytestmark = [pytest.mark.browser, pytest.mark.node]  # none of these pages reads the database
PATHS = [
    "/aide/",
    "/aide/contact/",
    "/aide/recherche/?q=pin",
    "/aide/recherche/?q=xyzzy",
    "/avis/?page=/demarches/",
    "/avis/merci/",
]
PATHS += [topic.url for topic in queries.topics("fr")]
GERMAN_TOO = ["/aide/", "/aide/guide-gestionnaire-acces/", "/aide/vie-privee/"]  # longest words, widest tables
SITE = "http://help.example"
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "woff2": "font/woff2", "png": "image/png"}


@pytest.fixture(scope="module")
def chromium():
    """One browser for all pages; the tests of the look say when it is missing."""
    with browser.open_browser() as opened:
        yield opened


@pytest.fixture
def show(chromium):
    """show(markup, size) -> the page, drawn with the portal's own style sheets; nothing comes from elsewhere."""
    context = chromium.new_context()

    def answer(route):
        path = route.request.url.removeprefix(SITE)
        file = finders.find(path.removeprefix(settings.STATIC_URL)) if path.startswith(settings.STATIC_URL) else None
        if file is None:
            return route.abort()
        return route.fulfill(path=file, content_type=TYPES.get(file.rsplit(".", 1)[-1], "application/octet-stream"))

    def draw(markup, size):
        page = context.new_page()
        page.set_viewport_size(size)
        page.route("**/*", answer)
        page.route(SITE + "/", lambda route: route.fulfill(body=markup, content_type="text/html; charset=utf-8"))
        page.goto(SITE + "/")
        return page

    yield draw
    context.close()


def told(path: str, language: str) -> str:
    """The page's markup."""
    return Client().get(path, headers={"accept-language": language}).content.decode()


@pytest.mark.parametrize(
    ("path", "language"), [*[(path, "fr") for path in PATHS], *[(path, "de") for path in GERMAN_TOO]]
)
def test_a_page_is_clean_and_fits_a_small_screen(show, path, language):
    page = show(told(path, language), browser.NARROW)

    assert browser.overflow(page) == 0
    assert browser.axe(page) == []


@pytest.mark.parametrize("path", GERMAN_TOO)
def test_a_page_is_clean_on_a_wide_screen(show, path):
    page = show(told(path, "fr"), browser.WIDE)

    assert browser.overflow(page) == 0
    assert browser.axe(page) == []


def test_a_refused_opinion_is_clean_and_fits(show):
    markup = Client().post("/avis/", {"problem": "", "email": "x"}, headers={"accept-language": "de"}).content.decode()
    page = show(markup, browser.NARROW)

    assert page.locator(".govuk-error-summary").count() == 1
    assert browser.overflow(page) == 0
    assert browser.axe(page) == []
