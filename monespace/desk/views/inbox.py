"""The inbox: what waits, nearest date first."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from monespace.desk import queries
from monespace.desk.http import at_desk
from monespace.desk.policy import procedures_of
from monespace.desk.queries import STEPS, Filters, Place
from monespace.desk.words import STATE_KINDS, STATES
from monespace.desk.words import STEPS as STEP_LABELS
from monespace.dossiers.lifecycle import IN_PROGRESS
from monespace.dossiers.numbers import as_written
from monespace.procedures.queries import titles
from monespace.ui.elements import table
from monespace.ui.look import day, words

DEFAULT = "en-cours"


@at_desk
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """One page of the list; what narrows it stands in the address."""
    at, slugs = timezone.now(), procedures_of(request.seats)
    filters = filters_of(request, slugs)
    place = Place(request.GET.get("avant") or request.GET.get("apres", ""), bool(request.GET.get("avant")))
    found = queries.inbox(request.sign_in, request.seats, filters, at)
    dossiers, before, more = queries.page_of(
        found, Place(place.ref[:8], place.backwards), parts=queries.parts(filters, slugs)
    )
    page = {
        "table": rows_of(dossiers, timezone.localdate(at), several=len(slugs) > 1) if dossiers else None, "filters": filters,
        "steps": steps(filters), "facets": facets(filters, titles(slugs)) if len(slugs) > 1 else [],
        "narrowed": bool(filters.procedure or filters.late), "all": address(Filters(step=filters.step)),
        "kept": [{"name": name, "value": value} for name, value in pairs(filters) if name != "q"],
        "previous": address(filters, avant=dossiers[0].ref) if before and dossiers else "",
        "next": address(filters, apres=dossiers[-1].ref) if more and dossiers else "",
    }  # fmt: skip
    return render(request, "desk/inbox.html", page)


def filters_of(request: HttpRequest, slugs: list[str]) -> Filters:
    """The filters of an address; what is unknown there counts as not said."""
    asked = request.GET
    step, procedure = asked.get("etat", DEFAULT), asked.get("demarche", "")
    return Filters(
        step if step in STEPS else DEFAULT, procedure if procedure in slugs else "", asked.get("retard") == "1",
        number_of(asked.get("q", "")),
    )  # fmt: skip


def number_of(text: str) -> str:
    """A dossier's number or its beginning, with or without its hyphens: 2026000012357 is 2026-0000123-57."""
    return as_written(text[:30]).replace("\x00", "")


def pairs(filters: Filters) -> list[tuple[str, str]]:
    """The filters as an address carries them; what is usual is left out."""
    step = filters.step if filters.step != DEFAULT else ""
    found = {"etat": step, "demarche": filters.procedure, "retard": "1" if filters.late else "", "q": filters.number}
    return [(name, value) for name, value in found.items() if value]


def address(filters: Filters, *, avant: str = "", apres: str = "", **changes) -> str:
    """The inbox's address with these filters."""
    place = [(name, ref) for name, ref in (("avant", avant), ("apres", apres)) if ref]
    query = urlencode([*pairs(Filters(**{**filters.__dict__, **changes})), *place])
    return reverse("desk:inbox") + (f"?{query}" if query else "")


def steps(filters: Filters) -> list[dict]:
    """The tabs: each step, and right after the first what is late, so that nobody has to look for it."""
    tabs = [
        {"text": STEP_LABELS[step], "href": address(filters, step=step, late=False, number=""),
         "current": step == filters.step and not filters.number and not filters.late} for step in STEPS
    ]  # fmt: skip
    late = {"text": _("Late"), "href": address(Filters(procedure=filters.procedure, late=True)),
            "current": filters.late and not filters.number}  # fmt: skip
    return [tabs[0], late, *tabs[1:]]


def facets(filters: Filters, titles: dict[str, dict]) -> list[dict]:
    """The procedures, when the agent's teams handle several."""
    links = [{"text": words(title), "href": address(filters, procedure=slug), "current": slug == filters.procedure}
             for slug, title in titles.items()]  # fmt: skip
    clear = address(filters, procedure="") if filters.procedure else ""
    return [{"name": _("Procedure"), "links": links, "clear": clear}]


def rows_of(dossiers: list[Any], today: date, *, several: bool) -> dict:
    """The table: due date, number, applicant, procedure (when the agent's teams handle several), state, since."""
    columns = [pgettext("column", "To decide by"), pgettext("column", "Number"), pgettext("column", "Applicant"),
               *([pgettext("column", "Procedure")] if several else []),
               pgettext("column", "State"), pgettext("column", "Sent on")]  # fmt: skip
    rows = [{"unread": one.unread, "cells": cells_of(one, today, several=several)} for one in dossiers]
    return table(_("Requests"), columns, rows, id="inbox", dense=True, caption_hidden=True)


def cells_of(dossier: Any, today: date, *, several: bool) -> list:
    """One row: a dossier to which the query added `unread`."""
    late = dossier.due_on is not None and dossier.due_on < today and dossier.state in IN_PROGRESS
    due = {"text": day(dossier.due_on) or _("No date yet"), **({"tag": _("Late"), "tag_kind": "error"} if late else {})}
    number = {"text": dossier.number, "href": reverse("desk:dossier", args=[dossier.ref]),
              "hidden": _("(not read since it changed)") if dossier.unread else ""}  # fmt: skip
    state = {"text": "", "tag": str(STATES[dossier.state]), "tag_kind": STATE_KINDS[dossier.state]}
    procedure = [words(dossier.title)] if several else []
    return [due, number, dossier.holder_name, *procedure, state, day(dossier.submitted_at)]
