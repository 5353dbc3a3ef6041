"""Every sentence of the code and of the templates stands in every language of the switch, once, with its values."""

import io
import re
from collections import defaultdict
from pathlib import Path

import polib
import pytest
from babel.messages.extract import extract_python
from django.conf import settings
from jinja2.ext import babel_extract

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = [code for code, _name in settings.LANGUAGES]
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "_": None,
    "_n": (1, 2),
    "_p": ((1, "c"), 2),
}
SOURCES = [*(ROOT / "monespace").rglob("*.py"), *(ROOT / "config").rglob("*.py"), *(ROOT / "templates").rglob("*.html")]


def said(path: Path) -> set[str]:
    """The msgids of a source file."""
    extract = babel_extract if path.suffix == ".html" else extract_python
    found = extract(io.BytesIO(path.read_bytes()), KEYWORDS, [], {"encoding": "utf-8"})
    return {
        message
        for _line, function, messages, _comments in found
        for message in (
            [messages[-1]]
            if function in {"pgettext", "_p"}
            else [messages]
            if isinstance(messages, str)
            else messages or ()
        )
        if isinstance(message, str) and message
    }


def spoken(language: str) -> dict[str, set[str]]:
    """The translations of each msgid in a language, over all rooms; fuzzy ones do not count."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in (ROOT / "locale").glob(f"*/{language}/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(path)):
            texts = [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())
            if "fuzzy" not in entry.flags and all(texts):
                found[entry.msgid].add("|".join(texts))
                if entry.msgid_plural:
                    found[entry.msgid_plural].add("|".join(texts))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_untranslated(language):
    known = spoken(language)
    missing = sorted({message for path in SOURCES for message in said(path)} - set(known))

    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_sentence_has_one_translation(language):
    different = {message: texts for message, texts in spoken(language).items() if len(texts) > 1}

    assert different == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_are_the_same_in_every_language(language):
    value = re.compile(r"%\(\w+\)[sd]")
    wrong = []
    for path in (ROOT / "locale").glob(f"*/{language}/LC_MESSAGES/django.po"):
        wrong += [
            entry.msgid
            for entry in polib.pofile(str(path))
            if not entry.msgid_plural
            and entry.msgstr
            and set(value.findall(entry.msgid)) != set(value.findall(entry.msgstr))
        ]

    assert wrong == []


def texts_of(language: str) -> list[str]:
    entries = [
        entry for path in (ROOT / "locale").glob(f"*/{language}/**/django.po") for entry in polib.pofile(str(path))
    ]
    return [text for entry in entries for text in (entry.msgstr, *entry.msgstr_plural.values()) if text]


@pytest.mark.parametrize("language", ["de", "nl", "en"])
def test_the_spaces_of_french_stay_in_french(language):
    assert [text for text in texts_of(language) if re.search(r"[ \u00a0\u202f][:;?!]|[«»]", text)] == []


def test_dutch_is_polite_and_plain():
    """The u-form, as an administration writes; no stiff words where plain ones do."""
    familiar = re.compile(r"\b(?:je|jij|jouw|jullie|gelieve|dewelke|teneinde|middels)\b", re.I)
    assert [text for text in texts_of("nl") if familiar.search(text)] == []


def test_french_keeps_its_spaces():
    """A no-break space before : ; ? ! and », and after «. Times, addresses and values are left alone."""
    wrong = []
    for path in (ROOT / "locale").glob("*/fr/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(path)):
            for text in [entry.msgstr, *entry.msgstr_plural.values()]:
                plain = re.sub(r"https?://\S+|%\(\w+\)[sd]|\d\d:\d\d", "x", text)
                if re.search(
                    r"[^\s\u00a0\u202f][;?!»]|(?<![\u00a0\u202f])[:»](?!\S)|«(?![\u00a0\u202f])| [:;?!»]", plain
                ):
                    wrong.append(text)

    assert wrong == []


@pytest.mark.parametrize(("language", "column"), [("fr", 2), ("de", 3), ("nl", 4)])
@pytest.mark.parametrize(("term", "message"), [("receipt", "Receipt"), ("`acknowledge`", "Acknowledgement of receipt")])
def test_two_papers_that_sound_alike_keep_the_names_of_the_glossary(language, column, term, message):
    rows = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines()
    row = next(line for line in rows if line.endswith(f"| {term} |"))

    assert {text.lower() for text in spoken(language)[message]} == {row.split("|")[column].strip().lower()}
