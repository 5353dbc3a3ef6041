"""The company passport: its vector and sums come out, the group follows from shareholders and holdings, nothing turns in a circle."""

from pathlib import Path

import pytest

from monespace import engine
from monespace.engine import examples
from monespace.procedures.loading import load_file
from tests.engine.forms import TODAY, read

PATH = Path(__file__).parents[2] / "content/procedures/passeport-entreprise.yaml"
HOLDER = {"kind": "company", "name": "Boulangerie Dubois SRL", "number": "0200065765", "legal_form": "610",
          "address": {"street": "Rue du Four", "number": "12", "postcode": "5000", "town": "Namur", "country": "BE"}}  # fmt: skip


@pytest.fixture(scope="module")
def form():
    return load_file(PATH).form


def example(form, start):
    found = next(each for each in form.examples if each.name.startswith(start))
    return examples._canonical(form, found.answers)


def walk(form, answers, **more):
    return engine.Walk(form, answers, engine.Context(TODAY, HOLDER, {"name": "Claire Dubois"}, **more))


def test_its_examples_come_out(form):
    assert examples.run(form) == []


def test_the_vector(form):
    """8 + 45 + 0.30 x 20 ETP; 1.5 + 9 + 0.30 x 4 M of turnover; 1.1 + 7 + 0.30 x 3 M of balance sheet."""
    found = walk(form, example(form, "le vecteur"))
    values = [found.computed(name) for name in ("fte_n", "turnover_n", "balance_n", "size_class")]
    assert values == [59, 11_700_000, 9_000_000, "moyenne"]


def test_who_holds_a_quarter_is_in_the_group_with_what_was_said_of_it(form):
    found = walk(form, example(form, "le vecteur"))
    view = found.page("groupe/companies/shareholders_r2/lien", "fr")
    number = next(field for field in view.fields if field.name == "g_number")
    assert (number.typed[""], number.prefill.locked, number.prefill.source) == (["0400.000.185"], True, "Actionnaire 2")
    rows = found.page("groupe/companies", "fr").rows
    assert [(row.removable, row.lines[0][1]) for row in rows] == [
        (False, "Moulins de la Meuse SA"),
        (False, "Four et Cie SRL"),
    ]


def test_below_a_quarter_it_leaves_the_group_and_comes_back_with_its_answers(form):
    answers = example(form, "le vecteur")
    answers["holdings"][0] |= {"h_pct": "24.9", "h_vote": "24.9"}
    assert not any("holdings_r3" in address for address in walk(form, answers).addresses)
    answers["holdings"][0]["h_vote"] = "25"
    assert any("company_figures/holdings_r3" in address for address in walk(form, answers).addresses)


def test_a_company_added_by_hand_stands_beside_those_proposed(form):
    answers, row = engine.add_row(example(form, "le vecteur"), "groupe/companies")
    rows = walk(form, answers).page("groupe/companies", "fr").rows
    assert [(each.id, each.removable) for each in rows][-1] == (row, True)


def test_what_another_row_says_cannot_be_typed_over_unless_contested(form):
    answers, address = example(form, "le vecteur"), "groupe/companies/holdings_r3/lien"
    reading = read(form, {"g_pct": ["80"], "g_vote": ["80"]}, answers, address)
    assert "g_pct" not in reading.values
    contested = engine.contest(answers, address, "g_pct")
    assert read(form, {"g_pct": ["80"]}, contested, address).values["g_pct"] == "80"


def test_a_circle_is_refused_where_it_is_closed(form):
    answers = example(form, "deux entreprises")
    answers["companies"][1].pop("g_parent")
    reading = engine.read_page(
        form, answers, "groupe/companies/r5/lien", {"g_parent": ["r4"]}, walk(form, answers).context, "fr"
    )
    assert "en rond" in reading.errors["g_parent"]
    reading = read(form, {"g_parent": ["applicant"]}, answers, "groupe/companies/r5/lien")
    assert "g_parent" not in reading.errors


def test_years_are_named_from_each_companys_closing(form):
    answers = example(form, "le vecteur")
    answers["closed_years"] = answers["company_figures"][1]["f_years"] = "3"
    found = walk(form, answers)
    own = found.page("chiffres/chiffres-entreprise", "fr").fields[0]
    theirs = found.page("chiffres/company_figures/holdings_r3/chiffres-groupe", "de").fields[0]
    assert [row.label for row in own.rows] == [f"Exercice clos le 31 décembre {year}" for year in (2025, 2024, 2023)]
    assert [row.label for row in theirs.rows] == [f"Geschäftsjahr bis 30. Juni {year}" for year in (2026, 2025, 2024)]


@pytest.mark.parametrize(("votes", "sound"), [("59.99", True), ("60.01", True), ("60", True), ("59.98", False)])
def test_votes_make_a_hundred_within_a_hundredth(form, votes, sound):
    answers = example(form, "le vecteur")
    answers["shareholders"][1]["s_vote"] = votes
    wrong = [problem.address for problem in walk(form, answers).problems()]
    assert (wrong == []) is sound


def test_shareholders_of_a_group_company_add_up_too(form):
    answers = example(form, "le vecteur")
    answers["companies"][0]["g_shareholders"] = [
        {"id": "r9", "gs_type": "float", "gs_parts": 300, "gs_vote": "100"}
    ]  # of 500 parts
    problems = walk(form, answers).problems()
    assert [problem.sentence for problem in problems] == [
        "Entreprise 1\u00a0: Les parts indiquées font 300, et non 500."
    ]


def test_the_declaration_is_asked_once_the_rest_is_validated(form):
    answers = example(form, "le vecteur")
    before, after = walk(form, answers, validated=False), walk(form, answers)
    assert before.is_complete
    assert "declarations/engagements" not in before.addresses
    assert [task.state for task in before.tasks("fr")][-1] == "cannot_start"
    assert [after.may_change(each) for each in ("entreprise/identite", "declarations/engagements")] == [False, True]
    assert "d_honour" not in engine.reopened(form, answers)
