"""Who is asking: the sign-in of a request, and the decorator that demands one."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from ipaddress import ip_address, ip_network
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
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
        return get_response(request)

    return middleware


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


def sender(request: HttpRequest) -> str:
    """The network address of whoever asks: behind our proxy, the last one that the proxy wrote. Of IPv6, the network: one
    household or machine holds 2^64 addresses, and could begin each count anew."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    address = forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")
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
