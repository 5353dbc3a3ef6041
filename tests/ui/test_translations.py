"""Every language of the switch says the same things, with French typography in French."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

LANGUAGES = [code for code, _name in settings.LANGUAGES]
LOCALE = Path(__file__).resolve().parents[2] / "locale" / "ui"


def entries(language: str) -> list[polib.POEntry]:
    return list(polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_things(language):
    assert {e.msgid for e in entries("fr")} == {e.msgid for e in entries(language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_untranslated(language):
    assert [e.msgid for e in entries(language) if not e.translated()] == []


def test_french_puts_no_break_spaces_and_spares_the_reader():
    texts = [text for e in entries("fr") for text in (e.msgstr, *e.msgstr_plural.values()) if text]
    assert [text for text in texts if re.search(r"[^\u00a0][:;?!](\s|$)", text)] == []
    assert [text for text in texts if re.search("veuillez|ci-dessous", text, re.I)] == []


def test_placeholders_survive_translation():
    found = r"%\(\w+\)s|%%\{\w+\}|(?<!%)\{\w+\}"
    for language in LANGUAGES:
        for e in entries(language):
            for text in filter(None, (e.msgstr, *e.msgstr_plural.values())):
                assert sorted(re.findall(found, text)) == sorted(re.findall(found, e.msgid)), e.msgid
