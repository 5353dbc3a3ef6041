"""A mistake in a procedure file is a complaint with its line and what to do, never a blank page at filing."""

import json

import msgspec
import pytest

from monespace import engine
from monespace.procedures import authoring
from monespace.procedures.loading import Unusable, load_file, load_text
from tests.engine.forms import CALAMITY, HARD, PUBLIC, TODAY, context, form_of, read

TEXT = CALAMITY.read_text(encoding="utf-8")


def complaints(text):
    with pytest.raises(Unusable) as caught:
        load_text(text, "essai", "essai.yaml")
    return caught.value.complaints


@pytest.mark.parametrize(("old", "new", "said"), [
    ('when: insurance == "full"', 'when: insurence == "full"', "did you mean `insurance`"),
    ('when: insurance == "full"', 'when: insurance == "ful"', "none of its options"),
    ('when: insurance == "full"', "when: insurance + 1", "is needed"),
    ("kind: money", "kind: monney", "did you mean `money`? possible: address, boolean"),
    ("max_length: 150", "max_lenght: 150", "did you mean max_length"),
    ("id: damage_date", "id: damage_place", "used twice"),
    ("required: amount > 500", "required: total_cost > 500", "unknown name `total_cost`"),
    ("published: 2026-10-12", "published: 2026-13-12", "is no date"),
    ("prefill: holder.name", "prefill: holder.nom", "did you mean `holder.name`"),
    ("needs: [situation]", "needs: [sitution]", "did you mean `situation`?"),
    ("summary: [description, amount]", "summary: [description, iban]", "no question of the row"),
    ("reply_to: contact_email", "reply_to: iban", "no e-mail question"),
    ("signature: honour", "signature: qualified", "assurance: {submit: 500}"),
    ("signature: honour", "signature: paper", "a question of kind file"),
    ("signature: honour", "signature: none", "write `honour`"),
])  # fmt: skip
def test_each_mistake_has_its_line(old, new, said):
    assert old in TEXT
    line = TEXT[: TEXT.index(old)].count("\n") + 1
    found = complaints(TEXT.replace(old, new, 1))
    assert any(each.startswith("essai.yaml:") and said in each for each in found), found
    lines = [int(each.split(":")[1]) for each in found if said in each]
    assert min(abs(each - line) for each in lines) <= 3


def test_unknown_values_and_fields_of_a_file_are_told_in_one_go():
    text = TEXT.replace("kind: money", "kind: txt").replace("max_length: 150", "max_lenght: 150")
    found = complaints(text.replace("level: warning", "level: warn").replace("audience: [citizen", "audience: [citzen"))
    for said in ("`txt` is not known", "max_lenght", "`warn` is not known", "did you mean `citizen`?"):
        assert any(said in each for each in found), found


def test_a_missing_translation_is_a_complaint():
    found = complaints(TEXT.replace('item: {fr: "Bien", de: "Gut"}', 'item: {fr: "Bien"}'))
    assert "no text in language `de`" in found[0]


def test_circles_are_refused():
    text = HARD.replace("when: cost > 500", "when: answered(share) and cost > 500")
    form_of(text)
    text = text.replace("kind: money, label", "kind: money, when: count(quote) > 0, label")
    with pytest.raises(Unusable) as caught:
        form_of(text)
    assert "depend on each other" in str(caught.value)


@pytest.mark.parametrize(
    "text", ["", "- a", "a: [", "a: 1\na: 2", "\x00", "x: &x [*x]", "title: {fr: a", "form: 3", PUBLIC + "form: []"]
)
def test_what_is_no_procedure_is_refused_with_a_sentence(text):
    assert all(each.startswith("essai.yaml:") for each in complaints(text))


def test_words_that_yaml_would_change_stay_words():
    form = form_of(HARD.replace("kind: plant", "kind: no").replace("{kind: tool", "{kind: 0123"))
    assert form.questions["nature"].type.options == ("no", "0123")


