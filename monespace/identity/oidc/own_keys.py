"""Our own keys at providers that want them: one signs, one is encrypted to. Sealed at rest, changed without a day lost.

A provider may keep our key set for a day. So a new signing key is published a day before it signs, and an old decryption
key opens a day longer than it is published.
"""

import json
import secrets
from datetime import datetime, timedelta
from functools import lru_cache

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from joserfc.jwk import RSAKey

from monespace import vault
from monespace.identity.models import ClientKey
from monespace.identity.oidc.wire import ProviderDown
from monespace.journal.actions import write

BITS = 2048  # RSA only, says itsme
CACHED = timedelta(hours=24)  # the longest that a provider keeps our key set
MARGIN = timedelta(hours=1)  # clocks, and assertions that are on their way


class Rotating(Exception):
    """A rotation is under way: the next key does not sign yet. `until` is when it will."""

    def __init__(self, until: datetime):
        super().__init__(until.isoformat())
        self.until = until


class NoKey(ProviderDown):
    """There is no key of ours yet: `monespace keys rotate` makes the first ones."""

    def __init__(self) -> None:
        super().__init__("no key of ours: monespace keys rotate")


def in_force(now: datetime | None = None) -> QuerySet[ClientKey]:
    """Every key that is of use for something."""
    now = now or timezone.now()
    return ClientKey.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now)).order_by("-signs_from")


def signing_key() -> RSAKey:
    """The newest key whose time to sign has come; raises NoKey."""
    found = in_force().filter(use="sig", signs_from__lte=timezone.now()).first()
    if found is None:
        raise NoKey
    return imported(found.sealed)


def decryption_keys(kid: object) -> list[RSAKey]:
    """The keys that may open what was encrypted to us: the one of that name, or all when it names none of ours."""
    found = list(in_force().filter(use="enc"))
    named = [key for key in found if key.kid == kid]
    return [imported(key.sealed) for key in named or found]


@lru_cache(maxsize=16)
def imported(sealed: str) -> RSAKey:
    """The key in a sealed text; checking an RSA key takes milliseconds, so once a process."""
    return RSAKey.import_key(json.loads(vault.open_sealed(sealed)))


def published() -> dict:
    """The key set that providers read: public halves. An old decryption key is no longer in it, though it still opens."""
    shown = [key for key in in_force() if key.use == "sig" or key.ends_at is None]
    return {"keys": [imported(key.sealed).as_dict(private=False) for key in shown]}


@transaction.atomic
def rotate(*, at_once: bool = False) -> list[ClientKey]:
    """Makes a new pair, the first one to be used at once. `at_once` gives the old ones up now: their secrets got out.

    Raises Rotating when an earlier rotation is not over.
    """
    now, before = timezone.now(), list(in_force().select_for_update())
    waiting = next((key for key in before if key.use == "sig" and key.signs_from > now), None)
    if waiting and not at_once:
        raise Rotating(waiting.signs_from)
    begins = now if at_once or not before else now + CACHED
    end_of = {"sig": begins + MARGIN, "enc": now + CACHED + MARGIN}
    for key in before:
        key.ends_at = now if at_once else min(key.ends_at or end_of[key.use], end_of[key.use])
        key.save(update_fields=["ends_at"])
    made = [make("sig", begins), make("enc", now)]
    write("client_keys.rotated", person=None, detail={"made": " ".join(key.kid for key in made), "at_once": at_once})
    return made


def make(use: str, signs_from: datetime) -> ClientKey:
    """One new key."""
    kid = f"{use}-{secrets.token_hex(6)}"
    algorithm = {"sig": "RS256", "enc": "RSA-OAEP-256"}[use]
    key = RSAKey.generate_key(BITS, {"kid": kid, "use": use, "alg": algorithm})
    sealed = vault.seal(json.dumps(key.as_dict(private=True)))
    return ClientKey.objects.create(kid=kid, use=use, sealed=sealed, signs_from=signs_from)


def forget_over() -> int:
    """Deletes the keys that are of use for nothing any more; returns how many."""
    return ClientKey.objects.filter(ends_at__lte=timezone.now()).delete()[0]
