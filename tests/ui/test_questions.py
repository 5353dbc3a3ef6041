"""Each kind of question: named, explained, its error beside it, what was typed kept as it was typed."""

import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from monespace.ui.questions import error_links, question_html
from tests.ui.gallery import DECLARED, PREFILL, field, option, questions

HOSTILE = "<script>alert(1)</script>\"'é"


def drawn(asked) -> BeautifulSoup:
    return BeautifulSoup(question_html(asked), "html.parser")


def controls(page: BeautifulSoup) -> list:
    return page.find_all(["input", "select", "textarea"])


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.name)
def test_every_control_is_named_and_posts_under_the_question(asked):
    page = drawn(asked)
    for control in controls(page):
        assert control["name"].startswith(asked.name)
        label = page.find("label", attrs={"for": control["id"]})
        names = [page.find(id=name) for name in control.get("aria-labelledby", "").split()]
        assert label or (names and all(names))


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.name)
def test_every_reference_leads_somewhere(asked):
    page = drawn(asked)
    identities = [element["id"] for element in page.find_all(id=True)]
    assert len(identities) == len(set(identities))
    for element in page.find_all(attrs={"aria-describedby": True}):
        assert set(element["aria-describedby"].split()) <= set(identities)


@pytest.mark.parametrize("asked", [q for q in questions() if q.kind not in {"computed", "information"}],
                         ids=lambda asked: asked.name)  # fmt: skip
def test_an_error_stands_beside_its_field_and_the_summary_leads_to_it(asked):
    asked.error = "Ce n'est pas bon."
    for row in asked.rows:  # the cells speak for a matrix
        for cell in row.cells:
            cell.error = f"{row.label}, {cell.name} : {asked.error}"
    page = drawn(asked)
    assert "Ce n'est pas bon." in page.select_one(".govuk-error-message").text
    link = error_links([asked])[0]
    cells = [cell.error for row in asked.rows for cell in row.cells if cell.error]  # a matrix lets its cells speak
    assert link["text"] == (cells or ["Ce n'est pas bon."])[0]
    assert page.find(id=link["href"][1:])


@pytest.mark.parametrize("kind", ["text", "money", "iban", "textarea", "country"])
def test_what_was_typed_comes_back_as_typed_and_harmless(kind):
    page = drawn(field(kind, typed={"": [HOSTILE]}))
    control = controls(page)[0]
    assert HOSTILE in (control.get("value") or control.text)
    assert not page.find("script")


def test_the_only_question_of_a_page_is_its_heading():
    assert BeautifulSoup(question_html(field("text"), True), "html.parser").select_one("h1 label")
    assert BeautifulSoup(question_html(field("boolean"), True), "html.parser").select_one("legend h1")


def test_parts_keep_their_values():
    page = drawn(field("address", autocomplete="home", typed={"postcode": ["4000"], "town": ["Liège"]}))
    assert page.find(attrs={"name": "q.address.postcode"})["value"] == "4000"
    assert page.find(attrs={"name": "q.address.postcode"})["autocomplete"] == "postal-code"
    other = drawn(field("address", autocomplete="off"))
    assert {control["autocomplete"] for control in controls(other)} == {"off"}


def test_an_address_keeps_its_country_even_where_it_cannot_be_chosen():
    hidden = drawn(field("address", typed={"country": ["DE"]})).find(attrs={"name": "q.address.country"})
    assert (hidden["type"], hidden["value"]) == ("hidden", "DE")
    offered = drawn(field("address", options=[option("BE", "Belgique"), option("DE", "Allemagne")]))
    assert offered.select_one("select[name='q.address.country'] option[selected]")["value"] == "BE"


def test_cells_of_a_matrix_name_their_row_and_their_column():
    asked = next(q for q in questions() if q.kind == "matrix")
    page = drawn(asked)
    cell = page.find(attrs={"name": "q.matrix.cave.2026"})
    assert cell["value"] == "1250,50"
    assert [page.find(id=name).text for name in cell["aria-labelledby"].split()] == ["Cave", "2026"]


