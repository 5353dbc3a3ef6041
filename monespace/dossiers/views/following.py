"""Following a dossier: where it stands, what was sent, its documents and letters."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from monespace import engine
from monespace.dossiers import actions, lifecycle
from monespace.dossiers.context import context_for
from monespace.dossiers.http import decide_on, download, in_dossier, url_of
from monespace.dossiers.models import Content, Decision, Document, Dossier, Paper
from monespace.dossiers.taking_part import for_holder
from monespace.dossiers.views.rows import file_row, paper_rows, step_rows, tabs
from monespace.dossiers.words import paper_file
from monespace.spaces.http import refusal
from monespace.spaces.policy import Action
from monespace.spaces.space import Space
from monespace.ui.languages import spoken_among
from monespace.ui.look import amount


@require_GET
@in_dossier(Action.READ)
def dossier(request: HttpRequest, space: Space, dossier: Dossier) -> HttpResponse:
    """«Suivi»: the state in a sentence, the timeline, the events, the letters. A draft opens where one continues it."""
    if dossier.has_expired(space.at):
        return render(request, "dossiers/expired.html", {"dossier": dossier}, status=410)
    if dossier.is_draft and decide_on(space, dossier, Action.PREPARE).because in {"seat", "level"}:
        return redirect(url_of(space, dossier, "tasks"))
    page = {
        "dossier": dossier, "step_rows": step_rows(dossier), "tabs": tabs(space, dossier, "dossier"),
        "events": dossier.events.select_related("by").order_by("-id")[:50], "paper_rows": paper_rows(space, dossier),
        "granted": granted_of(dossier),
        "may_withdraw": lifecycle.may_move(dossier.state, lifecycle.Move.WITHDRAW) and decide_on(space, dossier, Action.SUBMIT).allowed,
    }  # fmt: skip
    return render(request, "dossiers/dossier.html", page)


def granted_of(dossier: Dossier) -> str:
    """The amount that a decision grants, in words of the active language; nothing when there is none."""
    if dossier.state != lifecycle.State.DECIDED:
        return ""
    return amount(Decision.objects.filter(pk=dossier.pk).values_list("amount", flat=True).first())


@require_GET
@in_dossier(Action.READ)
def answers(request: HttpRequest, space: Space, dossier: Dossier) -> HttpResponse:
    """«Demande»: what was sent, as it was sent, from the frozen copy; of a draft, what it holds so far."""
    content = Content.objects.filter(pk=dossier.pk).first()
    if content is None:
        return redirect(url_of(space, dossier))
    page = {"dossier": dossier, "frozen": content.frozen, "tabs": tabs(space, dossier, "answers")}
    if content.frozen is None:
        walk = engine.Walk(
            dossier.version.form,
            content.answers,
            context_for(for_holder(space, dossier), space.at, validated=dossier.is_validated),
        )
        page["so_far"] = walk.summary(spoken_among(walk.form.languages, dossier.language))
    return render(request, "dossiers/answers.html", page)


@require_GET
@in_dossier(Action.READ)
def documents(request: HttpRequest, space: Space, dossier: Dossier) -> HttpResponse:
    """«Documents»: the files sent and the letters received."""
    files = dossier.documents.order_by("added_at", "id")
    page = {
        "dossier": dossier, "file_rows": [file_row(space, dossier, one) for one in files],
        "paper_rows": paper_rows(space, dossier), "tabs": tabs(space, dossier, "documents"),
    }  # fmt: skip
    return render(request, "dossiers/documents.html", page)


@require_GET
@in_dossier(Action.READ)
def document(request: HttpRequest, space: Space, dossier: Dossier, document) -> HttpResponse | FileResponse:
    """One file, always as a download and with our own type: what people upload is never shown inside our pages."""
    found = Document.objects.filter(dossier=dossier, pk=document).first()
    if found is None or not found.is_clean:
        raise Http404
    return download(found.path, found.name, found.type)


@require_GET
@in_dossier(Action.READ)
def paper(request: HttpRequest, space: Space, dossier: Dossier, kind: str) -> HttpResponse | FileResponse:
    """A receipt or letter; while the worker makes it, a page that says so."""
    found = Paper.objects.filter(dossier=dossier, kind=kind).first()
    if found is None:
        raise Http404
    if not found.path:
        return render(request, "dossiers/paper_waiting.html", {"dossier": dossier, "paper": found}, status=202)
    return download(found.path, paper_file(dossier.number, found.kind, dossier.language), "application/pdf")


@require_http_methods(["GET", "POST"])
@in_dossier(Action.SUBMIT)
def withdraw(request: HttpRequest, space: Space, dossier: Dossier) -> HttpResponse:
    """Takes the request back, after a page that says what it means."""
    if not lifecycle.may_move(dossier.state, lifecycle.Move.WITHDRAW):
        return redirect(url_of(space, dossier))
    if request.method == "POST":
        try:
            actions.withdraw(dossier, by=request.sign_in)
        except actions.Refused as refused:
            if refused.decision:
                return refusal(request, space, refused.decision, ("dossier", dossier.pk))
        except lifecycle.NotNow:
            pass
        return HttpResponseRedirect(url_of(space, dossier), status=303)
    return render(request, "dossiers/withdraw.html", {"dossier": dossier})
