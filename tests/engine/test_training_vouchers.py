"""The form of the training vouchers, beyond its own examples: both languages, quotas, what no register supplies."""

from pathlib import Path

import pytest

from monespace import engine
from monespace.engine import examples
from monespace.procedures.loading import load_file
from tests.engine.forms import TODAY

FORM = load_file(Path(__file__).parents[2] / "content/procedures/cheque-formation-independant.yaml").form
GERMAN = [
    "4700", "4701", "4710", "4711", "4720", "4721", "4728", "4730", "4731", "4750", "4760", "4761", "4770",
    "4771", "4780", "4782", "4783", "4784", "4790", "4791", "4792",
]  # fmt: skip
SEAT = {"street": "Rue du Pont", "number": "12", "postcode": "5998", "town": "Valmoulin", "country": "BE"}
BEFORE = {"status": "complementary", "exclusions": ["none"], "affiliated_since": "2024-04-01", "activity_place": SEAT,
          "other_aid": False}  # fmt: skip


def context(kind: str = "self_employed", **holder) -> engine.Context:
    return engine.Context(TODAY, {"kind": kind, **holder}, {})


def walk(answers: dict, **holder) -> engine.Walk:
    return engine.Walk(FORM, answers, context(**holder))


def course(hours: str, kind: str = "languages", **more) -> dict:
    return {"id": "r1", "training_type": kind, "hours": hours, "hour_price": "45.00", **more}


def test_its_examples_come_out():
    assert examples.run(FORM) == []


@pytest.mark.parametrize("postcode", GERMAN)
@pytest.mark.parametrize(("language", "authority"), [
    ("fr", "Arbeitsamt der Deutschsprachigen Gemeinschaft"), ("de", "das Arbeitsamt der Deutschsprachigen Gemeinschaft"),
])  # fmt: skip
def test_the_nine_german_speaking_communes_are_told_who_is_competent(postcode, language, authority):
    here = walk({**BEFORE, "activity_place": {**SEAT, "postcode": postcode}})
    assert here.stop() == "situation/communaute-germanophone"
    page = here.page(here.stop(), language)
    assert authority in page.body
    assert "Ministerium der Deutschsprachigen Gemeinschaft" in page.body
    assert len(page.links) == 2


def test_each_of_the_german_postcodes_is_in_the_table_and_no_other():
    assert sorted(row["code"] for row in FORM.tables["german_communes"].rows) == GERMAN


@pytest.mark.parametrize("postcode", ["1300", "4960", "4950", "5998", "6700", "7999"])
def test_the_rest_of_wallonia_goes_on(postcode):
    assert walk({**BEFORE, "activity_place": {**SEAT, "postcode": postcode}}).stop() is None


@pytest.mark.parametrize("postcode", ["1000", "1500", "3790", "8000", "9000"])
def test_outside_wallonia_is_told(postcode):
    assert walk({**BEFORE, "activity_place": {**SEAT, "postcode": postcode}}).stop() == "situation/hors-wallonie"


@pytest.mark.parametrize(("language", "said"), [
    ("fr", "Langues : 24 chèques demandés, 20 possibles (plafond 20, déjà commandés 0)."),
    ("de", "Sprachen: 24 Schecks beantragt, 20 möglich (Höchstzahl 20, bereits bestellt 0)."),
])  # fmt: skip
def test_too_many_vouchers_are_refused_where_they_are_listed_with_type_and_figures(language, said):
    answers = {**BEFORE, "trainings": [course("24")]}
    reading = engine.read_page(FORM, answers, "besoins/trainings", {}, context(), language)
    assert reading.errors[""].replace("\u00a0", " ").startswith(said)


@pytest.mark.parametrize(("staff", "yearly", "languages"), [
    ("0.50", 100, 25), ("1.99", 100, 25), ("2.00", 400, 100), ("50.00", 400, 100), ("51.00", 600, 150), ("100.00", 600, 150),
    ("101.00", 700, 175), ("200.00", 700, 175), ("201.00", 800, 200), ("250.00", 800, 200),
])  # fmt: skip
def test_the_quota_of_an_sme_follows_its_staff(staff, yearly, languages):
    answers = {**BEFORE, "status": "sme", "staff": staff, "turnover": "1.00", "balance": "1.00", "independent": True}
    found = walk(answers, kind="company")
    assert (found.computed("yearly_quota"), found.computed("languages_quota"), found.computed("eco_quota")) == (
        yearly, languages, 200,
    )  # fmt: skip


def test_general_courses_and_languages_share_the_yearly_quota_and_eco_is_counted_apart():
    answers = {**BEFORE, "ordered_general": 60, "trainings": [course("15", "general"), course("6") | {"id": "r2"}]}
    faults = [each.sentence for each in walk(answers).problems("de") if not each.question]
    assert [text.split(":")[0] for text in faults if "möglich" in text] == ["Allgemeine Kurse und Sprachen"]  # 21 of 20
    eco = {**BEFORE, "ordered_general": 80, "trainings": [course("200", "eco")]}
    assert not [each for each in walk(eco).problems("de") if "möglich" in each.sentence]


def test_what_no_source_supplies_is_asked_and_never_shown_as_locked():
    page = walk(BEFORE, number="0123456749", name="Boulangerie Dubois", address=SEAT).page("identite/personne", "fr")
    birth = next(field for field in page.fields if field.name == "birth")
    assert birth.required
    assert not birth.prefill.locked
    firm = walk(BEFORE, number="0123456749", name="Boulangerie Dubois", address=SEAT).page("identite/entreprise", "fr")
    locked = {field.name for field in firm.fields if field.prefill and field.prefill.locked}
    assert locked == {"org_number", "org_name", "org_seat"}


def test_a_legal_form_is_shown_in_words_and_one_that_is_not_known_is_asked():
    answers = {**BEFORE, "status": "director"}
    known = walk(answers, kind="company", legal_form="610").page("identite/entreprise", "de")
    assert "Gesellschaft mit beschränkter Haftung (GmbH)" in str(next(f for f in known.fields if f.name == "org_form"))
    other = walk(answers, kind="company", legal_form="999").page("identite/entreprise", "de")
    assert not next(field for field in other.fields if field.name == "org_form").prefill.locked


@pytest.mark.parametrize("number", range(1, 7))
def test_each_false_statement_has_its_own_reason_to_stop(number):
    names = ["honour_place", "honour_status", "honour_purpose", "honour_users", "honour_single_aid", "honour_sound"]
    answers = BEFORE | dict.fromkeys(names[: number - 1], "right") | {names[number - 1]: "wrong"}
    assert walk(answers).stop() == f"honneur/refus-{number}"
