"""«La visite en dix minutes» of the README, replayed: each scene's person finds at its address what the table promises."""

import json
import re

import pytest

from tests.browser import NARROW, WIDE
from tests.journeys.people import CAST, ROOT, Traveller
from tests.ops.harness import running_demo

pytestmark = [pytest.mark.browser, pytest.mark.node]
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


COUNTS = """
import collections, datetime as dt, json, django
django.setup()
from django.utils import timezone
from monespace.dossiers.models import Dossier
from monespace.spaces.models import Title
now = timezone.now()
running = Title.objects.filter(span__contains=now)
soon = running.filter(span__endswith__lt=now + dt.timedelta(days=30))
ended = Title.objects.filter(span__endswith__range=(now - dt.timedelta(days=2), now))
print(json.dumps({
    "julie": [these.filter(person__family_name="Nordeau").count() for these in (running, soon, ended)],
    "philippe": [these.filter(enterprise__number="0123430421").count() for these in (running, soon)],
    "isabelle": [Dossier.objects.exclude(state="draft").count()],
}))
"""
TOLD = {
    "julie-nordeau": "Un rôle chez {} clients ; trois mandats prennent fin dans les 30 jours, un autre a pris fin hier",
    "philippe-warnier": "{} accès sur deux pages, dont trois prennent fin dans les 30 jours",
    "isabelle-mathot": "{} dossiers, dont trois en retard",
}


def test_the_cast_is_told_as_its_story_was_loaded(told):
    counts = json.loads(told.run("-c", COUNTS).splitlines()[-1])

    assert counts["julie"][1:] == [3, 1]
    assert counts["philippe"][1:] == [3]
    assert counts["philippe"][0] > 50  # a page of the list of accesses
    for who, sentence in TOLD.items():
        said = CAST[who]["state"]["fr"].replace("\u00a0", " ")
        assert sentence.format(counts[who.partition("-")[0]][0]) in said


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
