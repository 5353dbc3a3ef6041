"""Who else is in a draft, asked again by a page that stays open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from monespace.dossiers.http import in_dossier
from monespace.dossiers.models import Dossier
from monespace.dossiers.together import look_in
from monespace.dossiers.views.filling import drafts_only, walk_of
from monespace.dossiers.views.rows import who_else
from monespace.spaces.policy import Action
from monespace.spaces.space import Space


@require_GET
@in_dossier(Action.PREPARE)
def around(request: HttpRequest, space: Space, dossier: Dossier) -> HttpResponse:
    """The lines alone, for the page of the form at `?page=` (none: the task list)."""
    if drafts_only(request, space, dossier):
        return HttpResponse()
    here = look_in(dossier, request.user, request.GET.get("page", "")[:200], timezone.now())
    rows = who_else(walk_of(space, dossier), here) if here.others else []
    return render(request, "dossiers/_around_lines.html", {"around": rows})
