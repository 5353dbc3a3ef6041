"""Two versions of a form: what is different, and what becomes of the answers of a draft."""

from monespace import engine
from tests.engine.forms import context, form_of

OLD = """
languages: [fr, de]
title: {fr: Prime, de: Prämie}
audience: [citizen]
parameters:
  rates:
    note: {fr: Tarifs, de: Tarife}
    labels: {rate: {fr: taux, de: Satz}}
    columns: {kind: text, name: words, rate: number, valid_from: date}
    key: [kind]
    rows:
      - {kind: wood, name: {fr: Bois, de: Holz}, rate: "40", valid_from: 2026-01-01}
      - {kind: steel, name: {fr: Acier, de: Stahl}, rate: "70", valid_from: 2026-01-01}
sections:
  - id: s
    title: {fr: S, de: S}
    pages:
      - id: p
        title: {fr: P, de: P}
        questions:
          - {id: purpose, kind: text, label: {fr: But, de: Zweck}}
          - {id: nickname, kind: text, required: false, label: {fr: Surnom, de: Spitzname}}
          - id: colour
            kind: choice
            label: {fr: Couleur, de: Farbe}
            options: [{value: red, label: {fr: Rouge, de: Rot}}, {value: blue, label: {fr: Bleu, de: Blau}}]
          - {id: amount, kind: integer, max: 100, label: {fr: Nombre, de: Anzahl}}
      - id: bins
        title: {fr: Bacs, de: Behälter}
        group:
          item: {fr: Bac, de: Behälter}
          pages:
            - id: bac
              title: {fr: Bac, de: Behälter}
              questions:
                - {id: model, kind: choice, options_from: {table: rates, value: kind, label: name}, label: {fr: Modèle, de: Modell}}
                - {id: place, kind: text, label: {fr: Lieu, de: Ort}}
      - id: fin
        questions: [{id: truthful, kind: declaration, text: {fr: "C'est vrai", de: Es stimmt}}]
"""
MAIL = "      - id: mail\n        questions: [{id: mail, kind: email, label: {fr: E-mail, de: E-Mail}}]\n"
NICKNAME = "          - {id: nickname, kind: text, required: false, label: {fr: Surnom, de: Spitzname}}\n"
STOP = """      - id: arret
        when: colour == "blue"
        title: {fr: Fini, de: Ende}
        stop: {text: {fr: Non, de: Nein}}
"""
NEW = (
    OLD.replace(NICKNAME, "")
    .replace("{value: red, label: {fr: Rouge, de: Rot}}", "{value: green, label: {fr: Vert, de: Grün}}")
    .replace("max: 100", "max: 10")
    .replace('rate: "40"', 'rate: "45.5"')
    .replace("      - {kind: steel, name: {fr: Acier, de: Stahl}, rate: \"70\", valid_from: 2026-01-01}\n", "")
    .replace("kind: declaration,", "kind: declaration, version: 2,")
    .replace("      - id: fin\n", f"{MAIL}      - id: fin\n")
)  # fmt: skip
ANSWERS = {
    "purpose": "Un abri", "nickname": "Clo", "colour": "red", "amount": 40, "truthful": "1", "_seen": ["s/p"], "_rows": 2,
    "bins": [{"id": "r1", "model": "wood", "place": "Ath"}, {"id": "r2", "model": "steel", "place": "Huy"}],
}  # fmt: skip


def moved(answers=ANSWERS, old=OLD, new=NEW) -> engine.Move:
    return engine.move(form_of(old), form_of(new), answers, context(), "fr")


def test_the_same_form_has_no_changes():
    assert engine.compare(form_of(OLD), form_of(OLD)) == []
    assert moved(new=OLD)[:2] == (ANSWERS, [])


