"""The invited person's page: what is offered, by whom, for which enterprise, what accepting means. A GET changes nothing."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from monespace.identity.http import signed_in, to_sign_in
from monespace.spaces import actions, queries
from monespace.spaces.actions import Refused
from monespace.spaces.models import Invitation
from monespace.spaces.policy import ACCEPT_LEVEL
from monespace.spaces.views import onwards, see_other
from monespace.spaces.views.people import scope_names
from monespace.spaces.words import ROLE_ALLOWS, ROLE_DENIES, refused_text, seat_label


@require_http_methods(["GET", "POST"])
@signed_in()
def invitation(request: HttpRequest, key: UUID) -> HttpResponse:
    """Shows the offer to the person it may be meant for; anyone else learns only whose session this is (404)."""
    found = queries.invitation_for(request.user, key)
    if found is None:
        return render(request, "spaces/other_person.html", {"who": request.user.full_name}, status=404)
    if request.method == "POST":
        return answer(request, found)
    return show(request, found)


def answer(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Accepts, refuses, or says that it is meant for somebody else."""
    level = ACCEPT_LEVEL[found.kind]
    try:
        if "accepter" not in request.POST:
            actions.refuse(found, by=request.sign_in, not_me="pas_moi" in request.POST)
            return see_other("spaces:invitation", found.pk)
        if request.sign_in.level < level:
            return to_sign_in(request, level)
        found = actions.accept(found, by=request.sign_in)
    except Refused as refused:
        return show(request, found, refused_text(refused.because))
    if found.state == Invitation.State.TO_CONFIRM:
        return see_other("spaces:invitation", found.pk)
    return onwards(request, found.enterprise, found.procedure)


def show(request: HttpRequest, found: Invitation, error: str = "") -> HttpResponse:
    """The offer in words, in the state it is in."""
    expired = found.state == Invitation.State.SENT and found.expires_at <= timezone.now()
    mine = found.answered_by_id == request.user.pk
    page = {
        "invitation": found,
        "open": found.state == Invitation.State.SENT and not expired,
        "expired": expired,
        "waits": found.state == Invitation.State.TO_CONFIRM and mine,
        "accepted": found.state == Invitation.State.ACCEPTED and mine,
        "what": seat_label(found.kind, found.role),
        "scope": scope_names([found])[found.scope],
        "allows": ROLE_ALLOWS[found.role or found.kind],
        "denies": ROLE_DENIES[found.role or found.kind],
        "pinned": bool(found.pinned_hash),
        "errors": [{"text": error}] if error else [],
    }
    return render(request, "spaces/invitation.html", page, status=422 if error else 200)
