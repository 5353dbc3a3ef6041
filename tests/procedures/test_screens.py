"""The Portal in a browser: clean for axe, nothing to scroll sideways, on a phone and on a desk, in three languages."""

import pytest

from tests.browser import NARROW, WIDE, axe, overflow

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.node]
SITE = "http://portal.example"
PATHS = {
    "home": "/", "results": "/demarches/?q=prime", "none": "/demarches/?q=qqqqwwww", "filed-here": "/demarches/calamite-indemnisation/",
    "elsewhere": "/demarches/prime-habitation/", "commune": "/demarches/composition-menage/?commune=namur",
    "closed": "/demarches/prime-velo/",
    "unknown": "/demarches/prime-velos/",
}  # fmt: skip


@pytest.fixture
def show(chromium, catalogue, client, settings):
    """show(path, size) -> the page as the portal answers it, without a server; complaints in page.trouble."""
    settings.ALLOWED_HOSTS = ["testserver"]
    contexts = []

    def open_page(path: str, size: dict):
        markup = client.get(path).content
        contexts.append(context := chromium.new_context(viewport=size))
        page = context.new_page()
        page.trouble = []
        page.on("console", lambda said: page.trouble.append(said.text) if said.type == "error" else None)
        page.route("**/*", lambda route: answer(route, markup))
        page.goto(f"{SITE}/", wait_until="networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()


def answer(route, markup: bytes) -> None:
    from tests.ui.conftest import ROOT, TYPES

    address = route.request.url.removeprefix(SITE)
    if not address.startswith("/static/"):
        return route.fulfill(body=markup, content_type="text/html; charset=utf-8")
    path = ROOT / address.lstrip("/")
    return route.fulfill(body=path.read_bytes(), content_type=TYPES[path.suffix[1:]])


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["320", "1280"])
@pytest.mark.parametrize("language", ["fr", "de", "nl"])
@pytest.mark.parametrize("name", PATHS)
def test_pages_are_clean_and_fit(show, name, language, size):
    path = PATHS[name]
    page = show(f"{path}{'&' if '?' in path else '?'}langue={language}", size)
    assert axe(page) == []
    assert overflow(page) == 0
    assert page.trouble == []
