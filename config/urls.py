"""Public addresses: French, stable, bookmarkable. Names in code are English."""

from django.urls import include, path

from config.health import health
from config.metrics import metrics
from monespace.spaces.http import register_converters

register_converters()

urlpatterns = [
    path("", include("monespace.procedures.urls")),
    path("", include("monespace.identity.urls")),
    path("", include("monespace.notices.urls")),
    path("", include("monespace.spaces.urls")),
    path("", include("monespace.dossiers.urls")),
    path("", include("monespace.help.urls")),
    path("guichet/", include("monespace.desk.urls")),
    path("sante/", health, name="health"),
    path("metriques/", metrics, name="metrics"),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
