"""The first configuration (configuration initiale): what is done, what is missing, what waits on whom."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from stdnum.exceptions import ValidationError as WrongNumber

from monespace.identity.http import keeps_typed, posted, signed_in, to_sign_in
from monespace.identity.limits import TooMany
from monespace.registry.loading import SourceDown
from monespace.registry.models import Enterprise
from monespace.registry.queries import clean_number
from monespace.spaces import actions, queries
from monespace.spaces.actions import Refused
from monespace.spaces.forms import DesignateForm, NumberForm, RoleForm
from monespace.spaces.http import told
from monespace.spaces.policy import LEAST_LEVEL, Action
from monespace.spaces.progress import Progress, progress_of
from monespace.spaces.views import onwards, see_other
from monespace.spaces.wanted import wanted

NEEDED = LEAST_LEVEL[Action.GIVE_GAP]


class Stopped(Exception):
    """The page cannot be shown; `response` says why."""

    def __init__(self, response: HttpResponse):
        super().__init__(response.status_code)
        self.response = response


@require_http_methods(["GET", "POST"])
@signed_in()
@keeps_typed
def ask_number(request: HttpRequest) -> HttpResponse:
    """Which enterprise one represents; the procedure one came for is kept."""
    slug = request.POST.get("demarche", request.GET.get("demarche", ""))
    form = NumberForm(posted(request))
    if request.method == "POST" and form.is_valid():
        if wanted(slug):
            actions.remember_intention(request.user, slug)
        return see_other("spaces:setup_for", form.cleaned_data["number"])
    page = {"form": form, "demarche": slug if wanted(slug) else ""}
    return render(request, "spaces/setup_number.html", page, status=422 if form.errors else 200)


def represented(request: HttpRequest, number: str, *, at_least: int = 0) -> Enterprise:
    """The enterprise, proven to the register now; raises Stopped with the page that says what one can do, or asks for more
    assurance (only of those who represent it: nobody else proves more in vain)."""
    try:
        digits = clean_number(number)
    except WrongNumber as wrong:
        raise Http404 from wrong
    try:
        enterprise = actions.prove_representative(digits, by=request.sign_in)
    except TooMany as refusal:
        page = {"minutes": refusal.retry_after // 60 + 1}
        raise Stopped(render(request, "spaces/setup_too_many.html", page, status=429)) from refusal
    except SourceDown as down:
        raise Stopped(render(request, "spaces/setup_down.html", {"number": digits}, status=503)) from down
    if enterprise is None:
        raise Stopped(not_known(request, digits))
    if request.sign_in.level < at_least:
        raise Stopped(to_sign_in(request, at_least))
    return enterprise


def not_known(request: HttpRequest, number: str) -> HttpResponse:
    """The same page for a number that does not exist and for an enterprise that does not know the person; a member finds the way in."""
    member, _current = queries.space_for(request.sign_in, number, timezone.now())
    return render(request, "spaces/setup_not_known.html", {"number": number, "member": member}, status=403)


@require_http_methods(["GET", "POST"])
@signed_in()
def setup_for(request: HttpRequest, number: str) -> HttpResponse:
    """The task list; for someone who alone represents the enterprise, one page and one act."""
    try:
        enterprise = represented(request, number)
    except Stopped as stopped:
        return stopped.response
    if request.method == "POST":
        return open_alone(request, enterprise)
    if wanted(slug := request.GET.get("demarche", "")):
        actions.remember_intention(
            request.user, slug
        )  # the page may be left, for another device or to name somebody else
    return show(request, enterprise, RoleForm())


def open_alone(request: HttpRequest, enterprise: Enterprise) -> HttpResponse:
    """Opens the space in one act, then leads to the form one came for."""
    if request.sign_in.level < NEEDED:
        return to_sign_in(request, NEEDED)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return show(request, enterprise, form, status=422)
    slug = request.POST.get("demarche", "")
    try:
        actions.open_alone(enterprise.pk, by=request.sign_in, role=form.cleaned_data["role"])
    except Refused as refused:
        form.add_error(None, told(request, enterprise, refused))
        return show(request, enterprise, form, status=422)
    return onwards(request, enterprise, slug if wanted(slug) else "")


def show(request: HttpRequest, enterprise: Enterprise, form: RoleForm, status: int = 200) -> HttpResponse:
    """The task list of the first configuration."""
    progress: Progress = progress_of(enterprise, request.user, timezone.now())
    slug = request.POST.get("demarche", request.GET.get("demarche", ""))
    page = {
        "enterprise": enterprise,
        "progress": progress,
        "form": form,
        "level_missing": request.sign_in.level < NEEDED,
        "demarche": slug if wanted(slug) else "",
    }
    return render(request, "spaces/setup_for.html", page, status=status)


@require_http_methods(["GET", "POST"])
@signed_in()
@keeps_typed
def designate(request: HttpRequest, number: str) -> HttpResponse:
    """Names the main access manager, pinned to a national number."""
    try:
        enterprise = represented(request, number, at_least=NEEDED)
    except Stopped as stopped:
        return stopped.response
    form = DesignateForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.designate(enterprise.pk, by=request.sign_in, **form.cleaned_data)
            return see_other("spaces:setup_for", enterprise.number)
        except Refused as refused:
            form.add_error(None, told(request, enterprise, refused))
    progress = progress_of(enterprise, request.user, timezone.now())
    page = {"enterprise": enterprise, "form": form, "progress": progress}
    return render(request, "spaces/designate.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in()
def countersign(request: HttpRequest, number: str, invitation) -> HttpResponse:
    """The second representative reads what the first signed, then signs or not."""
    try:
        enterprise = represented(request, number, at_least=NEEDED)
    except Stopped as stopped:
        return stopped.response
    found = queries.waiting_invitations(enterprise).filter(pk=invitation).first()
    if found is None:
        return see_other("spaces:setup_for", enterprise.number)
    error = ""
    if request.method == "POST":
        try:
            act = actions.cancel if "refuse" in request.POST else actions.countersign
            act(found, by=request.sign_in)
            return see_other("spaces:setup_for", enterprise.number)
        except Refused as refused:
            error = told(request, enterprise, refused)
    page = {"enterprise": enterprise, "invitation": found, "errors": [{"text": error}] if error else []}
    return render(request, "spaces/countersign.html", page, status=422 if error else 200)
