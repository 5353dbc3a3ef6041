"""What people who are not programmers write: complete in French and German, typed as a typographer would."""

import re
from pathlib import Path

import pytest
import yaml

from monespace.procedures.content import Fact, Listing, NextStep
from monespace.procedures.words import fold
from tests.procedures.conftest import CONTENT, ROOT

FRENCH_FILES = [*CONTENT.glob("*.yaml"), *CONTENT.glob("procedures/*.yaml"), *CONTENT.glob("help/fr/*.md")]
PLAIN_SPACE = re.compile(r"\S [:;?!»](?=\s|$|[.,)])|« (?=\S)")
BANNED = re.compile(r"\b(veuillez|ci-dessous|gérant)\b", re.IGNORECASE)


def french(node, language: str = "") -> list[str]:
    """Every French text of a YAML tree: under a key `fr`."""
    if isinstance(node, str):
        return [node] if language == "fr" else []
    if isinstance(node, dict):
        return [text for key, each in node.items() for text in french(each, key)]
    return [text for each in node for text in french(each, language)] if isinstance(node, list) else []


def texts_of(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".yaml":
        return french(yaml.safe_load(text))
    return re.sub(r"```.*?```|^---.*?---", "", text, flags=re.DOTALL).splitlines()


@pytest.mark.parametrize("path", FRENCH_FILES, ids=lambda path: path.stem)
def test_french_spaces_before_double_signs_do_not_break(path):
    assert [text for text in texts_of(path) if PLAIN_SPACE.search(text)] == []


@pytest.mark.parametrize("path", FRENCH_FILES, ids=lambda path: path.stem)
def test_nobody_is_ordered_about(path):
    assert [text for text in texts_of(path) if BANNED.search(text)] == []


def test_every_procedure_speaks_french_and_german(content):
    for slug, source in content.sources.items():
        listing = source.listing
        for language in ("fr", "de"):
            assert listing.title[language].strip(), slug
            assert listing.summary[language].strip(), slug
            assert len(listing.search[language]) >= 3, slug
            assert fold(listing.title[language]) not in map(fold, listing.search[language]), slug


def test_every_theme_and_authority_is_used(content):
    used = {source.listing.theme for source in content.sources.values()}
    assert used == set(content.themes.themes)
    assert {theme.group for theme in content.themes.themes.values()} == set(content.themes.groups)


def test_the_guide_for_authors_names_every_field_and_its_first_command_works():
    guide = (ROOT / "docs" / "procedures.md").read_text(encoding="utf-8")
    public = guide.partition("## What the public reads")[2].partition("## The form")[0]
    for struct in (Listing, Fact, NextStep):
        assert [name for name in struct.__struct_fields__ if name not in public] == []
    slug = re.search(r"procedures new (\S+)", guide)[1]
    assert not (CONTENT / "procedures" / f"{slug}.yaml").exists()
