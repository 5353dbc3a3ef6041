"""The switch offers complete languages only: a language of settings.LANGUAGES has no gap anywhere the interface looks."""

import importlib
import re
import shutil
from pathlib import Path

import polib
import pytest
import yaml
from django.conf import settings

from monespace.engine import formats
from monespace.engine.countries import COUNTRIES
from monespace.engine.messages import MESSAGES
from monespace.help.searching import ENDINGS, SILENT
from monespace.paper.pdf import LANGUAGES as ON_PAPER

ROOT = Path(__file__).resolve().parents[2]
OFFERED = [code for code, _name in settings.LANGUAGES]
VALUE = re.compile(r"\{\w+\}")


def catalogue_gaps(locale: Path, language: str) -> list[str]:
    """What the rooms' catalogues lack beside the French ones: files, sentences, translations."""
    found = []
    for french in sorted(locale.glob("*/fr/LC_MESSAGES/django.po")):
        path = french.parents[2] / language / "LC_MESSAGES" / "django.po"
        known = {(e.msgctxt, e.msgid) for e in polib.pofile(str(path)) if e.translated()} if path.exists() else set()
        wanted = {(e.msgctxt, e.msgid) for e in polib.pofile(str(french))}
        found += [f"{french.parents[2].name}: {msgid}" for _context, msgid in sorted(wanted - known, key=str)]
    return found


def content_gaps(content: Path, language: str) -> list[str]:
    """What of the words that the interface takes from content/ has no text in a language."""
    read = {name: yaml.safe_load((content / f"{name}.yaml").read_text(encoding="utf-8"))
            for name in ("themes", "authorities", "teams")}  # fmt: skip
    named = {**read["themes"]["groups"], **read["themes"]["themes"], **read["authorities"]}
    teams = {team["slug"]: team["words"] for team in read["teams"]}
    return [name for name, words in {**named, **teams}.items() if not words.get(language)]


@pytest.mark.parametrize("language", OFFERED)
def test_every_rooms_catalogue_is_complete(language):
    assert catalogue_gaps(ROOT / "locale", language) == []


@pytest.mark.parametrize("language", OFFERED)
def test_the_words_of_the_content_are_complete(language):
    assert content_gaps(ROOT / "content", language) == []


@pytest.mark.parametrize("language", OFFERED)
def test_the_engine_says_everything_with_its_values(language):
    french, own = MESSAGES["fr"], MESSAGES[language]

    assert list(own) == list(french)
    assert [code for code in own if sorted(VALUE.findall(own[code])) != sorted(VALUE.findall(french[code]))] == []
    assert language in formats.MONTHS
    assert language in formats.YES_NO
    assert all(names.get(language) for names in COUNTRIES.values())


@pytest.mark.parametrize("language", OFFERED)
def test_papers_dates_and_the_help_centre_speak_it(language):
    assert language in ON_PAPER
    assert importlib.import_module(f"config.formats.{language}.formats").DATE_FORMAT
    assert language in SILENT
    assert language in ENDINGS
    for template in (ROOT / "monespace/paper/templates").glob("*.typ"):
        assert re.search(rf"\b{language}: [\"(]", template.read_text(encoding="utf-8")), template.name


def test_a_gap_does_not_pass_unseen(tmp_path):
    """A catalogue with one sentence fewer, one sentence left empty, one that is missing; a theme without its name."""
    shutil.copytree(ROOT / "locale", tmp_path / "locale", ignore=shutil.ignore_patterns("*.mo"))
    shutil.copytree(ROOT / "content", tmp_path / "content", ignore=shutil.ignore_patterns("procedures", "help"))
    path = tmp_path / "locale/ui/nl/LC_MESSAGES/django.po"
    catalogue = polib.pofile(str(path))
    gone, emptied = catalogue[0].msgid, catalogue[1]
    emptied.msgstr = ""
    catalogue.remove(catalogue[0])
    catalogue.save(str(path))
    (tmp_path / "locale/notices/nl/LC_MESSAGES/django.po").unlink()
    themes = tmp_path / "content/themes.yaml"
    themes.write_text(themes.read_text(encoding="utf-8").replace("nl: Erfgoed", "nl: ''"), encoding="utf-8")

    found = catalogue_gaps(tmp_path / "locale", "nl")

    assert {f"ui: {gone}", f"ui: {emptied.msgid}", "notices: Mark as read"} <= set(found)
    assert len(found) == 2 + len(polib.pofile(str(ROOT / "locale/notices/nl/LC_MESSAGES/django.po")))
    assert content_gaps(tmp_path / "content", "nl") == ["heritage"]