def test_new_gone_and_changed_are_told_in_the_readers_language():
    told = engine.told(engine.compare(form_of(OLD), form_of(NEW)), "de")
    assert told["new"] == [("E-Mail", [])]
    assert told["gone"] == [("Spitzname", [])]
    changed = dict(told["changed"])
    assert changed["Farbe"] == [
        "Neue mögliche Antwort: „Grün“.", "Diese Antwort ist nicht mehr möglich: „Rot“.",
    ]  # fmt: skip
    assert changed["Anzahl"] == ["Die Grenzen der Antwort haben sich geändert."]
    assert changed["Es stimmt"] == ["Der Text ist neu: Er ist erneut anzunehmen."]
    assert told["figures"] == [
        ("Tarife", ["Holz, Satz 40 wird zu 45,5."]), ("Tarife", ["Gestrichene Zeile: Stahl, Satz 70, ab dem 1. Januar 2026."]),
    ]  # fmt: skip


def test_what_fits_is_kept_and_what_does_not_is_named_with_what_it_said():
    move = moved()
    assert move.answers == {
        "purpose": "Un abri", "amount": 40, "_seen": ["s/p"], "_rows": 2,
        "bins": [{"id": "r1", "model": "wood", "place": "Ath"}, {"id": "r2", "place": "Huy"}],
    }  # fmt: skip
    assert {(one.label, one.value) for one in move.lost} == {
        ("Surnom", "Clo"), ("Couleur", "Rouge"), ("Modèle", "Acier"), ("C'est vrai", "Lu et accepté"),
    }  # fmt: skip
    assert "Cette réponse n'est plus proposée." in {one.why for one in move.lost}
    assert move.faults == ["Indiquez 10 ou moins."]


def test_a_new_line_is_told_with_its_first_day_and_words_of_another_language_are_not():
    line = '      - {kind: wood, name: {fr: Bois, de: Holz}, rate: "50", valid_from: 2027-01-01}\n'
    new = OLD.replace(
        "      - {kind: steel, name: {fr: Acier, de: Stahl}",
        line + "      - {kind: steel, name: {fr: Acier, de: Edelstahl}",
    )
    told = engine.told(engine.compare(form_of(OLD), form_of(new)), "fr")
    assert told["figures"] == [("Tarifs", ["Nouvelle ligne\u00a0: Bois, taux 50, à partir du 1er janvier 2027."])]


def test_moving_changes_no_answer_in_place():
    before = {**ANSWERS, "bins": [dict(row) for row in ANSWERS["bins"]]}
    moved()
    assert before == ANSWERS


def test_an_answer_that_is_no_longer_asked_is_kept_and_told():
    new = OLD.replace("{id: nickname, kind: text,", '{id: nickname, kind: text, when: purpose == "Une cave",')
    move = moved(new=new)
    assert move.answers["nickname"] == "Clo"
    assert [(one.label, one.value) for one in move.unasked] == [("Surnom", "Clo")]


def test_a_question_that_moved_into_a_group_does_not_take_its_answer_along():
    new = OLD.replace(NICKNAME, "")
    place = "                - {id: place,"
    new = new.replace(place, "                - {id: nickname, kind: text, label: {fr: Surnom, de: S}}\n" + place)
    move = moved(new=new)
    assert "nickname" not in move.answers
    assert [one.label for one in move.lost] == ["Surnom"]


def test_whatever_stands_in_a_draft_a_move_goes_through():
    odd = {"bins": "x", "colour": ["red"], "purpose": 7, "unknown": 1, "amount": None}
    assert moved(odd).lost == []


def test_a_new_stop_is_told():
    assert moved(
        {**ANSWERS, "colour": "blue"}, new=OLD.replace("      - id: fin\n", f"{STOP}      - id: fin\n")
    ).faults == ["Avec vos réponses, la nouvelle version s'arrête à la page «\u00a0Fini\u00a0»."]


def test_a_year_is_shown_without_thousands_and_a_postcode_is_a_number():
    text = OLD.replace(
        "label: {fr: But, de: Zweck}", 'label: {fr: "But en {year(today) + 1}, {as_number(purpose) + 1}", de: Zweck}'
    )
    page = engine.Walk(form_of(text), {"purpose": "4999"}, context()).page("s/p", "fr")
    assert page.fields[0].label == "But en 2027, 5\u00a0000"
