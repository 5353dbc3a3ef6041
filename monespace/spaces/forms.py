"""What is asked for when accesses are opened, given and withdrawn."""

from typing import cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as WrongNumber

from monespace.registry.queries import clean_number
from monespace.spaces.policy import ROLES
from monespace.spaces.words import REASONS, ROLE_LABELS, role_text
from monespace.ui.forms import DayField, NationalNumberField, Radios, TextField

NAME_LENGTH = 100
FIRST_OF_UNIT = "2345678"  # establishment units begin with these digits, enterprises with 0 or 1 (BCE)


def choice(form: forms.Form, name: str) -> forms.ChoiceField:
    """A form's field of choices."""
    return cast(forms.ChoiceField, form.fields[name])


def role_hints(roles) -> dict[str, str]:
    """What each role allows, and what it does not."""
    return {role: role_text(role) for role in roles}


class NumberField(forms.CharField):
    """An enterprise number; the value is its ten digits."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-10"})

    def clean(self, value):
        """Ten digits; raises ValidationError."""
        text = super().clean(value)
        digits = "".join(filter(str.isdecimal, text))
        if len(digits) == 10 and digits[0] in FIRST_OF_UNIT:
            raise forms.ValidationError(
                _(
                    "This is the number of an establishment unit. Write the number of the enterprise: it begins with 0 or 1."
                ),
                code="unit",
            )
        try:
            return clean_number(text)
        except WrongNumber as wrong:
            raise forms.ValidationError(
                _(
                    "Write the ten digits of the enterprise number, for example 0123.456.749. You find it on your invoices."
                ),
                code="number",
            ) from wrong


class NumberForm(forms.Form):
    """Which enterprise one represents."""

    number = NumberField(
        label=_("Enterprise number (BCE)"),
        max_length=40,
        help_text=_("Ten digits, for example 0123.456.749. The communes, the CPAS and the ASBL have one too."),
    )


class RoleForm(forms.Form):
    """Which service role one takes."""

    role = forms.ChoiceField(label=_("What do you want to do yourself for this enterprise?"), initial="submit")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choice(self, "role").choices = list(ROLE_LABELS.items())
        self.fields["role"].widget = Radios(choices=list(ROLE_LABELS.items()), hints=role_hints(ROLES))


class WhoForm(forms.Form):
    """Another person, by name."""

    given_names = TextField(
        label=_("First name"), max_length=NAME_LENGTH, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    family_name = TextField(
        label=_("Family name"), max_length=NAME_LENGTH, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("We write to this address. What is offered is only seen after signing in."),
    )


class DesignateForm(WhoForm):
    """The person named main access manager: always pinned to a national number."""

    national_number = NationalNumberField(
        label=_("National number"),
        max_length=40,
        help_text=_("Only the person with this number can accept. We keep it sealed and never show it again."),
    )


class InviteForm(WhoForm):
    """Who is invited, to what, on what and until when."""

    national_number = NationalNumberField(
        label=_("National number"),
        required=False,
        max_length=40,
        help_text=_(
            "With it, only this person can accept and the access opens at once. Without it, you confirm who accepted."
        ),
    )
    what = forms.ChoiceField(label=_("What may this person do?"))
    scope = forms.ChoiceField(label=_("For which procedures?"))
    ends_on = DayField(
        label=_("Until which day?"), required=False, help_text=_("The last day of the access. Leave empty for no end.")
    )
    message = TextField(
        label=_("Your message to this person"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, kinds: dict, hints: dict, scopes: list, known_number: str = "", **kwargs):
        """`kinds`: what may be offered, with labels; `known_number`: the masked number typed before, kept when left empty."""
        super().__init__(*args, **kwargs)
        choice(self, "what").choices = list(kinds.items())
        self.fields["what"].widget = Radios(choices=list(kinds.items()), hints=hints)
        choice(self, "scope").choices = scopes
        if known_number:
            self.fields["national_number"].help_text = _("Typed before: %(number)s. Leave empty to keep it.") % {
                "number": known_number
            }

    def clean_ends_on(self):
        """The last day is not over yet."""
        day = self.cleaned_data["ends_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This day is already over. Choose a later one."))
        return day


class WithdrawForm(forms.Form):
    """Why an access is withdrawn."""

    because = forms.ChoiceField(
        label=_("Why do you withdraw this access?"), choices=list(REASONS.items()), widget=Radios
    )
