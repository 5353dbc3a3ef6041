"""What the telephone shows: one part of GSM letters, the code first, and a last line by which a browser fills in the code on
our pages alone (WICG, origin-bound one-time codes)."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

SIGN_IN, BIND = "sign_in", "bind"


def code_text(purpose: str, code: str) -> str:
    """The message that carries a code, in the active language."""
    if purpose == BIND:
        said = _("%(code)s is the code that binds this number to your Mon Espace. Never give it to anyone.")
    else:
        said = _("%(code)s is your sign-in code for Mon Espace, valid for 5 minutes. Never give it to anyone.")
    return f"{said % {'code': code}}\n\n@{host()} #{code}"


def number_left_text() -> str:
    """To a number that no longer opens anything, in the active language."""
    return _("This number no longer gives access to Mon Espace. If it was not you, call us on %(phone)s.") % {
        "phone": settings.HELPDESK_PHONE
    }


def host() -> str:
    """The portal's host, without scheme or port."""
    return urlsplit(settings.SITE_URL).hostname or ""
