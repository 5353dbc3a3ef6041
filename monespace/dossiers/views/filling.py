"""Filling in: the task list, one thing per page, groups with their rows; saved at each «Continuer»."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from monespace import engine
from monespace.dossiers import actions, queries
from monespace.dossiers.context import context_for
from monespace.dossiers.http import in_dossier, url_of
from monespace.dossiers.models import Document, Dossier
from monespace.dossiers.words import TASK_LABELS, file_refused
from monespace.spaces.http import refusal
from monespace.spaces.policy import Action
from monespace.spaces.space import Space
from monespace.ui.questions import error_links


def walk_of(space: Space, dossier: Dossier, answers: dict | None = None) -> engine.Walk:
    """The engine's walk through a draft as it stands."""
    return engine.Walk(
        dossier.version.form,
        queries.answers_of(dossier) if answers is None else answers,
        context_for(space, timezone.now()),
    )


def screen_language(dossier: Dossier) -> str:
    """The language in which the form is shown: the screen's when the form has it."""
    return get_language() if get_language() in dossier.version.form.languages else dossier.language


def drafts_only(request: HttpRequest, space: Space, dossier: Dossier) -> HttpResponse | None:
    """What to answer when a draft's page is asked for a dossier that is no draft any more."""
    if not dossier.is_draft:
        return redirect(url_of(space, dossier))
    if dossier.expires_at <= timezone.now():
        return render(request, "dossiers/expired.html", {"dossier": dossier}, status=410)
    return None


@require_http_methods(["GET"])
@in_dossier(Action.PREPARE)
def tasks(request: HttpRequest, space: Space, dossier: Dossier) -> HttpResponse:
    """The task list: sections with their states, what is missing, until when the draft is kept."""
    if answer := drafts_only(request, space, dossier):
        return answer
    walk = walk_of(space, dossier)
    language = screen_language(dossier)
    page = {
        "dossier": dossier, "task_rows": [task_row(space, dossier, task) for task in walk.tasks(language)], "stop": walk.stop(), "complete": walk.is_complete,
        "missing_files": walk.missing_attachments, "deadline": walk.deadline(), "deadline_text": walk.deadline_text(language),
        "minutes": dossier.version.form.definition.minutes,
    }  # fmt: skip
    return render(request, "dossiers/tasks.html", page)


