"""One dossier on the desk: what was sent, where it stands, what can be done now."""

from datetime import date

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from monespace import vault
from monespace.desk import actions, frozen, queries
from monespace.desk.forms import NumbersForm
from monespace.desk.http import handled, posted, refusal
from monespace.desk.words import CHECKS, DONE, LANGUAGE_NAMES, STATE_KINDS, STATES, act_in_words
from monespace.dossiers.actions import Refused
from monespace.dossiers.http import download
from monespace.dossiers.lifecycle import Move, may_move
from monespace.dossiers.models import Content, Document, Dossier, Paper
from monespace.dossiers.queries import papers_of
from monespace.dossiers.words import EVENT_LABELS, METHOD_LABELS, OUTCOME_LABELS, PAPER_LABELS, paper_file
from monespace.spaces.words import seat_label
from monespace.ui.look import amount, day, moment


@handled
@require_GET
def dossier(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The page of a dossier."""
    page = page_of(dossier, NumbersForm())
    return render(request, "desk/dossier.html", {**page, "done": DONE.get(request.GET.get("fait", ""), "")})


@handled
@require_http_methods(["GET", "POST"])
def numbers(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The same page with whole national numbers, after saying why; only ever the answer to a POST."""
    form = NumbersForm(posted(request))
    if not form.is_valid():
        return render(request, "desk/dossier.html", page_of(dossier, form), status=422 if form.is_bound else 200)
    try:
        filed, opened = actions.show_numbers(dossier, by=request.sign_in, reason=form.cleaned_data["reason"])
    except Refused as refused:
        return refusal(request, refused.decision, dossier)
    return render(request, "desk/dossier.html", page_of(dossier, None, filed=frozen.written(filed), opened=opened))


def page_of(dossier: Dossier, form: NumbersForm | None, *, filed: str = "", opened: dict | None = None) -> dict:
    """Everything the page shows."""
    copy = Content.objects.values_list("frozen", flat=True).get(pk=dossier.pk) or {}
    files = files_of(dossier, copy)
    with override(copy.get("language")):  # it stands among the answers
        declared = _("(declared by the applicant)")
    links = {file["id"]: file["href"] for file in files if file["href"]}
    return {
        "dossier": dossier, "form": form, "state": STATES[dossier.state], "state_kind": STATE_KINDS[dossier.state],
        "clock": clock_of(dossier, timezone.localdate()), "facts": facts_of(dossier, copy, filed),
        "copy_language": copy["language"] if copy and copy["language"] != get_language() else "",
        "sections": frozen.shown(copy, declared, opened, links) if copy else [],
        "files": files, "papers": papers(dossier),
        "may_acknowledge": may_move(dossier.state, Move.ACKNOWLEDGE), "may_decide": may_move(dossier.state, Move.DECIDE),
        "events": [{"name": EVENT_LABELS.get(one.code, one.code), "when": moment(one.at), "state": "done"}
                   for one in dossier.events.order_by("id")[:50]],
        "decision": decision_of(dossier),
        "journal": [{"act": act_in_words(entry.act), "who": who or _("The portal"), "at": entry.at}
                    for entry, who in queries.journal_of(dossier)],
    }  # fmt: skip


def facts_of(dossier: Dossier, copy: dict, filed_number: str) -> list[dict]:
    """Who asks, who filed, when, how, in which language."""
    holder, filer = copy.get("for", {}), copy.get("filed_by", {})
    filed_by, role = dossier.submitted_by, dossier.submitted_role
    number = filed_number or (vault.masked(vault.open_sealed(filed_by.national_number_sealed)) if filed_by else "")
    role = _("on his or her own behalf") if role == "self" else seat_label(role, role)
    method = METHOD_LABELS.get(dossier.submitted_method, "")
    sent = _("%(when)s, with %(method)s") % {"when": moment(dossier.submitted_at), "method": method}
    return [
        {"name": _("Applicant"), "value": holder.get("name"), "note": holder.get("number")},
        {"name": _("Filed by"), "value": filer.get("name"), "note": f"{role}, {number}"},
        {"name": _("Sent on"), "value": sent},
        {"name": _("Language of the request"), "value": LANGUAGE_NAMES.get(dossier.language)},
    ]


def clock_of(dossier: Dossier, today: date) -> dict:
    """What the delay says today: {text, late}."""
    if dossier.closed_at:
        return {"text": _("Closed on %(day)s.") % {"day": day(dossier.closed_at)}, "late": False}
    if dossier.due_on is None:
        waits = (today - timezone.localdate(dossier.submitted_at)).days
        if waits < 1:
            return {"text": _("It has been waiting for its acknowledgement since today."), "late": False}
        text = ngettext("It has been waiting for its acknowledgement for %(count)d day.",
                        "It has been waiting for its acknowledgement for %(count)d days.", waits)  # fmt: skip
        return {"text": text % {"count": waits}, "late": False}
    left = (dossier.due_on - today).days
    text = (
        ngettext("To decide by %(day)s: %(count)d day left.", "To decide by %(day)s: %(count)d days left.", left)
        if left >= 0
        else ngettext("To decide by %(day)s: %(count)d day late.", "To decide by %(day)s: %(count)d days late.", -left)
    )
    return {"text": text % {"day": day(dossier.due_on), "count": abs(left)}, "late": left < 0}


def decision_of(dossier: Dossier) -> list[dict]:
    """What was decided, by whom; nothing before."""
    found = getattr(dossier, "decision", None)
    if found is None:
        return []
    return [
        {"name": _("Decision"), "value": OUTCOME_LABELS[found.outcome], "note": amount(found.amount)},
        {"name": _("Decided by"), "value": found.signatory, "note": moment(found.decided_at)},
    ]


def files_of(dossier: Dossier, copy: dict) -> list[dict]:
    """The documents, each with the answer that it belongs to: only those found clean can be opened, the others say why not."""
    places, files = frozen.places_of_files(copy) if copy else {}, []
    for one in Document.objects.filter(dossier=dossier).order_by("added_at", "id"):
        clean = one.check_state == Document.Check.CLEAN and one.path
        href = reverse("desk:document", args=[dossier.ref, one.pk]) if clean else ""
        state = CHECKS.get(one.check_state if one.check_state != Document.Check.CLEAN else "", "")
        note = ". ".join(filter(None, [places.get(str(one.pk), ""), "" if clean else str(state)]))
        files.append({"id": str(one.pk), "name": one.name, "href": href, "size": one.size, "note": note})
    return files


def papers(dossier: Dossier) -> list[dict]:
    """Receipt and letters; one that the worker still makes says so."""
    return [
        {"name": PAPER_LABELS[one.kind], "href": reverse("desk:paper", args=[dossier.ref, one.kind]) if one.path else "",
         "when": moment(at) if one.made_at else _("being made")}
        for one, at in papers_of(dossier)
    ]  # fmt: skip


@handled
@require_GET
def document(request: HttpRequest, dossier: Dossier, document: str) -> FileResponse:
    """A clean file, as a download with our own type; noted in the journal."""
    found = Document.objects.filter(dossier=dossier, pk=document, check_state=Document.Check.CLEAN).first()
    if found is None or not found.path:
        raise Http404
    actions.journal_document(found, by=request.sign_in)
    return download(found.path, found.name, found.type)


@handled
@require_GET
def paper(request: HttpRequest, dossier: Dossier, kind: str) -> FileResponse:
    """A receipt or letter that is made."""
    found = Paper.objects.filter(dossier=dossier, kind=kind).first()
    if found is None or not found.path:
        raise Http404
    return download(found.path, paper_file(dossier.number, found.kind, dossier.language), "application/pdf")
