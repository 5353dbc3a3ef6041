"""A dossier's things as the elements of the look take them: steps, tasks, files, letters, tabs."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from monespace import engine
from monespace.dossiers import lifecycle, queries
from monespace.dossiers.http import url_of
from monespace.dossiers.models import Document, Dossier
from monespace.dossiers.taking_part import Agreement
from monespace.dossiers.together import NOBODY, Around
from monespace.dossiers.words import (
    AGREEMENT_KINDS,
    AGREEMENT_LABELS,
    PAPER_LABELS,
    STEP_LABELS,
    TASK_KINDS,
    TASK_LABELS,
    UNOPENED,
)
from monespace.spaces.space import Space
from monespace.ui.look import day

TABS = {"dossier": _("Progress"), "answers": _("Request"), "documents": _("Documents")}


def tabs(space: Space, dossier: Dossier, current: str) -> list[dict]:
    """The pages of a dossier, for ui/tabs_nav.html."""
    return [
        {"text": text, "href": url_of(space, dossier, name), "current": name == current} for name, text in TABS.items()
    ]


def step_rows(dossier: Dossier) -> list[dict]:
    """The four steps, for ui/timeline.html."""
    dates = {
        "draft": dossier.created_at, "submitted": dossier.submitted_at, "decided": dossier.closed_at if dossier.outcome else None,
    }  # fmt: skip
    return [
        {"name": STEP_LABELS[step.state], "state": "done" if step.done else "now" if step.current else "",
         "when": day(dates.get(step.state)) if step.done or step.current else ""}
        for step in lifecycle.timeline(dossier.state)
    ]  # fmt: skip


def task_row(space: Space, dossier: Dossier, task: engine.Task, open_: bool = True) -> dict:
    """A section of the form, for ui/task_list.html; one that was validated leads nowhere."""
    state = task.state if open_ else "validated"
    return {
        "name": task.title, "href": url_of(space, dossier, "page", task.address) if task.address and open_ else "",
        "status": TASK_LABELS[state], "kind": TASK_KINDS[state],
    }  # fmt: skip


def paper_rows(space: Space, dossier: Dossier) -> list[dict]:
    """Receipt and letters, for ui/file_list.html."""
    return [
        {"name": PAPER_LABELS[paper.kind], "href": url_of(space, dossier, "paper", paper.kind), "kind": "PDF",
         "note": day(at) if paper.made_at else _("being made")}
        for paper, at in queries.papers_of(dossier)
    ]  # fmt: skip


def file_row(space: Space, dossier: Dossier, document: Document) -> dict:
    """A file, for ui/file_list.html: it leads to its download once it was found clean; until then it says what it waits for."""
    href = url_of(space, dossier, "document", str(document.pk)) if document.is_clean else ""
    waits = "" if document.is_clean else _("being checked for viruses: you can go on")
    unopened = UNOPENED % {"name": document.name} if document.refusal and not dossier.is_draft else ""
    return {
        "id": str(document.pk),
        "name": document.name,
        "size": document.size,
        "href": href,
        "note": unopened or document.refusal or waits,
    }


def mark_files(space: Space, dossier: Dossier, view: engine.PageView) -> None:
    """Says beside each file of a page of the form where it stands; one that cannot be used is an error of its question."""
    if not view.has_files:
        return
    known = {str(one.pk): one for one in Document.objects.filter(dossier=dossier)}
    for field in view.fields:
        here = [known[file["id"]] for file in field.files if file["id"] in known]
        field.files = [file_row(space, dossier, one) for one in here]
        field.error = field.error or next((one.refusal for one in here if one.refusal), "")


def who_else(walk: engine.Walk, around: Around) -> list[dict] | None:
    """Who else is in the draft now, for dossiers/_around.html: name, since when, and the title of the page; None for a draft
    that nobody else can open."""
    if around is NOBODY:
        return None
    steps = {other.address: walk.titled(other.address, get_language()) for other in around.others}
    return [{"name": other.name, "at": other.at, "page": steps[other.address]} for other in around.others]


def clash_rows(view: engine.PageView, reading: engine.Reading | None) -> list[dict]:
    """The answers that somebody else changed while the page was open: the field, its label, what stands there now."""
    labels = {field.name: field.label for field in view.fields}
    labels |= {
        cell.name: f"{row.label}, {cell.label}" for field in view.fields for row in field.rows for cell in row.cells
    }
    clashes = reading.clashes if reading else {}
    return [{"name": name, "label": labels.get(name, ""), "text": text} for name, text in clashes.items()]


def agreement_rows(agreed: list[Agreement]) -> list[dict]:
    """Those who have to agree, for dossiers/_agreements.html."""
    return [
        {"name": each.who.name, "label": AGREEMENT_LABELS[each.state], "kind": AGREEMENT_KINDS[each.state],
         "at": each.part and (each.part.answered_at or each.part.asked_at) if each.state != "none" else None,
         "reason": each.part.reason if each.part and each.state == "refused" else ""}
        for each in agreed
    ]  # fmt: skip
