"""The form of opinions."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _
from stdnum.be import nn

from monespace.ui.forms import TextField

ELEVEN_DIGITS = re.compile(r"(?<!\d)\d{2}[.\s]?\d{2}[.\s]?\d{2}[-.\s]?\d{3}[-.\s]?\d{2}(?!\d)")


def no_national_number(text: str) -> None:
    """Refuses a text that holds a national number: an opinion is read by people who need none."""
    if any(nn.is_valid(found) for found in ELEVEN_DIGITS.findall(text)):
        raise forms.ValidationError(_("Remove the national number: an opinion must not hold one."), "national_number")


class FeedbackForm(forms.Form):
    """What one was doing, what went wrong, where to answer if one wishes."""

    doing = TextField(
        label=_("What were you doing?"),
        required=False,
        max_length=500,
        validators=[no_national_number],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("For example: I wanted to add a document to my request."),
    )
    problem = TextField(
        label=_("What went wrong, or what could be better?"),
        max_length=3000,
        validators=[no_national_number],
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Write no national number, no PIN and nothing private about your request."),
        error_messages={"required": _("Write what went wrong, or what could be better.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address, if you would like an answer"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
