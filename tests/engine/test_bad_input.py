"""Whatever is typed: one amount for one amount, a clear sentence for the rest, never an exception."""

import pytest

from monespace import engine
from tests.engine.forms import TODAY, context, one_question, read


def value(posted, **question):
    reading = read(one_question(**question), posted if isinstance(posted, dict) else {"q": [posted]})
    assert reading.errors == {}, reading.errors
    return reading.values["q"]


def error(posted, language="fr", **question):
    reading = read(one_question(**question), posted if isinstance(posted, dict) else {"q": [posted]}, language=language)
    assert "q" not in reading.values or reading.values["q"] is None
    return reading.errors["q"]


@pytest.mark.parametrize("raw", ["1250,50", "1 250,50", "1\u00a0250,50", "1\u202f250,50", "1.250,50", "1250.50", "1,250.50",
                                 "€ 1250,5", "1250,50 euros", "1250,50 EUR", " 1250,50 "])  # fmt: skip
def test_one_amount_however_it_is_written(raw):
    assert value(raw, kind="money") == "1250.50"


def test_an_amount_that_reads_two_ways_is_asked_back():
    assert error("1.250", kind="money") == "« 1.250 » peut se lire de deux façons. Écrivez 1250 ou 1,25.".replace(
        "« ", "«\u00a0").replace(" »", "\u00a0»")  # fmt: skip
    assert "1250 oder 1,25" in error("1.250", "de", kind="money")
    assert value("1.250.000", kind="money") == "1250000.00"
    assert value("0.25", kind="money") == "0.25"


@pytest.mark.parametrize("raw", ["12 50", "1,2,3", "douze", "١٢٥٠", "1e5", "NaN", "Infinity", "0x10", "-5", "1" * 40, "12,345",
                                 "--5", "1..2", "\x00"])  # fmt: skip
def test_what_is_no_amount_gets_a_sentence(raw):
    assert error(raw, kind="money").endswith((".", "€."))


@pytest.mark.parametrize(
    ("posted", "expected"),
    [
        ({"q.day": ["27"], "q.month": ["3"], "q.year": ["2026"]}, "2026-03-27"),
        ({"q": ["2026-03-27"]}, "2026-03-27"),
        ({"q.day": ["29"], "q.month": ["02"], "q.year": ["2024"]}, "2024-02-29"),
    ],
)
def test_dates(posted, expected):
    assert value(posted, kind="date") == expected


@pytest.mark.parametrize("parts", [("27", "3", "26"), ("31", "4", "2026"), ("27", "mars", "2026"), ("27", "", "2026"),
                                   ("٢٧", "3", "2026"), ("27", "3", "9999"), ("0", "0", "0000")])  # fmt: skip
def test_dates_refused(parts):
    assert error(dict(zip(("q.day", "q.month", "q.year"), [[part] for part in parts], strict=True)), kind="date")


@pytest.mark.parametrize("raw", ["85.07.30-033.28", "85073003328", "17.07.30-033.84"])
def test_national_numbers_are_sealed_by_the_caller(raw):
    form = one_question(kind="national_number")
    context = engine.Context(TODAY, seal=lambda digits: f"sealed:{len(digits)}",
                             mask=lambda token: "85.07.30-***.**")  # fmt: skip
    reading = engine.read_page(form, {}, "s/p", {"q": [raw]}, context, "fr")
    assert reading.values == {"q": "sealed:11"}
    walk = engine.Walk(form, reading.values, context)
    assert walk.page("s/p", "fr").fields[0].typed == {"": ["85.07.30-***.**"]}
    assert walk.summary("fr")["sections"][0]["blocks"][0]["lines"][0]["values"] == ["85.07.30-***.**"]
    again = engine.read_page(form, reading.values, "s/p", {"q": ["85.07.30-***.**"]}, context, "fr")
    assert again.values == reading.values


def _with_check(start, century=""):
    return f"{start}{97 - int(century + start) % 97:02}"


@pytest.mark.parametrize("start", ["852730033", "854730033", "850030033", "850000033"])
def test_bis_numbers_and_unknown_birth_dates(start):
    assert value(_with_check(start), kind="national_number") == _with_check(start)


@pytest.mark.parametrize("raw", ["85073003329", "85153003300", "123", "abc", "٨٥٠٧٣٠٠٣٣٢٨", _with_check("851930033")])
def test_national_numbers_refused(raw):
    assert error(raw, kind="national_number").startswith("Ce numéro national est incorrect")


@pytest.mark.parametrize("raw", ["0200065765", "BE 0200 065 765", "200.065.765", "BE0200.065.765", "be200065765"])
def test_enterprise_numbers(raw):
    assert value(raw, kind="enterprise_number") == "0200065765"


