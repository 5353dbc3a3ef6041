"""Translations are compiled in Python, again only when they changed."""

import gettext
import os
from pathlib import Path

from monespace.cli.messages import compile_all

SOURCE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Continue"\nmsgstr "%s"\n'


def test_a_changed_translation_is_compiled_and_an_unchanged_one_is_not(tmp_path: Path) -> None:
    source = tmp_path / "ui" / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(SOURCE % "Continuer", encoding="utf-8")
    assert compile_all(tmp_path) == 1
    assert compile_all(tmp_path) == 0
    source.write_text(SOURCE % "Poursuivre l’été", encoding="utf-8")
    later = source.with_suffix(".mo").stat().st_mtime + 5
    os.utime(source, (later, later))
    assert compile_all(tmp_path) == 1
    with source.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Continue") == "Poursuivre l’été"
