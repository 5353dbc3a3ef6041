"""The look is tested alone: addresses of tests/ui/urls.py, no database, a browser without a server."""

from pathlib import Path

import pytest
from django.utils import translation

from tests import browser

ROOT = Path(__file__).resolve().parents[2]
SITE = "http://look.example"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'"
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "woff2": "font/woff2"}


@pytest.fixture(autouse=True)
def addresses(settings):
    """Addresses of this folder, in French."""
    settings.ROOT_URLCONF = "tests.ui.urls"
    settings.STATIC_ROOT = ROOT / "static"
    with translation.override("fr"):
        yield


@pytest.fixture(scope="module")
def chromium():
    """One browser for the tests of a file: Playwright's loop, left open, would stop Django and asyncio in later ones."""
    with browser.open_browser() as opened:
        yield opened


@pytest.fixture
def show(chromium):
    """show(html, size, scripts=True) -> a page with it, under the content policy; complaints in page.trouble."""
    contexts = []

    def open_page(html: str, size: dict = browser.WIDE, *, scripts: bool = True):
        context = chromium.new_context(viewport=size, java_script_enabled=scripts)
        contexts.append(context)
        page = context.new_page()
        page.trouble = []
        page.on("console", lambda said: page.trouble.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: page.trouble.append(str(error)))
        page.route("**/*", lambda route: _answer(route, html))
        page.goto(f"{SITE}/galerie/", wait_until="networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()


def _answer(route, html: str) -> None:
    """Serve the page and the static files, as the portal would."""
    address = route.request.url.removeprefix(SITE)
    if not address.startswith("/static/"):
        policy = {"Content-Security-Policy": POLICY}
        return route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=policy)
    path = ROOT / address.lstrip("/")
    return route.fulfill(body=path.read_bytes(), content_type=TYPES[path.suffix[1:]])
