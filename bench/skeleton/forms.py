"""The ten questions as Django's own forms."""

import datetime as dt
from itertools import product

from django import forms

COUNTRIES = [(a + b, f"Pays nommé {a}{b}") for a, b in product("ABCDEFGHIJ", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")][:243]
AIDS = [("grant", "Une prime"), ("loan", "Un prêt"), ("advice", "Un conseil")]
WORKS = [("roof", "Toit"), ("walls", "Murs"), ("heating", "Chauffage")]


class Who(forms.Form):
    """Page 1."""

    given_names = forms.CharField(max_length=80, label="Prénoms")
    family_name = forms.CharField(max_length=80, label="Nom")
    contact = forms.EmailField(label="Adresse e-mail")
    people = forms.IntegerField(min_value=1, max_value=20, label="Nombre de personnes du ménage")

    def clean(self) -> dict:
        """The date comes in three boxes."""
        found = super().clean() or {}
        try:
            day, month, year = (int(self.data.get(f"since.{part}", "")) for part in ("day", "month", "year"))
            found["since"] = dt.date(year, month, day).isoformat()
        except ValueError:
            self.add_error(None, "Cette date n'existe pas.")
        return found


class What(forms.Form):
    """Page 2."""

    country = forms.ChoiceField(choices=COUNTRIES, label="Pays")
    aid = forms.ChoiceField(choices=AIDS, label="Quelle aide ?", widget=forms.RadioSelect)
    works = forms.MultipleChoiceField(choices=WORKS, label="Pour quels travaux ?", widget=forms.CheckboxSelectMultiple)
    story = forms.CharField(max_length=1000, label="Décrivez votre projet", widget=forms.Textarea)
    street = forms.CharField(max_length=100, label="Rue")


PAGES = {"vous/qui": Who, "demande/quoi": What}
LABELS = {"since": "Depuis quand habitez-vous là ?"} | {
    name: str(field.label) for form in PAGES.values() for name, field in form.base_fields.items()  # type: ignore[attr-defined]
}  # fmt: skip
ORDER = [["given_names", "family_name", "contact", "people", "since"], ["country", "aid", "works", "story", "street"]]
WORDED = {"country": dict(COUNTRIES), "aid": dict(AIDS), "works": dict(WORKS)}


def summary(answers: dict) -> list[dict]:
    """What the check page shows and the frozen copy keeps: labels and answers in words, page by page."""
    return [
        {"address": address, "rows": [(LABELS[name], _worded(name, answers.get(name, ""))) for name in names]}
        for address, names in zip(PAGES, ORDER, strict=True)
    ]


def _worded(name: str, value) -> str:
    words = WORDED.get(name, {})
    return ", ".join(words.get(one, one) for one in value) if isinstance(value, list) else str(words.get(value, value))
