"""The portal's own Django forms in the portal's look: `{{ form }}` is enough, errors and hints included.

A form whose only question is the page's h1 names it: `heading_field = "email"`. Write `novalidate` on every <form>.
"""

import datetime as dt

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from stdnum.be import bis, nn

from monespace.engine.kinds.base import LONGEST, Bad, clean
from monespace.engine.messages import sentence

KINDS = [  # first that fits
    (forms.HiddenInput, "hidden"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
]
DJANGO_SAYS = {
    "required": forms.Field.default_error_messages["required"],
    "invalid_choice": forms.ChoiceField.default_error_messages["invalid_choice"],
    "empty": forms.FileField.default_error_messages["empty"],
}
CLASSES = {"select": "govuk-select", "textarea": "govuk-textarea", "file": "govuk-file-upload", "input": "govuk-input"}
PARTS = [
    ("day", _("Day"), "govuk-input--width-2"),
    ("month", _("Month"), "govuk-input--width-2"),
    ("year", _("Year"), "govuk-input--width-4"),
]


def complaint(bad: Bad) -> forms.ValidationError:
    """The form engine's sentence, in the page's language."""
    return forms.ValidationError(sentence(get_language() or "fr", bad.code, **bad.parts), bad.code)


class TextField(forms.CharField):
    """Words that people and papers carry on, taken as the form engine takes them: no invisible characters, letters that are
    read here, one line unless the widget is a text area."""

    def to_python(self, value):
        text = super().to_python(value)
        try:
            return clean(text or "", self.max_length or LONGEST, lines=isinstance(self.widget, forms.Textarea))
        except Bad as bad:
            raise complaint(bad) from bad


class NationalNumberField(forms.CharField):
    """A national number or BIS number of somebody else; the value is its eleven digits or nothing."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-10"})

    def clean(self, value):
        """Eleven digits with the right check digits, or nothing; raises ValidationError."""
        text = super().clean(value)
        digits = "".join(filter(str.isdecimal, text))
        if text and not (len(digits) == 11 and (nn.is_valid(digits) or bis.is_valid(digits))):
            raise forms.ValidationError(
                _(
                    "This national number is not right. It has eleven digits and stands on the back of the identity card."
                )
            )
        return digits


class DateParts(forms.Widget):
    """Day, month and year as three texts; its value is the three as typed, or None when all are empty."""

    use_fieldset = True

    def value_from_datadict(self, data, files, name):
        typed = tuple((data.get(f"{name}.{part}") or "").strip() for part, *_rest in PARTS)
        return typed if any(typed) else None

    def value_omitted_from_data(self, data, files, name):
        return not any(f"{name}.{part}" in data for part, *_rest in PARTS)

    def id_for_label(self, id_, index=None):
        return f"{id_}-day"


class DayField(forms.Field):
    """A date typed in three parts; cleans to datetime.date or None."""

    widget = DateParts
    default_error_messages = {
        "incomplete": _("Enter the day, the month and the year."),
        "invalid": _("This date does not exist. Example: 23 11 2026."),
    }

    def to_python(self, value):
        if value is None or isinstance(value, dt.date):
            return value
        if not all(value):
            raise forms.ValidationError(self.error_messages["incomplete"], "incomplete")
        try:
            day, month, year = (int(part) for part in value)
            return dt.date(year if year > 31 else 0, month, day)
        except (ValueError, OverflowError) as wrong:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from wrong


class _Hints:
    """A set of choices, some with a sentence of explanation: hints={value: sentence}."""

    def __init__(self, *args, hints: dict | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.hints = hints or {}


class Radios(_Hints, forms.RadioSelect):
    """One among several."""


class Checkboxes(_Hints, forms.CheckboxSelectMultiple):
    """Any number among several."""


class Field(BoundField):
    """A field as ui/forms/field.html draws it."""

    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        for code, text in self._sentences().items():  # the field is this form's own copy
            if field.error_messages.get(code) == DJANGO_SAYS.get(code):
                field.error_messages[code] = text

    def _sentences(self) -> dict[str, str]:
        """What is said, by Django's codes, where the form has no sentence of its own: the form engine's words."""
        language = get_language() or "fr"
        said = {
            "required": str(self._missing()),
            "max_length": sentence(language, "too_long", most="%(limit_value)d", length="%(show_value)d"),
            "null_characters_not_allowed": sentence(language, "control"),
            "invalid_choice": sentence(language, "unknown_option"),
            "empty": gettext("This file is empty. Choose another one."),
        }
        return said | {"invalid": sentence(language, "email")} if isinstance(self.field, forms.EmailField) else said

    def _missing(self) -> str:
        """What is said when it is left empty: it names the field, and so never stands twice in a summary."""
        if self.kind in {"radios", "select"}:
            return _("Choose an answer: “%(label)s”.") % {"label": self.label}
        if self.kind in {"checkbox", "checkboxes"}:
            return _("Tick “%(label)s”.") % {"label": self.label}
        return _("Fill in “%(label)s”.") % {"label": self.label}

    @property
    def kind(self) -> str:
        """Which part of field.html draws it."""
        if isinstance(self.field.widget, DateParts):
            return "date"
        return next((kind for widget, kind in KINDS if isinstance(self.field.widget, widget)), "input")

    @property
    def in_a_set(self) -> bool:
        return self.kind in {"radios", "checkboxes", "date"}

    @property
    def is_heading(self) -> bool:
        return getattr(self.form, "heading_field", None) == self.name

    @property
    def optional(self) -> bool:
        return not self.field.required and getattr(self.form, "mark_optional", True)

    @property
    def first_id(self) -> str:
        """Where a link of the error summary leads."""
        if self.kind in {"radios", "checkboxes"}:
            return f"{self.auto_id}_0"
        if self.kind == "date":
            return next((part["id"] for part in self.parts if part["error"]), f"{self.auto_id}-day")
        return self.id_for_label or self.auto_id

    @property
    def described_by(self) -> str:
        """Ids of the hint and of the error, in reading order."""
        present = {"hint": self.help_text, "error": self.errors}
        return " ".join(f"{self.auto_id}-{name}" for name, there in present.items() if there)

    aria_describedby = described_by

    @property
    def options(self) -> list[dict]:
        """Choices for ui/radios.html and ui/checkboxes.html."""
        hints = getattr(self.field.widget, "hints", {})
        data = [widget.data for widget in self.subwidgets]
        return [
            {"id": option["attrs"]["id"], "value": option["value"], "label": option["label"],
             "hint": hints.get(str(option["value"]), ""), "checked": option["selected"]}
            for option in data
        ]  # fmt: skip

    @property
    def parts(self) -> list[dict]:
        """The three inputs of a date, with what was typed."""
        value = self.value()
        if isinstance(value, dt.date):
            value = (value.day, value.month, value.year)
        texts = value or ("", "", "")
        own = self.field.widget.attrs.get("autocomplete", "")
        incomplete = any(texts) and not all(texts)
        return [
            {"id": f"{self.auto_id}-{part}", "name": f"{self.html_name}.{part}", "label": label, "width": width,
             "value": text, "autocomplete": f"{own}-{part}" if own == "bday" else own,
             "error": self.errors and not (text and incomplete), "described_by": f"{self.auto_id}-error"}
            for (part, label, width), text in zip(PARTS, texts, strict=True)
        ]  # fmt: skip

    def build_widget_attrs(self, attrs, widget=None):
        """The house's class on the control; no `required` and no `maxlength`: the server says in words what is missing or too
        long, where a browser would cut what is pasted without a word."""
        attrs = {**super().build_widget_attrs(attrs, widget), "maxlength": False}
        attrs.pop("required", None)
        if name := CLASSES.get(self.kind):
            own = self.field.widget.attrs.get("class", "")
            attrs["class"] = " ".join(filter(None, [name, f"{name}--error" if self.errors else "", own]))
        return attrs


class Renderer(TemplatesSetting):
    """FORM_RENDERER: the house's templates for every Django form."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = Field
