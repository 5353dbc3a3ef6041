"""Where every way of signing in ends: the session opens, or a page says why not and what to do."""

import secrets
from contextlib import suppress

import structlog
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse

from monespace import metrics
from monespace.identity import actions, devices
from monespace.identity.assurance import SUBSTANTIAL
from monespace.identity.http import sender
from monespace.identity.limits import TooMany, may_be_wrong
from monespace.identity.pending import BROWSER
from monespace.identity.proof import Proof, Refused
from monespace.identity.typed import KEPT
from monespace.identity.ways import those_reaching

log = structlog.get_logger("monespace.sign_in")
LAST_WAY = "monespace_moyen"
PROVIDERS = "providers"  # session key: who proved this person in this session, and the token to sign out there
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # read out on the telephone: no 0 and O, no 1, I and L, no U
NOBODYS_FAULT = {"cancelled", "down"}  # not written in the journal: nobody claimed to be anybody


def enter(request: HttpRequest, proof: Proof, *, way: str, after: str, wanted: int = 0) -> HttpResponse:
    """Opens the session under a new key, and goes on to where one was going. A step-up by somebody else than the person signed
    in starts afresh, at the choice of space."""
    before, token = request.sign_in, devices.token_of(request)
    try:
        with transaction.atomic():
            entered = actions.sign_in(proof)
            devices.recognise(entered, token, request.headers.get("User-Agent", ""))
    except Refused as refusal:
        return refuse(request, refusal.code, way=way, after=after, wanted=wanted)
    metrics.count_sign_in(way, "ok")
    open_session(request, entered, proof)
    if before is not None:
        actions.sign_out(before)
    response = HttpResponseRedirect(next_page(request, entered, before, after), status=303)
    devices.give_token(response, token)
    return response


def open_session(request: HttpRequest, entered, proof: Proof) -> None:
    """A new key, so that whoever knew the old one knows nothing (session fixation); and a new token for forms. Every provider that
    was asked is kept, with its token: after a step-up by another one, the first still knows the person until it is told."""
    told = {**request.session.get(PROVIDERS, {}), proof.provider: proof.id_token}
    kept = {key: request.session[key] for key in (BROWSER, KEPT) if key in request.session}
    request.session.flush()
    request.session.update({"sign_in": str(entered.pk), PROVIDERS: told, **kept})
    rotate_token(request)


def next_page(request: HttpRequest, entered, before, after: str) -> str:
    """Where one was going; the first time, the welcome comes before."""
    if entered.level < SUBSTANTIAL and not after:
        return reverse("identity:profile")  # which says what this session may do, and what more would take
    after = after or reverse("spaces:choose")
    if before is not None and before.person_id != entered.person_id:
        after = reverse("spaces:choose")
    if entered.person.welcomed_at is not None or entered.level < SUBSTANTIAL:
        return after
    request.session["after_welcome"] = after
    return reverse("identity:welcome")


def refuse(
    request: HttpRequest,
    code: str,
    *,
    way: str = "",
    after: str = "",
    wanted: int = 0,
    status: int = 403,
    minutes: int = 0,
) -> HttpResponse:
    """The page of the ways, with what happened, what to do, and the reference under which the log and the journal tell why.
    `minutes`: after which it may be tried again, when it was tried too often."""
    reference = new_reference()
    metrics.count_sign_in(way, code)
    log.warning("sign_in.refused", reference=reference, code=code, way=way, request=getattr(request, "log_id", ""))
    if code not in NOBODYS_FAULT:
        with suppress(TooMany):
            actions.refuse_sign_in(code, way=way, reference=reference)
        try:
            may_be_wrong(address=sender(request))
        except TooMany as often:
            code, status, minutes = "too_many", 429, often.minutes
    return show(request, after=after, wanted=wanted, refused=code, reference=reference, status=status, minutes=minutes)


def refuse_too_often(request: HttpRequest, refusal: TooMany, *, way: str, after: str, wanted: int) -> HttpResponse:
    """Tried too often: when it may be tried again, and the other ways meanwhile."""
    response = refuse(request, "too_many", way=way, after=after, wanted=wanted, status=429, minutes=refusal.minutes)
    response.headers["Retry-After"] = str(refusal.retry_after)
    return response


def new_reference() -> str:
    """Eight signs that can be read out: «4K7Q-2MHT»."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(8))
    return f"{signs[:4]}-{signs[4:]}"


def show(
    request: HttpRequest, *, after: str, wanted: int, refused: str = "", reference: str = "", status: int = 200,
    minutes: int = 0,
) -> HttpResponse:  # fmt: skip
    """The page of the ways, the last used first; those too weak for what is wanted are not offered, and the page says so."""
    request.shown_at = (reverse("identity:sign_in"), {"suite": after, "niveau": wanted})  # type: ignore[attr-defined]
    page = {
        "after": after,
        "wanted": wanted,
        "last": request.COOKIES.get(LAST_WAY),
        "ways": sorted(those_reaching(wanted), key=lambda way: way.id != request.COOKIES.get(LAST_WAY)),
        "refused": refused,
        "reference": reference,
        "minutes": minutes,
        "stepping_up": bool(request.sign_in),
        "kept": KEPT in request.session,
    }
    return render(request, "identity/sign_in.html", page, status=status)
