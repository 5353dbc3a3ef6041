"""The desk's doors: who sits at it, and the dossier of a request, fetched through the policy or not at all."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from monespace.desk import actions, queries
from monespace.desk.policy import LEAST, may_handle
from monespace.desk.words import EXCLUDED
from monespace.dossiers.models import Dossier
from monespace.identity.http import to_sign_in
from monespace.spaces.http import note_refused
from monespace.spaces.policy import Decision

REF = r"(?P<ref>[2-9A-Z]{8})"  # monespace.dossiers.models.new_ref: never one of the desk's own words


def seats_of_request(get_response):
    """Middleware, after the sign-in's: `request.seats`, read on first use only, never for visitors."""

    def middleware(request):
        sign_in = getattr(request, "sign_in", None)
        request.seats = SimpleLazyObject(lambda: queries.seats_of(sign_in, timezone.now())) if sign_in else ()
        return get_response(request)

    return middleware


def at_desk(view: Callable) -> Callable:
    """Decorator: visitors sign in; who is no agent finds nothing here (404); agents prove their identity strongly enough."""

    @wraps(view)
    def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.sign_in is None or not request.sign_in.is_substantial:
            return to_sign_in(request)
        if not request.seats:
            raise Http404
        return view(request, *args, **kwargs) if request.sign_in.level >= LEAST else to_sign_in(request, LEAST)

    return checked


def handled(view: Callable) -> Callable:
    """Decorator: `view(request, dossier, …)`. Another team's dossier does not exist (404); an agent who may not handle one
    of his own team's is told why (403), and sees nothing of it. Whatever page of it he sees, the journal knows that he looked."""

    @at_desk
    @wraps(view)
    def checked(request: HttpRequest, ref: str, *args, **kwargs) -> HttpResponse:
        dossier = dossier_at(request, ref)
        at = timezone.now()
        decision = may_handle(
            request.seats, dossier.procedure, dossier.pk, queries.excluded(dossier, request.user, at), at=at
        )
        if not decision.allowed:
            return refusal(request, decision, dossier)
        actions.look(dossier, by=request.sign_in)
        return view(request, dossier, *args, **kwargs)

    return checked


def dossier_at(request: HttpRequest, ref: str) -> Dossier:
    """The dossier with this reference that one of the agent's teams handles; raises Http404."""
    related = ("holder_person", "holder_enterprise", "submitted_by")
    found = queries.within(request.seats).select_related(*related).filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def refusal(request: HttpRequest, decision: Decision | None, dossier: Dossier) -> HttpResponse:
    """The answer to an agent who may not: stronger proof, or why he is excluded; for all else, nothing is there. An
    exclusion is journaled in the chain of the dossier's holder."""
    if decision is None or decision.because not in {"level", "excluded"}:
        raise Http404
    if decision.because == "level":
        return to_sign_in(request, LEAST)
    note_refused(request, decision, dossier.journal_key, ("dossier", dossier.pk))
    return render(request, "desk/excluded.html", {"why": EXCLUDED[decision.remedy]}, status=403)


def posted(request: HttpRequest):
    """What a form is bound to: what was posted, even nothing; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None
