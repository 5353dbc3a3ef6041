"""Signing in: choose a way, leave for whoever proves it, come back."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from monespace.identity import actions, oidc, pending
from monespace.identity.http import local_path, sender
from monespace.identity.limits import TooMany, may_begin
from monespace.identity.oidc.provider import ProviderDown
from monespace.identity.views.entering import LAST_WAY, PROVIDERS, enter, refuse, refuse_too_often, show
from monespace.identity.ways import Way, way

PENDING_SECONDS = 1800
PAGES = {"webeid": "identity:card", "sms": "identity:sms"}  # ways whose pages are our own


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """«Comment voulez-vous vous identifier ?»: the ways that are on, the last used first."""
    if request.method == "POST":
        return leave(request)
    after = local_path(request.GET.get("suite"))
    wanted = wanted_level(request.GET.get("niveau"))
    if request.sign_in and request.sign_in.level >= wanted:
        return redirect(after or reverse("spaces:choose"))
    return show(request, after=after, wanted=wanted)


def wanted_level(text: str | None) -> int:
    """The level asked for in the address; anything else asks for none."""
    return int(text) if text in {"400", "450", "500"} else 0


def leave(request: HttpRequest) -> HttpResponse:
    """Leaves by the chosen way, remembering which."""
    after, wanted = local_path(request.POST.get("suite")), wanted_level(request.POST.get("niveau"))
    chosen = way(request.POST.get("way", ""))
    if chosen is None or chosen.reaches < wanted:
        return show(request, after=after, wanted=wanted, refused="choose", status=422)
    try:
        may_begin(address=sender(request))
        address = address_of(request, chosen, after, wanted)
    except TooMany as refusal:
        return refuse_too_often(request, refusal, way=chosen.id, after=after, wanted=wanted)
    except ProviderDown:
        return refuse(request, "down", way=chosen.id, after=after, wanted=wanted, status=503)
    response = HttpResponseRedirect(address, status=303)
    response.set_cookie(LAST_WAY, chosen.id, max_age=31536000, samesite="Lax", secure=settings.HTTPS, httponly=True)
    return response


def address_of(request: HttpRequest, chosen: Way, after: str, wanted: int) -> str:
    """Where this way begins: a page of ours, or the provider's, whose answer must match what is kept. Raises ProviderDown."""
    if chosen.by in PAGES:
        return f"{reverse(PAGES[chosen.by])}?{urlencode({'suite': after, 'niveau': wanted})}"
    again = (
        "sign_in" in request.session
    )  # also when it was ended elsewhere: what the provider remembers is then no proof
    address, waiting = oidc.begin(chosen.by, level=chosen.level, language=get_language(), again=again)
    kept = {**waiting, "after": after, "level": wanted, "way": chosen.id}
    pending.keep(request, "oidc", waiting["state"], kept, seconds=PENDING_SECONDS)
    return address


@require_GET
def callback(request: HttpRequest, provider: str) -> HttpResponse:
    """The way back from a provider: the answer is used once, checked, and turned into a sign-in."""
    waiting = pending.take(request, "oidc", request.GET.get("state", ""))
    if waiting is None:
        return lost_answer(request)
    goal = {"way": waiting["way"], "after": waiting["after"], "wanted": waiting["level"]}
    try:
        proof = oidc.finish(request.GET.dict(), waiting, provider=provider)
    except oidc.Refused as refusal:
        return refuse(request, refusal.code, **goal)
    except ProviderDown:
        return refuse(request, "down", **goal, status=503)
    return enter(request, proof, **goal)


def lost_answer(request: HttpRequest) -> HttpResponse:
    """An answer nobody waits for: a second click, a bookmark, another browser. Signed in already? Then go on."""
    if request.sign_in:
        return redirect("spaces:choose")
    return refuse(request, "lost", status=400)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session here, then at the provider that knows of one (FAS: the others have none)."""
    address = None
    if request.sign_in:
        actions.sign_out(request.sign_in)
        asked = request.session.get(PROVIDERS, {}).items()
        address = next(filter(None, (oidc.sign_out_address(provider, token) for provider, token in asked)), None)
    request.session.flush()
    return HttpResponseRedirect(address or reverse("procedures:home"), status=303)
