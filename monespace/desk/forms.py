"""What an agent types. Texts and amounts are read as everywhere else: by the form engine's own readers."""

from datetime import timedelta
from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monespace.desk.policy import Purpose, Reason
from monespace.desk.words import PURPOSES, REASONS
from monespace.dossiers.actions.deciding import PAYING
from monespace.dossiers.lifecycle import Outcome
from monespace.dossiers.words import OUTCOME_LABELS
from monespace.engine.kinds.base import Bad
from monespace.engine.kinds.numbers import parse_number
from monespace.ui.forms import DayField, Radios, TextField, complaint

LONGEST = 10_000
MOST = Decimal("9999999999.99")
LATEST = timedelta(days=3660)


class AmountField(forms.CharField):
    """An amount in euro as people write it; "1.250" is asked back. Cleans to Decimal or None."""

    def clean(self, value):
        text = super().clean(value)
        try:
            amount = parse_number(text, 2) if text else None
        except Bad as bad:
            raise complaint(bad) from bad
        if amount is not None and amount > MOST:
            raise complaint(Bad("too_large"))
        if amount is not None and amount <= 0:
            raise forms.ValidationError(_("Write an amount above zero, for example 1250,50."))
        return amount


class AcknowledgeForm(forms.Form):
    """By when the administration means to decide."""

    due_on = DayField(
        label=_("By when do you mean to decide?"),
        help_text=_(
            "The applicant reads this date in the letter. It is the usual delay, not a legal limit. Example: 23 11 2026."
        ),
        error_messages={"required": _("Write the day by which you mean to decide.")},
    )

    def clean_due_on(self):
        due_on, today = self.cleaned_data["due_on"], timezone.localdate()
        if not today <= due_on <= today + LATEST:
            raise forms.ValidationError(_("Write a day from today on, within ten years."))
        return due_on


class DecideForm(forms.Form):
    """A decision: outcome, amount, reasons in fact and in law (law of 29 July 1991, articles 2 and 3)."""

    outcome = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[(outcome.value, OUTCOME_LABELS[outcome]) for outcome in Outcome],
        widget=Radios,
        error_messages={
            "required": _("Choose what you decide."),
            "invalid_choice": _("Choose one of the outcomes offered."),
        },
    )
    amount = AmountField(
        label=_("Amount granted, in euro"),
        required=False,
        max_length=60,
        strip=True,
        help_text=_("Only where the decision grants money. Example: 1250,50."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10", "autocomplete": "off"}),
    )
    facts = TextField(
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        label=_("The facts on which the decision rests"),
        help_text=_("What you found in this file, precisely enough that the applicant understands."),
        error_messages={"required": _("Write the facts on which the decision rests.")},
    )
    law = TextField(
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        label=_("The rules on which it rests"),
        help_text=_("The articles that apply, and how they lead from these facts to this decision."),
        error_messages={"required": _("Write the rules on which the decision rests.")},
    )

    def clean(self):
        found = self.cleaned_data
        if found.get("amount") is not None and found.get("outcome") and found["outcome"] not in PAYING:
            self.add_error("amount", _("Leave the amount empty: this outcome grants nothing."))
        return found


class ConflictForm(forms.Form):
    """Why the agent cannot handle it."""

    reason = forms.ChoiceField(
        label=_("Why can you not handle this request?"),
        choices=[(reason.value, REASONS[reason]) for reason in Reason],
        widget=Radios,
        error_messages={"required": _("Choose a reason."), "invalid_choice": _("Choose one of the reasons offered.")},
    )


class NumbersForm(forms.Form):
    """Why whole national numbers are needed."""

    reason = forms.ChoiceField(
        label=_("Why do you need the whole national numbers?"),
        choices=[(purpose.value, PURPOSES[purpose]) for purpose in Purpose],
        widget=Radios,
        error_messages={"required": _("Choose a reason."), "invalid_choice": _("Choose one of the reasons offered.")},
    )
