"""What was typed on a page whose session had ended, or was too weak for what it asked: kept sealed until its writer has signed
in again or proven more, and shown there once, to nobody else."""

import json
import time
from collections.abc import Callable

from django.core import signing
from django.http import HttpRequest, QueryDict
from django.template.backends.utils import csrf_input
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.safestring import SafeString

from monespace import vault
from monespace.identity.limits import TooMany, count_try

SALT = "monespace.typed"
KEPT = "typed"  # session key: one page, the last one
SECONDS = 1800
MOST = 200_000  # characters
MOST_AN_HOUR = 60  # pages of one writer, in however many browsers


def keeps_typed(view: Callable) -> Callable:
    """Decorator, the innermost: this view asks `typed_before` on GET for what a POST without a session had brought."""
    view.keeps_typed = True  # type: ignore[attr-defined]
    return view


def writer(request: HttpRequest) -> dict[str, SimpleLazyObject]:
    """Context processor: the hidden fields of every form. Beside the token against forged forms, who types, signed: what comes
    back without a session is kept for that person."""
    return {"csrf_input": SimpleLazyObject(lambda: hidden_fields(request))}


def hidden_fields(request: HttpRequest) -> SafeString:
    """The token, and for somebody signed in the writer."""
    token = csrf_input(request)
    if not request.sign_in:
        return token
    by = signing.dumps(str(request.user.pk), salt=SALT)
    return format_html('{}<input type="hidden" name="writer" value="{}">', token, by)


def keep_typed(request: HttpRequest) -> None:
    """Keeps what a POST brought, but for files, when its view shows it again. Sealed: a session is read by whoever reads the
    database, and a field may hold a national number (law 12)."""
    match = request.resolver_match
    if request.method != "POST" or match is None or not getattr(match.func, "keeps_typed", False):
        return
    try:
        by = signing.loads(request.POST.get("writer", ""), salt=SALT)
        count_try("typed and kept", by, limit=MOST_AN_HOUR, seconds=3600)
    except (
        signing.BadSignature,
        TooMany,
    ):  # nobody knows whose words these are, or somebody fills the table of sessions
        return
    given = {name: request.POST.getlist(name) for name in request.POST if name not in {"csrfmiddlewaretoken", "writer"}}
    text = json.dumps({"path": request.path, "at": time.time(), "by": by, "given": given})
    if len(text) <= MOST:
        request.session[KEPT] = vault.seal(text)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a Django form of such a view shows: what is posted now, or what had been typed before; None for an untouched form."""
    if request.method == "POST":
        return request.POST
    given = typed_before(request)
    if not given:
        return None
    found = QueryDict(mutable=True)
    for name, values in given.items():
        found.setlist(name, values)
    return found


def typed_before(request: HttpRequest) -> dict[str, list[str]]:
    """What had been typed on this very page before the session ended, once; nothing after half an hour."""
    if request.method != "GET" or KEPT not in request.session:
        return {}
    try:
        kept = json.loads(vault.open_sealed(request.session[KEPT]))
    except ValueError:  # the keys changed meanwhile
        kept = {"path": request.path, "at": 0}
    if kept["path"] != request.path:
        return {}
    del request.session[KEPT]
    return kept["given"] if kept["at"] > time.time() - SECONDS and kept["by"] == str(request.user.pk) else {}
