"""Signing in: choose a method, leave for the provider, come back."""

import time
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from monespace.identity import actions, oidc
from monespace.identity.http import local_path
from monespace.identity.limits import TooMany
from monespace.identity.oidc.claims import LEVELS
from monespace.identity.oidc.provider import ProviderDown
from monespace.identity.typed import KEPT

PENDING = "leaving"  # session key: what was kept on leaving, one entry per open tab
LAST_METHOD = "monespace_moyen"
PENDING_SECONDS = 1800
PENDING_TABS = 5


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """«Comment voulez-vous vous identifier ?»: the three methods, the last used first."""
    if request.method == "POST":
        return leave(request)
    after = local_path(request.GET.get("suite"))
    wanted = wanted_level(request.GET.get("niveau"))
    if request.sign_in and request.sign_in.level >= wanted:
        return redirect(after or reverse("spaces:choose"))
    return show(request, after=after, wanted=wanted)


def show(request: HttpRequest, *, after: str, wanted: int, refused: str = "", status: int = 200) -> HttpResponse:
    """The page of the three methods; those too weak for what is wanted are not offered, and the page says so."""
    methods = sorted(
        (method for method, level in LEVELS.items() if level >= wanted),
        key=lambda method: method != request.COOKIES.get(LAST_METHOD),
    )
    page = {
        "after": after,
        "wanted": wanted,
        "methods": methods,
        "refused": refused,
        "stepping_up": bool(request.sign_in),
        "kept": KEPT in request.session,
    }
    return render(request, "identity/sign_in.html", page, status=status)


def wanted_level(text: str | None) -> int:
    """The level asked for in the address; anything else asks for none."""
    return int(text) if text in {"400", "450", "500"} else 0


def leave(request: HttpRequest) -> HttpResponse:
    """Leaves for the provider, remembering what the answer must match."""
    method, after = request.POST.get("method", ""), local_path(request.POST.get("suite"))
    wanted = wanted_level(request.POST.get("niveau"))
    if LEVELS.get(method, 0) < max(wanted, 1):
        return show(request, after=after, wanted=wanted, refused="choose", status=422)
    try:
        address, pending = oidc.begin(method, language=get_language(), again=bool(request.sign_in))
    except ProviderDown:
        return show(request, after=after, wanted=wanted, refused="down", status=503)
    kept = {
        state: one
        for state, one in request.session.get(PENDING, {}).items()
        if one["at"] > time.time() - PENDING_SECONDS
    }
    newest = sorted(kept.items(), key=lambda item: item[1]["at"])[-(PENDING_TABS - 1) :]
    request.session[PENDING] = {**dict(newest), pending["state"]: {**pending, "after": after, "level": wanted}}
    response = HttpResponseRedirect(address, status=303)
    response.set_cookie(LAST_METHOD, method, max_age=31536000, samesite="Lax", secure=settings.HTTPS, httponly=True)
    return response


@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    """The way back from the provider: the answer is used once, checked, and turned into a sign-in."""
    kept = request.session.get(PENDING, {})
    pending = kept.pop(request.GET.get("state", ""), None)
    if pending is not None:
        request.session[PENDING] = kept
    if pending is None or pending["at"] < time.time() - PENDING_SECONDS:
        return lost_answer(request)
    try:
        proof = oidc.finish(request.GET.dict(), pending)
    except oidc.Refused as refusal:
        return refused(request, pending, refusal.code)
    except ProviderDown:
        return show(request, after=pending["after"], wanted=pending["level"], refused="down", status=503)
    return enter(request, proof, pending)


def lost_answer(request: HttpRequest) -> HttpResponse:
    """An answer nobody waits for: a second click, a bookmark, another browser. Signed in already? Then go on."""
    if request.sign_in:
        return redirect("spaces:choose")
    return show(request, after="", wanted=0, refused="lost", status=400)


def refused(request: HttpRequest, pending: dict, code: str) -> HttpResponse:
    """Says what happened; cancelling is nobody's fault and is not recorded."""
    if code != "cancelled":
        with suppress(TooMany):
            actions.refuse_sign_in(code)
    return show(request, after=pending["after"], wanted=pending["level"], refused=code, status=403)


def enter(request: HttpRequest, proof: oidc.Proof, pending: dict) -> HttpResponse:
    """Opens the session under a new key. A step-up by somebody else than the person signed in starts afresh, at the choice of space."""
    before = request.sign_in
    entered = actions.sign_in(proof)
    kept = {key: request.session[key] for key in (PENDING, KEPT) if key in request.session}
    request.session.flush()
    request.session.update({"sign_in": str(entered.pk), "id_token": proof.id_token, **kept})
    rotate_token(request)
    if before is not None:
        actions.sign_out(before)
    after = pending["after"] or reverse("spaces:choose")
    if before is not None and before.person_id != entered.person_id:
        after = reverse("spaces:choose")
    if entered.person.welcomed_at is None:
        request.session["after_welcome"] = after
        after = reverse("identity:welcome")
    return HttpResponseRedirect(after, status=303)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session here, then at the provider."""
    address = None
    if request.sign_in:
        actions.sign_out(request.sign_in)
        address = oidc.sign_out_address(request.session.get("id_token", ""))
    request.session.flush()
    return HttpResponseRedirect(address or reverse("procedures:home"), status=303)
