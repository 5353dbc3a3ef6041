"""What people choose about a draft, besides its answers."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from monespace.identity.models import Person
from monespace.ui.forms import Radios


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
        self.fields["to"].choices = [(str(person.pk), person.full_name) for person in colleagues]  # type: ignore[attr-defined]
