"""The first row of a household: the applicant, known already, always there; and what names a row."""

import pytest

from monespace import engine
from monespace.procedures.loading import Unusable
from tests.engine.forms import TODAY, form_of, read

HOUSEHOLD = """
languages: [fr, de]
title: {fr: Ménage, de: Haushalt}
audience: [citizen]
sections:
  - id: s
    title: {fr: S, de: S}
    pages:
      - id: who
        title: {fr: Vous, de: Sie}
        questions:
          - {id: surname, kind: text, prefill: person.last_name, locked: true, label: {fr: Nom, de: Name}}
          - {id: number, kind: national_number, prefill: person.national_number, locked: true, label: {fr: Numéro, de: Nummer}}
      - id: household
        title: {fr: Ménage, de: Haushalt}
        group:
          item: {fr: Personne, de: Person}
          min: 1
          named: [m_surname]
          summary: [m_link]
          seed:
            source: person.household
            fields: {m_surname: last_name, m_number: national_number}
            first: {m_surname: surname, m_number: number, m_link: '"self"'}
          pages:
            - id: person
              title: {fr: Personne, de: Person}
              questions:
                - {id: m_surname, kind: text, label: {fr: Nom, de: Name}}
                - {id: m_number, kind: national_number, label: {fr: Numéro, de: Nummer}}
                - id: m_link
                  kind: choice
                  label: {fr: Lien, de: Beziehung}
                  options:
                    - {value: self, label: {fr: Demandeuse, de: Antragstellerin}, when: row_number == 1}
                    - {value: child, label: {fr: Enfant, de: Kind}}
            - id: income
              questions:
                - {id: m_income, kind: money, when: 'm_link == "self"', label: {fr: Revenu, de: Einkommen}}
"""
CLAIRE = {"last_name": "Dubois", "national_number": "n1"}
SECOND = {"id": "r1", "m_surname": "Martin", "m_number": "n2", "m_link": "child"}


def walk(answers=None, person=CLAIRE, text=HOUSEHOLD):
    return engine.Walk(form_of(text), answers or {}, engine.Context(TODAY, {"kind": "citizen"}, person))


def rows(walked):
    return walked.page("s/household", "fr").rows


def test_it_is_there_from_the_start_is_not_asked_again_and_stays():
    walked = walk({"household": [SECOND]})
    first, second = rows(walked)
    assert (first.title, first.lines, first.removable) == ("Personne 1, Dubois", [("Lien", "Demandeuse")], False)
    assert (second.title, second.removable) == ("Personne 2, Martin", True)
    assert "s/household/s0/person" not in walked.addresses
    assert walked.problems()[0].address == "s/household/s0/income"


def test_its_answers_follow_those_they_are_taken_from():
    answers = {"_contested": ["surname"], "surname": "Dupont", "household": [{"id": "s0", "m_surname": "Forgé"}]}
    assert rows(walk(answers))[0].title == "Personne 1, Dupont"


def test_it_is_sent_and_frozen_with_what_was_not_asked_in_it():
    walked = walk({"household": [{"id": "s0", "m_income": "10.00"}, SECOND]})
    assert walked.is_complete
    sent = walked.applicable_answers()["household"]
    assert sent[0] == {"id": "s0", "m_surname": "Dubois", "m_number": "n1", "m_link": "self", "m_income": "10.00"}
    block = next(each for each in walked.summary("fr")["sections"][0]["blocks"] if each["item"] == "Personne 1, Dubois")
    assert [line["values"] for line in block["lines"]] == [["Dubois"], ["**.**.**-***.**"], ["Demandeuse"]]


def test_what_is_posted_for_it_changes_nothing_and_no_other_row_may_say_that_it_is_the_first():
    answers = {"household": [{"id": "s0"}, SECOND]}
    form = form_of(HOUSEHOLD)
    assert read(form, {"m_link": ["child"]}, answers, "s/household/s0/person").errors == {
        "": "Cette page n'est plus à compléter\u00a0: vos autres réponses ont changé."
    }
    assert "m_link" in read(form, {"m_link": ["self"]}, answers, "s/household/r1/person").errors


def test_the_registers_row_of_the_same_person_is_passed_over():
    household = [{"last_name": "Dubois", "national_number": "n1"}, {"last_name": "Martin", "national_number": "n2"}]
    context = engine.Context(TODAY, {"kind": "citizen"}, CLAIRE | {"household": household})
    form = form_of(HOUSEHOLD)
    found = [row.title for row in rows(engine.Walk(form, engine.start(form, context), context))]
    assert found == ["Personne 1, Dubois", "Personne 2, Martin"]


def test_a_warning_about_all_rows_stands_on_their_list_and_a_number_keeps_its_unit():
    text = HOUSEHOLD.replace(
        "        group:",
        """        checks:
          - {must: count(household) > 1, level: warning, message: {fr: "Seule ?", de: "Allein?"}}
        group:""",
    ).replace("{id: m_income, kind: money,", "{id: m_income, kind: decimal, suffix: m²,")
    walked = walk({"household": [{"id": "s0", "m_income": "80"}]}, text=text)
    assert walked.page("s/household", "fr").warning == "Seule\u00a0?"
    blocks = walked.summary("fr")["sections"][0]["blocks"]
    assert blocks[-1]["lines"][0]["values"] == ["80\u00a0m²"]


@pytest.mark.parametrize(("old", "new", "said"), [
    ("m_surname: surname,", "m_surname: sirname,", "no question around the group, of kind text"),
    ("m_surname: surname,", "m_surname: number,", "no question around the group, of kind text"),
    ("m_link: '\"self\"'", "m_link: '\"me\"'", "is no answer to `m_link`"),
    ("first: {m_surname: surname,", "first: {surname: surname,", "no question of the row that can be given"),
    ("named: [m_surname]", "named: [surname]", "is no question of the row"),
    ("when: row_number == 1", "when: row_nummer == 1", "did you mean `row_number`"),
])  # fmt: skip
def test_a_first_row_that_cannot_be_is_a_complaint(old, new, said):
    assert old in HOUSEHOLD
    with pytest.raises(Unusable) as caught:
        form_of(HOUSEHOLD.replace(old, new))
    assert said in str(caught.value)
