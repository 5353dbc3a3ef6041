"""What happens to every request: one log line, the content policy, the language, errors that lose nothing."""

import time
import uuid

import structlog
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.shortcuts import render
from django.utils import translation

log = structlog.get_logger("monespace.request")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'{providers}; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)

MOST_SENT = 210_000_000  # ten photos of the largest size, and the rest of their page
MOST_SENT_BY_VISITORS = 21_000_000  # a sealed document to check


def request_log(get_response):
    """One JSON line a request: route (never the address with its values), status, milliseconds, request id."""

    def middleware(request):
        started = time.perf_counter()
        request.log_id = uuid.uuid4().hex[:12]
        response = get_response(request)
        match = getattr(request, "resolver_match", None)
        log.info(
            "request",
            id=request.log_id,
            method=request.method,
            route=match.route if match else "-",
            status=response.status_code,
            ms=round(1000 * (time.perf_counter() - started), 1),
        )
        return response

    return middleware


def provider_origins() -> str:
    """Origins that a form of ours may lead to: the redirect after «Continuer avec itsme» counts as form-action."""
    origins = {"/".join(one["issuer"].split("/", 3)[:3]) for one in settings.PROVIDERS.values()}
    return "".join(f" {origin}" for origin in sorted(origins))


def content_security_policy(get_response):
    """Strict policy on every answer: nothing inline, no outside host but the identity providers in form-action; and nothing
    that somebody sees signed in, be it only their name above a public page, is kept by a browser that others use."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY.format(providers=provider_origins()))
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        if getattr(request, "sign_in", None) or request.path.startswith("/connexion/"):
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware


def plain_errors(get_response):
    """Requests that are broken before a view sees them (control characters, too many fields) get a sentence, not a 500."""

    def middleware(request):
        if (
            "\x00" in request.path
            or "\x00" in request.META.get("QUERY_STRING", "")
            or "%00" in request.META.get("QUERY_STRING", "")
        ):
            return broken(request)
        try:
            return get_response(request)
        except (RequestDataTooBig, TooManyFieldsSent, SuspiciousOperation, UnicodeDecodeError):
            return broken(request)

    return middleware


def bounded_bodies(get_response):
    """Refuses a body larger than any page of ours can send, before a byte of it is read: what is read is kept on disk."""

    def middleware(request):
        most = MOST_SENT if request.sign_in else MOST_SENT_BY_VISITORS
        said = request.META.get("CONTENT_LENGTH") or "0"
        if not said.isdecimal() or int(said) > most:
            return render(request, "413.html", status=413)
        return get_response(request)

    return middleware


def broken(request):
    """The page for a request that cannot be read: shown as to a visitor, because nothing of the request can be trusted."""
    request.user, request.sign_in = AnonymousUser(), None
    return render(request, "400.html", status=400)


def language(get_response):
    """`?langue=de` wins and is remembered in a cookie; then the person's own language; then the cookie; then the browser's."""
    known = {code for code, _ in settings.LANGUAGES}

    def middleware(request):
        asked = request.GET.get("langue")
        chosen = asked if asked in known else wanted_language(request, known)
        translation.activate(chosen)
        request.LANGUAGE_CODE = chosen
        response = get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        if asked in known:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                chosen,
                max_age=31536000,
                samesite="Lax",
                secure=settings.HTTPS,
                httponly=True,
            )
        return response

    return middleware


def wanted_language(request, known: set[str]) -> str:
    """The language nobody asked for in this address: cookie, person, browser, French."""
    remembered = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if remembered in known:
        return remembered
    if getattr(request, "sign_in", None) and request.user.language in known:
        return request.user.language
    return translation.get_language_from_request(request)
