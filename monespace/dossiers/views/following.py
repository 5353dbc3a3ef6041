"""Following a dossier: where it stands, what was sent, its documents and letters."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from monespace.dossiers import actions, lifecycle, queries
from monespace.dossiers.http import in_dossier, url_of
from monespace.dossiers.models import Content, Document, Dossier, Paper
from monespace.dossiers.words import PAPER_LABELS, STEP_LABELS
from monespace.spaces.http import refusal
from monespace.spaces.policy import Action
from monespace.spaces.space import Space
from monespace.ui.templatetags.look import day

TABS = {"dossier": _("Progress"), "answers": _("What was sent"), "documents": _("Documents")}


def tabs(space: Space, dossier: Dossier, current: str) -> list[dict]:
    """The pages of a dossier, as ui/tabs_nav.html shows them."""
    return [
        {"text": text, "href": url_of(space, dossier, name), "current": name == current} for name, text in TABS.items()
    ]


def step_rows(dossier: Dossier) -> list[dict]:
    """The four steps, as ui/timeline.html shows them."""
    dates = {
        "draft": dossier.created_at,
        "submitted": dossier.submitted_at,
        "decided": dossier.closed_at if dossier.outcome else None,
    }
    return [
        {"name": STEP_LABELS[step.state], "state": "done" if step.done else "now" if step.current else "",
         "when": day(dates.get(step.state)) if step.done or step.current else ""}
        for step in lifecycle.timeline(dossier.state)
    ]  # fmt: skip


def paper_rows(space: Space, dossier: Dossier) -> list[dict]:
    """Receipt and letters, as ui/file_list.html shows them."""
    return [
        {"name": PAPER_LABELS[paper.kind], "href": url_of(space, dossier, "paper", paper.kind), "kind": "PDF",
         "note": day(paper.made_at) if paper.made_at else _("being made")}
        for paper in queries.papers_of(dossier)
    ]  # fmt: skip


def file_rows(space: Space, dossier: Dossier) -> list[dict]:
    """The files of a dossier: those that may be opened lead to a download; the others say why not."""
    files = Document.objects.filter(dossier=dossier).order_by("added_at", "id")
    return [
        {"name": one.name, "size": one.size, "href": "" if one.refusal else url_of(space, dossier, "document", one.pk), "note": one.refusal}
        for one in files
    ]  # fmt: skip


@require_GET
@in_dossier(Action.READ)
def dossier(request: HttpRequest, space: Space, dossier: Dossier) -> HttpResponse:
    """«Suivi»: the state in a sentence, the timeline, the events, the letters."""
    if dossier.is_draft and space.may(Action.PREPARE):
        return redirect(url_of(space, dossier, "tasks"))
    page = {
        "dossier": dossier, "step_rows": step_rows(dossier), "tabs": tabs(space, dossier, "dossier"), "events": dossier.events.select_related("by").order_by("-id")[:50],
        "paper_rows": paper_rows(space, dossier), "may_withdraw": lifecycle.may_move(dossier.state, lifecycle.Move.WITHDRAW),
    }  # fmt: skip
    return render(request, "dossiers/dossier.html", page)


@require_GET
@in_dossier(Action.READ)
def answers(request: HttpRequest, space: Space, dossier: Dossier) -> HttpResponse:
    """«Demande»: what was sent, as it was sent, from the frozen copy."""
    frozen = Content.objects.filter(pk=dossier.pk).values_list("frozen", flat=True).first()
    if frozen is None:
        return redirect(url_of(space, dossier))
    return render(
        request,
        "dossiers/answers.html",
        {"dossier": dossier, "frozen": frozen, "tabs": tabs(space, dossier, "answers")},
    )


@require_GET
@in_dossier(Action.READ)
def documents(request: HttpRequest, space: Space, dossier: Dossier) -> HttpResponse:
    """«Documents»: the files sent and the letters received."""
    page = {
        "dossier": dossier, "file_rows": file_rows(space, dossier), "paper_rows": paper_rows(space, dossier),
        "tabs": tabs(space, dossier, "documents"),
    }  # fmt: skip
    return render(request, "dossiers/documents.html", page)


@require_GET
@in_dossier(Action.READ)
def document(request: HttpRequest, space: Space, dossier: Dossier, document) -> HttpResponse:
    """One file, always as a download and with our own type: what people upload is never shown inside our pages."""
    found = Document.objects.filter(dossier=dossier, pk=document).first()
    if found is None or not found.path or found.check_state in {Document.Check.INFECTED, Document.Check.UNREADABLE}:
        raise Http404
    return download(found.path, found.name, found.type)


@require_GET
@in_dossier(Action.READ)
def paper(request: HttpRequest, space: Space, dossier: Dossier, kind: str) -> HttpResponse:
    """A receipt or letter; while the worker makes it, a page that says so."""
    found = Paper.objects.filter(dossier=dossier, kind=kind).first()
    if found is None:
        raise Http404
    if not found.path:
        return render(request, "dossiers/paper_waiting.html", {"dossier": dossier, "paper": found}, status=202)
    return download(found.path, f"{dossier.number}-{kind}.pdf", "application/pdf")


def download(path: str, name: str, content_type: str) -> FileResponse:
    """A stored file as an attachment."""
    response = FileResponse(
        default_storage.open(path, "rb"), as_attachment=True, filename=name, content_type=content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


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
                return refusal(request, space, refused.decision)
        except lifecycle.NotNow:
            pass
        return HttpResponseRedirect(url_of(space, dossier), status=303)
    return render(request, "dossiers/withdraw.html", {"dossier": dossier})
