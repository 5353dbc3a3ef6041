"""Inviting a person: who, what, until when; a page to check before sending. Then confirming, reminding, cancelling."""

import secrets
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from monespace import vault
from monespace.identity.http import keeps_typed, posted
from monespace.identity.limits import TooMany
from monespace.procedures.models import Entry
from monespace.spaces import actions, queries
from monespace.spaces.actions import Refused
from monespace.spaces.forms import InviteForm, role_hints
from monespace.spaces.http import in_space, refusal, told
from monespace.spaces.models import Invitation, TitleKind
from monespace.spaces.policy import EVERYTHING, ROLES, Action
from monespace.spaces.space import Space
from monespace.spaces.views import see_other
from monespace.spaces.words import ROLE_ALLOWS, ROLE_DENIES, ROLE_LABELS, seat_label
from monespace.ui.look import day, in_words

DRAFTS = "invitations"  # session key: what was typed and not yet sent, by a key of its own, the national number sealed
KEPT = 5


@require_http_methods(["GET", "POST"])
@in_space(Action.GIVE_ROLE)
@keeps_typed
def invite(request: HttpRequest, space: Space) -> HttpResponse:
    """The form, then the page to check, then the act."""
    key = request.POST.get("brouillon", request.GET.get("brouillon", ""))
    draft = draft_of(request, space, key)
    if request.method == "POST" and "envoyer" in request.POST and draft:
        return send(request, space, key, draft)
    if request.method == "GET" and draft and "modifier" not in request.GET:
        return check(request, space, key, draft)
    form = form_for(space, posted(request), draft)
    if request.method == "POST" and form.is_valid():
        return see_other("spaces:invite", space.key, brouillon=keep(request, space, key, draft, form.cleaned_data))
    return render(
        request, "spaces/invite.html", {"form": form, "key": key if draft else ""}, status=422 if form.errors else 200
    )


def form_for(space: Space, data, draft: dict | None) -> InviteForm:
    """The form with what this manager may offer, filled from the draft."""
    kinds: dict[str, Any] = dict(ROLE_LABELS)
    decision = space.decide(Action.GIVE_CO_GAP)
    if decision.allowed:
        kinds["co_gap"] = seat_label("co_gap")
    initial = {**draft, "ends_on": date.fromisoformat(draft["ends_on"]) if draft["ends_on"] else None} if draft else {}
    return InviteForm(
        data, kinds=kinds, hints=role_hints(kinds), scopes=scopes(), known_number=known_number(draft), initial=initial
    )


def known_number(draft: dict | None) -> str:
    """The masked number that was typed before, or nothing."""
    return vault.masked(vault.open_sealed(draft["sealed"])) if draft and draft["sealed"] else ""


def scopes() -> list[tuple[str, str]]:
    """All procedures, or one of those that are filed here."""
    found = Entry.objects.filter(closed=False, current_version__isnull=False).values_list("slug", "card__title")
    named = sorted(
        ((f"procedure:{slug}", in_words(title)) for slug, title in found), key=lambda one: queries.folded(one[1])
    )
    return [(EVERYTHING, _("all procedures")), *named]


def draft_of(request: HttpRequest, space: Space, key: str) -> dict | None:
    """What was typed for this enterprise under this key, in this session."""
    found = request.session.get(DRAFTS, {}).get(key)
    return found if found and found["enterprise"] == str(space.its_enterprise.pk) else None


def keep(request: HttpRequest, space: Space, key: str, draft: dict | None, typed: dict) -> str:
    """Keeps what was typed until it is sent; the national number is sealed. Returns its key."""
    key = key if draft else secrets.token_urlsafe(8)
    number = typed.pop("national_number")
    sealed = vault.seal(number) if number else (draft or {}).get("sealed", "")
    typed["ends_on"] = typed["ends_on"].isoformat() if typed["ends_on"] else ""
    drafts = {
        **request.session.get(DRAFTS, {}),
        key: {**typed, "sealed": sealed, "enterprise": str(space.its_enterprise.pk)},
    }
    request.session[DRAFTS] = dict(list(drafts.items())[-KEPT:])
    return key


