"""The home of a space, and its whole list."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from monespace.dossiers import queries
from monespace.spaces.http import in_space
from monespace.spaces.space import Space

LISTS = {"brouillons": "drafts", "en-cours": "in_progress", "clotures": "closed"}


@require_GET
@in_space()
def home(request: HttpRequest, space: Space) -> HttpResponse:
    """What I must do first, drafts and until when, what is in progress, what is closed."""
    page = {
        "drafts": list(queries.drafts_of(space, space.at)[: queries.HOME + 1]),
        "in_progress": list(queries.in_progress_of(space)[: queries.HOME + 1]),
        "closed": list(queries.closed_of(space)[: queries.HOME + 1]),
        "shown": queries.HOME,
        "reads": space.readable_scopes() != frozenset(),
    }
    return render(request, "dossiers/home.html", page)


@require_GET
@in_space()
def dossiers(request: HttpRequest, space: Space) -> HttpResponse:
    """One list in full, a page at a time, by key."""
    kind = request.GET.get("liste") if request.GET.get("liste") in LISTS else "en-cours"
    lists = {
        "brouillons": queries.drafts_of(space, space.at),
        "en-cours": queries.in_progress_of(space),
        "clotures": queries.closed_of(space),
    }
    found, more = queries.page_of(lists[kind], key_from(request.GET.get("apres", "")))
    following = f"{found[-1].changed_at.isoformat()}_{found[-1].pk}" if more else ""
    return render(request, "dossiers/list.html", {"kind": kind, "dossiers": found, "after": following})


def key_from(text: str) -> tuple[datetime, UUID] | None:
    """The key of the last row of the page before, or None for the first page and for anything that is no key."""
    try:
        at, key = text.split("_")
        return datetime.fromisoformat(at), UUID(key)
    except ValueError:
        return None
