"""Who is asking: the sign-in of a request, and the decorator that demands one."""

import re
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from ipaddress import ip_address, ip_network
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme

from monespace.identity.assurance import SUBSTANTIAL
from monespace.identity.models import SignIn
from monespace.identity.typed import keep_typed, keeps_typed, posted, typed_before  # noqa: F401 (lent to the rooms above)
from monespace.prepared import Prepared


def sign_in_of_request(get_response):
    """Middleware: `request.sign_in` and `request.user`, from the sign-in to which the session points."""

    def middleware(request):
        key = request.session.get("sign_in")
        request.sign_in = running(key) if key else None
        request.user = request.sign_in.person if request.sign_in else AnonymousUser()
        prolong(request)
        request.session_ends = SimpleLazyObject(lambda: session_ends(request))
        return get_response(request)

    return middleware


SEEN_MINUTES = 5  # between two notes of the last click: each is a write
RUNNING: Prepared[SignIn] = Prepared(
    lambda asked: SignIn.objects.select_related("person").filter(pk=asked("key"), ended_at=None, at__gt=asked("since"))
)


def running(key: str) -> SignIn | None:
    """The sign-in, unless it was ended or is too old: clicks prolong a session, but not for ever (a stolen one neither)."""
    return RUNNING.first(key=key, since=timezone.now() - timedelta(hours=settings.SESSION_HOURS))


def prolong(request: HttpRequest) -> None:
    """A session in use does not end; written once a minute, because a write at each click is a third of a page's queries.
    What a page asks by itself, while nobody is there perhaps, says so and prolongs nothing."""
    if "X-Unattended" in request.headers:
        return
    minute = this_minute()
    if request.sign_in and request.session.get("minute") != minute:
        request.session["minute"] = minute
        if minute - request.session.setdefault("seen", minute) >= SEEN_MINUTES:
            request.session["seen"] = minute
            SignIn.objects.filter(pk=request.sign_in.pk).update(seen_at=timezone.now())


class Ends(NamedTuple):
    """When a session ends: `idle`, unless somebody clicks; `fixed`, whatever happens. Instants, the first a minute early."""

    idle: datetime
    fixed: datetime

    @property
    def at(self) -> datetime:
        """The first of the two."""
        return min(self.idle, self.fixed)

    @property
    def for_good(self) -> bool:
        """Whether no click makes it last longer."""
        return self.fixed <= self.idle

    @property
    def seconds(self) -> tuple[int, int]:
        """Seconds from now to each."""
        now = timezone.now()
        return int((self.idle - now).total_seconds()), int((self.fixed - now).total_seconds())


def session_ends(request: HttpRequest) -> Ends | None:
    """The limits of the session of a request; None without one."""
    if request.sign_in is None:
        return None
    idle = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE - 60)  # written up to a minute ago
    return Ends(idle, request.sign_in.at + timedelta(hours=settings.SESSION_HOURS))


def this_minute() -> int:
    """Whole minutes since 1970."""
    return int(time.time()) // 60


def signed_in(at_least: int = SUBSTANTIAL) -> Callable:
    """Decorator: sends visitors to sign in, and weaker sessions to a stronger proof; both come back to where they were. A code
    by SMS alone (LOW) opens nothing but what says so."""

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.sign_in is None or request.sign_in.level < at_least:
                return to_sign_in(request, at_least)
            return view(request, *args, **kwargs)

        return checked

    return decorate


def to_sign_in(request: HttpRequest, at_least: int = SUBSTANTIAL) -> HttpResponse:
    """The way to the sign-in page, which is told what is asked beyond the ordinary. A POST comes back to the page that held its
    form, as a GET, which shows what was typed."""
    keep_typed(request)
    here = (
        request.get_full_path()
        if request.method in {"GET", "HEAD"}
        else local_path(path_of_referrer(request)) or request.path
    )
    query = {"suite": here, **({"niveau": at_least} if at_least > SUBSTANTIAL or request.sign_in else {})}
    return HttpResponseRedirect(f"{reverse('identity:sign_in')}?{urlencode(query)}", status=303)


def path_of_referrer(request: HttpRequest) -> str:
    """The path of the page that sent this form, when it is ours (Referrer-Policy: same-origin keeps it to us)."""
    root = f"{request.scheme}://{request.get_host()}"
    referrer = request.headers.get("Referer", "")
    return referrer.removeprefix(root) if referrer.startswith(root + "/") else ""


WITH_PORT = re.compile(r"^(?:\[([0-9a-fA-F:.]+)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+)$")


def sender(request: HttpRequest) -> str:
    """The network address of whoever asks: behind our proxy, the last one that the proxy wrote. Of IPv6, the network: one
    household or machine holds 2^64 addresses, and could begin each count anew."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    address = forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")
    address = WITH_PORT.sub(r"\1\2", address)  # some proxies write it: each connection would begin each count anew
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(found.ipv4_mapped or ip_network((found, 64), strict=False)) if found.version == 6 else address


def local_path(path: str | None) -> str:
    """The path when it stays in this portal, else nothing: never a way to another site."""
    path = path or ""
    return (
        path
        if path.startswith("/") and len(path) < 1000 and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
        else ""
    )
