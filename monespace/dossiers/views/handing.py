"""Who is to finish a draft of an enterprise: taking it over from a colleague, handing it over to one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from monespace.dossiers import actions, queries
from monespace.dossiers.forms import HandOverForm
from monespace.dossiers.http import in_dossier
from monespace.dossiers.models import Dossier
from monespace.dossiers.views.filling import drafts_only, to
from monespace.identity.http import keeps_typed, posted
from monespace.spaces.http import refusal
from monespace.spaces.policy import Action
from monespace.spaces.space import Space


@in_dossier(Action.PREPARE)
@require_POST
def take_over(request: HttpRequest, space: Space, dossier: Dossier) -> HttpResponse:
    """«Reprendre ce brouillon»: one finishes it from now on."""
    try:
        actions.take_over(dossier, by=request.sign_in)
    except actions.Refused as refused:
        return refused_here(request, space, dossier, refused)
    return to(space, dossier, "tasks")


@require_http_methods(["GET", "POST"])
@in_dossier(Action.PREPARE)
@keeps_typed
def hand_over(request: HttpRequest, space: Space, dossier: Dossier) -> HttpResponse:
    """«Confier à un collègue»: the colleagues who may fill it in; one is chosen."""
    if answer := drafts_only(request, space, dossier):
        return answer
    if space.is_personal:
        raise Http404
    able = [one for one in queries.able_people(dossier, Action.PREPARE, space.at) if one != dossier.keeper]
    form = HandOverForm(posted(request), colleagues=able)
    if not (request.method == "POST" and form.is_valid()):
        page = {"dossier": dossier, "form": form, "able": able}
        return render(request, "dossiers/hand_over.html", page, status=422 if form.errors else 200)
    try:
        actions.hand_over(dossier, form.cleaned_data["to"], by=request.sign_in)
    except actions.Refused as refused:
        return refused_here(request, space, dossier, refused)
    return to(space, dossier, "tasks")


def refused_here(request: HttpRequest, space: Space, dossier: Dossier, refused: actions.Refused) -> HttpResponse:
    """Why not: the policy's page, the choice again when that colleague may not any more, or the dossier as it stands now."""
    if refused.decision:
        return refusal(request, space, refused.decision, ("dossier", dossier.pk))
    return to(space, dossier, "hand_over" if refused.because == "colleague" else "dossier")
