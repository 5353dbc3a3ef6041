"""The portal's own forms: hint and error tied to their field, what was typed kept, autocomplete kept."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from monespace.ui.forms import DayField, TextField
from tests.ui.gallery import Everything


class OneDay(forms.Form):
    """A form of one date."""

    heading_field = "birth"
    birth = DayField(label="Date de naissance", required=False)
    birth.widget.attrs["autocomplete"] = "bday"


class Told(forms.Form):
    """One line and several, twenty characters each."""

    line = TextField(label="Titre", max_length=20)
    lines = TextField(label="Texte", max_length=20, required=False, widget=forms.Textarea)


def drawn(form: forms.Form) -> BeautifulSoup:
    """A form as a page shows it, error summary first."""
    return BeautifulSoup(render_to_string("ui/error_summary.html", {"form": form}) + str(form), "html.parser")


def test_hint_and_error_describe_their_control():
    name = drawn(Everything({})).find(id="id_name")
    assert name["aria-describedby"] == "id_name-hint id_name-error"
    assert name["aria-invalid"] == "true"
    assert name["autocomplete"] == "family-name"
    assert "govuk-input--error" in name["class"]
    assert not name.has_attr("required")


def test_every_link_of_the_summary_leads_to_a_control():
    page = drawn(Everything({"until.day": "31", "until.month": "2", "until.year": "2026"}))
    targets = [link["href"][1:] for link in page.select(".govuk-error-summary a")]
    assert targets
    assert all(page.find(["input", "select", "textarea"], id=target) for target in targets)


def test_every_control_has_a_name_for_those_who_hear_it():
    page = drawn(Everything())
    shown = [c for c in page.find_all(["input", "select", "textarea"]) if c.get("type") != "hidden"]
    assert len(shown) == 13
    assert all(page.find("label", attrs={"for": control["id"]}) for control in shown)


def test_a_field_left_empty_is_named_and_no_two_lines_are_the_same():
    lines = [line.text for line in drawn(Everything({})).select(".govuk-error-summary li")]
    assert "Complétez «\u00a0Nom\u00a0»." in lines
    assert len(lines) == len(set(lines)) > 3


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("name", "x" * 61, "Raccourcissez ce texte\u00a0: 60 caractères au plus, il en compte 61."),
        ("name", "a\x00b", "Ce texte contient des caractères invisibles ou illisibles. Tapez-le à nouveau."),
        ("email", "claire@", "Cette adresse e-mail est incorrecte. Exemple\u00a0: nom@exemple.be."),
        ("language", "nl", "Choisissez une des réponses proposées."),
        ("way", "%(value)s", "Choisissez une des réponses proposées."),
        ("roles", ["all"], "Choisissez une des réponses proposées."),
        ("proof", SimpleUploadedFile("vide.pdf", b""), "Ce fichier est vide. Choisissez-en un autre."),
    ],
)
def test_what_django_would_say_is_said_in_the_words_of_the_form_engine(name, typed, said):
    form = Everything({name: typed}, {name: typed})

    assert form.errors[name] == [said]
    with translation.override("de"):
        assert Everything({name: typed}, {name: typed}).errors[name] != [said]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("a\x07b", "caractères invisibles"),
        ("a\x00b", "caractères invisibles"),
        ("a\u202eb", "caractères invisibles"),
        ("привет", "Écrivez en lettres latines"),
        ("x" * 21, "20 caractères au plus, il en compte 21."),
        ("a\nb", "sur une seule ligne"),
    ],
)
def test_words_are_taken_as_the_form_engine_takes_them_and_stay_on_the_page(typed, said):
    form = Told({"line": typed})

    assert said in form.errors["line"][0]
    assert len(form.errors["line"]) == 1
    assert form["line"].value() == typed


def test_a_text_of_several_lines_counts_each_end_of_line_once_and_nothing_pasted_is_cut():
    form = Told({"line": "e\u0301", "lines": "a\r\n" * 9 + "bc"})

    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"line": "é", "lines": "a\n" * 9 + "bc"}
    assert not drawn(form).select("[maxlength]")


def test_only_the_missing_part_of_a_date_is_marked():
    page = drawn(OneDay({"birth.day": "5", "birth.month": "", "birth.year": "2026"}))
    assert [control["id"] for control in page.select("[aria-invalid]")] == ["id_birth-month"]
    assert page.select_one(".govuk-error-summary a")["href"] == "#id_birth-month"


def test_an_unsent_form_has_no_summary():
    assert not drawn(Everything()).select(".govuk-error-summary")


@pytest.mark.parametrize(
    ("typed", "result"),
    [(("23", "11", "2026"), dt.date(2026, 11, 23)), ((" 3", "2 ", "2026"), dt.date(2026, 2, 3)), (("", "", ""), None)],
)
def test_a_date_in_three_parts(typed, result):
    form = OneDay(dict(zip(("birth.day", "birth.month", "birth.year"), typed, strict=True)))
    assert form.is_valid()
    assert form.cleaned_data["birth"] == result


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("31", "2", "2026"), "n'existe pas"),
        (("a", "\u0663", "\x00"), "n'existe pas"),
        (("5", "", "2026"), "le jour, le mois et l'année"),
        (("1", "1", "26"), "n'existe pas"),
        (("1", "1", "9" * 100), "n'existe pas"),
        (("1", "1", "9" * 5000), "n'existe pas"),
    ],
)
def test_an_odd_date_is_refused_in_words_and_kept_as_typed(typed, said):
    form = OneDay(dict(zip(("birth.day", "birth.month", "birth.year"), typed, strict=True)))
    assert not form.is_valid()
    page = drawn(form)
    assert said in page.select_one(".govuk-error-message").text
    assert page.find(id="id_birth-day")["value"] == typed[0]


def test_a_known_date_is_offered_and_completes_itself():
    page = drawn(OneDay(initial={"birth": dt.date(1985, 7, 30)}))
    assert [control["value"] for control in page.select("input")] == ["30", "7", "1985"]
    assert [control["autocomplete"] for control in page.select("input")] == ["bday-day", "bday-month", "bday-year"]
    assert page.select_one("legend h1")


def test_choices_keep_what_was_chosen_and_explain_themselves():
    page = drawn(Everything(MultiValueDict({"way": ["sms"], "roles": ["read", "send"]})))
    assert [c["value"] for c in page.select("input[type=radio][checked]")] == ["sms"]
    assert [c["value"] for c in page.select("input[name=roles][checked]")] == ["read", "send"]
    assert page.find(id=page.find(id="id_way_0")["aria-describedby"]).text == "Avec un lecteur"
