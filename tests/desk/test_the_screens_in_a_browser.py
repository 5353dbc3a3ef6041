"""The desk's pages in Chromium, narrow and wide: axe finds nothing, nobody scrolls sideways, no script complains."""

import os
from pathlib import Path

import pytest

from tests import browser
from tests.desk import scene
from tests.ui.conftest import SITE, _answer

pytestmark = [pytest.mark.browser, pytest.mark.node]
PICTURES = os.environ.get("DESK_PICTURES")  # a folder, to look at the pages


@pytest.fixture
def pages(isabelle) -> dict[str, str]:
    """Every screen of the desk as an agent gets it, by name."""
    for due in (None, -3, 12, 40):
        state = "submitted" if due is None else "acknowledged"
        dossier = scene.dossier(holder=scene.enterprise() if due == 12 else None, state=state, due_in=due)
    own = scene.dossier(isabelle)
    new = scene.dossier()
    scene.document(dossier, "photo-de-la-cave.pdf", "clean")
    scene.document(dossier, "devis-tres-long-nom-de-fichier-du-carreleur.pdf", "infected")
    agent = scene.client(isabelle)
    verdict = {**scene.VERDICT, "facts": "L'eau a atteint 80 cm.\n\nLa cave était inondée.", "amount": "1250,50"}
    at, fresh = f"/guichet/{dossier.ref}/", f"/guichet/{new.ref}/"
    found = {
        "inbox": agent.get("/guichet/"), "inbox-narrowed": agent.get("/guichet/?retard=1"),
        "inbox-empty": agent.get("/guichet/?etat=retires"), "dossier": agent.get(at),
        "numbers": agent.post(at + "numeros/", {"reason": "identity"}), "numbers-asked": agent.post(at + "numeros/"),
        "acknowledge": agent.get(fresh + "accuse/"), "acknowledge-wrong": agent.post(fresh + "accuse/", {}),
        "decide": agent.get(at + "decider/"), "decide-wrong": agent.post(at + "decider/", {"amount": "1.250"}),
        "preview": agent.post(at + "decider/", verdict), "conflict": agent.get(at + "conflit/"),
        "excluded": agent.get(f"/guichet/{own.ref}/"), "not-now": agent.get(fresh + "decider/"),
        "german": scene.client(isabelle, language="de").get(at + "?langue=de"),
    }  # fmt: skip
    return {name: answer.content.decode() for name, answer in found.items()}


@pytest.mark.parametrize("size", [browser.NARROW, browser.WIDE], ids=["320", "1280"])
def test_every_screen_is_clean(pages, size):
    wrong = {}
    with (
        browser.open_browser() as opened
    ):  # opened after the last query: Playwright's loop and Django's do not share a thread
        for name, html in pages.items():
            page, trouble = shown(opened, html, size)
            if PICTURES:
                page.screenshot(path=Path(PICTURES) / f"{name}-{size['width']}.png", full_page=True)
            wide = browser.overflow(page)
            if said := [*browser.axe(page), *trouble, *([f"{wide} px too wide"] if wide else [])]:
                wrong[name] = said
            page.context.close()
    assert wrong == {}


def shown(opened, html: str, size: dict):
    """The page in a window of this size, under the content policy; and what its console complains of."""
    page, trouble = opened.new_context(viewport=size).new_page(), []
    page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.route("**/*", lambda route: _answer(route, html))
    page.goto(f"{SITE}/guichet/")
    return page, trouble
