"""Two people on one page: whoever saves second is told before anything that the first one wrote is replaced."""

import json
from collections.abc import Callable

from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from monespace import engine
from monespace.dossiers import queries
from monespace.dossiers.models import Dossier
from monespace.ui.templatetags.look import moment

STAMP = "stamp"  # hidden field: what the page held when it was shown
UNTYPED = {"computed", "information", "file"}


def stamp_of(walk: engine.Walk, address: str) -> str:
    """A keyed fingerprint of what a page's fields hold (a plain one of a national number could be searched); empty for a
    page that does not apply."""
    view = queries.form_page(walk, address)
    if view is None:
        return ""
    held = {field.name: field.typed for field in view.fields if field.kind not in UNTYPED}
    return salted_hmac(STAMP, json.dumps(held, sort_keys=True)).hexdigest()[:16]


def changed_meanwhile(
    request: HttpRequest, walk_now: Callable[[], engine.Walk], dossier: Dossier, address: str
) -> engine.Reading | None:
    """What was typed, with the sentence that somebody else changed this page since it was shown; None when nobody did.

    One's own second tab is no stranger: the last word counts. The page shown again carries the new stamp: a second
    «Continuer» replaces, knowingly. `walk_now` is called only when somebody else was the last to save.
    """
    sent = request.POST.get(STAMP)
    if not sent or dossier.changed_by_id == request.user.pk or sent == stamp_of(walk_now(), address):
        return None
    told = _(
        "%(who)s changed this page on %(at)s, while it was open here. Nothing of yours was saved yet: read that page in "
        "another tab, then press “Continue” to put your answers in its place. Files must be chosen again."
    ) % {"who": dossier.changed_by.full_name, "at": moment(dossier.changed_at)}
    return engine.Reading(errors={"": told}, typed={name: request.POST.getlist(name) for name in request.POST})
