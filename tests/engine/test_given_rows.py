"""Rows proposed from another group, options beside rows, years of a matrix: what a definition may say, and complaints of the rest."""

import pytest

from monespace import engine
from monespace.procedures.loading import Unusable
from tests.engine.forms import context, form_of

FORM = """
languages: [fr]
title: {fr: T}
audience: [citizen]
validate: true
sections:
  - id: s
    title: {fr: S}
    pages:
      - id: people
        title: {fr: Personnes}
        group:
          item: {fr: Personne}
          pages:
            - id: person
              title: {fr: Personne}
              questions:
                - {id: name, kind: text, label: {fr: Nom}}
                - {id: since, kind: date, label: {fr: Depuis}}
                - {id: niss, kind: national_number, label: {fr: NISS}}
                - {id: kept, kind: boolean, label: {fr: Gardé}}
      - id: links
        title: {fr: Liens}
        group:
          item: {fr: Lien}
          csv: true
          propose:
            - {group: people, when: kept, fields: {who: name, from: since, under: '"top"'}}
          pages:
            - id: link
              title: {fr: Lien}
              questions:
                - {id: who, kind: text, label: {fr: Qui}}
                - {id: from, kind: date, label: {fr: De}}
                - id: under
                  kind: choice
                  label: {fr: Sous}
                  options: [{value: top, label: {fr: Sommet}}]
                  options_from: {group: links, label: who}
                - {id: why, kind: text, when: under == "top", label: {fr: Pourquoi}}
      - id: table
        questions:
          - id: grid
            kind: matrix
            label: {fr: Grille}
            rows: [{id: a, label: {fr: "{year(today) - 1}"}}, {id: b, when: count(links) > 1, label: {fr: B}}]
            columns: [{id: n, kind: integer, required: row == "a", label: {fr: N}}]
  - id: end
    title: {fr: Fin}
    once_validated: true
    pages: [{id: swear, questions: [{id: sworn, kind: declaration, text: {fr: Juré}}]}]
"""
PEOPLE = [{"id": "r1", "name": "Anne", "since": "2020-01-31", "niss": "x", "kept": True},
          {"id": "r2", "name": "Bob", "since": "2021-01-31", "niss": "y", "kept": False}]  # fmt: skip


def walk(answers):
    return engine.Walk(form_of(FORM), answers, context())


def test_a_row_takes_answers_over_and_asks_the_rest():
    found = walk({"people": PEOPLE, "links": [{"id": "r7", "who": "Cid", "under": "people_r1"}]})
    assert [row.id for row in found.page("s/links", "fr").rows] == ["people_r1", "r7"]
    sent = found.applicable_answers()["links"]
    assert sent[0] == {"id": "people_r1", "who": "Anne", "from": "2020-01-31", "under": "top"}
    options = found.page("s/links/r7/link", "fr").fields[2].options
    assert [(each.value, each.label) for each in options] == [("top", "Sommet"), ("people_r1", "Anne")]
    assert [problem.question for problem in found.problems() if "links" in problem.address] == ["why", "from"]


def test_rows_of_a_matrix_follow_their_condition_and_a_year_has_no_thousands():
    assert [row.label for row in walk({"people": PEOPLE}).page("s/table", "fr").fields[0].rows] == ["2025"]
    two = walk({"people": PEOPLE, "links": [{"id": "r7"}]}).page("s/table", "fr").fields[0].rows
    assert [(row.id, row.cells[0].required) for row in two] == [("a", True), ("b", False)]


@pytest.mark.parametrize(("old", "new", "said"), [
    ("group: people, when", "group: peple, when", "did you mean `people`"),
    ("who: name, from", "whom: name, from", "did you mean `who`"),
    ("from: since", "from: name", "this gives a text, a date is needed"),
    ("from: since", "from: sinse", "unknown name `sinse`"),
    ('under == "top"', 'under == "tap"', "none of its options"),
    ("validate: true", "validate: false", "nothing is validated here"),
    ("    once_validated: true\n", "", None),
    ("title: {fr: S}\n", "title: {fr: S}\n    once_validated: true\n", "nothing is left to validate"),
    ("          propose:", "          seed: {group: people}\n          propose:", "the rows come from `seed` already"),
    ("kind: text, label: {fr: Qui}", "kind: national_number, label: {fr: Qui}", "cannot be taken over"),
])  # fmt: skip
def test_each_mistake_is_a_complaint(old, new, said):
    assert old in FORM
    if said is None:
        form_of(FORM.replace(old, new))
        return
    with pytest.raises(Unusable) as caught:
        form_of(FORM.replace(old, new, 1))
    assert any(said in each for each in caught.value.complaints), caught.value.complaints
    assert all(
        each.startswith("essai.yaml:") and not each.startswith("essai.yaml:0:") for each in caught.value.complaints
    )


def test_the_schema_follows():
    group = engine.schema()["$defs"]["Group"]["properties"]
    assert {"propose", "csv"} <= set(group)
    assert "once_validated" in engine.schema()["$defs"]["Section"]["properties"]