def check(request: HttpRequest, space: Space, key: str, draft: dict, error: str = "") -> HttpResponse:
    """«Avec ces accès, Paul pourra … Il ne pourra pas …», before sending."""
    back = reverse("spaces:invite", args=[space.key]) + f"?brouillon={key}&modifier=1"
    end, role = draft["ends_on"], draft["what"]
    rows = [
        (_("Person"), f"{draft['given_names']} {draft['family_name']}"),
        (_("E-mail address"), draft["email"]),
        (_("National number"), known_number(draft) or _("not given: you confirm who accepted")),
        (
            pgettext("what a person may do", "May"),
            seat_label("co_gap") if role == "co_gap" else seat_label("role", role),
        ),
        (_("For"), dict(scopes()).get(draft["scope"], draft["scope"])),
        (_("Until"), day(date.fromisoformat(end)) if end else _("no end")),
        (_("Your message to this person"), draft["message"]),
    ]
    page = {
        "key": key,
        "back": back,
        "rows": [{"key": name, "value": value, "href": back} for name, value in rows],
        "name": draft["given_names"],
        "allows": ROLE_ALLOWS[role],
        "denies": ROLE_DENIES[role],
        "errors": [{"text": error}] if error else [],
    }
    return render(request, "spaces/invite_check.html", page, status=422 if error else 200)


def send(request: HttpRequest, space: Space, key: str, draft: dict) -> HttpResponse:
    """Sends the invitation; what was typed is then forgotten."""
    role = draft["what"] if draft["what"] in ROLES else ""
    names = {name: draft[name] for name in ("given_names", "family_name", "email", "message", "scope")}
    try:
        actions.invite(
            space.its_enterprise.pk,
            by=request.sign_in,
            kind=TitleKind.ROLE if role else TitleKind.CO_GAP,
            role=role,
            national_number=vault.open_sealed(draft["sealed"]) if draft["sealed"] else "",
            ends_on=date.fromisoformat(draft["ends_on"]) if draft["ends_on"] else None,
            **names,
        )
    except Refused as refused:
        return check(request, space, key, draft, told(request, space.its_enterprise, refused))
    request.session[DRAFTS] = {name: kept for name, kept in request.session[DRAFTS].items() if name != key}
    return see_other("spaces:people", space.key, fait="invite")


def invitation_in(space: Space, key: UUID) -> Invitation:
    """An invitation of this space that is not over; raises Http404."""
    found = space.enterprise and queries.waiting_invitations(space.enterprise).filter(pk=key).first()
    if not found:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@in_space(Action.SEE_ACCESS)
def confirm(request: HttpRequest, space: Space, invitation: UUID) -> HttpResponse:
    """The person who accepted beside the person who was invited: the same, or not?"""
    found = invitation_in(space, invitation)
    decision = space.decide(actions.NEEDS[TitleKind(found.kind)])
    if not decision.allowed:
        return refusal(request, space, decision, ("invitation", found.pk))
    if found.state != Invitation.State.TO_CONFIRM:
        return HttpResponseRedirect(reverse("spaces:people", args=[space.key]))
    error = ""
    if request.method == "POST":
        try:
            agreed = "confirmer" in request.POST
            actions.confirm(found, by=request.sign_in, agreed=agreed)
            return see_other("spaces:people", space.key, fait="confirme" if agreed else "ecarte")
        except Refused as refused:
            error = told(request, space.its_enterprise, refused)
    page = {
        "invitation": found,
        "what": seat_label(found.kind, found.role),
        "same_name": found.answered_by is not None
        and queries.folded(found.full_name) == queries.folded(found.answered_by.full_name),
        "errors": [{"text": error}] if error else [],
    }
    return render(request, "spaces/confirm.html", page, status=422 if error else 200)


@require_http_methods(["GET", "POST"])
@in_space(Action.SEE_ACCESS)
def cancel(request: HttpRequest, space: Space, invitation: UUID) -> HttpResponse:
    """Taking an offer back, or sending its message once more."""
    found = invitation_in(space, invitation)
    decision = space.decide(actions.NEEDS[TitleKind(found.kind)])
    if not decision.allowed:
        return refusal(request, space, decision, ("invitation", found.pk))
    error = ""
    if request.method == "POST":
        again = "rappeler" in request.POST
        try:
            (actions.remind if again else actions.cancel)(found, by=request.sign_in)
            return see_other("spaces:people", space.key, fait="rappele" if again else "annule")
        except Refused as refused:
            error = told(request, space.its_enterprise, refused)
        except TooMany:
            error = _("A reminder was already sent today. Try again tomorrow.")
    page = {
        "invitation": found,
        "what": seat_label(found.kind, found.role),
        "can_remind": found.state == Invitation.State.SENT and found.expires_at > space.at and found.email,
        "errors": [{"text": error}] if error else [],
    }
    return render(request, "spaces/cancel.html", page, status=422 if error else 200)
