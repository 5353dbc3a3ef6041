"""Amounts, numbers, dates and texts read as Belgians write them, in both languages."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.template import engines
from django.utils import translation

from monespace.ui import look

BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.mark.parametrize(
    ("value", "french", "german"),
    [
        (Decimal("1250"), "1\u00a0250,00\u00a0€", "1.250,00\u00a0€"),
        (0, "0,00\u00a0€", "0,00\u00a0€"),
        ("1234567.895", "1\u00a0234\u00a0567,90\u00a0€", "1.234.567,90\u00a0€"),
        (None, "", ""),
        ("environ mille", "environ mille", "environ mille"),
    ],
)
def test_amounts(value, french, german):
    assert look.amount(value) == french
    with translation.override("de"):
        assert look.amount(value) == german


def test_days_and_moments():
    instant = dt.datetime(2026, 11, 23, 13, 2, tzinfo=dt.UTC)
    assert look.day(instant) == "23 novembre 2026"
    assert look.day(dt.date(2026, 12, 1)) == "1er décembre 2026"
    assert look.day(dt.date(2026, 12, 21)) == "21 décembre 2026"
    assert look.moment(instant) == "23 novembre 2026 à 14:02"
    assert look.clock(instant.astimezone(BRUSSELS)) == "14:02"
    with translation.override("de"):
        assert look.day(instant) == "23. November 2026"
        assert look.moment(instant) == "23. November 2026 um 14:02 Uhr"
    assert look.day(None) == look.moment(None) == ""


def test_an_instant_just_before_midnight_in_london_is_the_next_day_in_brussels():
    assert look.day(dt.datetime(2026, 6, 30, 22, 30, tzinfo=dt.UTC)) == "1er juillet 2026"


def test_identifiers():
    assert look.enterprise_number("0123456749") == "0123.456.749"
    assert look.enterprise_number("abc") == "abc"
    assert look.iban("be68539007547034") == "BE68\u00a05390\u00a00754\u00a07034"
    assert look.phone("+32475123456") == "0475\u00a012\u00a034\u00a056"
    assert look.phone("+4987123456").startswith("+49")
    assert look.phone("pas un numéro") == "pas un numéro"
    assert look.tel_href("078 79 01 02") == "tel:+3278790102"


def test_sizes_of_files():
    assert look.filesize_text(1_258_291) == "1,3\u00a0Mo"
    assert look.filesize_text(120_000) == "120\u00a0ko"
    assert look.filesize_text(12) == "1\u00a0ko"
    with translation.override("de"):
        assert look.filesize_text(1_258_291) == "1,3\u00a0MB"


def test_a_text_that_only_exists_in_french_says_so_on_a_german_page():
    drawn = engines["jinja2"].from_string("{{ worded(texts) }}|{{ texts|in_words }}")
    with translation.override("de"):
        assert drawn.render({"texts": {"fr": "L'eau <b>"}}) == (
            '<span lang="fr">L&#x27;eau &lt;b&gt;</span>|L&#39;eau &lt;b&gt;'
        )
        assert drawn.render({"texts": {"fr": "Eau", "de": "Wasser"}}) == "Wasser|Wasser"
    assert drawn.render({"texts": {"fr": "Eau", "de": "Wasser"}}) == "Eau|Eau"
    assert drawn.render({"texts": None}) == "|"
