"""What every template may use: helpdesk, languages, the space acted for."""

from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import get_language

from config.templates import page_url
from monespace.notices.queries import unread_count


def everywhere(request) -> dict:
    """Values for base.html; the space is set on the request by `@in_space`."""
    return {
        "helpdesk": {
            "phone": settings.HELPDESK_PHONE,
            "phone_href": "tel:+32" + "".join(filter(str.isdigit, settings.HELPDESK_PHONE)).removeprefix("0"),
            "mail": settings.HELPDESK_MAIL,
        },
        "languages": [language_link(request, code, name) for code, name in settings.LANGUAGES],
        "interface": interface_of(request),
        "only_in": getattr(request, "only_in", None),
        "space": getattr(request, "space", None),
        "unread": unread_count(request.user) if request.user.is_authenticated else 0,
        "help_url": page_url("help:home"),
        "feedback_url": page_url("help:feedback"),
        "is_agent": bool(getattr(request, "seats", None)),
    }


def language_link(request, code: str, name: str) -> dict:
    """The same page in another language: query kept, `langue` replaced. A page that answers something (a provider's answer is
    used once) says by `request.shown_at`, a path and its query, where it can be seen again."""
    path, query = getattr(request, "shown_at", (request.path, request.GET.dict()))
    return {
        "code": code,
        "name": name,
        "url": f"{path}?{urlencode({**query, 'langue': code})}",
        "current": code == interface_of(request),
    }


def interface_of(request) -> str:
    """The language that was chosen; what a page is about may exist in others only (monespace.ui.languages)."""
    return getattr(request, "LANGUAGE_CODE", None) or get_language() or settings.LANGUAGE_CODE
