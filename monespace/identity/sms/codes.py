"""Codes sent to a telephone: made, sent again, proven. Each is bound to one browser and one purpose; the portal keeps a digest."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from monespace import vault
from monespace.identity.actions import WrongCode
from monespace.identity.models import BoundPhone, Person, SmsCode
from monespace.identity.sms.limits import MOST_SENT, TRIES, WAIT_SECONDS
from monespace.identity.sms.texts import code_text
from monespace.notices.actions import sms

CODE_MINUTES = 5


class TooSoon(Exception):
    """Another code may be asked for in `seconds`; 0: never, this sign-in has had them all."""

    def __init__(self, seconds: int):
        super().__init__(f"in {seconds} s")
        self.seconds = seconds


def hash_of(number: str) -> str:
    """Under which a number (E.164) is looked up. The zeros before it keep it apart from national numbers."""
    return vault.lookup_hash("00" + number)


def bound_to(number: str) -> BoundPhone | None:
    """Who bound a number."""
    return BoundPhone.objects.select_related("person").filter(number_hash=hash_of(number)).first()


@transaction.atomic
def start(
    purpose: str, number: str, person: Person | None, *, browser: str, with_password: bool | None = None
) -> SmsCode:
    """Makes a code for a number and a browser, and has it sent; for a number without a person the same, but that nothing leaves.
    Codes that this browser had asked for before, for this purpose, are void once the caller forgets their id."""
    now, code, key = timezone.now(), new_code(), SmsCode._meta.pk.get_default()
    made = SmsCode.objects.create(
        id=key, purpose=purpose, person=person, number_sealed=vault.seal(number), number_hash=hash_of(number),
        with_password=with_password, digest=digest(key, purpose, browser, code), sent_at=now,
        expires_at=now + timedelta(minutes=CODE_MINUTES),
    )  # fmt: skip
    sms(number, code_text(purpose, code), until=made.expires_at, real=person is not None)
    return made


@transaction.atomic
def again(waiting: SmsCode, *, browser: str) -> None:
    """Sends another code, which voids the one before. Raises TooSoon; of two who ask at once, one is told so."""
    now, code = timezone.now(), new_code()
    changed = SmsCode.objects.filter(
        pk=waiting.pk, proven_at=None, sent__lt=MOST_SENT, sent_at__lte=now - timedelta(seconds=WAIT_SECONDS)
    ).update(
        digest=digest(waiting.pk, waiting.purpose, browser, code), tries=0, sent=F("sent") + 1, sent_at=now,
        expires_at=now + timedelta(minutes=CODE_MINUTES),
    )  # fmt: skip
    if not changed:
        waiting.refresh_from_db()
        demand_again(waiting)
        raise TooSoon(1)
    number = vault.open_sealed(waiting.number_sealed)
    until = now + timedelta(minutes=CODE_MINUTES)
    sms(number, code_text(waiting.purpose, code), until=until, real=waiting.person_id is not None)


def demand_again(waiting: SmsCode) -> None:
    """Raises TooSoon unless another code may be sent by now: asked before anything is counted."""
    left = WAIT_SECONDS - (timezone.now() - waiting.sent_at).total_seconds()
    if waiting.sent >= MOST_SENT or waiting.proven_at:
        raise TooSoon(0)
    if left > 0:
        raise TooSoon(int(left) + 1)


def too_late(waiting: SmsCode) -> bool:
    """Whether a code that came back has waited for its password for too long."""
    return waiting.proven_at is None or waiting.proven_at < timezone.now() - timedelta(minutes=CODE_MINUTES)


def waiting_code(key: str | None) -> SmsCode | None:
    """The code with this id, whatever its state; none once it has served or was tidied away."""
    try:
        return SmsCode.objects.select_related("person").filter(pk=UUID(key)).first() if key else None
    except ValueError:
        return None


def is_over(waiting: SmsCode) -> bool:
    """Whether no code typed is right any more."""
    return bool(waiting.proven_at) or waiting.tries >= TRIES or waiting.expires_at < timezone.now()


def prove(waiting: SmsCode, typed: str, *, browser: str) -> None:
    """Whether a code is the one that was sent to this browser's person; raises WrongCode. A try counts before it is looked at, in
    one statement: two at once are two tries. The right one serves once."""
    now = timezone.now()
    mine = SmsCode.objects.filter(pk=waiting.pk, proven_at=None, expires_at__gte=now)
    if not mine.filter(tries__lt=TRIES).update(tries=F("tries") + 1):
        raise WrongCode(over=True)
    waiting.refresh_from_db()
    right = hmac.compare_digest(waiting.digest, digest(waiting.pk, waiting.purpose, browser, typed))
    if not right or waiting.person_id is None:
        raise WrongCode(over=waiting.tries >= TRIES)
    if not mine.filter(digest=waiting.digest).update(proven_at=now):
        raise WrongCode(over=True)
    waiting.proven_at = now


def use_up(waiting: SmsCode) -> bool:
    """Whether a proven code is still to serve, and its password is still the one; from now on it is gone."""
    mine = SmsCode.objects.filter(pk=waiting.pk, proven_at__isnull=False, with_password=waiting.with_password)
    return bool(mine.delete()[0])


def new_code() -> str:
    """Six digits, all equally likely (OWASP ASVS 5.0, 6.5.3 and 6.5.4)."""
    return f"{secrets.randbelow(10**6):06}"


def digest(key: UUID, purpose: str, browser: str, code: str) -> str:
    """What is kept of a code: bound to its row, its purpose and the browser that asked for it."""
    text = f"sms|{purpose}|{key}|{browser}|{code}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
