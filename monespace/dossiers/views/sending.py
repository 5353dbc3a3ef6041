"""Checking everything, sending, and the receipt page."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from monespace.dossiers import actions, queries
from monespace.dossiers.http import in_dossier, url_of
from monespace.dossiers.lifecycle import State
from monespace.dossiers.models import Content, Document, Dossier
from monespace.dossiers.views.filling import drafts_only, screen_language, walk_of
from monespace.dossiers.words import file_refused
from monespace.spaces.http import refusal
from monespace.spaces.policy import Action
from monespace.spaces.space import Space, dossier_scope

BAD = {Document.Check.INFECTED, Document.Check.UNREADABLE}


@require_http_methods(["GET", "POST"])
@in_dossier(Action.PREPARE)
def check(request: HttpRequest, space: Space, dossier: Dossier) -> HttpResponse:
    """The summary with «Modifier», what is missing, what sending commits to; a POST sends."""
    if request.method == "POST":
        return send(request, space, dossier)
    if answer := drafts_only(request, space, dossier):
        return answer
    return show(request, space, dossier)


def show(request: HttpRequest, space: Space, dossier: Dossier, status: int = 200) -> HttpResponse:
    """The check page."""
    walk, language = walk_of(space, dossier), screen_language(dossier)
    decision = space.decide(
        Action.SUBMIT,
        scopes=dossier_scope(dossier.procedure, dossier.pk),
        least_level=dossier.version.form.definition.assurance.submit,
    )
    bad_files = [
        file_refused(one.why, one.name) for one in Document.objects.filter(dossier=dossier, check_state__in=BAD)
    ]
    page = {"dossier": dossier, "summary": walk.summary(language), "error_links": problem_links(space, dossier, walk.problems(language)) + [{"text": text} for text in bad_files], "warnings": walk.warnings(language),
             "stop": walk.stop(), "decision": decision, "ready": walk.is_complete and not bad_files}  # fmt: skip
    return render(request, "dossiers/check.html", page, status=status)


def problem_links(space: Space, dossier: Dossier, problems: list) -> list[dict]:
    """What is missing, each leading to its page and back to this one."""
    return [
        {"href": url_of(space, dossier, "page", one.address) + "?retour=verifier", "text": one.sentence}
        for one in problems
    ]


def send(request: HttpRequest, space: Space, dossier: Dossier) -> HttpResponse:
    """Sends, once; whoever comes second sees the same receipt."""
    if dossier.state == State.EXPIRED:
        return drafts_only(request, space, dossier) or redirect(space.home_url)
    try:
        actions.submit(dossier, by=request.sign_in)
    except actions.Refused as refused:
        if refused.decision:
            return refusal(request, space, refused.decision)
        return redirect(url_of(space, dossier))
    except actions.Incomplete:
        return show(request, space, dossier, status=422)
    return HttpResponseRedirect(url_of(space, dossier, "receipt"), status=303)


@require_GET
@in_dossier(Action.READ)
def receipt(request: HttpRequest, space: Space, dossier: Dossier) -> HttpResponse:
    """«Demande envoyée»: the number, what happens next, the PDF as soon as it is made. May be bookmarked."""
    if dossier.number is None:
        return redirect(url_of(space, dossier, "tasks"))
    content = Content.objects.only("digest", "frozen").get(pk=dossier.pk)
    paper = next((paper for paper in queries.papers_of(dossier) if paper.kind == "receipt"), None)
    return render(
        request,
        "dossiers/receipt.html",
        {"dossier": dossier, "digest": content.digest, "paper": paper, "frozen": content.frozen},
    )