def test_a_unit_number_is_named_as_such():
    assert "unité d'établissement" in error("2.000.000.339", kind="enterprise_number")
    assert value("2.000.000.339", kind="establishment_number") == "2000000339"
    assert "numéro d'entreprise" in error("0200.065.765", kind="establishment_number")
    assert error("0200065766", kind="enterprise_number")


@pytest.mark.parametrize(("kind", "raw", "expected"), [
    ("iban", "be68 5390 0754 7034", "BE68539007547034"),
    ("phone", "0475 12 34 56", "+32475123456"), ("phone", "00 32 475/12.34.56", "+32475123456"),
    ("phone", "+49 30 123456", "+4930123456"),
    ("email", " Claire.Dubois@Exemple.BE ", "Claire.Dubois@exemple.be"),
    ("country", "DE", "DE"), ("boolean", "yes", True), ("year", "2026", 2026), ("integer", "1 250", 1250),
    ("percent", "12,5 %", "12.5"), ("decimal", "1,25", "1.25"),
])  # fmt: skip
def test_other_kinds(kind, raw, expected):
    assert value(raw, kind=kind) == expected


@pytest.mark.parametrize(("kind", "raw"), [
    ("iban", "BE68 5390 0754 7035"), ("iban", "x" * 5000), ("phone", "12"), ("phone", "0475 12 34 56 ext"),
    ("email", "claire@"), ("email", "a@b"), ("email", "é@exemple.be"), ("country", "XX"), ("boolean", "maybe"),
    ("year", "26"), ("integer", "1,5"), ("percent", "101"), ("text", "x" * 201), ("text", "a\nb"),
    ("text", "a\x00b"), ("text", "привет"), ("text", "abc\u202edef"), ("text", "\ud800"), ("textarea", "x" * 3001),
    ("declaration", "2"),
])  # fmt: skip
def test_refused_in_both_languages(kind, raw):
    more = {"text": {"fr": "Je déclare", "de": "Ich erkläre"}} if kind == "declaration" else {}
    french, german = error(raw, "fr", kind=kind, **more), error(raw, "de", kind=kind, **more)
    assert french != german
    assert "{" not in french + german


def test_an_option_that_was_never_offered_is_refused():
    options = [{"value": each, "label": {"fr": each, "de": each}} for each in ("a", "b")]
    assert error("c", kind="choice", options=options)
    assert error({"q": ["a", "c"]}, kind="multiple", options=options)
    assert value({"q": ["b", "a"]}, kind="multiple", options=options) == ["a", "b"]


@pytest.mark.parametrize(("kind", "raws", "said"), [
    ("choice", ["a", "b"], "Choisissez une des réponses proposées."), ("boolean", ["no", "yes"], "Choisissez une des réponses"),
    ("country", ["BE", "DE"], "Choisissez un pays"), ("declaration", ["2", "yes"], "Choisissez une des réponses"),
])  # fmt: skip
def test_two_answers_to_a_question_of_one_are_refused_and_none_is_shown_as_chosen(kind, raws, said):
    options = [{"value": each, "label": {"fr": each, "de": each}} for each in ("a", "b")] if kind == "choice" else []
    words = {"fr": "Je déclare", "de": "Ich erkläre"} if kind == "declaration" else {}
    form = one_question(kind=kind, options=options, text=words)
    reading = read(form, {"q": raws})
    shown = engine.Walk(form, {}, context()).page("s/p", "fr", reading).fields[0]

    assert error({"q": raws}, kind=kind, options=options, text=words).startswith(said)
    assert not any(option.selected for option in shown.options)
    assert "q" not in read(form, {"q": ["", raws[1], raws[1]]}).errors


def test_an_unknown_country_is_taken_as_belgium():
    """The page only carries the country along, hidden: nobody can mend it there."""
    parts = {"q.street": ["Rue du Pont"], "q.number": ["4"], "q.postcode": ["5998"], "q.town": ["Valmoulin"]}
    for unknown in ("Atlantide", "XX", "\x00", "x" * 5000, "Атлантида"):
        assert value({**parts, "q.country": [unknown]}, kind="address")["country"] == "BE"
        wrong = {**parts, "q.postcode": ["5"], "q.country": [unknown]}
        assert set(read(one_question(kind="address"), wrong).errors) == {"q", "q.postcode"}


