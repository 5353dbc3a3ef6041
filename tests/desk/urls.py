"""The desk and what it stands on; the rooms beside and above it are only addresses."""

from django.urls import include, path

from monespace.spaces.http import register_converters
from tests.ui.urls import room

register_converters()
handler404 = "config.errors.not_found"
urlpatterns = [
    room("procedures", home=""),
    room("spaces", choose="espaces/"),
    room("help", home="aide/", page="aide/<slug:slug>/", feedback="aide/avis/"),
    path("", include("monespace.identity.urls")),
    path("", include("monespace.notices.urls")),
    path("", include("monespace.dossiers.urls")),
    path("guichet/", include("monespace.desk.urls")),
]
