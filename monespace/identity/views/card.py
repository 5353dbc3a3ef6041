"""The identity card by Web eID: a challenge, and the card's answer to it."""

import base64
import secrets

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from monespace.identity import pending
from monespace.identity.card import CHALLENGE_BYTES, CHALLENGE_SECONDS, prove
from monespace.identity.http import local_path
from monespace.identity.proof import Refused
from monespace.identity.views.entering import enter, refuse
from monespace.identity.views.sign_in import wanted_level
from monespace.identity.ways import Way, ways

KIND = "webeid"
SECONDS_TO_TYPE = 120  # how long the window of the card waits for the person


@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest) -> HttpResponse:
    """What to do with the card. POST: its answer, which counts once, in this browser, for five minutes."""
    chosen = next((one for one in ways() if one.by == "webeid"), None)
    if chosen is None:
        raise Http404
    if request.method == "POST":
        return answered(request, chosen)
    after, wanted = local_path(request.GET.get("suite")), wanted_level(request.GET.get("niveau"))
    challenge = base64.b64encode(secrets.token_bytes(CHALLENGE_BYTES)).decode()
    pending.keep(request, KIND, challenge, {"after": after, "wanted": wanted}, seconds=CHALLENGE_SECONDS)
    page = {
        "after": after,
        "wanted": wanted,
        "challenge": challenge,
        "valid_for": CHALLENGE_SECONDS,
        "limit": SECONDS_TO_TYPE,
    }
    return render(request, "identity/card.html", page)


def answered(request: HttpRequest, chosen: Way) -> HttpResponse:
    """The card's answer: the challenge is gone, whatever comes of it."""
    challenge = request.POST.get("challenge", "")
    waiting = pending.take(request, KIND, challenge)
    if waiting is None:
        if request.sign_in and request.sign_in.provider == "webeid":  # a second press: the first one signed in
            return redirect("spaces:choose")
        return refuse(request, "lost", way=chosen.id, status=400)
    goal = {"way": chosen.id, "after": waiting["after"], "wanted": waiting["wanted"]}
    try:
        proof = prove(request.POST.get("token", ""), challenge, language=get_language() or "")
    except Refused as refusal:
        return refuse(request, refusal.code, **goal)
    return enter(request, proof, **goal)
