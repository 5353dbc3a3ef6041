"""Checking everything, sending, and the receipt page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from monespace import engine
from monespace.dossiers import actions, queries
from monespace.dossiers.actions.documents import held_by
from monespace.dossiers.http import decide_on, in_dossier, url_of
from monespace.dossiers.models import Content, Document, Dossier, Paper
from monespace.dossiers.papers import verify_address
from monespace.dossiers.taking_part import agreements, is_guest
from monespace.dossiers.views.beginning import already_sent, not_now
from monespace.dossiers.views.filling import drafts_only, walk_of
from monespace.dossiers.views.rows import agreement_rows
from monespace.identity.http import keeps_typed, posted
from monespace.identity.limits import TooMany
from monespace.spaces.http import note_refused, refusal
from monespace.spaces.policy import Action
from monespace.spaces.space import Space


@require_http_methods(["GET", "POST"])
@in_dossier(Action.PREPARE)
@keeps_typed
def check(request: HttpRequest, space: Space, dossier: Dossier) -> HttpResponse:
    """The summary with «Modifier», what is missing, what sending commits to; a POST sends."""
    if request.method == "POST" and dossier.number is not None:
        return HttpResponseRedirect(url_of(space, dossier, "receipt"), status=303)
    if answer := drafts_only(request, space, dossier):
        return answer
    walk = walk_of(space, dossier)
    if request.method == "GET":
        return show(request, space, dossier, walk)
    if "ask" in request.POST:
        return ask(request, space, dossier, walk)
    if "reopen" in request.POST:
        return act(request, space, dossier, walk, actions.reopen, "tasks")
    unread = [row for row in warning_rows(request, space, dossier, walk) if not row["checked"]]
    if unread and walk.is_complete and not dossier.is_validated:  # what was validated was confirmed then
        return show(request, space, dossier, walk, status=422, errors=unread)
    if "validate" in request.POST:
        return act(request, space, dossier, walk, actions.validate, "check")
    return act(request, space, dossier, walk, actions.submit, "receipt")


def show(
    request: HttpRequest,
    space: Space,
    dossier: Dossier,
    walk: engine.Walk,
    *,
    status: int = 200,
    errors: list[dict] | None = None,
) -> HttpResponse:
    """The check page; `errors` instead of what is missing: warnings that were not confirmed."""
    decision = decide_on(space, dossier, Action.SUBMIT)
    missing = problem_rows(space, dossier, walk.problems(get_language())) + file_problems(space, dossier, walk)
    agreed = agreements(dossier, walk, space.at)
    page = {
        "dossier": dossier, "summary": walk.summary(get_language()), "stop": walk.stop(), "errors": errors or missing,
        "ready": not missing, "agreements": agreement_rows(agreed), "asks": not is_guest(dossier, request.user),
        "agreed": all(each.state == "confirmed" for each in agreed),
        "warnings": warning_rows(request, space, dossier, walk), "decision": decision,
        "may_send": decision.allowed or decision.because == "level",
        "senders": [] if decision.allowed else queries.senders_of(space, dossier),
        "validates": dossier.version.form.definition.validate and not dossier.is_validated,
        "validated": queries.validation_of(dossier) if dossier.is_validated else None, "change": not dossier.is_validated,
        "declare": walk.first_once_validated(),
    }  # fmt: skip
    return render(request, "dossiers/check.html", page, status=status)


def problem_rows(space: Space, dossier: Dossier, problems: list[engine.Problem]) -> list[dict]:
    """What is missing, each leading to its page and back to this one."""
    return [
        {"href": f"{url_of(space, dossier, 'page', one.address)}?retour=verifier", "text": one.sentence}
        for one in problems
    ]


def file_problems(space: Space, dossier: Dossier, walk: engine.Walk) -> list[dict]:
    """The files that would be sent and cannot be, each leading to the page that holds it."""
    bad = Document.objects.filter(dossier=dossier, check_state__in=Document.BAD)
    held = held_by(walk.applicable_answers()) if bad else set()
    return [
        {"text": one.refusal, "href": f"{url_of(space, dossier, 'page', address_of_file(walk, one))}?retour=verifier"}
        for one in bad
        if str(one.pk) in held
    ]


def address_of_file(walk: engine.Walk, document: Document) -> str:
    """The page whose question holds a file that the answers hold."""
    return next(
        address
        for address in walk.addresses
        if (view := queries.form_page(walk, address))
        and any(file["id"] == str(document.pk) for field in view.fields for file in field.files)
    )


def warning_rows(request: HttpRequest, space: Space, dossier: Dossier, walk: engine.Walk) -> list[dict]:
    """What deserves a second look, each with a box to tick; `text` and `href` for the error summary when it was not."""
    ticked = set((posted(request) or request.POST).getlist("confirmed"))
    return [
        {"id": f"confirmed-{place}", "href": f"#confirmed-{place}", "sentence": one.sentence, "value": f"{one.address} {one.field}",
         "checked": f"{one.address} {one.field}" in ticked, "text": _("Confirm: %(sentence)s") % {"sentence": one.sentence},
         "change": f"{url_of(space, dossier, 'page', one.address)}?retour=verifier"}
        for place, one in enumerate(walk.warnings(get_language()), 1)
    ]  # fmt: skip


def act(request: HttpRequest, space: Space, dossier: Dossier, walk: engine.Walk, make: Callable, after: str) -> HttpResponse:  # fmt: skip
    """Sends, validates or reopens, once; whoever comes second sees the same page."""
    try:
        make(dossier, by=request.sign_in)
    except actions.Refused as refused:
        return cannot(request, space, dossier, walk, refused)
    except actions.Incomplete:
        return show(request, space, dossier, walk, status=422)
    if make is actions.validate:
        return HttpResponseRedirect(declare_url(space, dossier), status=303)
    return HttpResponseRedirect(url_of(space, dossier, after), status=303)


def ask(request: HttpRequest, space: Space, dossier: Dossier, walk: engine.Walk) -> HttpResponse:
    """Asks the others for their agreement, unless too many mails went out today."""
    try:
        return act(request, space, dossier, walk, actions.ask, "check")
    except TooMany:
        many = [{"text": _("You asked many people today. Try again tomorrow.")}]
        return show(request, space, dossier, walk, status=422, errors=many)


def declare_url(space: Space, dossier: Dossier) -> str:
    """Where one goes on once the answers are validated: what is asked only then, or the sending."""
    dossier.refresh_from_db(fields=["state"])
    first = walk_of(space, dossier).first_once_validated()
    return url_of(space, dossier, "page", first) if first else url_of(space, dossier, "check")


def cannot(
    request: HttpRequest, space: Space, dossier: Dossier, walk: engine.Walk, refused: actions.Refused
) -> HttpResponse:
    """Why an act of the check page cannot be made."""
    if refused.decision and refused.decision.because == "level":
        return refusal(request, space, refused.decision)
    if refused.decision:  # the page says who can send it
        note_refused(request, refused.decision, space.journal_key, ("dossier", dossier.pk))
        return show(request, space, dossier, walk, status=403)
    if refused.because == "window":  # begun in time, sent too late
        return not_now(request, space, dossier.version, refused)
    if refused.because == "once":  # another draft was sent first
        return already_sent(request, space, dossier.version, draft=dossier)
    if refused.because in {"not_validated", "unconfirmed"}:  # somebody opened the answers again meanwhile
        return HttpResponseRedirect(url_of(space, dossier, "check"), status=303)
    return HttpResponseRedirect(url_of(space, dossier), status=303)


@require_GET
@in_dossier(Action.READ)
def receipt(request: HttpRequest, space: Space, dossier: Dossier) -> HttpResponse:
    """«Demande envoyée»: the number, what happens next, the PDF as soon as it is made. May be bookmarked."""
    if dossier.number is None:
        return redirect(url_of(space, dossier))
    content = Content.objects.only("digest", "frozen").get(pk=dossier.pk)
    made = Paper.objects.filter(dossier=dossier, kind=Paper.Kind.RECEIPT, made_at__isnull=False).exists()
    page = {
        "dossier": dossier, "digest": content.digest, "made": made, "frozen": content.frozen,
        "verify_address": verify_address(),
    }  # fmt: skip
    return render(request, "dossiers/receipt.html", page)
