"""Signing in by the portal's own SMS code: the number and the password, the code, and the password again when it was not right.

Nothing before the right code tells whether a number is known or has a password: the same pages, the same work, the same limits.
"""

from typing import TypedDict
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from monespace import metrics, vault
from monespace.identity.actions import WrongCode
from monespace.identity.assurance import LOW, SUBSTANTIAL
from monespace.identity.http import local_path, sender
from monespace.identity.limits import TooMany
from monespace.identity.models import Method, SmsCode
from monespace.identity.pending import browser_of
from monespace.identity.proof import Proof
from monespace.identity.sms import codes, limits, passwords
from monespace.identity.sms.forms import PasswordForm, SignInForm, SmsCodeForm
from monespace.identity.sms.phones import held_phone, phone_of
from monespace.identity.sms.texts import SIGN_IN
from monespace.identity.views.code_pages import code_page, resend, typed_code, wrong_code
from monespace.identity.views.entering import enter, refuse, refuse_too_often
from monespace.identity.views.sign_in import wanted_level
from monespace.identity.ways import own_code
from monespace.notices.queries import sms_trouble

WAITING = "own_code"  # session key: the code that is waited for, and where one is going


class Goal(TypedDict):
    """Where one is going, and the level that it takes."""

    after: str
    wanted: int


def demands_password(goal: Goal) -> bool:
    """Whether a code alone leads nowhere: «substantial» is wanted, or the file of the ways says that it is the least here."""
    own = own_code()
    return max(goal["wanted"], own.level if own else 0) >= SUBSTANTIAL


@require_http_methods(["GET", "POST"])
def number(request: HttpRequest) -> HttpResponse:
    """The number, and the password, which may be demanded. Neither is kept for after a session that ended (keeps_typed): they
    are asked of those who have none."""
    asked = request.POST if request.method == "POST" else request.GET
    goal: Goal = {"after": local_path(asked.get("suite")), "wanted": wanted_level(asked.get("niveau"))}
    if not own_code() or goal["wanted"] > SUBSTANTIAL:
        return to_the_ways(goal)
    form = SignInForm(request.POST or None, demanded=demands_password(goal))
    if request.method == "POST" and form.is_valid():
        try:
            return send(request, form.cleaned_data, goal)
        except TooMany as refusal:
            return refuse_too_often(request, refusal, **way_and(goal))
    request.shown_at = (request.path, {"suite": goal["after"], "niveau": goal["wanted"]})  # type: ignore[attr-defined]
    page = {"form": form, "trouble": sms_trouble(), "ways": ways_address(goal), **goal}
    return render(request, "identity/sms_number.html", page, status=422 if form.errors else 200)


def send(request: HttpRequest, given: dict, goal: Goal) -> HttpResponse:
    """Has a code sent, or does all that sending one takes; raises TooMany."""
    to, key = given["number"], codes.hash_of(given["number"])
    bound = codes.bound_to(to)
    limits.may_send(number=key, account=bound.person_id if bound else key, address=sender(request))
    right = None
    if given["password"]:
        limits.may_try_password(number=key)
        right = passwords.is_right(given["password"], bound.password if bound else "")
    person = bound.person if bound else None
    made = codes.start(SIGN_IN, to, person, browser=browser_of(request), with_password=right)
    request.session[WAITING] = {"key": str(made.pk), **goal}
    return HttpResponseRedirect(reverse("identity:sms_code"), status=303)


