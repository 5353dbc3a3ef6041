"""Pages for what went wrong. They carry the helpdesk; a stale form says how to keep what was typed."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def csrf(request, reason=""):
    """The form was too old or came from elsewhere: say so; the browser's Back keeps what was typed (403)."""
    return render(request, "csrf.html", status=403)


def bad_request(request, exception=None):
    """400: the request itself is broken. More text than a page of ours can send is another matter (413)."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def forbidden(request, exception=None):
    """403: signed in, but not for this."""
    return render(request, "403.html", status=403)


def not_found(request, exception=None):
    """404, identical for everything that does not exist or is not ours to see."""
    return render(request, "404.html", status=404)


def server_error(request):
    """500, without database or context processors: both may be what failed."""
    helpdesk = {"phone": settings.HELPDESK_PHONE, "mail": settings.HELPDESK_MAIL}
    return HttpResponse(render_to_string("500.html", {"helpdesk": helpdesk}), status=500)
