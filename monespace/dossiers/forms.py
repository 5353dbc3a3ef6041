"""What people choose about a draft, besides its answers."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from monespace.identity.models import Person
from monespace.ui.forms import NationalNumberField, Radios, TextField

MOST_RADIOS = 10  # a commune has hundreds of colleagues: a list in which one types the first letters


class HandOverForm(forms.Form):
    """The colleague who is to finish a draft."""

    to = forms.ChoiceField(
        label=_("To whom?"),
        widget=Radios,
        error_messages={
            "required": _("Choose the colleague who is to finish this request."),
            "invalid_choice": _("Choose the colleague who is to finish this request."),
        },
    )

    def __init__(self, data=None, *, colleagues: Iterable[Person]):
        super().__init__(data)
        names = [(str(person.pk), person.full_name) for person in colleagues]
        if len(names) > MOST_RADIOS:
            self.fields["to"].widget, names = forms.Select(), [("", ""), *names]
        self.fields["to"].choices = names  # type: ignore[attr-defined]


class AgreeForm(forms.Form):
    """Whether a person agrees to what the draft says, and why not."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        widget=Radios,
        error_messages={"required": _("Choose your answer."), "invalid_choice": _("Choose your answer.")},
    )
    reason = TextField(
        label=_("What is not right?"),
        help_text=_("Only if you do not agree. Whoever asked you reads it."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data=None, *, text: str):
        """`text`: what the person declares by agreeing."""
        super().__init__(data)
        self.fields["answer"].choices = [("yes", text), ("no", _("I do not agree."))]  # type: ignore[attr-defined]

    @property
    def declines(self) -> bool:
        """Whether the answer is no."""
        return self.cleaned_data.get("answer") == "no"

    def clean(self):
        known = super().clean() or {}
        if self.declines and not known.get("reason"):
            self.add_error("reason", _("Write what is not right, so that it can be corrected."))
        return known


class HelperForm(forms.Form):
    """Somebody who is to help fill in a draft."""

    name = TextField(
        label=_("Name of this person"), max_length=200, error_messages={"required": _("Write the name of this person.")}
    )
    national_number = NationalNumberField(
        label=_("National number"),
        max_length=40,
        help_text=_("Only this person will be able to open your draft. It stands on the back of the identity card."),
        error_messages={"required": _("Write the national number of this person.")},
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("We write to this address that you ask for help."),
        error_messages={"required": _("Write the e-mail address of this person.")},
    )
