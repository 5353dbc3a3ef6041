"""Every sentence exists in French and German, is used, and is typeset as each language wants."""

import re

from sandbox.cast import FILE
from sandbox.web import HERE, TEXTS


def test_both_languages_hold_the_same_sentences_with_the_same_values():
    french, german = TEXTS["fr"], TEXTS["de"]
    assert french.keys() == german.keys()
    for key in french:
        assert set(re.findall(r"\{\w+\}", french[key])) == set(re.findall(r"\{\w+\}", german[key])), key


def test_french_has_its_no_break_spaces():
    for text in [*TEXTS["fr"].values(), FILE.read_text(encoding="utf-8")]:
        assert not re.search(r"[^\s] [:;?!»€](\s|$)|« ", text), text


def test_every_sentence_named_in_a_template_exists():
    for template in (HERE / "templates").rglob("*.html"):
        for key in re.findall(r"\bt\(\"(\w+)\"[,)]", template.read_text(encoding="utf-8")):
            assert key in TEXTS["fr"], f"{template.name}: {key}"


def test_templates_hold_no_inline_script_or_style():
    for template in (HERE / "templates").rglob("*.html"):
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", template.read_text(encoding="utf-8")), template.name
