"""What the policy refused to a member is an act of the journal too (law 8)."""

from django.db import transaction

from monespace.identity.limits import TooMany, count_try
from monespace.identity.models import SignIn
from monespace.journal.actions import write
from monespace.spaces.policy import Decision

REFUSALS = 20  # entries an hour, of one person: asking again and again fills no ledger


def note_refusal(decision: Decision, *, by: SignIn, space: str, asked: str, on: tuple[str, object] = ("", "")) -> None:
    """Writes into the chain of `space` that the policy refused what was asked; past REFUSALS an hour, nothing more.

    `asked` is the code of the page. In a transaction of its own: that of the act, if there was one, is undone.
    """
    try:
        count_try("refused act in the journal", by.person_id, limit=REFUSALS, seconds=3600)
    except TooMany:
        return
    detail = {"because": decision.because, "remedy": decision.remedy, "asked": asked}
    with transaction.atomic():
        write("act.refused", person=by.person_id, space=space, on=on, sign_in=by, detail=detail)
