"""Screens: choosing a space, first configuration, access management, invitations."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from monespace.registry.models import Enterprise
from monespace.spaces.queries import intention_of, space_for
from monespace.spaces.wanted import may_begin, wanted


def see_other(name: str, *args, **query) -> HttpResponseRedirect:
    """303 to a named page, after a POST."""
    tail = f"?{urlencode(query)}" if query else ""
    return HttpResponseRedirect(reverse(name, args=args) + tail, status=303)


def onwards(request: HttpRequest, enterprise: Enterprise, procedure: str = "") -> HttpResponseRedirect:
    """Where one lands once one may act: the form one came for, days ago or on another device; else the enterprise's home.

    A form that cannot be begun here, by one who may only read or for another kind of holder, is no place to land.
    """
    asked = wanted(procedure or intention_of(request.user))
    space, _current = space_for(request.sign_in, enterprise.number, timezone.now())
    if asked and space and may_begin(space, asked).because in {"seat", "level"}:
        return see_other("dossiers:start", enterprise.number, asked.slug)
    return see_other("dossiers:home", enterprise.number)
