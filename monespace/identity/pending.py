"""What waits for an answer from outside: the state of a leave, the challenge of a card, the code of a telephone.

Kept in a table, sealed, bound to one browser, and taken once: DELETE … RETURNING gives it to one of two simultaneous answers,
which a session in the database cannot promise.
"""

import hashlib
import hmac
import json
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from monespace import vault
from monespace.identity.models import Pending

BROWSER = "browser"  # session key: a name of this browser that lives on when the session gets a new key
MOST = 5  # of one kind in one browser: as many open tabs


def keep(request: HttpRequest, kind: str, key: str, data: dict, *, seconds: int) -> None:
    """Keeps `data` (JSON) under `key`, which the answer will bring, for this browser and so many seconds."""
    browser = browser_of(request)
    Pending.objects.create(
        digest=digest(kind, key), kind=kind, browser=browser, sealed=vault.seal(json.dumps(data)),
        expires_at=timezone.now() + timedelta(seconds=seconds),
    )  # fmt: skip
    newest = Pending.objects.filter(browser=browser, kind=kind).order_by("-expires_at").values("pk")[:MOST]
    Pending.objects.filter(browser=browser, kind=kind).exclude(
        pk__in=list(newest.values_list("pk", flat=True))
    ).delete()


def take(request: HttpRequest, kind: str, key: str) -> dict | None:
    """What was kept under `key`, once: gone from now on, whatever comes of it. None when there is nothing, when its time is
    over, or when another browser left (an answer brought by a stranger proves nothing here)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM identity_pending WHERE digest = %s RETURNING browser, sealed, expires_at", [digest(kind, key)]
        )
        found = cursor.fetchone()
    if found is None or found[2] < timezone.now():
        return None
    if not hmac.compare_digest(found[0], str(request.session.get(BROWSER, ""))):
        return None
    return json.loads(vault.open_sealed(found[1]))


def browser_of(request: HttpRequest) -> str:
    """The name of this browser, made the first time: random, known to its session alone."""
    if BROWSER not in request.session:
        request.session[BROWSER] = secrets.token_urlsafe(32)
    return request.session[BROWSER]


def digest(kind: str, key: str) -> str:
    """Under what it is found: nobody who reads the table can answer."""
    return hmac.new(settings.SECRET_KEY.encode(), f"pending|{kind}|{key}".encode(), hashlib.sha256).hexdigest()
