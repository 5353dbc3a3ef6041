"""Proving that one represents an enterprise: the register is asked at that moment, and strangers learn nothing."""

from django.db import transaction
from django.utils import timezone

from monespace.identity.limits import count_try
from monespace.identity.models import SignIn
from monespace.journal.actions import write
from monespace.registry.loading import ask_source, refresh_functions
from monespace.registry.models import Enterprise
from monespace.registry.queries import by_number
from monespace.spaces.actions.common import functions_of

LOOK_UPS, HOUR = 10, 3600  # tries an hour by somebody whom the register does not know


def prove_representative(number: str, *, by: SignIn) -> Enterprise | None:
    """The enterprise, when the register says now that this person represents it; else None, whether the number exists or not.

    The register is asked in both cases, so that the time of the answer says nothing either. Raises TooMany (identity.limits)
    and SourceDown (registry.loading).
    """
    enterprise, _current = by_number(number)
    today = timezone.localdate()
    if enterprise is None or not functions_of(enterprise, by.person, today):
        count_try("setup look-up", by.person_id, limit=LOOK_UPS, seconds=HOUR)
    if enterprise is None:
        ask_source(number)
    else:
        refresh_functions(enterprise)
    if enterprise and functions_of(enterprise, by.person, today):
        return enterprise
    with transaction.atomic():
        write("setup.not_known", person=by.person_id, on=("person", by.person_id), sign_in=by)
    return None
