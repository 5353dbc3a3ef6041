"""What every template may use: helpdesk, languages, the space acted for."""

from django.conf import settings
from django.template.backends.utils import csrf_input
from django.utils.functional import SimpleLazyObject
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
        "csrf_input": SimpleLazyObject(
            lambda: csrf_input(request)
        ),  # made when a form needs it, once for all of a page's
        "is_agent": bool(getattr(request, "seats", None)),
    }


def language_link(request, code: str, name: str) -> dict:
    """The same page in another language: query kept, `langue` replaced."""
    query = request.GET.copy()
    query["langue"] = code
    return {
        "code": code,
        "name": name,
        "url": f"{request.path}?{query.urlencode()}",
        "current": code == interface_of(request),
    }


def interface_of(request) -> str:
    """The language that was chosen; what a page is about may exist in others only (monespace.ui.languages)."""
    return getattr(request, "LANGUAGE_CODE", None) or get_language() or settings.LANGUAGE_CODE
