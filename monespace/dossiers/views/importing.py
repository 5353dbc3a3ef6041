"""Rows of a group from a CSV file: the template, a dry run that saves nothing, and the rows added."""

import json
import secrets
import zlib
from base64 import b85decode, b85encode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from monespace import engine, vault
from monespace.dossiers import actions, queries
from monespace.dossiers.http import in_dossier, url_of
from monespace.dossiers.models import Dossier
from monespace.dossiers.taking_part import digest_of
from monespace.dossiers.views.filling import drafts_only, to, walk_of
from monespace.engine import importing
from monespace.engine.messages import sentence
from monespace.engine.sheet import MOST_BYTES, Unreadable
from monespace.spaces.http import refusal
from monespace.spaces.policy import Action
from monespace.spaces.space import Space
from monespace.ui.elements import table

MOST_SHOWN = 100  # lines in error that one page shows


@require_GET
@in_dossier(Action.PREPARE)
def template(request: HttpRequest, space: Space, dossier: Dossier, address: str) -> HttpResponse:
    """An empty file with the right columns, in the reader's language."""
    if answer := drafts_only(request, space, dossier):
        return answer
    try:
        text = importing.template(walk_of(space, dossier), address, get_language())
    except LookupError:
        return redirect(url_of(space, dossier, "tasks"))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{address.rpartition("/")[2]}.csv"'
    return response


@require_http_methods(["GET", "POST"])
@in_dossier(Action.PREPARE)
def rows(request: HttpRequest, space: Space, dossier: Dossier, address: str) -> HttpResponse:
    """« Importer un fichier CSV »: what to put in it; a POST with a file tries it, a POST of the tried rows adds them."""
    if answer := drafts_only(request, space, dossier):
        return answer
    walk = walk_of(space, dossier)
    view = queries.form_page(walk, address)
    if view is None or not (view.csv and walk.may_change(address)):
        return redirect(url_of(space, dossier, "tasks"))
    if request.method == "GET":
        return show(request, space, dossier, walk, address)
    if "rows" in request.POST:
        return add(request, space, dossier, address)
    return try_out(request, space, dossier, walk, address)


def show(request: HttpRequest, space: Space, dossier: Dossier, walk: engine.Walk, address: str, *,
         status: int = 200, **more) -> HttpResponse:  # fmt: skip
    """The page, with the result of a dry run when there is one."""
    page = {
        "dossier": dossier, "address": address, "page": walk.page(address, get_language()), "back": url_of(space, dossier, "page", address),
        "columns": columns_table(importing.columns(walk, address, get_language())), "most": MOST_BYTES // 1_000_000, **more,
    }  # fmt: skip
    return render(request, "dossiers/import.html", page, status=status)


def columns_table(columns: list[engine.Column]) -> dict:
    """The columns of the file, for ui/table.html."""
    words = {
        "always": _("Needed."),
        "sometimes": _("Needed when the other answers ask for it."),
        "never": _("Optional."),
    }
    said = [(one.label, *written(words[one.needed], one)) for one in columns]
    cells = [[label, {"text": first, "lines": rest}] for label, first, *rest in said]
    return table(_("Columns of the file"), [_("Column"), _("What to write")], cells, id="columns")


def written(needed: str, column: engine.Column) -> list[str]:
    """What to write in a column, line by line: whether it is needed, the hint of the question, the answers to choose from."""
    options = _("One of: %(options)s") % {"options": " | ".join(column.options)} if column.options else ""
    return [text for text in (needed, column.hint, options) if text]


def try_out(request: HttpRequest, space: Space, dossier: Dossier, walk: engine.Walk, address: str) -> HttpResponse:
    """The dry run: how many lines are right, what is wrong with the others. Nothing is saved."""
    file, replace = request.FILES.get("file"), request.POST.get("how") == "replace"
    try:
        if file is None:
            raise Unreadable("missing_file", label=_("CSV file"))
        raw = file.read(MOST_BYTES + 1)
        key = f"f{secrets.token_hex(5)}"
        trial = importing.try_file(walk, address, raw, get_language(), key=key, replace=replace)
    except Unreadable as bad:
        text = sentence(get_language(), bad.code, **bad.parts)
        errors = [{"href": "#q-file", "text": text}]
        return show(request, space, dossier, walk, address, status=422, errors=errors, error=text, replace=replace)
    return show(request, space, dossier, walk, address, **tried(trial, dossier, walk, address, replace))


def tried(trial: engine.Trial, dossier: Dossier, walk: engine.Walk, address: str, replace: bool) -> dict:
    """What the page says of a dry run; the right rows travel sealed: a row may hold what is not shown in clear."""
    wrong = len({fault.line for fault in trial.faults})
    shown = [[str(one.line), one.column, one.sentence] for one in trial.faults[:MOST_SHOWN]]
    return {
        "trial": trial, "right": len(trial.rows), "wrong": wrong, "replace": replace, "more": max(0, len(trial.faults) - MOST_SHOWN),
        "faults": table(_("Lines to correct"), [_("Line"), _("Column"), _("What to correct")], shown, id="faults"),
        "rows": sealed(dossier, walk, address, trial.rows, replace) if trial.rows else "",
    }  # fmt: skip


def sealed(dossier: Dossier, walk: engine.Walk, address: str, rows: list[dict], replace: bool) -> str:
    """Rows as a value that only this portal opens, for this list of this dossier, and for the place of these rows in it."""
    over = digest_of(importing.rows_at(walk, address)) if replace else ""
    text = json.dumps({"dossier": str(dossier.pk), "address": address, "rows": rows, "replace": replace, "over": over})
    return vault.seal(b85encode(zlib.compress(text.encode())).decode())


def opened(token: str, dossier: Dossier, address: str) -> tuple[list[dict], bool, str] | None:
    """What `sealed` closed; None when it was made for another list, or altered."""
    try:
        known = json.loads(zlib.decompress(b85decode(vault.open_sealed(token))))
    except (ValueError, zlib.error):
        return None
    if (known["dossier"], known["address"]) != (str(dossier.pk), address):
        return None
    return known["rows"], known["replace"], known.get("over", "")


def add(request: HttpRequest, space: Space, dossier: Dossier, address: str) -> HttpResponse:
    """Adds the rows that were tried; when the draft changed meanwhile so that they no longer fit, says why."""
    known = opened(request.POST["rows"], dossier, address)
    if known is None:
        return HttpResponseRedirect(request.path, status=303)
    rows, replace, over = known
    try:
        actions.import_rows(
            dossier, address, rows, by=request.sign_in, replace=replace, language=get_language(), over=over
        )
    except actions.RowsRefused as refused:
        dossier.refresh_from_db()
        walk = walk_of(space, dossier)
        page = tried(refused.trial, dossier, walk, address, replace)
        changed = _("The rows that are there changed since you tried this file. Look at them before you replace them.")
        errors = [{"href": url_of(space, dossier, "page", address), "text": changed}] if refused.replaced else []
        return show(request, space, dossier, walk, address, status=422, errors=errors, **page)
    except actions.Refused as refused:
        on = ("dossier", dossier.pk)
        return refusal(request, space, refused.decision, on) if refused.decision else to(space, dossier)
    return to(space, dossier, "page", address)
