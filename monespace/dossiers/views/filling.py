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
from monespace.dossiers.models import Dossier
from monespace.dossiers.taking_part import for_holder
from monespace.dossiers.together import STAMP, YIELD, Shown, changed_since, look_in, stamp_of, within
from monespace.dossiers.views.rows import clash_rows, mark_files, task_row, who_else
from monespace.dossiers.words import file_refused
from monespace.identity.http import keeps_typed, typed_before
from monespace.spaces.http import refusal
from monespace.spaces.policy import Action
from monespace.spaces.space import Space
from monespace.ui.questions import error_links

ROW_BUTTONS = {"add_row", "remove_row"}
SOURCE_BUTTONS = {"contest", "uncontest"}
STAYING = {*SOURCE_BUTTONS, YIELD, "speak"}  # buttons that show the page again; the last one is the language switch
MOVED = "nouvelle-version"  # the draft has just moved to a newer version of its form
SAVES = "page-form"  # the form that the language switch saves, in question.html and group.html
GONE = "disparue"  # the page that was sent is no longer to fill in


def walk_of(space: Space, dossier: Dossier) -> engine.Walk:
    """The engine's walk through a draft as it stands."""
    context = context_for(for_holder(space, dossier), timezone.now(), validated=dossier.is_validated)
    return engine.Walk(dossier.version.form, queries.answers_of(dossier), context)


def drafts_only(request: HttpRequest, space: Space, dossier: Dossier) -> HttpResponse | None:
    """What to answer when a draft's page is asked for a dossier that is no draft any more."""
    if dossier.has_expired(timezone.now()):
        return render(request, "dossiers/expired.html", {"dossier": dossier}, status=410)
    return None if dossier.is_draft else redirect(url_of(space, dossier))


@require_http_methods(["GET"])
@in_dossier(Action.PREPARE)
def tasks(request: HttpRequest, space: Space, dossier: Dossier) -> HttpResponse:
    """The task list: sections with their states, what is missing, until when the draft is kept."""
    if answer := drafts_only(request, space, dossier):
        return answer
    walk, language = walk_of(space, dossier), get_language()
    around = look_in(dossier, request.user, "", timezone.now())
    gone = _(
        "The page that you sent is no longer to fill in: other answers changed, perhaps in another tab. Nothing of it was saved."
    )
    page = {
        "dossier": dossier, "stop": walk.stop(),
        "task_rows": [task_row(space, dossier, task, walk.may_change(task.address)) for task in walk.tasks(language)],
        "complete": walk.is_complete, "validates": dossier.version.form.definition.validate and not dossier.is_validated,
        "missing_files": walk.missing_attachments, "deadline": walk.deadline(),
        "deadline_text": walk.deadline_text(language), "minutes": dossier.version.form.definition.minutes,
        "mine": dossier.keeper == request.user, "by_somebody_else": dossier.changed_by_id != request.user.pk,
        "errors": [{"text": gone}] if GONE in request.GET else [],
        "offered": queries.version_offered(space, dossier), "moved": MOVED in request.GET,
        "around": who_else(walk, around),
        "changes": changed_since(dossier, walk, request.user, around.before, language),
    }  # fmt: skip
    return render(request, "dossiers/tasks.html", page)


@require_http_methods(["GET", "POST"])
@in_dossier(Action.PREPARE)
@keeps_typed
def page(request: HttpRequest, space: Space, dossier: Dossier, address: str) -> HttpResponse:
    """One page of the form: shown, or saved and left for the next one."""
    if answer := drafts_only(request, space, dossier):
        return answer
    if request.method == "GET":
        typed = typed_before(request)
        return show(request, space, dossier, address, reading=engine.Reading(typed=typed) if typed else None)
    try:
        return post(request, space, dossier, address)
    except actions.Refused as refused:
        on = ("dossier", dossier.pk)
        if refused.because == "validated":
            return to(space, dossier, "check")
        return refusal(request, space, refused.decision, on) if refused.decision else to(space, dossier)


def to(space: Space, dossier: Dossier, name: str = "dossier", *args: str) -> HttpResponse:
    """On to a page of this dossier after a POST."""
    return HttpResponseRedirect(url_of(space, dossier, name, *args), status=303)


def show(
    request: HttpRequest, space: Space, dossier: Dossier, address: str, *, reading: engine.Reading | None = None
) -> HttpResponse:
    """Shows a page; with a reading, what was typed and its faults (on GET: what was typed before the session ended). An
    address that no longer applies leads to the task list."""
    walk = walk_of(space, dossier)
    try:
        view = walk.page(address, get_language(), reading)
    except LookupError:
        tasks_url = url_of(space, dossier, "tasks")
        return HttpResponseRedirect(f"{tasks_url}?{GONE}=1", status=303) if reading else redirect(tasks_url)
    if not walk.may_change(address):  # validated: the check page shows the answers, and the way to open them again
        return redirect(url_of(space, dossier, "check"))
    mark_files(space, dossier, view)
    before = walk.previous_before(address)
    shown = {
        "dossier": dossier, "page": view, "address": address, "stamp": stamp_of(walk, dossier, address, reading),
        "clashes": clash_rows(view, reading), "around": who_else(walk, look_in(dossier, request.user, address, timezone.now())),
        "back": url_of(space, dossier, "page", before) if before else url_of(space, dossier, "tasks"),
        "saved": dossier.changed_at > dossier.created_at, "errors": error_links(view.fields) + other_faults(view, reading),
        "kept": reading is not None and request.method == "GET",
        "returning": "verifier" in (request.GET.get("retour"), request.POST.get("returning")),
        "saves": SAVES if view.kind != "stop" else "",
    }  # fmt: skip
    return render(
        request, f"dossiers/{view.kind}.html", shown, status=422 if reading and request.method == "POST" else 200
    )


