"""Screens: choosing a space, first configuration, access management, invitations."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from monespace.registry.models import Enterprise
from monespace.spaces.queries import intention_of


def see_other(name: str, *args, **query) -> HttpResponseRedirect:
    """303 to a named page, after a POST."""
    tail = f"?{urlencode(query)}" if query else ""
    return HttpResponseRedirect(reverse(name, args=args) + tail, status=303)


def onwards(request: HttpRequest, enterprise: Enterprise, procedure: str = "") -> HttpResponseRedirect:
    """Where one lands once one may act: the form one came for, days ago or on another device; else the enterprise's home."""
    slug = procedure or intention_of(request.user)
    path = (
        reverse("dossiers:start", args=[enterprise.number, slug])
        if slug
        else reverse("dossiers:home", args=[enterprise.number])
    )
    return HttpResponseRedirect(path, status=303)