def test_a_locked_value_is_shown_with_its_source_and_can_be_contested():
    page = drawn(field("text", name="nom", prefill=PREFILL, typed={"": ["Dubois"]}))
    assert "Dubois" in page.text
    assert "Source\u00a0: Registre national, 23 novembre 2026" in page.text
    assert not page.find("input")
    assert page.find("button", attrs={"name": "contest", "value": "nom"})


def test_a_locked_choice_shows_its_label():
    options = [option("be", "Belgique", "", True), option("de", "Allemagne")]
    page = drawn(field("choice", prefill=PREFILL, options=options))
    assert page.select_one(".me-prefill__value").text == "Belgique"


def test_files_already_sent_can_be_taken_away():
    asked = next(q for q in questions() if q.kind == "file")
    button = drawn(asked).find("button", attrs={"name": "q.file.remove"})
    assert button["value"] == "f1"
    assert "devis.pdf" in button.text


def test_words_in_another_language_than_the_page_say_so():
    with translation.override("de"):
        assert drawn(field("text", lang="fr")).select_one(".govuk-form-group")["lang"] == "fr"
        assert not drawn(field("text", lang="de")).select_one(".govuk-form-group").has_attr("lang")


def test_a_contested_value_is_declared_by_the_person_and_the_known_one_can_come_back():
    page = drawn(field("text", prefill=DECLARED))
    assert "Déclaré par vous" in page.text
    assert page.find("input")
    assert page.find("button", attrs={"name": "uncontest", "value": "q.text"})


def test_a_cell_in_error_says_so_and_the_summary_leads_to_it():
    asked = next(q for q in questions() if q.kind == "matrix")
    link = error_links([asked])[0]
    cell = drawn(asked).find(id=link["href"][1:])
    assert (cell["name"], cell["aria-invalid"]) == ("q.matrix.toit.2026", "true")


def test_each_part_of_an_address_speaks_for_itself():
    asked = field(
        "address", error="Indiquez la rue.", part_errors={"street": "Indiquez la rue.", "town": "Indiquez la localité."}
    )
    page = drawn(asked)
    wrong = {control["name"] for control in controls(page) if control.get("aria-invalid")}
    assert wrong == {"q.address.street", "q.address.town"}
    for link in error_links([asked]):
        control = page.find(id=link["href"][1:])
        assert page.find(id=control["aria-describedby"]).text.endswith(link["text"])
    assert [link["text"] for link in error_links([asked])] == ["Indiquez la rue.", "Indiquez la localité."]
    assert len(page.select(".govuk-error-message")) == 2


def test_only_the_wrong_part_of_a_date_is_marked_and_the_summary_leads_to_it():
    asked = field("date", error="Indiquez l'année.", part_errors={"year": "Indiquez l'année."})
    page = drawn(asked)
    wrong = [control for control in controls(page) if control.get("aria-invalid")]
    assert [control["name"] for control in wrong] == ["q.date.year"]
    assert error_links([asked]) == [{"href": f"#{wrong[0]['id']}", "text": "Indiquez l'année."}]
    assert page.find(id=wrong[0]["aria-describedby"]).text.endswith("Indiquez l'année.")


def test_no_summary_holds_the_same_line_twice():
    faults = [field("money", name=name, label=f"Montant {name}", error="Écrivez un nombre.") for name in "ab"]
    texts = [link["text"] for link in error_links(faults)]
    assert texts == [f"«\u00a0Montant {name}\u00a0»\u00a0: Écrivez un nombre." for name in "ab"]


def test_euros_stand_after_the_amount():
    page = drawn(field("money", prefix="€"))
    assert page.select_one(".govuk-input__suffix").text == "€"
    assert not page.select_one(".govuk-input__prefix")
