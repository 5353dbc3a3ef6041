"""The acts: acknowledging, deciding, stepping aside. Each has its own page, which says what it does."""

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, override
from django.views.decorators.http import require_http_methods

from monespace.desk import actions
from monespace.desk.claimed import Claim, claim_of
from monespace.desk.forms import AcknowledgeForm, ConflictForm, DecideForm
from monespace.desk.http import handled, posted, refusal
from monespace.desk.models import Team
from monespace.desk.words import LANGUAGE_NAMES, NOT_NOW
from monespace.dossiers.actions import Refused
from monespace.dossiers.lifecycle import Move, NotNow, may_move
from monespace.dossiers.models import Content, Decision, Dossier
from monespace.dossiers.words import OUTCOME_LABELS, paragraphs
from monespace.identity.http import keeps_typed, typed_before
from monespace.ui.look import amount


@handled
@require_http_methods(["GET", "POST"])
def acknowledge(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The accusé de réception: what the letter will say, and the date."""
    if not may_move(dossier.state, Move.ACKNOWLEDGE):
        return not_now(request, dossier, request.POST)
    team = team_of(request, dossier)
    usual = timezone.localdate() + timedelta(days=team.usual_days) if team.usual_days else None
    form = AcknowledgeForm(posted(request), initial={"due_on": usual})
    if form.is_bound and form.is_valid():
        return done(
            request,
            dossier,
            lambda: actions.acknowledge(dossier, by=request.sign_in, due_on=form.cleaned_data["due_on"]),
            back_to(dossier, "accuse"),
        )
    page = {
        "dossier": dossier,
        "form": form,
        "team": team.in_language(get_language() or "fr"),
        "signatory": request.user.full_name,
    }
    return render(request, "desk/acknowledge.html", page, status=422 if form.errors else 200)


@handled
@require_http_methods(["GET", "POST"])
@keeps_typed
def decide(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The decision: written, then seen as the letter will carry it, then sent. The hidden values of the preview are read again."""
    if not may_move(dossier.state, Move.DECIDE):
        return not_now(request, dossier, request.POST)
    typed = {name: values[-1] for name, values in typed_before(request).items() if values}
    form, team = DecideForm(posted(request), initial=typed), team_of(request, dossier)
    if not form.is_bound or not form.is_valid() or "change" in request.POST:
        return writing(request, dossier, form, team)
    verdict = actions.Verdict(
        **form.cleaned_data, remedies=team.remedies(dossier.language), remedy_days=team.remedy_days
    )
    if "send" in request.POST:
        decide_it = lambda: actions.decide_dossier(dossier, verdict, by=request.sign_in)  # noqa: E731
        return done(request, dossier, decide_it, back_to(dossier, "decision"))
    claim = claim_on(dossier)
    page = {
        "dossier": dossier, "form": form, "letter": letter_of(request, dossier, verdict, team), "claim": claim,
        "granted": verdict.amount, "above": bool(claim and verdict.amount and verdict.amount > claim.amount),
    }  # fmt: skip
    return render(request, "desk/decide_preview.html", page)


def claim_on(dossier: Dossier) -> Claim | None:
    """The amount that the request asks for, while its copy is kept."""
    copy = Content.objects.values_list("frozen", flat=True).filter(pk=dossier.pk).first()
    return claim_of(copy) if copy else None


def letter_of(request: HttpRequest, dossier: Dossier, verdict: actions.Verdict, team: Team) -> str:
    """What the letter will say, in the dossier's language whatever the agent's."""
    with override(dossier.language):
        known = {
            "team": team.in_language(dossier.language), "verdict": verdict, "outcome": OUTCOME_LABELS[verdict.outcome],
            "amount": amount(verdict.amount), "today": timezone.localdate(),
            "facts": paragraphs(verdict.facts), "law": paragraphs(verdict.law), "signatory": request.user.full_name,
        }  # fmt: skip
        return mark_safe(render_to_string("desk/letter.html", known))  # noqa: S308 (a template escapes its values)


def writing(request: HttpRequest, dossier: Dossier, form: DecideForm, team: Team) -> HttpResponse:
    """The page on which a decision is written, with the remedies that its letter will name."""
    page = {
        "dossier": dossier, "form": form, "remedies": team.remedies(dossier.language), "remedy_days": team.remedy_days,
        "team": team.in_language(dossier.language), "language_name": LANGUAGE_NAMES[dossier.language],
        "claim": claim_on(dossier),
    }  # fmt: skip
    return render(request, "desk/decide.html", page, status=422 if form.is_bound and form.errors else 200)


@handled
@require_http_methods(["GET", "POST"])
def conflict(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """«Je ne peux pas traiter ce dossier»: why, and what it means."""
    form = ConflictForm(posted(request))
    if form.is_bound and form.is_valid():
        declare = lambda: actions.declare_conflict(dossier, by=request.sign_in, reason=form.cleaned_data["reason"])  # noqa: E731
        return done(request, dossier, declare, reverse("desk:inbox"))
    return render(request, "desk/conflict.html", {"dossier": dossier, "form": form}, status=422 if form.errors else 200)


def back_to(dossier: Dossier, done: str) -> str:
    """The dossier's page, which says what was just done."""
    return reverse("desk:dossier", args=[dossier.ref]) + f"?fait={done}"


def done(request: HttpRequest, dossier: Dossier, act: Callable, after: str) -> HttpResponse:
    """Acts, then leads on; what became impossible meanwhile is told, and nothing that was typed is lost."""
    try:
        act()
    except Refused as refused:
        return refusal(request, refused.decision, dossier)
    except NotNow:
        dossier.refresh_from_db()
        return not_now(request, dossier, request.POST)
    return HttpResponseRedirect(after, status=303)


def not_now(request: HttpRequest, dossier: Dossier, typed: dict | None = None) -> HttpResponse:
    """Another agent, or the applicant, was faster: what happened, who, when; and what had been typed, to copy (409)."""
    typed = typed or {}
    page = {
        "dossier": dossier, "why": NOT_NOW[dossier.state], "facts": typed.get("facts", ""), "law": typed.get("law", ""),
        "decided": Decision.objects.filter(pk=dossier.pk).first(),
    }  # fmt: skip
    return render(request, "desk/not_now.html", page, status=409)


def team_of(request: HttpRequest, dossier: Dossier) -> Team:
    """The team by which the agent reaches the dossier, for what the page shows; the act decides again."""
    seats = [seat for seat in request.seats if seat.scope == f"procedure:{dossier.procedure}"]
    return Team.objects.get(pk=seats[0].title)
