"""Screens: choosing a space, first configuration, access management, invitations."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from monespace.registry.models import Enterprise
from monespace.spaces.queries import intention_of, space_for
from monespace.spaces.wanted import way_on


def see_other(name: str, *args, **query) -> HttpResponseRedirect:
    """303 to a named page, after a POST."""
    tail = f"?{urlencode(query)}" if query else ""
    return HttpResponseRedirect(reverse(name, args=args) + tail, status=303)


def onwards(request: HttpRequest, enterprise: Enterprise, procedure: str = "") -> HttpResponseRedirect:
    """Where one lands once one may act: see `way_on`. `procedure` is the form named by an address or an invitation."""
    space, _current = space_for(request.sign_in, enterprise.number, timezone.now())
    if space is None:
        return see_other("dossiers:home", enterprise.number)
    return HttpResponseRedirect(way_on(space, procedure or intention_of(request.user)), status=303)