def test_an_address():
    parts = {"q.street": ["Rue du Pont"], "q.number": ["4"], "q.postcode": ["5998"], "q.town": ["Valmoulin"]}
    assert value(parts, kind="address") == {"street": "Rue du Pont", "number": "4", "postcode": "5998",
                                            "town": "Valmoulin", "country": "BE"}  # fmt: skip
    assert value({**parts, "q.country": ["Allemagne"]}, kind="address")["country"] == "DE"
    assert "la localité" in error({**parts, "q.town": [""]}, kind="address")
    assert error({**parts, "q.postcode": ["ABCD"]}, kind="address")
    assert error({**parts, "q.number": ["bis"]}, kind="address")


def test_each_part_of_an_address_has_its_own_sentence():
    posted = {"q.street": ["Rue du\u200b Pont"], "q.number": ["4"], "q.postcode": ["500"], "q.town": [""]}
    errors = read(one_question(kind="address"), posted).errors
    assert errors["q.street"].startswith("Rue\u00a0: Ce texte contient")
    assert "quatre chiffres" in errors["q.postcode"]
    assert errors["q.town"] == "Indiquez la localité."
    assert set(errors) == {"q", "q.street", "q.postcode", "q.town"}

    blank = read(one_question(kind="address"), {}).errors
    assert set(blank) == {"q", "q.street", "q.number", "q.postcode", "q.town"}


@pytest.mark.parametrize(
    ("kind", "parts", "wrong", "said"),
    [
        ("date", ("27", "", "2026"), {"q.month"}, "Indiquez le mois"),
        ("date", ("27", "", ""), {"q.month", "q.year"}, "le jour, le mois et l'année"),
        ("date", ("27", "mars", "26"), {"q.month", "q.year"}, "en chiffres"),
        ("date", ("31", "4", "2026"), set(), "n'existe pas"),
        ("month", ("", "13", "2026"), {"q.month"}, "de 1 à 12"),
    ],
)
def test_only_the_wrong_parts_of_a_date_are_named(kind, parts, wrong, said):
    posted = dict(zip(("q.day", "q.month", "q.year"), [[part] for part in parts], strict=True))
    errors = read(one_question(kind=kind), posted).errors
    assert set(errors) - {"q"} == wrong
    assert said in errors["q"]


def test_a_question_left_blank_is_repeated_as_a_question():
    errors = read(one_question(kind="text", label={"fr": "Où ?", "de": "Wo?"}), {}).errors
    assert errors["q"] == "Répondez à la question «\u00a0Où\u00a0?\u00a0»."


def test_a_declaration_not_ticked_is_named_by_its_beginning():
    words = "Je déclare que ces informations sont exactes et complètes, et que ces biens sont à moi."
    error = read(one_question(kind="declaration", text={"fr": words, "de": words}), {}).errors["q"]
    assert error.startswith("Cochez «\u00a0Je déclare que ces informations sont exactes et complètes…\u00a0»")


def _file(name="a.pdf", size=10, id="f1"):
    return {"id": id, "name": name, "size": size, "sha256": "aa"}


def test_documents():
    form = one_question(kind="file", max_files=2)
    assert read(form, {}).errors
    assert read(form, {}, files={"q": [_file()]}).values["q"] == [_file()]
    both = read(form, {}, files={"q": [_file(), _file("b.exe", id="f2")]})
    assert both.values["q"] == [_file()]
    assert "b.exe" in both.errors["q"]
    assert read(form, {}, files={"q": [_file(size=11 * 1024 * 1024)]}).errors
    kept = read(form, {"q.remove": ["f1"]}, {"q": [_file(), _file(id="f2")]})
    assert kept.values["q"] == [_file(id="f2")]
    assert read(form, {"remove": ["f1"]}, {"q": [_file(), _file(id="f2")]}).values == kept.values


def test_a_blank_answer_is_asked_for_and_an_optional_one_is_taken_away():
    assert read(one_question(kind="text"), {"q": ["  "]}).errors["q"] == "Complétez «\u00a0Question\u00a0»."
    assert read(one_question(kind="text", required=False), {"q": [""]}, {"q": "x"}).values == {"q": None}


@pytest.mark.parametrize("stored", [1, None, [], {}, "x", {"a": object()}, [["x"]], True, 1.5])
@pytest.mark.parametrize("kind", ["text", "money", "date", "month", "choice", "multiple", "address", "file",
                                  "national_number", "enterprise_number", "boolean", "phone"])  # fmt: skip
def test_tampered_answers_are_a_problem_never_an_exception(kind, stored):
    more = {"options": [{"value": "a", "label": {"fr": "a", "de": "a"}}]} if kind in ("choice", "multiple") else {}
    walk = engine.Walk(one_question(kind=kind, **more), {"q": stored}, engine.Context(TODAY))
    accepted = (stored == "x" and kind in ("text", "national_number")) or (kind == "boolean" and stored is True)
    assert bool(walk.problems()) is not accepted
    walk.page("s/p", "fr")
    walk.summary("de")
