"""Sign-ins that end because the provider says so."""

import hashlib
from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone

from monespace.identity.limits import count_try
from monespace.identity.models import SignIn, SpentToken
from monespace.identity.oidc.claims import LONGEST_SID
from monespace.identity.oidc.logout import Ended
from monespace.identity.proof import Refused
from monespace.journal.actions import write


@transaction.atomic
def end_told(ended: Ended) -> int:
    """Ends the running sign-ins that a logout token names; returns how many. Raises Refused(replayed) the second time."""
    digest = hashlib.sha256(f"{ended.issuer}|{ended.token_id}".encode()).hexdigest()
    until = datetime.fromtimestamp(ended.until, UTC)
    _spent, new = SpentToken.objects.get_or_create(digest=digest, defaults={"ends_at": until})
    if not new:
        raise Refused("replayed")
    found = list(named(ended).select_for_update(of=["self"]))
    SignIn.objects.filter(pk__in=[one.pk for one in found]).update(ended_at=timezone.now())
    for one in found:
        write("person.signed_out_by_provider", person=one.person_id, on=("person", one.person_id), sign_in=one)
    return len(found)


def named(ended: Ended):
    """The running sign-ins of that session at the provider, or of that subject; of both where both are said."""
    running = SignIn.objects.filter(ended_at=None, known_as__issuer=ended.issuer).order_by("pk")
    if ended.subject:
        running = running.filter(known_as__subject=ended.subject)
    return running.filter(sid=ended.sid[:LONGEST_SID]) if ended.sid else running


@transaction.atomic
def refuse_logout(code: str, *, provider: str, reference: str) -> None:
    """Records that a logout token was refused, and why; at most 60 an hour: the log has them all. Raises TooMany."""
    count_try("refused logout in the journal", provider, limit=60, seconds=3600)
    write("logout.refused", person=None, detail={"code": code, "provider": provider, "reference": reference})
