"""The identity card by Web eID: a challenge, and the card's answer to it."""

import base64
import secrets
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from monespace.identity import pending
from monespace.identity.card import CHALLENGE_BYTES, CHALLENGE_SECONDS, prove
from monespace.identity.http import local_path, sender
from monespace.identity.limits import TooMany, may_begin
from monespace.identity.proof import Refused
from monespace.identity.views.entering import enter, refuse
from monespace.identity.views.sign_in import wanted_level
from monespace.identity.ways import Way, ways

KIND = "webeid"
SECONDS_TO_TYPE = 120  # how long the window of the card waits for the person
ALREADY = "spaces:choose"


@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest) -> HttpResponse:
    """What to do with the card. POST: its answer, which counts once, in this browser, for five minutes."""
    chosen = the_way()
    if request.method == "POST":
        return answered(request, chosen)
    goal = goal_in(request.GET)
    if request.sign_in and request.sign_in.level >= goal["wanted"]:  # the Back button, or another window
        return redirect(goal["after"] or ALREADY)
    other = f"{reverse('identity:sign_in')}?{urlencode({'suite': goal['after'], 'niveau': goal['wanted']})}"
    return render(request, "identity/card.html", {**goal, "other": other, "limit": SECONDS_TO_TYPE})


@require_POST
def challenge(request: HttpRequest) -> HttpResponse:
    """What the card is to sign: made when somebody begins, so that it never is of before. 429 past the limit of an address."""
    the_way()
    try:
        may_begin(address=sender(request))
    except TooMany as often:
        return JsonResponse({}, status=429, headers={"Retry-After": str(often.retry_after)})
    made = base64.b64encode(secrets.token_bytes(CHALLENGE_BYTES)).decode()
    pending.keep(request, KIND, made, goal_in(request.POST), seconds=CHALLENGE_SECONDS)
    return JsonResponse({"challenge": made})


def the_way() -> Way:
    """The way that this page serves; where it is off, there is no page."""
    found = next((one for one in ways() if one.by == "webeid"), None)
    if found is None:
        raise Http404
    return found


def goal_in(said: QueryDict) -> dict:
    """Where one was going, and how strongly one must be identified there."""
    return {"after": local_path(said.get("suite")), "wanted": wanted_level(said.get("niveau"))}


def answered(request: HttpRequest, chosen: Way) -> HttpResponse:
    """The card's answer: the challenge is gone, whatever comes of it."""
    nonce = request.POST.get("challenge", "")
    goal = pending.take(request, KIND, nonce)
    if goal is None:
        return lost(request, chosen)
    try:
        proof = prove(request.POST.get("token", ""), nonce, language=get_language() or "")
    except Refused as refusal:
        return refuse(request, refusal.code, way=chosen.id, **goal)
    return enter(request, proof, way=chosen.id, **goal)


def lost(request: HttpRequest, chosen: Way) -> HttpResponse:
    """An answer to no challenge of ours: too late, of another browser, or a second press after the first one signed in."""
    goal = goal_in(request.POST)
    if request.sign_in and request.sign_in.provider == "webeid":
        return redirect(goal["after"] or ALREADY)
    return refuse(request, "lost", way=chosen.id, **goal, status=400)
