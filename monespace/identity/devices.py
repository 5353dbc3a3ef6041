"""Knowing a person's devices again, and ending what is open on them."""

import hashlib
import hmac
import re
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from monespace.identity import alerts
from monespace.identity.agents import device_of
from monespace.identity.http import SEEN_MINUTES
from monespace.identity.models import Device, Person, SignIn
from monespace.journal.actions import write

COOKIE = "monespace_appareil"
COOKIE_SECONDS = 400 * 86400  # browsers keep none longer (RFC 6265bis, 5.5)
TOKEN = re.compile(r"[\w-]{43}")
MOST_SHOWN = 30


def token_of(request: HttpRequest) -> str:
    """The random value that this browser carries, or a new one."""
    carried = request.COOKIES.get(COOKIE, "")
    return carried if TOKEN.fullmatch(carried) else secrets.token_urlsafe(32)


def give_token(response: HttpResponse, token: str) -> None:
    """Lets the browser carry its value: scripts do not see it, and it proves nothing by itself."""
    response.set_cookie(
        COOKIE, token, max_age=COOKIE_SECONDS, samesite="Lax", secure=settings.HTTPS, httponly=True, path="/"
    )


def digest_of(person: Person, token: str) -> str:
    """What is kept of a browser's value, another for each person."""
    return hmac.new(settings.SECRET_KEY.encode(), f"device|{person.pk}|{token}".encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def recognise(entered: SignIn, token: str, agent: str) -> Device:
    """Notes the device of a sign-in. A device that is new to the person is told to them, but for the first that they ever use."""
    first, now = not Device.objects.filter(person=entered.person).exists(), timezone.now()
    browser, system = device_of(agent)
    device, new = Device.objects.update_or_create(
        person=entered.person,
        digest=digest_of(entered.person, token),
        defaults={"browser": browser, "system": system, "seen_at": now},
    )
    SignIn.objects.filter(pk=entered.pk).update(device=device, seen_at=now)
    if new and not first:
        alerts.new_device(entered, device)
    if new:
        write("person.new_device", person=entered.person_id, on=("device", device.pk), sign_in=entered)
    return device


def running_of(person: Person, now: datetime) -> QuerySet[SignIn]:
    """The sign-ins of a person that no limit has ended."""
    idle = now - timedelta(seconds=settings.SESSION_COOKIE_AGE, minutes=SEEN_MINUTES)
    clicked = Q(seen_at__gt=idle) | Q(seen_at=None, at__gt=idle)
    started = now - timedelta(hours=settings.SESSION_HOURS)
    running = SignIn.objects.filter(clicked, person=person, ended_at=None, at__gt=started)
    return running.annotate(seen=Coalesce("seen_at", "at"))


def sessions(person: Person) -> list[SignIn]:
    """What is open in the person's name, with its device, the last used first."""
    newest = Coalesce("seen_at", "at").desc()
    return list(running_of(person, timezone.now()).select_related("device").order_by(newest, "-pk")[:MOST_SHOWN])


def devices(person: Person) -> list[Device]:
    """The person's devices, the last used first."""
    return list(Device.objects.filter(person=person).order_by("-seen_at", "-pk")[:MOST_SHOWN])


@transaction.atomic
def end(by: SignIn, which: Q, *, act: str) -> int:
    """Ends those of a person's own sign-ins that `which` chooses; returns how many. `act` is the journal's code."""
    ended = SignIn.objects.filter(which, person=by.person_id, ended_at=None).update(ended_at=timezone.now())
    if ended:
        write(act, person=by.person_id, on=("person", by.person_id), sign_in=by, detail={"ended": ended})
    return ended


def end_one(by: SignIn, key: UUID) -> int:
    """Ends one session of one's own."""
    return end(by, Q(pk=key), act="session.ended")


def end_others(by: SignIn) -> int:
    """Ends all one's sessions but this one."""
    return end(by, ~Q(pk=by.pk), act="session.others_ended")


def end_everywhere(by: SignIn) -> int:
    """Ends all one's sessions, this one too."""
    return end(by, Q(), act="session.all_ended")


@transaction.atomic
def forget(by: SignIn, key: UUID) -> int:
    """Forgets a device of one's own, never the one in use, and ends what is open there; the next sign-in with it is told."""
    end(by, Q(device=key) & ~Q(pk=by.pk), act="session.ended")
    gone, _rows = Device.objects.filter(pk=key, person=by.person_id).exclude(signin=by).delete()
    if gone:
        write("person.device_forgotten", person=by.person_id, on=("device", key), sign_in=by)
    return gone
