"""The calamity form: fourteen questions, both languages, deadlines worked out by hand."""

from datetime import date

import pytest

from monespace import engine
from monespace.engine import examples
from tests.engine.forms import calamity, context, read

BEFORE = {"insurance": "none", "farming": False, "damage_date": "2026-09-15",
          "damage_place": {"street": "Rue du Pont", "number": "4", "postcode": "5998", "town": "Valmoulin", "country": "BE"}}  # fmt: skip


def test_its_examples_come_out():
    assert examples.run(calamity()) == []


def test_it_asks_at_most_fourteen_questions():
    assert len([each for each in calamity().questions.values() if each.asks]) <= 14


def test_insurance_is_asked_first():
    assert engine.Walk(calamity(), {}, context()).addresses[0] == "situation/assurance"


@pytest.mark.parametrize(("kind", "expected"), [
    ("citizen", date(2027, 1, 31)), ("self_employed", date(2027, 1, 31)), ("company", date(2027, 1, 31)),
    ("asbl", date(2027, 1, 31)), ("commune", date(2027, 4, 30)), ("cpas", date(2027, 4, 30)),
])  # fmt: skip
def test_public_legal_persons_have_three_months_more(kind, expected):
    walk = engine.Walk(calamity(), BEFORE, context(kind))
    assert walk.deadline() == expected
    assert walk.stop() is None


def test_the_deadline_is_shown_in_words():
    page = engine.Walk(calamity(), BEFORE, context()).page("situation/phenomene", "de")
    assert [field.text for field in page.fields] == [
        "Überschwemmungen vom 14. bis 16. September 2026",
        "31. Januar 2027",
    ]


def test_a_stop_says_what_else_is_possible():
    walk = engine.Walk(calamity(), {**BEFORE, "damage_date": "2026-09-17"}, context())
    page = walk.page(walk.stop(), "fr")
    assert page.kind == "stop"
    assert page.links[0]["procedure"] == "calamite-reconnaissance"
    assert not walk.is_complete
    assert engine.CHECK not in walk.addresses


def test_what_no_longer_applies_stays_in_the_draft_and_is_not_sent():
    answers = {**BEFORE, "insurance": "refused",
               "insurer_letter": [{"id": "f", "name": "a.pdf", "size": 1, "sha256": "aa"}]}  # fmt: skip
    assert "insurer_letter" in engine.applicable_answers(calamity(), answers, context())
    sent = engine.applicable_answers(calamity(), {**answers, "insurance": "none"}, context())
    assert "insurer_letter" not in sent
    assert sent["damage_date"] == "2026-09-15"


def test_a_locked_value_comes_from_its_source_whatever_is_posted():
    reading = read(
        calamity(), {"iban": ["BE68 5390 0754 7034"], "account_holder": ["Un autre"]}, BEFORE, "paiement/compte"
    )
    assert reading.errors == {}
    assert "account_holder" not in reading.values
    sent = engine.applicable_answers(calamity(), {**BEFORE, "account_holder": "Un autre"}, context())
    assert sent["account_holder"] == "Claire Dubois"


def test_the_account_of_a_self_employed_person_bears_another_name_than_the_shop():
    where = engine.Context(context().today, {"kind": "self_employed", "name": "Boulangerie Dubois"})
    field = engine.Walk(calamity(), BEFORE, where).page("paiement/compte", "fr").fields[1]
    assert (field.typed, field.prefill.locked, field.prefill.declared_by_you) == (
        {"": ["Boulangerie Dubois"]},
        False,
        False,
    )
    posted = {"iban": ["BE68539007547034"], "account_holder": ["Claire Dubois"]}
    reading = engine.read_page(calamity(), BEFORE, "paiement/compte", posted, where, "fr")
    assert reading.values["account_holder"] == "Claire Dubois"


@pytest.mark.parametrize("gone", ["empty", "down", "contested"])
def test_a_locked_value_without_its_source_becomes_a_field_declared_by_you(gone):
    answers, form = dict(BEFORE), calamity()
    where = context(facts={"holder.name": {"available": False}}) if gone == "down" else context()
    if gone == "empty":
        where.holder = {"kind": "citizen", "name": ""}
    if gone == "contested":
        answers = engine.contest(answers, "paiement/compte", "account_holder")
    shown = engine.Walk(form, answers, where).page("paiement/compte", "fr").fields[1]
    assert (shown.prefill.locked, shown.prefill.declared_by_you, shown.typed) == (False, True, {})
    posted = {"iban": ["BE68539007547034"], "account_holder": ["Claire Dubois-Martin"]}
    reading = engine.read_page(form, answers, "paiement/compte", posted, where, "fr")
    assert reading.errors == {}
    answers = engine.apply(answers, "paiement/compte", reading.values)
    blocks = engine.Walk(form, answers, where).summary("fr")["sections"][-2]["blocks"]
    line = next(line for block in blocks for line in block["lines"] if line["question"] == "account_holder")
    assert (line["values"], line["declared_by_you"]) == (["Claire Dubois-Martin"], True)


def test_a_proposed_value_shows_its_source_and_can_be_changed():
    field = engine.Walk(calamity(), BEFORE, context()).page("paiement/e-mail", "fr").fields[0]
    assert (field.typed, field.prefill.source, field.prefill.locked) == (
        {"": ["claire@exemple.be"]},
        "Votre profil",
        False,
    )
    assert read(calamity(), {"contact_email": ["c@exemple.be"]}, BEFORE, "paiement/e-mail").values["contact_email"]


def test_a_warning_does_not_stop():
    answers, row = engine.add_row(BEFORE, "dommages/goods")
    reading = read(calamity(), {"description": ["Toit"], "amount": ["300 000"]}, answers, f"dommages/goods/{row}/bien")
    assert reading.errors == {}
    assert "300\u00a0000,00\u00a0€" in reading.warnings["amount"]


def test_away_from_its_page_what_is_said_of_a_row_names_the_row():
    answers = engine.add_row(engine.add_row(BEFORE, "dommages/goods")[0], "dommages/goods")[0]
    answers["goods"][1] |= {"description": "Toit", "amount": "300000"}
    walk = engine.Walk(calamity(), answers, context())
    assert [each.sentence[:22] for each in walk.warnings("fr")] == ["Bien 2\u00a0: Ce montant es"]
    assert walk.warnings("de")[0].sentence.startswith("Gut 2: Dieser Betrag")
    said = [each.sentence for each in walk.problems("fr")]
    assert len(said) == len(set(said))


def test_the_task_list():
    form = calamity()
    assert [task.state for task in engine.Walk(form, {}, context()).tasks("fr")] == ["todo"] + ["cannot_start"] * 3
    begun = {"insurance": "none"}
    assert [task.state for task in engine.Walk(form, begun, context()).tasks("fr")] == ["started"] + [
        "cannot_start"
    ] * 3
    assert [task.state for task in engine.Walk(form, BEFORE, context()).tasks("de")] == [
        "done",
        "todo",
        "todo",
        "cannot_start",
    ]


def test_a_page_that_no_longer_applies_says_so():
    assert (
        read(calamity(), {"description": ["x"]}, BEFORE, "dommages/goods/r9/bien").errors[""].startswith("Cette page")
    )
    with pytest.raises(LookupError):
        engine.Walk(calamity(), BEFORE, context()).page("dommages/goods/r9/bien", "fr")