def other_faults(view: engine.PageView, reading: engine.Reading | None) -> list[dict]:
    """Complaints that belong to no field of the page: about the page as a whole, or a page that changed meanwhile."""
    names = {field.name for field in view.fields}
    return [
        {"text": text} for name, text in (reading.errors if reading else {}).items() if name.split(".")[0] not in names
    ]


def post(request: HttpRequest, space: Space, dossier: Dossier, address: str) -> HttpResponse:
    """Saves what is sound; shows the page again when something is not; else goes on. Raises Refused."""
    if ROW_BUTTONS & request.POST.keys():
        return change_rows(request, space, dossier, address)
    if not walk_of(space, dossier).may_change(address):  # before a file that came with it is stored
        raise actions.Refused("validated")
    reading = save(request, space, dossier, address)
    stays = any(name.endswith(".remove") for name in request.POST) or STAYING & request.POST.keys()
    for button in SOURCE_BUTTONS & request.POST.keys():
        actions.contest(dossier, address, request.POST[button], by=request.sign_in, again=button == "uncontest")
    if reading.errors and not ((stays or "later" in request.POST) and only_blank(reading, set(request.FILES))):
        dossier.refresh_from_db()
        return show(request, space, dossier, address, reading=reading)
    onward = url_of(space, dossier, "page", address) if stays else next_url(request, space, dossier, address)
    back = "?retour=verifier" if stays and request.POST.get("returning") == "verifier" else ""
    return HttpResponseRedirect(onward + back, status=303)


def only_blank(reading: engine.Reading, files: set[str]) -> bool:
    """Whether everything that is wrong was simply not answered yet: nothing typed or chosen would be lost by leaving the page."""
    given = files | {name for name, texts in reading.typed.items() if any(text.strip() for text in texts)}
    return not any(within(name, reading.errors) for name in given)


def save(request: HttpRequest, space: Space, dossier: Dossier, address: str) -> engine.Reading:
    """Saves one page. Files that came with it are kept even when another answer is not right. Raises Refused."""
    files, refused = take_files(request, walk_of(space, dossier), dossier, address) if request.FILES else ({}, {})
    posted = {name: request.POST.getlist(name) for name in request.POST}
    shown = Shown.sent(dossier, posted)
    reading = actions.save_page(
        dossier, address, posted, by=request.sign_in, language=get_language(), files=files, shown=shown
    )
    reading.errors.update(refused)
    reading.typed |= {STAMP: posted[STAMP]} if STAMP in posted else {}
    if reading.errors and files:
        actions.erase_loose(dossier, {file["id"] for given in files.values() for file in given})
    return reading


def take_files(
    request: HttpRequest, walk: engine.Walk, dossier: Dossier, address: str
) -> tuple[dict[str, list[dict]], dict[str, str]]:
    """Stores the files of a posted page: by question what the answers will hold, and the sentences about those refused."""
    view = queries.form_page(walk, address)
    taken: dict[str, list[dict]] = {}
    refused: dict[str, str] = {}
    for name in [field.name for field in view.fields if field.kind == "file"] if view else []:
        for upload in request.FILES.getlist(name):
            try:
                taken.setdefault(name, []).append(actions.add_document(dossier, upload, by=request.sign_in))
            except actions.FileRefused as file:
                refused[name] = file_refused(file.why, file.name)
    return taken, refused


def change_rows(request: HttpRequest, space: Space, dossier: Dossier, address: str) -> HttpResponse:
    """Adds a row and goes to its first page, or removes one and stays on the list. Raises Refused."""
    if "remove_row" in request.POST:
        actions.remove_row(dossier, address, request.POST["remove_row"], by=request.sign_in)
        return to(space, dossier, "page", address)
    return to(space, dossier, "page", actions.add_row(dossier, address, by=request.sign_in))


def next_url(request: HttpRequest, space: Space, dossier: Dossier, address: str) -> str:
    """Where «Continuer» leads: the next page, the check page for someone who came from it, the task list for «plus tard»."""
    if "later" in request.POST:
        return url_of(space, dossier, "tasks")
    walk = walk_of(space, dossier)
    if request.POST.get("returning") == "verifier" and walk.is_complete:
        return url_of(space, dossier, "check")
    following = walk.next_after(address)
    if following in {None, engine.CHECK}:
        return url_of(space, dossier, "check")
    return url_of(space, dossier, "page", following)


@require_http_methods(["GET", "POST"])
@in_dossier(Action.PREPARE)
def delete(request: HttpRequest, space: Space, dossier: Dossier) -> HttpResponse:
    """Deletes a draft, after a page that says what goes."""
    if dossier.number is not None:
        return redirect(url_of(space, dossier))
    if request.method == "GET":
        return render(request, "dossiers/delete.html", {"dossier": dossier})
    try:
        actions.delete_draft(dossier, by=request.sign_in)
    except actions.Refused:
        return to(space, dossier)
    return HttpResponseRedirect(space.home_url, status=303)
