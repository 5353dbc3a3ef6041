"""Scripts help and are never needed."""

import re

import pytest

from tests.browser import NARROW, axe
from tests.ui.gallery import gallery, page

pytestmark = [pytest.mark.browser, pytest.mark.node]
FOCUSED = ["a.me-header__mark", ".me-band a", "main .govuk-button", "main .govuk-link", "main .govuk-input"]


def test_the_page_is_whole_without_scripts(show):
    shown = show(gallery(), NARROW, scripts=False)
    assert shown.get_by_role("heading", level=1).is_visible()
    shown.locator("summary", has_text="Claire Dubois").click()
    assert shown.get_by_role("button", name="Se déconnecter").is_visible()
    assert shown.locator(".me-filter").is_hidden()


def test_paper_shows_numbers_steps_and_no_address_of_an_act(show):
    shown = show(gallery())
    shown.emulate_media(media="print")
    style = "(el, [part, name]) => getComputedStyle(el, part)[name]"
    circles = [
        shown.locator(f".me-timeline__{state}").first.evaluate(style, ["::before", "borderStyle"])
        for state in ("done", "now", "later")
    ]
    assert circles == ["solid", "double", "dotted"]
    assert shown.locator("main .govuk-link").first.evaluate(style, ["::after", "content"]) == "none"


def test_the_error_summary_takes_the_focus(show):
    assert show(gallery()).evaluate("document.activeElement.className") == "govuk-error-summary"


def test_a_long_table_can_be_narrowed_by_typing_without_accents(show):
    shown = show(gallery())
    field = shown.get_by_label("Filtrer cette liste")
    field.fill("bientot claire")
    assert shown.locator(".me-table tbody tr:visible").count() == 12
    field.fill("personne de ce nom")
    assert shown.locator(".me-table tbody tr:visible").count() == 0
    assert shown.locator(".me-filter [role=status]").inner_text() == "0 sur 12 affichés"


def test_a_second_press_sends_nothing_more(show):
    shown = show(gallery())
    shown.evaluate(
        """window.sent = 0; document.addEventListener("submit", (event) => {
        if (!event.defaultPrevented) { window.sent += 1; } event.preventDefault(); })"""
    )
    for _press in range(2):
        shown.evaluate("document.querySelector('main form[method=post]').requestSubmit()")
    assert shown.evaluate("window.sent") == 1


def test_who_else_is_there_is_announced_when_it_changes_and_not_each_half_minute(show):
    line = "<p>L&#39;agent Marc est aussi dans cette demande, sur la page « %s » (vu à %s).</p>"
    html = '<main><div role="status" data-around="/presents/">%s</div></main><script type="module" src="/static/app/around.js"></script>'
    shown = show(html % line % ("Montants", "14:02"))
    shown.clock.install()
    shown.reload()
    shown.evaluate(
        """window.changes = []; const place = document.querySelector("[role=status]");
        new MutationObserver(() => changes.push(place.ariaLive)).observe(place, { childList: true })"""
    )
    for said in (("Montants", "14:02"), ("Montants", "14:03"), ("Photos", "14:03")):
        text = line % said
        shown.route("**/presents/", lambda route, _asked, text=text: route.fulfill(body=text, content_type="text/html"))
        with shown.expect_response("**/presents/"):
            shown.clock.run_for(31_000)
        shown.wait_for_load_state("networkidle")
    shown.wait_for_function("changes.length > 1")
    assert shown.evaluate("changes") == ["off", "polite"]


SOON, LATER, NOW = 60_000, 3_600_000, 0


def ends(shown, idle: int, fixed: int) -> None:
    """As after a page that another tab loaded a while ago: both ends in so many milliseconds."""
    kept = f"{{idle: Date.now() + {idle}, fixed: Date.now() + {fixed}}}"
    shown.evaluate(f"localStorage.setItem('monespace-ends', JSON.stringify({kept}))")


def test_the_session_warns_before_its_end_and_can_be_kept(show):
    shown = show(page("404.html"))
    ends(shown, SOON, LATER)
    dialog = shown.get_by_role("alertdialog", name="Êtes-vous toujours là\u00a0?")
    dialog.wait_for(timeout=8000)
    assert axe(shown) == []
    assert shown.evaluate("document.activeElement.textContent") == "Prolonger ma session"
    shown.route(
        "**/session/prolonger/", lambda asked: asked.fulfill(status=204, headers={"Session-Seconds": "3540 40000"})
    )
    shown.keyboard.press("Enter")
    dialog.wait_for(state="hidden")
    assert re.search(r"Votre session dure jusqu'à \d\d:\d\d", shown.locator("[data-session-said]").inner_text())


def test_a_session_that_no_click_prolongs_says_so_once(show):
    shown = show(page("404.html"))
    ends(shown, LATER, SOON)
    dialog = shown.get_by_role("alertdialog", name="Votre session va prendre fin")
    dialog.wait_for(timeout=8000)
    assert "ne peut pas durer plus longtemps" in dialog.inner_text()
    assert not dialog.get_by_role("button", name="Prolonger ma session").is_visible()
    shown.keyboard.press("Enter")
    dialog.wait_for(state="hidden")
    shown.wait_for_timeout(5500)
    assert not dialog.is_visible()


def test_a_session_that_ended_says_that_what_was_saved_is_kept(show):
    shown = show(page("404.html"))
    ends(shown, NOW, LATER)
    dialog = shown.get_by_role("alertdialog", name="Votre session a pris fin")
    dialog.wait_for(timeout=8000)
    assert "Ce que vous avez enregistré est conservé" in dialog.inner_text()
    assert dialog.get_by_role("button", name="S'identifier de nouveau").is_visible()


@pytest.mark.parametrize("selector", FOCUSED)
def test_focus_is_yellow_with_ink_beside_it(show, selector):
    shown = show(gallery())
    shown.keyboard.press("Tab")
    shown.locator(selector).first.focus()
    style = shown.evaluate(
        """() => { const style = getComputedStyle(document.activeElement);
        return [style.outline, style.backgroundColor, style.boxShadow].join(" ") }"""
    )
    assert "rgb(255, 210, 63)" in style
    assert "rgb(20, 52, 59)" in style
    assert "3px" in style
