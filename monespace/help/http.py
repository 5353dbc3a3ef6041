"""What the room reads from a request."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from monespace.identity.http import local_path


def sender(request: HttpRequest) -> str:
    """The network address of whoever asks: behind our proxy, the last one that the proxy wrote."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")


def page_told(value: str | None) -> str:
    """The page of ours that an opinion is about, without its query, which may hold what somebody typed; else nothing."""
    return urlsplit(local_path(value)).path[:300] if value and value.isprintable() else ""
