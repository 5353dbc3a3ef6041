"""`/metriques/`: what the operator's Prometheus reads, with the secret that it was given; for everybody else nothing is there."""

import hmac

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from monespace.metrics import page


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The counts of this machine's web processes, in Prometheus' text format; 404 without `Authorization: Bearer METRICS_SECRET`."""
    given = request.headers.get("Authorization", "")
    if not settings.METRICS_SECRET or not hmac.compare_digest(
        given.encode(), f"Bearer {settings.METRICS_SECRET}".encode()
    ):
        raise Http404
    return HttpResponse(page(), content_type="text/plain; version=0.0.4; charset=utf-8")
