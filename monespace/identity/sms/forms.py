"""Numbers, codes and passwords as they are typed."""

import phonenumbers
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from phonenumbers import PhoneNumberType

from monespace.identity.sms.passwords import LONGEST, SHORTEST, is_common

ONLY_MOBILES = _("We send no codes to this number. Give a mobile number, of a country to which we write.")
WITHOUT = _(
    "The one that you chose in your profile to go with the SMS code. Without it you see your profile and your sessions only."
)
MOBILES = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


class MobileField(forms.CharField):
    """A mobile number of a country to which codes are sent; the value is E.164. Lines in the network (VoIP), premium numbers and
    whatever else costs or may be anybody's are refused."""

    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "class": "govuk-input--width-20"})

    def clean(self, value):
        """E.164; raises ValidationError, which tells nothing of the number but what it looks like."""
        try:
            number = phonenumbers.parse(super().clean(value), "BE")
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_valid_number(number):
            raise forms.ValidationError(_("Write a mobile number such as 0475 12 34 56."))
        if number.country_code not in settings.SMS_COUNTRIES or phonenumbers.number_type(number) not in MOBILES:
            raise forms.ValidationError(ONLY_MOBILES)
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class SignInForm(forms.Form):
    """The number, and the password where the person chose one."""

    number = MobileField(
        label=_("Your mobile number"), max_length=40, widget=forms.TextInput(
            attrs={"type": "tel", "inputmode": "tel", "autocomplete": "username", "class": "govuk-input--width-20"}
        ),
        help_text=_("The number that you bound in your profile, for example 0475 12 34 56."),
    )  # fmt: skip
    password = forms.CharField(
        label=_("Your password"), max_length=LONGEST, required=False, strip=False,
        help_text=WITHOUT,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "class": "govuk-input--width-20"}),
    )  # fmt: skip

    def __init__(self, *args, demanded: bool, **more):
        super().__init__(*args, **more)
        if demanded:
            self.fields["password"].required = True
            self.fields["password"].help_text = _("The one that you chose in your profile to go with the SMS code.")


class NumberForm(forms.Form):
    """The number to bind."""

    number = MobileField(
        label=_("Your mobile number"), max_length=40, widget=forms.TextInput(
            attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "class": "govuk-input--width-20"}
        ),
        help_text=_("For example 0475 12 34 56. A code is sent to it, which you type on the next page."),
    )  # fmt: skip


class SmsCodeForm(forms.Form):
    """The six digits."""

    code = forms.RegexField(
        r"^\s*\d(?:\s*\d){5}\s*$",
        label=_("Code received by SMS"),
        error_messages={"invalid": _("The code has six digits, for example 042 817.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "govuk-input--width-5"}
        ),
    )

    def clean_code(self) -> str:
        """The six digits without their spaces."""
        return "".join(self.cleaned_data["code"].split())


class PasswordForm(forms.Form):
    """The password, once more after one that was not right."""

    password = forms.CharField(
        label=_("Your password"), max_length=LONGEST, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "class": "govuk-input--width-20"}),
    )  # fmt: skip


class NewPasswordForm(forms.Form):
    """A new password; any signs, no rule but length and being one's own."""

    password = forms.CharField(
        label=_("New password"), max_length=LONGEST, min_length=SHORTEST, strip=False,
        help_text=_("At least 12 signs: four or five words that you choose at random are easy to keep in mind. You may paste it."),
        error_messages={"min_length": _("A password needs at least 12 signs.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "govuk-input--width-20"}),
    )  # fmt: skip

    def __init__(self, *args, person, **more):
        super().__init__(*args, **more)
        self.person = person

    def clean_password(self) -> str:
        """The password, unless it is one that everybody tries first."""
        if is_common(self.cleaned_data["password"], self.person):
            raise forms.ValidationError(
                _("Many people use this password, or it resembles your name. Choose another one.")
            )
        return self.cleaned_data["password"]
