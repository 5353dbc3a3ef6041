"""«La visite en dix minutes» of the README, replayed: each scene's person finds at its address what the table promises."""

import re

import pytest

from tests.browser import NARROW, WIDE
from tests.journeys.people import CAST, ROOT, Traveller
from tests.ops.harness import running_demo

pytestmark = pytest.mark.browser
ROW = re.compile(r"^\| \d+\. ([^|]+) \| ([^|]+) \| `([^`]+)` \| « ([^»]+) » \|$", re.MULTILINE)
SCENES = ROW.findall((ROOT / "README.md").read_text(encoding="utf-8"))
IDS = {f"{one['given_name']} {one['surname']}": key for key, one in CAST.items()}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A demonstration with its story."""
    with running_demo(tmp_path_factory.mktemp("tour"), "--host", "127.0.0.1") as running:
        yield running


def enter(told, browser, who: str, size: dict) -> Traveller:
    """A window of this person, signed in by the first means that they hold; a visitor stays outside."""
    if who == "a visitor":
        return Traveller(told, browser, "hugo-martin", size=size)
    cast = CAST[IDS[who]]
    one = Traveller(told, browser, cast["id"], language=cast["language"], size=size)
    return one.go("/connexion/").sign_in(cast["methods"][0], known=True)


def test_the_tour_has_its_scenes():
    assert len(SCENES) >= 10
    assert {who for _scene, who, _address, _words in SCENES} <= {*IDS, "a visitor"}


def test_every_scene_is_as_the_readme_says(told, browser):
    missing = []
    windows: dict[str, Traveller] = {}
    for number, (scene, who, address, words) in enumerate(SCENES):
        one = windows.get(who) or enter(told, browser, who, dict(NARROW if number % 2 else WIDE))
        windows[who] = one
        one.page.goto(told.portal_url + address)
        if words not in one.page.locator("main").inner_text():
            missing.append(f"{scene}: {words} not on {one.page.url}")
    for window in windows.values():
        window.close()

    assert missing == []
