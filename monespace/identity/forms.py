"""What a person says of themselves."""

import phonenumbers
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class PhoneField(forms.CharField):
    """A telephone number, Belgian or international; the value is E.164 or empty."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})

    def clean(self, value):
        """E.164 or nothing; raises ValidationError."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            number = phonenumbers.parse(text, "BE")
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_valid_number(number):
            raise forms.ValidationError(_("Write a telephone number such as 0475 12 34 56 or +32 475 12 34 56."))
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class ProfileForm(forms.Form):
    """Language, e-mail, telephone: all that the portal asks of a person."""

    language = forms.ChoiceField(
        label=_("Your language"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        help_text=_("The language of the messages that we send you."),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        max_length=254,
        help_text=_("We send a code to this address to confirm it. Leave empty if you do not want messages."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    phone = PhoneField(
        label=_("Your telephone number"),
        required=False,
        max_length=40,
        help_text=_("For example 0475 12 34 56. An agent may call you about a request."),
    )


class CodeForm(forms.Form):
    """The six digits sent by e-mail."""

    code = forms.RegexField(
        r"^\s*\d(?:\s*\d){5}\s*$",
        label=_("Code received by e-mail"),
        error_messages={"invalid": _("The code has six digits, for example 042 817.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "govuk-input--width-5"}
        ),
    )

    def clean_code(self) -> str:
        """The six digits without their spaces."""
        return "".join(self.cleaned_data["code"].split())
