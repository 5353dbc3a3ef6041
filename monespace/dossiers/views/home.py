"""The home of a space, and its whole lists."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from monespace.dossiers import queries
from monespace.dossiers.lifecycle import CLOSED, IN_PROGRESS, UNSENT, State
from monespace.dossiers.models import Dossier
from monespace.dossiers.taking_part import parts_of
from monespace.dossiers.words import LIST_TITLES
from monespace.spaces.http import in_space
from monespace.spaces.space import Space

LISTS = {"brouillons": queries.drafts_of, "en-cours": queries.in_progress_of, "clotures": queries.closed_of}
STATES: dict[str, tuple[State, ...]] = {"brouillons": UNSENT, "en-cours": IN_PROGRESS, "clotures": CLOSED}


@require_GET
@in_space()
def home(request: HttpRequest, space: Space) -> HttpResponse:
    """What I must do first, drafts and until when, what is in progress, what is closed."""
    lists = {
        kind: queries.first_of(of(space), queries.HOME + 1, queries.states_of(space, STATES[kind]))
        for kind, of in LISTS.items()
    }
    page = {
        "drafts": lists["brouillons"], "in_progress": lists["en-cours"], "closed": lists["clotures"], "shown": queries.HOME,
        "parts": list(parts_of(space.person)[: queries.HOME]) if space.is_personal else [],
        "reads": space.readable_scopes() != frozenset(),
    }  # fmt: skip
    return render(request, "dossiers/home.html", page)


@require_GET
@in_space()
def dossiers(request: HttpRequest, space: Space) -> HttpResponse:
    """One list in full, a page at a time, by key."""
    asked = request.GET.get("liste", "")
    kind = asked if asked in LISTS else "en-cours"
    after = key_from(request.GET.get("apres", ""))
    found, more = queries.page_of(LISTS[kind](space), after, states=queries.states_of(space, STATES[kind]))
    page = {
        "kind": kind, "title": LIST_TITLES[kind], "dossiers": found, "is_first": after is None,
        "next": f"?{urlencode({'liste': kind, 'apres': key_of(found[-1])})}" if more else "",
    }  # fmt: skip
    return render(request, "dossiers/list.html", page)


def key_of(dossier: Dossier) -> str:
    """The place of a row in its list, as the address of the next page carries it."""
    return f"{dossier.changed_at.isoformat()}_{dossier.pk}"


def key_from(text: str) -> tuple[datetime, UUID] | None:
    """The key of the last row of the page before, or None for the first page and for anything that is no key."""
    try:
        at, key = text.split("_")
        moment = datetime.fromisoformat(at)
        return (moment, UUID(key)) if timezone.is_aware(moment) else None
    except (ValueError, OverflowError):
        return None
