"""Rows from a CSV file: a dry run by the engine's own judge; nothing is saved by it."""

import pytest

from monespace import engine
from monespace.engine import importing
from monespace.engine.sheet import Unreadable, harmless, written
from tests.engine.forms import context, form_of

FORM = """
languages: [fr, de]
title: {fr: Parts, de: Anteile}
audience: [company]
computed: [{id: total, value: sum(holders.part)}]
sections:
  - id: s
    title: {fr: S, de: S}
    pages:
      - id: holders
        title: {fr: Associés, de: Gesellschafter}
        checks:
          - must: total == 100
            message: {fr: "Les parts font {total}.", de: "Die Anteile ergeben {total}."}
        group:
          item: {fr: Associé, de: Gesellschafter}
          max: 5
          csv: true
          pages:
            - id: kind-page
              questions:
                - id: kind
                  kind: choice
                  label: {fr: "De qui s'agit-il ?", de: "Wer ist es?"}
                  options:
                    - {value: person, label: {fr: Personne physique, de: Natürliche Person}}
                    - {value: firm, label: {fr: Société, de: Gesellschaft}}
            - id: who
              title: {fr: Qui, de: Wer}
              questions:
                - {id: niss, kind: national_number, when: kind == "person", label: {fr: Numéro national, de: Nationalnummer}}
                - {id: number, kind: enterprise_number, when: kind == "firm", label: {fr: Numéro d'entreprise, de: Unternehmensnummer}}
                - {id: part, kind: percent, label: {fr: Part, de: Anteil}}
                - {id: since, kind: date, required: false, max: today, label: {fr: Depuis, de: Seit}}
                - {id: votes, kind: boolean, required: false, label: {fr: Vote, de: Stimmt}}
                - {id: proof, kind: file, label: {fr: Preuve, de: Nachweis}}
                - id: origin
                  kind: country
                  required: false
                  label: {fr: Pays, de: Land}
                  checks: [{must: 'not (origin == "FR" and part > 50)', message: {fr: "Pas plus de 50.", de: "Höchstens 50."}}]
"""
HEAD = "De qui s'agit-il ?;Numéro national;Numéro d'entreprise;Part;Depuis;Vote;Pays"
RIGHT = (
    f"{HEAD}\nPersonne physique;85.07.30-033.28;;40;3/10/2020;Oui;Belgique\nfirm;;200.065.765;60;2020-10-03;nein;be\n"
)


def trial(text, answers=None, *, replace=False, language="fr"):
    raw = text if isinstance(text, bytes) else text.encode()
    walk = engine.Walk(form_of(FORM), answers or {}, context("company", seal=lambda digits: f"sealed-{len(digits)}"))
    return walk, importing.try_file(walk, "s/holders", raw, language, key="f1", replace=replace)


@pytest.mark.parametrize("change", [
    lambda text: text, lambda text: text.encode("cp1252"), lambda text: ("\ufeff" + text).encode(),
    lambda text: text.replace(";", "\t"), lambda text: text.replace(";", ","), lambda text: text.replace("\n", "\r\n"),
    lambda text: text.replace(HEAD, "kind;niss;number;part;since;votes;origin"), lambda text: text.upper().replace("FIRM", "firm"),
    lambda text: text.replace(HEAD, "Wer ist es?;Nationalnummer;Unternehmensnummer;Anteil;Seit;Stimmt;Land"),
], ids=["utf-8", "windows", "bom", "tab", "comma", "crlf", "ids", "capitals", "german"])  # fmt: skip
def test_a_file_is_read_as_people_make_it(change):
    walk, found = trial(change(RIGHT))
    assert found.faults == []
    assert [{name: row[name] for name in row if name != "id"} for row in found.rows] == [
        {"kind": "person", "niss": "sealed-11", "part": "40", "since": "2020-10-03", "votes": True, "origin": "BE"},
        {"kind": "firm", "number": "0200065765", "part": "60", "since": "2020-10-03", "votes": False, "origin": "BE"},
    ]
    assert walk.state.answers == {}


def test_each_wrong_line_has_its_column_and_sentence():
    text = f"{HEAD}\nperson;85.07.30-033.29;;40;;;\nfirm;;0200065765;abc;3/13/2020;peut-être;\n\nfirm;;0200065765;20;;;\n;;;20;;;\n"
    _, found = trial(text)
    assert [(fault.line, fault.column) for fault in found.faults] == [
        (2, "Numéro national"), (3, "Depuis"), (3, "Part"), (3, "Vote"), (6, "De qui s'agit-il\u00a0?"),
    ]  # fmt: skip
    assert [row["part"] for row in found.rows] == ["20"]
    assert not any("850730" in fault.sentence.replace(".", "") for fault in found.faults)


def test_checks_of_the_form_are_read_with_all_rows_there():
    _, found = trial(f"{HEAD}\nfirm;;0200065765;60;;;France\n")
    assert [(fault.line, fault.column, fault.sentence) for fault in found.faults] == [(2, "Pays", "Pas plus de 50.")]
    _, found = trial(f"{HEAD}\nfirm;;0200065765;60;;;\n", {"holders": [{"id": "r1", "part": "30"}]})
    assert found.notes == ["Les parts font 90\u00a0%."]
    assert len(found.rows) == 1


@pytest.mark.parametrize(("raw", "code"), [
    (b"PK\x03\x04rest", "csv_workbook"), (b"\x00\x01\x02", "csv_encoding"), (b"a;b\n1;2\n", "csv_heads"), (b"", "csv_heads"),
    (HEAD.encode(), "csv_empty"), (b"part;Part\n1;2\n", "csv_twice"), (b"part\n" + b"1\n" * 3000, "csv_many"),
    (b"part\n" + b"1" * 1_100_000, "csv_large"),
])  # fmt: skip
def test_what_is_no_such_file_is_refused(raw, code):
    with pytest.raises(Unreadable, match=code):
        trial(raw)


def test_more_rows_than_the_group_takes_are_not_added():
    _, found = trial("kind;number;part\n" + "firm;0200065765;1\n" * 6)
    assert found.rows == []
    assert any("5" in note for note in found.notes)


def test_rows_are_added_once_or_put_in_place_of_others():
    walk, found = trial(RIGHT, {"holders": [{"id": "r1", "part": "1"}]})
    added = importing.with_rows(walk, "s/holders", found.rows, replace=False)
    again = importing.with_rows(engine.Walk(walk.form, added, walk.context), "s/holders", found.rows, replace=False)
    assert [row["id"] for row in again["holders"]] == ["r1", "f1_2", "f1_3"]
    replaced = importing.with_rows(walk, "s/holders", found.rows, replace=True)
    assert [row["id"] for row in replaced["holders"]] == ["f1_2", "f1_3"]


def test_the_template_has_a_column_for_what_a_cell_can_say():
    walk, _ = trial(RIGHT)
    assert importing.template(walk, "s/holders", "fr") == f"\ufeff{HEAD}\r\n".replace(" ?", "\u00a0?")


def test_no_cell_of_a_template_is_a_formula():
    assert [harmless(cell) for cell in ("=1+1", "+1", "-1", "@x", "a=1")] == ["'=1+1", "'+1", "'-1", "'@x", "a=1"]
    assert written([["=HYPERLINK(1)"]]) == "\ufeff'=HYPERLINK(1)\r\n"


def test_a_list_that_takes_no_file_has_none():
    walk = engine.Walk(form_of(FORM.replace("csv: true", "csv: false")), {}, context("company"))
    with pytest.raises(LookupError):
        importing.template(walk, "s/holders", "fr")
