"""How a text must be written; figures that are not confirmed; years; examples that are like another."""

import time

import pytest

from monespace import engine
from monespace.engine import examples, patterns
from monespace.engine.syntax import Wrong
from monespace.procedures.loading import Unusable
from tests.engine.forms import context, form_of, one_question, read

PARCEL = "[0-9]{5}[A-Z][0-9]{4}/[0-9]{2}[A-Z_][0-9]{3}"


@pytest.mark.parametrize(("text", "sound"), [
    ("92094A0123/00B002", True), ("92094A0123/00_000", True), ("92094a0123/00B002", False), ("92094A0123/00B0021", False),
    ("92094A0123", False),
])  # fmt: skip
def test_a_text_is_compared_as_a_whole(text, sound):
    check = {
        "must": f'matches(q, "{PARCEL}")',
        "message": {"fr": "Comme 92094A0123/00B002", "de": "Wie 92094A0123/00B002"},
    }
    errors = read(one_question(kind="text", checks=[check]), {"q": [text]}).errors
    assert errors == ({} if sound else {"q": "Comme 92094A0123/00B002"})


TOO_MANY_WAYS = ["a?" * 13, "[a-z]{0,99}[a-z]{0,99}"]


@pytest.mark.parametrize(
    "pattern", ["(a+)+", "a*", "a+", "[a-", "[z-a]", ".{2,1}", "\\d", "", "a{9,1}", *TOO_MANY_WAYS]
)
def test_a_pattern_that_is_none_or_could_be_slow_is_refused(pattern):
    with pytest.raises(Wrong):
        patterns.compiled(pattern)


def test_the_slowest_pattern_is_fast_on_the_longest_text():
    slowest = patterns.compiled("[a-z]{0,69}[a-z]{0,69}:")
    begun = time.perf_counter()
    assert slowest.fullmatch("a" * 200) is None
    assert time.perf_counter() - begun < 1


def test_a_pattern_stands_in_quotes():
    with pytest.raises(engine.Refused) as caught:
        one_question(kind="text", checks=[{"must": "matches(q, q)", "message": {"fr": "M", "de": "M"}}])
    assert "a pattern in quotes" in str(caught.value)


FIGURES = """
languages: [fr, de]
title: {fr: T, de: T}
audience: [citizen]
parameters:
  doubtful:
    indicative: true
    columns: {rate: number}
    rows: [{rate: 2}]
  sure:
    columns: {rate: number}
    rows: [{rate: 3}]
computed:
  - {id: middle, value: asked * doubtful.rate}
sections:
  - id: s
    title: {fr: S, de: S}
    pages:
      - id: p
        title: {fr: P, de: P}
        questions:
          - {id: asked, kind: integer, label: {fr: Nombre, de: Zahl}}
          - {id: far, kind: computed, value: middle + 1, label: {fr: Loin, de: Fern}}
          - {id: firm, kind: computed, value: asked * sure.rate, label: {fr: Ferme, de: Fest}}
          - {id: back, kind: computed, value: year(today) - 2, label: {fr: "Avant {year(today)}", de: "Vor {year(today)}"}}
examples:
  - {name: one, today: 2026-11-23, answers: {asked: 4}, expect: {computed: {far: 9}}}
  - {name: two, like: one, answers: {asked: 5}, expect: {computed: {far: 11}}}
"""


def test_whatever_rests_on_figures_not_confirmed_says_so_on_screen_and_in_what_is_sent():
    walked = engine.Walk(form_of(FIGURES), {"asked": 4}, context())
    assert [each.label for each in walked.page("s/p", "fr").fields[1:3]] == ["Loin (valeur indicative)", "Ferme"]
    lines = walked.summary("de")["sections"][0]["blocks"][0]["lines"]
    assert [line["label"] for line in lines[1:3]] == ["Fern (Richtwert)", "Fest"]


def test_a_year_is_written_without_space_and_a_house_may_be_old():
    field = engine.Walk(form_of(FIGURES), {}, context()).page("s/p", "fr").fields[3]
    assert (field.label, field.text) == ("Avant 2026", "2024")
    assert read(one_question(kind="year"), {"q": ["1790"]}).errors == {}
    assert "entre 1000 et 2200" in read(one_question(kind="year"), {"q": ["0999"]}).errors["q"]


def test_an_example_takes_over_from_an_earlier_one():
    assert examples.run(form_of(FIGURES)) == []
    wrong = examples.run(form_of(FIGURES.replace("far: 11", "far: 12")))
    assert [each.what for each in wrong] == ["example « two »: far is 11, expected 12"]
    unknown = examples.run(form_of(FIGURES.replace("like: one", "like: three")))
    assert "no earlier example « three »" in unknown[0].what


def test_a_page_with_words_of_its_own_keeps_them_above_its_only_question():
    asked = {"id": "q", "kind": "text", "label": {"fr": "Q", "de": "F"}}
    pages = [{"id": "p", "title": {"fr": "Titre", "de": "Titel"}, "questions": [asked]}]
    form = engine.load({"languages": ["fr", "de"], "title": {"fr": "T", "de": "T"}, "audience": ["citizen"],
                        "sections": [{"id": "s", "title": {"fr": "S", "de": "S"}, "pages": pages}]})  # fmt: skip
    shown = engine.Walk(form, {}, context()).page("s/p", "fr")
    assert (shown.title, shown.only_question) == ("Titre", False)


def test_a_page_without_words_is_headed_by_its_question():
    assert engine.Walk(one_question(kind="text"), {}, context()).page("s/p", "fr").only_question


def test_unusable_is_told_with_its_line():
    with pytest.raises(Unusable) as caught:
        form_of(FIGURES.replace("value: middle + 1", "value: \"if(matches('a', '(a+)+'), 1, 2)\""))
    assert "no pattern that can be compared" in str(caught.value)
