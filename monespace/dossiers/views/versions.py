"""«Une nouvelle version du formulaire existe»: what changes for this draft, and two buttons: move to it, or keep."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from monespace import engine
from monespace.dossiers import actions, queries
from monespace.dossiers.context import context_for
from monespace.dossiers.http import in_dossier, url_of
from monespace.dossiers.models import Dossier
from monespace.dossiers.taking_part import for_holder
from monespace.dossiers.views.filling import MOVED, drafts_only, to
from monespace.procedures.models import ProcedureVersion
from monespace.spaces.http import refusal
from monespace.spaces.policy import Action
from monespace.spaces.space import Space
from monespace.ui.languages import spoken_among


@require_http_methods(["GET", "POST"])
@in_dossier(Action.PREPARE)
def version(request: HttpRequest, space: Space, dossier: Dossier) -> HttpResponse:
    """Shows what a newer version changes; a POST moves the draft to the version that was shown, or keeps its own."""
    if answer := drafts_only(request, space, dossier):
        return answer
    if request.method == "POST" and "move" in request.POST:
        return move(request, space, dossier)
    offered = queries.version_offered(space, dossier)
    if request.method == "POST" and offered:
        return keep(request, space, dossier, offered)
    if offered is None:
        return HttpResponseRedirect(url_of(space, dossier, "tasks"), status=303)
    return show(request, space, dossier, offered)


def keep(request: HttpRequest, space: Space, dossier: Dossier, offered: ProcedureVersion) -> HttpResponse:
    """Keeps the draft's version: the newer one that was shown is no longer announced, and can still be read. Yet another that
    came meanwhile is announced."""
    try:
        actions.keep_version(dossier, min(number_of(request.POST.get("keep", "")), offered.number), by=request.sign_in)
    except actions.Refused as refused:
        if refused.decision:
            return refusal(request, space, refused.decision, ("dossier", dossier.pk))
    return to(space, dossier, "tasks")


def move(request: HttpRequest, space: Space, dossier: Dossier) -> HttpResponse:
    """Moves; when yet another version came meanwhile, its own page is shown instead."""
    shown = number_of(request.POST["move"])
    try:
        actions.move_version(dossier, shown, by=request.sign_in, language=get_language())
    except actions.Refused as refused:
        if refused.decision:
            return refusal(request, space, refused.decision, ("dossier", dossier.pk))
        return to(space, dossier, "version") if refused.because == "version" else redirect(url_of(space, dossier))
    return HttpResponseRedirect(f"{url_of(space, dossier, 'tasks')}?{MOVED}=1", status=303)


def number_of(text: str) -> int:
    """The number of a version that a button named; 0 for what is none."""
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def show(request: HttpRequest, space: Space, dossier: Dossier, offered: ProcedureVersion) -> HttpResponse:
    """The page: what is different in the form, and what becomes of the answers."""
    old, new = dossier.version.form, offered.form
    spoken = spoken_among(new.languages, dossier.language)
    context = context_for(for_holder(space, dossier), timezone.now())
    page = {
        "dossier": dossier, "version": offered, "told": engine.told(engine.compare(old, new), spoken),
        "moved": engine.move(old, new, queries.answers_of(dossier), context, spoken),
    }  # fmt: skip
    return render(request, "dossiers/version.html", page)