def test_a_version_kept_as_json_gives_the_same_form():
    kept = json.loads(json.dumps(load_file(CALAMITY).source))
    again = engine.load(kept)
    assert msgspec.to_builtins(again.definition) == msgspec.to_builtins(load_file(CALAMITY).form.definition)


def test_a_wrong_example_is_a_complaint(tmp_path):
    path = tmp_path / "calamite.yaml"
    path.write_text(TEXT.replace('total: "1670.50"', 'total: "1670.51"'), encoding="utf-8")
    (found,) = authoring.check(path)
    assert "total is 1670.50, expected 1670.51" in found
    assert f":{TEXT[: TEXT.index('une citoyenne de Valmoulin')].count(chr(10)) + 1}:" in found


def test_a_new_file_passes_and_can_be_previewed(tmp_path):
    path = authoring.new("prime-essai", tmp_path)
    assert authoring.check(path) == []
    shown = authoring.preview(path, TODAY)
    assert "Que demandez-vous" in shown
    assert "Was beantragen Sie?" in shown
    with pytest.raises(FileExistsError):
        authoring.new("prime-essai", tmp_path)
    with pytest.raises(ValueError):
        authoring.new("../ailleurs", tmp_path)


def test_a_preview_shows_every_page_in_both_languages():
    shown = authoring.preview(CALAMITY, TODAY)
    for page in load_file(CALAMITY).form.pages.values():
        assert shown.count(f"/{page.id})") == 2


def test_a_missing_file_is_a_complaint(tmp_path):
    assert authoring.check(tmp_path / "rien.yaml") == [f"there is no file {tmp_path / 'rien.yaml'}"]


def test_the_schema_of_a_form_can_be_given_to_an_editor():
    assert "Question" in json.dumps(engine.schema())


SEEDED = """
languages: [fr, de]
title: {fr: T, de: T}
audience: [citizen]
sections:
  - id: s
    title: {fr: S, de: S}
    pages:
      - id: household
        title: {fr: Ménage, de: Haushalt}
        group:
          item: {fr: Personne, de: Person}
          seed: {source: person.household, fields: {first: first_name, born: birth_date}}
          pages:
            - id: who
              title: {fr: Qui, de: Wer}
              questions:
                - {id: first, kind: text, label: {fr: Prénom, de: Vorname}}
                - {id: born, kind: date, label: {fr: Naissance, de: Geburt}}
                - {id: adult, kind: computed, value: "years_between(born, today) >= 18", label: {fr: Majeur, de: Volljährig}}
      - id: incomes
        title: {fr: Revenus, de: Einkommen}
        group:
          item: {fr: Revenu, de: Einkommen}
          seed: {group: household, when: adult}
          pages:
            - id: income
              title: {fr: "Revenu de {household[row].first}", de: "Einkommen von {household[row].first}"}
              questions:
                - {id: earned, kind: money, label: {fr: Montant, de: Betrag}}
"""


def test_rows_come_from_a_register_and_from_other_rows():
    form, who = form_of(SEEDED), context()
    who.person = {
        "household": [
            {"first_name": "Ana", "birth_date": "1990-01-02"},
            {"first_name": "Léo", "birth_date": "2015-05-06"},
        ]
    }
    answers = engine.start(form, who)
    walk = engine.Walk(form, answers, who)
    assert walk.addresses == [
        "s/household",
        "s/household/s1/who",
        "s/household/s2/who",
        "s/incomes",
        "s/incomes/s1/income",
        "verifier",
    ]
    assert walk.page("s/incomes/s1/income", "fr").title == "Revenu de Ana"
    assert not walk.page("s/incomes", "fr").can_add
    reading = read(form, {"earned": ["31 200"]}, answers, "s/incomes/s1/income")
    answers = engine.apply(answers, "s/incomes/s1/income", reading.values)
    assert engine.Walk(form, answers, who).is_complete
    assert engine.applicable_answers(form, answers, who)["incomes"] == [{"id": "s1", "earned": "31200.00"}]
