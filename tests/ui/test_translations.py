"""French and German are complete, with French typography."""

import re
from pathlib import Path

import polib
import pytest

LOCALE = Path(__file__).resolve().parents[2] / "locale" / "ui"


def entries(language: str) -> list[polib.POEntry]:
    return list(polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po")))


def test_both_languages_say_the_same_things():
    assert {e.msgid for e in entries("fr")} == {e.msgid for e in entries("de")}


@pytest.mark.parametrize("language", ["fr", "de"])
def test_nothing_is_left_untranslated(language):
    assert [e.msgid for e in entries(language) if not e.translated()] == []


def test_french_puts_no_break_spaces_and_spares_the_reader():
    texts = [text for e in entries("fr") for text in (e.msgstr, *e.msgstr_plural.values()) if text]
    assert [text for text in texts if re.search(r"[^\u00a0][:;?!](\s|$)", text)] == []
    assert [text for text in texts if re.search("veuillez|ci-dessous", text, re.I)] == []


def test_placeholders_survive_translation():
    found = r"%\(\w+\)s|%%\{\w+\}|(?<!%)\{\w+\}"
    for language in ("fr", "de"):
        for e in entries(language):
            for text in filter(None, (e.msgstr, *e.msgstr_plural.values())):
                assert sorted(re.findall(found, text)) == sorted(re.findall(found, e.msgid)), e.msgid
