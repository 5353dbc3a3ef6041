"""Agreeing to another's draft, and sharing a draft of one's own with somebody who helps to fill it in."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from monespace.dossiers import actions
from monespace.dossiers.forms import AgreeForm, HelperForm
from monespace.dossiers.http import in_dossier
from monespace.dossiers.models import Dossier, Participant
from monespace.dossiers.taking_part import is_guest, read_by
from monespace.dossiers.views.filling import drafts_only, to
from monespace.identity.http import keeps_typed, posted
from monespace.identity.limits import TooMany
from monespace.spaces.http import in_space, refusal
from monespace.spaces.policy import Action
from monespace.spaces.space import Space


@require_http_methods(["GET", "POST"])
@in_space()
def confirm(request: HttpRequest, space: Space, ref: str) -> HttpResponse:
    """What another person asks one to agree to, in one's own space; only who was asked finds it."""
    dossier = get_object_or_404(Dossier.objects.select_related("version", "holder_person", "created_by"), ref=ref)
    try:
        part, (who, digest) = actions.mine_of(dossier, space.person, space.at)
    except actions.Refused:
        raise Http404 from None
    if not space.is_personal:
        raise Http404
    decision = space.decide(Action.SUBMIT, least_level=dossier.version.form.definition.assurance.submit)
    if not decision.allowed:
        return refusal(request, space, decision)
    read = as_read(dossier, who.place, space.at)
    form = AgreeForm(request.POST if request.method == "POST" else None, text=read.pop("text"))
    page = {"dossier": dossier, "part": part, "digest": digest, "form": form, "changed": False, **read}
    if not form.is_bound:
        return render(request, "dossiers/confirm.html", page)
    return answered(request, space, dossier, form, page)


def answered(request: HttpRequest, space: Space, dossier: Dossier, form: AgreeForm, page: dict) -> HttpResponse:
    """Keeps what was answered; shows the page again when it is not sound, or when the request changed meanwhile."""
    if form.is_valid():
        try:
            seen, reason = request.POST.get("seen", ""), form.cleaned_data["reason"]
            actions.answer(dossier, by=request.sign_in, seen=seen, reason=reason if form.declines else None)
        except actions.Refused as refused:
            if refused.because != "changed":
                raise Http404 from None
            page = {**page, "changed": True}
        else:
            return to(space, dossier, "confirm")
    return render(request, "dossiers/confirm.html", page, status=422)


def as_read(dossier: Dossier, place: str, at: datetime) -> dict:
    """What one agrees to, in the reader's language where the form has it, else in the one in which it will be sent."""
    walk, language = actions.walk_as_agreed(dossier, at), get_language()
    spoken = language if language in walk.form.languages else dossier.language
    who = next(each for each in walk.confirmers(spoken) if each.place == place)
    text = who.text
    if spoken != language:
        text = format_html('<span lang="{}">{}</span>', spoken, text)
    return {"summary": read_by(walk, who, spoken), "spoken": spoken, "text": text}


@require_http_methods(["GET", "POST"])
@in_dossier(Action.PREPARE)
@keeps_typed
def share(request: HttpRequest, space: Space, dossier: Dossier) -> HttpResponse:
    """«Remplir à deux»: who helps to fill in one's own draft, a form to ask somebody, a button to end it."""
    if answer := drafts_only(request, space, dossier):
        return answer
    if not space.is_personal or is_guest(dossier, space.person):
        raise Http404
    if "end" in request.POST:
        return end(request, space, dossier)
    form = HelperForm(posted(request))
    if request.method == "POST" and form.is_valid():
        known = form.cleaned_data
        try:
            actions.invite_helper(dossier, known["name"], known["national_number"], known["email"], by=request.sign_in)
        except TooMany:
            form.add_error("email", _("You asked many people today. Try again tomorrow."))
        except actions.Refused:
            return to(space, dossier)
        else:
            return to(space, dossier, "share")
    helpers = Participant.objects.filter(dossier=dossier, ended_at=None, may_fill=True).order_by("asked_at")
    page = {"dossier": dossier, "form": form, "helpers": helpers}
    return render(request, "dossiers/share.html", page, status=422 if form.errors else 200)


def end(request: HttpRequest, space: Space, dossier: Dossier) -> HttpResponse:
    """Ends somebody's help; a draft that was sent meanwhile shows where it stands."""
    try:
        actions.end_part(dossier, uuid_of(request.POST["end"]), by=request.sign_in)
    except actions.Refused:
        return to(space, dossier)
    return to(space, dossier, "share")


def uuid_of(text: str) -> UUID:
    """A key that a form sent; raises Http404."""
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
