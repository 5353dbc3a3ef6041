"""Guides are numbered steps; a picture taken by a journey shows at its step, and its absence shows nothing."""

import re
import struct
import zlib
from itertools import pairwise

import pytest
from django.conf import settings

from monespace.help import queries
from monespace.help.markup import html
from monespace.help.pictures import picture_of

GUIDES = [
    (language, guide.slug)
    for language, _name in settings.LANGUAGES
    for guide in queries.guides(language)
    if guide.language == language
]


def png(width: int, height: int) -> bytes:
    """A small picture."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * (width + 1) * height)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(chunk, parts))


def chunk(part: tuple[bytes, bytes]) -> bytes:
    """One part of a PNG file, with its length and its checksum."""
    name, data = part
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


@pytest.fixture
def pictures(tmp_path, settings):
    """An empty place for pictures, beside the real static files."""
    from django.contrib.staticfiles import finders

    settings.STATICFILES_DIRS = [tmp_path, *settings.STATICFILES_DIRS]
    finders.get_finder.cache_clear()
    html.cache_clear()
    yield tmp_path / "help"
    finders.get_finder.cache_clear()
    html.cache_clear()


@pytest.mark.parametrize(("language", "slug"), GUIDES)
def test_a_guide_is_made_of_steps_numbered_by_chapter(language, slug):
    steps = queries.steps(slug, language)
    items = re.findall(r'<li id="([^"]+)"', html(queries.topic(slug, language)))

    assert len(steps) >= 8
    assert [step.id for step in steps] == items
    assert steps[0].step == 1
    assert all(later.step in (1, earlier.step + 1) for earlier, later in pairwise(steps))


def test_no_two_guides_share_a_step():
    every = [step.id for guide in queries.guides("fr") for step in queries.steps(guide.slug, "fr")]

    assert len(every) == len(set(every))


def test_only_guides_have_steps():
    assert queries.steps("securite", "fr") == []
    assert queries.steps("pas-une-page", "fr") == []


def test_a_step_without_picture_shows_none(pictures, settings):
    settings.STATICFILES_DIRS = [pictures.parent]

    assert "<img" not in html(queries.topic("s-identifier", "de"))
    assert picture_of("choisir-moyen", "de") is None


@pytest.mark.parametrize(("language", "slug"), GUIDES)
def test_each_step_shows_its_picture(language, slug):
    items = re.findall(r'<li id="([^"]+)">.*?</li>', html(queries.topic(slug, language)), re.S)
    shown = re.findall(rf'src="[^"]*help/{language}/([a-z-]+)[^"]*\.png"', html(queries.topic(slug, language)))

    assert shown == items


def test_a_picture_shows_in_its_language_with_its_size_and_its_words(pictures):
    (pictures / "de").mkdir(parents=True)
    (pictures / "de" / "choisir-moyen.png").write_bytes(png(8, 5))

    shown = re.search(r'<li id="choisir-moyen">.*?</li>', html(queries.topic("s-identifier", "de")), re.S)[0]

    assert 'width="8" height="5"' in shown
    assert 'alt="Bildschirm zum Schritt: Wählen Sie Ihr Mittel"' in shown
    assert "help/de/choisir-moyen.png" in shown


def test_a_file_that_is_no_picture_shows_none(pictures):
    (pictures / "fr").mkdir(parents=True)
    (pictures / "fr" / "choisir-moyen.png").write_bytes(b"not a picture at all, but long enough")

    assert picture_of("choisir-moyen", "fr") is None
