"""The dossier of a request: fetched through the space and the policy, or not at all."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse

from monespace.dossiers.lifecycle import UNSENT
from monespace.dossiers.models import Dossier
from monespace.dossiers.taking_part import guest_seats, is_guest
from monespace.prepared import Prepared
from monespace.spaces.http import in_space, refusal
from monespace.spaces.policy import Action, Decision
from monespace.spaces.space import Space, dossier_scope
from monespace.ui.languages import said_in_one_of


def in_dossier(action: Action = Action.READ) -> Callable:
    """Decorator: `view(request, space, dossier, …)` for a page of a dossier.

    A dossier that is not in this space does not exist (404). A member whose roles do not cover it is told which role is
    missing and who can give it (403), never what the dossier is about. Pages that prepare it are said in a language of its form.
    """

    def decorate(view: Callable) -> Callable:
        @in_space()
        @wraps(view)
        def checked(request: HttpRequest, space: Space, ref: str, *args, **kwargs) -> HttpResponse:
            dossier = dossier_in(space, ref)
            decision = decide_on(space, dossier, action)
            if not decision.allowed:
                return refusal(request, space, decision, ("dossier", dossier.pk))
            if action is not Action.PREPARE:
                return view(request, space, dossier, *args, **kwargs)
            with said_in_one_of(request, dossier.version.form.languages, dossier.language):
                return view(request, space, dossier, *args, **kwargs)

        return checked

    return decorate


def decide_on(space: Space, dossier: Dossier, action: Action) -> Decision:
    """The policy's answer for one dossier: the procedure may ask for a stronger proof of identity to draft or to send."""
    scopes = dossier_scope(dossier.procedure, dossier.pk)
    if is_guest(dossier, space.person):
        level = max(seat.level for seat in space.seats)
        space = replace(space, seats=guest_seats(dossier, space.person, level, space.at))
    if action not in {Action.PREPARE, Action.SUBMIT}:
        return space.decide(action, scopes=scopes)
    assurance = dossier.version.form.definition.assurance
    least = assurance.submit if action is Action.SUBMIT and dossier.is_draft else assurance.draft
    return space.decide(action, scopes=scopes, least_level=least)


PEOPLE = ("submitted_by", "changed_by", "in_charge", "created_by", "holder_person")


def _read_whole(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Without the people: joined too, they would cost PostgreSQL 2.6 ms of planning at each request, and are mostly the reader."""
    return dossiers.select_related("version", "holder_enterprise").defer("version__definition")


OF_PERSON: Prepared[Dossier] = Prepared(
    lambda asked: _read_whole(
        Dossier.objects.filter(ref=asked("ref"), holder_person_id=asked("holder"), holder_enterprise=None)
    )
)
OF_ENTERPRISE: Prepared[Dossier] = Prepared(
    lambda asked: _read_whole(Dossier.objects.filter(ref=asked("ref"), holder_enterprise_id=asked("holder")))
)

# A draft of another person that one helps to fill in: its address lies in one's own space.
SHARED: Prepared[Dossier] = Prepared(
    lambda asked: _read_whole(
        Dossier.objects.filter(
            ref=asked("ref"),
            shared=True,
            holder_enterprise=None,
            state__in=UNSENT,
            participants__may_fill=True,
            participants__ended_at=None,
            participants__national_number_hash=asked("hash"),
        )
    )
)


def dossier_in(space: Space, ref: str) -> Dossier:
    """The dossier of this space with this reference; raises Http404."""
    if space.enterprise is None:
        found = OF_PERSON.first(ref=ref, holder=space.person.pk)
        found = found or SHARED.first(ref=ref, hash=space.person.national_number_hash)
    else:
        found = OF_ENTERPRISE.first(ref=ref, holder=space.enterprise.pk)
    if found is None:
        raise Http404
    for name in PEOPLE:  # whoever else it is, is read where a page names them
        if getattr(found, f"{name}_id") == space.person.pk:
            setattr(found, name, space.person)
    return found


def url_of(space: Space, dossier: Dossier, name: str = "dossier", *args: str) -> str:
    """The address of one of a dossier's pages."""
    return reverse(f"dossiers:{name}", args=[space.key, dossier.ref, *args])


def download(path: str, name: str, content_type: str) -> FileResponse:
    """A stored file as an attachment: what people upload is never shown inside our pages."""
    response = FileResponse(
        default_storage.open(path, "rb"), as_attachment=True, filename=name, content_type=content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
