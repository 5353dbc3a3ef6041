"""«Sessions et appareils»: what is open in one's name; and making one's own session last longer."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from monespace.identity import devices
from monespace.identity.assurance import LOW
from monespace.identity.http import Ends, local_path, session_ends, signed_in
from monespace.identity.views import sign_in
from monespace.identity.words import device_words, level_words, method_words


@signed_in(LOW)
@require_http_methods(["GET", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Everything open in the person's name, each to be ended; the devices, each to be forgotten."""
    if request.method == "POST":
        return end(request)
    here = request.sign_in
    page = {
        "sessions": [row_of_session(each, here) for each in devices.sessions(request.user)],
        "devices": [row_of_device(each, here) for each in devices.devices(request.user)],
        "done": request.GET.get("fait", ""),
    }
    return render(request, "identity/sessions.html", page)


def row_of_session(each, here) -> dict:
    """What the page says of a session."""
    return {
        "key": each.pk, "device": device_words(each.device), "method": method_words(each.method), "level": level_words(each.level),
        "since": each.at, "seen": each.seen, "here": each.pk == here.pk,
    }  # fmt: skip


def row_of_device(each, here) -> dict:
    """What the page says of a device."""
    known = {"key": each.pk, "name": device_words(each), "since": each.created_at, "seen": each.seen_at}
    return {**known, "here": each.pk == here.device_id}


def end(request: HttpRequest) -> HttpResponse:
    """Ends one session, the others, or all; or forgets a device. What does not exist, or is another's, is ended already."""
    here, asked = request.sign_in, request.POST
    if "everywhere" in asked:
        devices.end_everywhere(here)
        return sign_in.sign_out(request)
    done = "session"
    if "others" in asked:
        devices.end_others(here)
        done = "autres"
    elif key := key_of(asked.get("session", "")):
        if key == here.pk:
            return sign_in.sign_out(request)
        devices.end_one(here, key)
    elif key := key_of(asked.get("device", "")):
        devices.forget(here, key)
        done = "appareil"
    return HttpResponseRedirect(f"{reverse('identity:sessions')}?fait={done}", status=303)


def key_of(text: str) -> UUID | None:
    """The id that a button carries."""
    try:
        return UUID(text)
    except ValueError:
        return None


@signed_in(LOW)
@require_http_methods(["GET", "POST"])
def prolong(request: HttpRequest) -> HttpResponse:
    """Stay signed in. A form comes back to a page that says until when, or to `suite`; a script gets 204 and the seconds left.

    A form that opens here in a new tab leaves the page that it came from as it is, with all that is typed there.
    """
    request.session.modified = True  # written now, though this minute has its note already
    ends = cast(Ends, session_ends(request))  # there is a session
    left = "{} {}".format(*ends.seconds)
    if request.method == "GET":
        page = {"ends": ends, "prolonged": "fait" in request.GET}
        response = render(request, "identity/session.html", page)
        response.headers["Session-Seconds"] = left
        return response
    if request.headers.get("Accept") == "text/plain":
        return HttpResponse(status=204, headers={"Session-Seconds": left})
    after = local_path(request.POST.get("suite")) or reverse("identity:prolong") + "?fait=1"
    return HttpResponseRedirect(after, status=303)
