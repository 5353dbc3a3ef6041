"""Addresses that base.html leads to, so that the look is tested without the other rooms."""

from django.http import HttpResponse
from django.urls import include, path


def room(name: str, **addresses: str):
    """The named addresses of one room."""
    pages = [path(address, HttpResponse, name=view) for view, address in addresses.items()]
    return path("", include((pages, name)))


urlpatterns = [
    room("procedures", home="", search="demarches/"),
    room("identity", sign_in="connexion/", sign_out="deconnexion/", profile="profil/", prolong="session/prolonger/"),
    room("spaces", choose="espaces/"),
    room("help", home="aide/", page="aide/<slug:slug>/", feedback="aide/avis/"),
    room("notices", inbox="notifications/"),
    room("desk", inbox="guichet/"),
]