def task_row(space: Space, dossier: Dossier, task: engine.Task) -> dict:
    """A task as ui/task_list.html shows it."""
    return {
        "name": task.title, "href": url_of(space, dossier, "page", task.address) if task.address else "",
        "status": TASK_LABELS[task.state], "kind": "" if task.state in {"done", "cannot_start"} else "waiting" if task.state == "started" else "information",
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
@in_dossier(Action.PREPARE)
def page(request: HttpRequest, space: Space, dossier: Dossier, address: str) -> HttpResponse:
    """One page of the form: shown, or saved and left for the next one."""
    if answer := drafts_only(request, space, dossier):
        return answer
    if request.method == "POST":
        return post(request, space, dossier, address)
    return show(request, space, dossier, address)


def show(
    request: HttpRequest, space: Space, dossier: Dossier, address: str, *, reading=None, status: int = 200
) -> HttpResponse:
    """Shows a page; with a reading, what was typed and its faults. An address that no longer applies leads to the task list."""
    walk, language = walk_of(space, dossier), screen_language(dossier)
    try:
        view = walk.page(address, language, reading)
    except LookupError:
        return redirect(url_of(space, dossier, "tasks"))
    shown = {
        "dossier": dossier, "page": view, "address": address, "back": back_from(space, dossier, walk, address),
        "saved_at": dossier.changed_at if dossier.changed_at > dossier.created_at else None, "error_links": error_links(view.fields) + other_faults(view, reading),
        "documents": documents_of(dossier, view),
        "returning": request.GET.get("retour") == "verifier",
    }  # fmt: skip
    return render(request, f"dossiers/{view.kind}.html", shown, status=status)


def other_faults(view: engine.PageView, reading) -> list[dict]:
    """Complaints that belong to no field of the page: about the page as a whole, or a page that changed meanwhile."""
    names = {field.name for field in view.fields}
    return [
        {"text": text} for name, text in (reading.errors if reading else {}).items() if name.split(".")[0] not in names
    ]


def documents_of(dossier: Dossier, view: engine.PageView) -> dict[str, Document]:
    """The files shown on a page, by id, to say which were scanned and which were refused."""
    if not any(field.kind == "file" for field in view.fields):
        return {}
    return {str(one.pk): one for one in Document.objects.filter(dossier=dossier)}


def back_from(space: Space, dossier: Dossier, walk: engine.Walk, address: str) -> str:
    """The page before, or the task list."""
    before = walk.previous_before(address)
    return url_of(space, dossier, "page", before) if before else url_of(space, dossier, "tasks")


def post(request: HttpRequest, space: Space, dossier: Dossier, address: str) -> HttpResponse:
    """Saves what is sound; shows the page again when something is not; else goes on."""
    try:
        if "add_row" in request.POST or "remove_row" in request.POST:
            return change_rows(request, space, dossier, address)
        if "contest" in request.POST:
            actions.contest(dossier, address, request.POST["contest"][:80], by=request.sign_in)
            return HttpResponseRedirect(url_of(space, dossier, "page", address), status=303)
        return save(request, space, dossier, address)
    except actions.Refused as refused:
        if refused.decision:
            return refusal(request, space, refused.decision)
        return HttpResponseRedirect(url_of(space, dossier, "tasks"), status=303)


def save(request: HttpRequest, space: Space, dossier: Dossier, address: str) -> HttpResponse:
    """Reads and saves one page. Files that came with it are kept even when another answer is not right."""
    files, refused = take_files(request, dossier)
    language = screen_language(dossier)
    posted = {name: request.POST.getlist(name) for name in request.POST}
    answers = queries.answers_of(dossier)
    reading = engine.read_page(
        dossier.version.form, answers, address, posted, context_for(space, timezone.now()), language, files
    )
    reading.errors.update(refused)
    sound = {name: value for name, value in reading.values.items() if name not in reading.errors or name in files}
    if reading.errors:
        if sound:
            keep(request, dossier, address, sound)
        return show(request, space, dossier, address, reading=reading, status=422)
    keep(request, dossier, address, reading.values)
    return HttpResponseRedirect(next_url(request, space, dossier, address), status=303)


def keep(request: HttpRequest, dossier: Dossier, address: str, values: dict) -> None:
    """Saves values; files that no answer holds any more go."""
    changed = actions.save_page(dossier, address, values, by=request.sign_in)
    if any(name.endswith(".remove") for name in request.POST):
        actions.drop_loose_documents(changed)


def take_files(request: HttpRequest, dossier: Dossier) -> tuple[dict[str, list[dict]], dict[str, str]]:
    """Stores the files of a posted page: by question what the answers will hold, and the sentences about those refused."""
    taken: dict[str, list[dict]] = {}
    refused: dict[str, str] = {}
    for name in request.FILES:
        for upload in request.FILES.getlist(name):
            try:
                taken.setdefault(name, []).append(actions.add_document(dossier, upload, by=request.sign_in))
            except actions.FileRefused as refusal_of_file:
                refused[name] = file_refused(refusal_of_file.why, refusal_of_file.name)
    return taken, refused


def change_rows(request: HttpRequest, space: Space, dossier: Dossier, address: str) -> HttpResponse:
    """Adds or removes a row, and goes to its first page or stays on the list."""
    if "remove_row" in request.POST:
        actions.remove_row(dossier, address, request.POST["remove_row"][:60], by=request.sign_in)
        return HttpResponseRedirect(url_of(space, dossier, "page", address), status=303)
    row = actions.add_row(dossier, address, by=request.sign_in)
    first = next((each for each in walk_of(space, dossier).addresses if each.startswith(f"{address}/{row}/")), address)
    return HttpResponseRedirect(url_of(space, dossier, "page", first), status=303)


def next_url(request: HttpRequest, space: Space, dossier: Dossier, address: str) -> str:
    """Where «Continuer» leads: the next page, the check page for someone who came from it, the task list for «plus tard»."""
    if "later" in request.POST:
        return url_of(space, dossier, "tasks")
    walk = walk_of(space, dossier)
    if request.POST.get("returning") == "verifier" and walk.is_complete:
        return url_of(space, dossier, "check")
    following = walk.next_after(address)
    return (
        url_of(space, dossier, "check")
        if following in {None, "verifier"}
        else url_of(space, dossier, "page", following)
    )


@require_http_methods(["GET", "POST"])
@in_dossier(Action.PREPARE)
def delete(request: HttpRequest, space: Space, dossier: Dossier) -> HttpResponse:
    """Deletes a draft, after a page that says what goes."""
    if request.method == "POST":
        try:
            actions.delete_draft(dossier, by=request.sign_in)
        except actions.Refused:
            return redirect(url_of(space, dossier))
        return HttpResponseRedirect(space.home_url, status=303)
    if not dossier.is_draft:
        return redirect(url_of(space, dossier))
    return render(request, "dossiers/delete.html", {"dossier": dossier, "message": _("Delete this draft")})