@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The six digits. Whoever comes back here after all is done goes on; whoever waits for nothing begins."""
    goal, waiting = waiting_of(request)
    if not own_code():
        return to_the_ways(goal)
    if waiting is None or waiting.proven_at:
        return nothing_waits(request, goal, waiting)
    if "again" in request.POST:
        refused = lambda often: refuse_too_often(request, often, **way_and(goal))  # noqa: E731
        return resend(request, waiting, here="identity:sms_code", too_many=refused, **around(goal))
    form = SmsCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            typed_code(request, waiting, form.cleaned_data["code"])
            return proven(request, waiting, goal)
        except TooMany as refusal:
            return refuse_too_often(request, refusal, **way_and(goal))
        except WrongCode as wrong:
            metrics.count_sign_in(way_and(goal)["way"], "sms_wrong")
            if wrong.over and waiting.tries >= limits.TRIES:
                return refuse(request, "sms_tries", **way_and(goal))
            form.add_error("code", wrong_code(wrong))
    return code_page(request, waiting, form, **around(goal))


def around(goal: Goal) -> dict:
    """What leads away from the page of the code."""
    return {"back": back_address(goal), "ways": ways_address(goal), "signing_in": True}


def waiting_of(request: HttpRequest) -> tuple[Goal, SmsCode | None]:
    """Where one was going, and the code that this browser waits for."""
    kept = request.session.get(WAITING, {})
    goal: Goal = {"after": kept.get("after", ""), "wanted": kept.get("wanted", 0)}
    return goal, codes.waiting_code(kept.get("key"))


def nothing_waits(request: HttpRequest, goal: Goal, waiting: SmsCode | None) -> HttpResponse:
    """Back button, bookmark, second click, another tab."""
    if waiting is not None:
        return HttpResponseRedirect(reverse("identity:sms_password"), status=303)
    if request.sign_in:
        return redirect(goal["after"] or "identity:profile")
    if request.method == "POST":
        return refuse(request, "lost", **way_and(goal), status=400)
    return redirect(back_address(goal))


def proven(request: HttpRequest, waiting: SmsCode, goal: Goal) -> HttpResponse:
    """The code came back: in, at the level that the password makes; a wrong password may be typed again."""
    if waiting.with_password is False or (not waiting.with_password and demands_password(goal)):
        return HttpResponseRedirect(reverse("identity:sms_password"), status=303)
    return go_in(request, waiting, goal, SUBSTANTIAL if waiting.with_password else LOW)


@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """The code was right and the password was not: once more, or on without it where that leads somewhere."""
    goal, waiting = waiting_of(request)
    if not own_code():
        return to_the_ways(goal)
    if waiting is None or not waiting.proven_at or waiting.person is None:
        return redirect(back_address(goal))
    if codes.too_late(waiting):
        return refuse(request, "sms_over", **way_and(goal))
    alone, bound = not demands_password(goal), phone_of(waiting.person)
    if alone and "without" in request.POST:
        return go_in(request, waiting, goal, LOW)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            limits.may_try_password(number=waiting.number_hash)
        except TooMany as refusal:
            return refuse_too_often(request, refusal, **way_and(goal))
        if passwords.is_right(form.cleaned_data["password"], bound.password if bound else ""):
            return go_in(request, waiting, goal, SUBSTANTIAL, kept=bound.password if bound else "")
        form.add_error("password", _("This is not the password that goes with this number."))
    page = {"form": form, "alone": alone, "missing": not (bound and bound.password), "ways": ways_address(goal)}
    return render(request, "identity/sms_password.html", page, status=422 if form.errors else 200)


@transaction.atomic
def go_in(request: HttpRequest, waiting: SmsCode, goal: Goal, level: int, *, kept: str | None = None) -> HttpResponse:
    """Opens the session for whom the number is bound to now; a code proven serves once. Who gives up the number or changes its
    password at this moment waits, then ends this session too; `kept`: the password that was found right, as it was kept."""
    bound = held_phone(waiting.person)
    if (
        not codes.use_up(waiting)
        or bound is None
        or bound.number_hash != waiting.number_hash
        or (kept is not None and bound.password != kept)
    ):
        return refuse(request, "sms_over", **way_and(goal))
    person = bound.person
    proof = Proof(
        vault.open_sealed(person.national_number_sealed), person.given_names, person.family_name, person.language,
        Method.SMS, level, provider="sms",
    )  # fmt: skip
    return enter(request, proof, **way_and(goal))


def way_and(goal: Goal) -> dict:
    """What `enter` and `refuse` are told of this way and of where one was going."""
    own = own_code()
    return {"way": own.id if own else "", **goal}


def back_address(goal: Goal) -> str:
    """The page of the number, with where one is going."""
    return f"{reverse('identity:sms')}?{urlencode({'suite': goal['after'], 'niveau': goal['wanted']})}"


def ways_address(goal: Goal) -> str:
    """The page of all the ways, with where one is going."""
    return f"{reverse('identity:sign_in')}?{urlencode({'suite': goal['after'], 'niveau': goal['wanted']})}"


def to_the_ways(goal: Goal) -> HttpResponse:
    """This way is off, or leads nowhere."""
    return redirect(ways_address(goal))
