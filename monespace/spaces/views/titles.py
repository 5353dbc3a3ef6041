"""One access: withdrawing it, giving it back, taking a role oneself. Each on a page that says the consequences."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from monespace.identity.http import keeps_typed, local_path, posted, to_sign_in
from monespace.spaces import actions, queries
from monespace.spaces.actions import Refused
from monespace.spaces.forms import RoleForm, WithdrawForm
from monespace.spaces.http import in_space, refusal, told
from monespace.spaces.models import Title, TitleKind
from monespace.spaces.policy import LEAST_LEVEL, Action
from monespace.spaces.space import Space
from monespace.spaces.views import onwards, see_other
from monespace.spaces.wanted import wanted
from monespace.spaces.words import seat_label


def title_in(space: Space, key: UUID) -> Title:
    """A title of this space that runs; raises Http404."""
    found = space.enterprise and queries.running_titles(space.enterprise, space.at).filter(pk=key).first()
    if not found:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@in_space(Action.SEE_ACCESS)
@keeps_typed
def withdraw(request: HttpRequest, space: Space, title: UUID) -> HttpResponse:
    """What withdrawing means, why, and the act."""
    found = title_in(space, title)
    decision = space.decide(actions.NEEDS[TitleKind(found.kind)])
    if not decision.allowed:
        return refusal(request, space, decision, ("title", found.pk))
    form = WithdrawForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_title(found, by=request.sign_in, because=form.cleaned_data["because"])
            return see_other("spaces:people", space.key, fait="retire")
        except Refused as refused:
            form.add_error(None, told(request, space.its_enterprise, refused))
    page = {
        "title": found,
        "what": seat_label(found.kind, found.role),
        "form": form,
        "is_manager": found.kind != "role",
    }
    return render(request, "spaces/withdraw.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@in_space()
def leave(request: HttpRequest, space: Space, title: UUID) -> HttpResponse:
    """Giving back one's own access; the last manager may, and is told what it means."""
    found = title_in(space, title)
    if found.person_id != request.user.pk:
        raise Http404
    errors = []
    if request.method == "POST":
        try:
            actions.leave(found, by=request.sign_in)
            return see_other("spaces:choose")
        except Refused as refused:
            errors = [{"text": told(request, space.its_enterprise, refused)}]
    managers = queries.managers(space.its_enterprise, space.at)
    last = found.kind != TitleKind.ROLE and [manager.pk for manager in managers] == [request.user.pk]
    page = {"title": found, "what": seat_label(found.kind, found.role), "last": last, "errors": errors}
    return render(request, "spaces/leave.html", page, status=422 if errors else 200)


@require_http_methods(["GET", "POST"])
@in_space(Action.SEE_ACCESS)
@keeps_typed
def take_role(request: HttpRequest, space: Space) -> HttpResponse:
    """A GAP or a representative takes a role in one act; the others who hold power are told."""
    if not space.can_take_role:
        return refusal(request, space, space.decide(Action.GIVE_CO_GAP))
    if request.sign_in.level < LEAST_LEVEL[Action.GIVE_CO_GAP]:
        return to_sign_in(request, LEAST_LEVEL[Action.GIVE_CO_GAP])
    wanted_role, after = (
        request.GET.get("role", "submit"),
        local_path(request.POST.get("suite", request.GET.get("suite"))),
    )
    slug = request.POST.get("demarche", request.GET.get("demarche", ""))
    form = RoleForm(posted(request), initial={"role": wanted_role})
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_role(space.its_enterprise.pk, by=request.sign_in, role=form.cleaned_data["role"])
            return (
                HttpResponseRedirect(after, status=303)
                if after
                else onwards(request, space.its_enterprise, slug if wanted(slug) else "")
            )
        except Refused as refused:
            form.add_error(None, told(request, space.its_enterprise, refused))
    page = {"form": form, "suite": after, "demarche": slug if wanted(slug) else ""}
    return render(request, "spaces/take_role.html", page, status=422 if form.errors else 200)
