"""A form with nested groups, a matrix, tables, conditions on rows is written as text and walked to its end."""

from monespace import engine
from tests.engine.forms import HARD, context, form_of, read


def fill(form, answers, address, posted, **more):
    reading = read(form, posted, answers, address, **more)
    assert reading.errors == {}, reading.errors
    return engine.apply(answers, address, reading.values)


def filled():
    """Two actions: 800 of plants at 0.75 and 100 of tools at 0.20; 400 of tools."""
    form, answers = form_of(HARD), {}
    answers, one = engine.add_row(answers, "plan/actions")
    answers, two = engine.add_row(answers, "plan/actions")
    answers = fill(form, answers, f"plan/actions/{one}/action", {"title": ["Haie"]})
    answers = fill(form, answers, f"plan/actions/{two}/action", {"title": ["Mare"], "after": [one]})
    for action, nature, cost in ((one, "plant", "800,00"), (one, "tool", "100"), (two, "tool", "400")):
        answers, line = engine.add_row(answers, f"plan/actions/{action}/lines")
        place = f"plan/actions/{action}/lines/{line}/line"
        quote = [{"id": "f1", "name": "devis.pdf", "size": 10, "sha256": "aa"}] if nature == "plant" else []
        answers = fill(form, answers, place, {"nature": [nature], "cost": [cost]}, files={"quote": quote})
    posted = {"years.first.staff": ["2"], "years.first.part": ["40"], "years.second.staff": ["3"],
              "years.second.part": ["60"]}  # fmt: skip
    return form, fill(form, answers, "plan/order", posted)


def test_it_is_walked_to_the_end_and_complete():
    form, answers = filled()
    walk = engine.Walk(form, answers, context("commune"))
    assert walk.problems() == []
    assert walk.addresses[-2:] == ["plan/sum", engine.CHECK]
    assert str(walk.computed("grand_total")) == "700.0000"  # 800 x 0.75 + 100 x 0.20 + 400 x 0.20
    assert walk.summary("de")["sections"][0]["blocks"][-1]["lines"][0]["values"] == ["700,00\u00a0€"]


def test_a_parameter_of_last_year_no_longer_counts():
    form, answers = filled()
    answers["actions"][0]["lines"][0]["cost"] = "100.00"
    assert str(engine.Walk(form, answers, context()).computed("grand_total")) == "175.0000"  # 75 + 20 + 80


def test_bands_of_a_table():
    form, answers = filled()
    assert engine.Walk(form, answers, context()).computed("size")["fr"] == "petit"
    answers["actions"][0]["lines"][0]["cost"] = "9000.00"
    assert engine.Walk(form, answers, context()).computed("size")["fr"] == "grand"


def test_a_condition_on_a_row_asks_only_that_row():
    form, answers = filled()
    answers["actions"][1]["lines"][0]["cost"] = "600.00"
    problems = engine.Walk(form, answers, context()).problems()
    row = answers["actions"][1]
    assert [p.address for p in problems] == [f"plan/actions/{row['id']}/lines/{row['lines'][0]['id']}/line"]
    assert [p.question for p in problems] == ["quote"]


def test_references_between_rows_may_not_turn_in_a_circle():
    form, answers = filled()
    one, two = answers["actions"]
    one["after"] = two["id"]
    assert [p.sentence for p in engine.Walk(form, answers, context()).problems("de")] == [
        "Die Aktionen folgen im Kreis."
    ]


def test_a_cell_is_named_by_its_row_and_column():
    form, answers = filled()
    reading = read(form, {"years.first.staff": ["douze"]}, answers, "plan/order")
    assert reading.errors["years.first.staff"].startswith("Première année, Personnes")
    assert reading.typed["years.first.staff"] == ["douze"]


def test_a_check_is_read_in_each_row_of_a_matrix():
    form, answers = filled()
    answers["years"]["second"]["staff"] = 11
    found = engine.Walk(form, answers, context()).problems()
    assert [(p.field, p.sentence) for p in found] == [("years.second.staff", "Deuxième année: Dix personnes au plus.")]


def test_continue_goes_down_a_row_and_back_to_its_list():
    form, answers = filled()
    walk = engine.Walk(form, answers, context())
    row, line = answers["actions"][0]["id"], answers["actions"][0]["lines"][0]["id"]
    assert walk.next_after("plan/actions") == "plan/order"
    assert walk.next_after(f"plan/actions/{row}/action") == f"plan/actions/{row}/lines"
    assert walk.next_after(f"plan/actions/{row}/lines/{line}/line") == f"plan/actions/{row}/lines"
    assert walk.next_after(f"plan/actions/{row}/lines") == f"plan/actions/{row}/granted-page"
    assert walk.next_after(f"plan/actions/{row}/granted-page") == "plan/actions"
    assert walk.previous_before("plan/order") == "plan/actions"
    assert walk.previous_before(f"plan/actions/{row}/action") == "plan/actions"


def test_every_page_can_be_shown_in_both_languages():
    form, answers = filled()
    walk = engine.Walk(form, answers, context())
    for language in ("fr", "de"):
        titles = [walk.page(address, language).title for address in walk.addresses]
        assert all(titles)
    assert walk.page("plan/actions", "fr").rows[0].lines == [("Titre", "Haie"), ("Subvention", "620,00\u00a0€")]


def test_a_row_removed_takes_what_was_in_it():
    form, answers = filled()
    first = answers["actions"][0]["id"]
    smaller = engine.remove_row(answers, "plan/actions", first)
    assert [row["id"] for row in smaller["actions"]] == [answers["actions"][1]["id"]]
    assert len(answers["actions"]) == 2
    again, new = engine.add_row(smaller, "plan/actions")
    assert new not in {row["id"] for row in answers["actions"]}
    assert [p.question for p in engine.Walk(form, smaller, context()).problems()] == ["after"]
