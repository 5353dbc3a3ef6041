"""`monespace check`, the part of the portal's own codes by SMS and of the sessions."""

from collections.abc import Iterator
from urllib.parse import urlsplit

EXTENSIONS = 10  # of a session, at least: WCAG 2.2, 2.2.1


def sms() -> Iterator[str]:
    """Where a way `by: sms` is on: the gateway answers and knows us, and each text is one part. Nothing is sent."""
    from django.core.exceptions import ImproperlyConfigured

    from monespace.identity.ways import ways

    try:
        on = any(way.by == "sms" for way in ways())
    except ImproperlyConfigured:  # said where the ways are looked at
        return
    if on:
        yield from gateway_of_sms()
        yield from texts()


def gateway_of_sms() -> Iterator[str]:
    """The gateway is another machine's, reached in secret, and ready."""
    from django.conf import settings

    from monespace.notices.gateway import GatewayDown, gateway

    address = urlsplit(settings.SMS_GATEWAY_URL)
    if not address.scheme:
        yield "SMS_GATEWAY_URL is not set, and a way of signing in needs it (by: sms)."
        return
    if address.scheme != "https":
        yield "SMS_GATEWAY_URL is not on https: codes would travel in clear."
    if (address.hostname or "").startswith(("127.", "localhost", "::1")):
        yield "SMS_GATEWAY_URL is on this machine: name the gateway."
    if not settings.SMS_GATEWAY_SECRET:
        yield "SMS_GATEWAY_SECRET is not set."
    try:
        gateway().ready()
    except GatewayDown as down:
        yield f"The SMS gateway does not take messages from us ({down})."


def texts() -> Iterator[str]:
    """Each message of a code, with this portal's host, is one part: another would be paid twice, and may come in the wrong order."""
    from django.conf import settings
    from django.utils.translation import override

    from monespace.identity.sms.texts import BIND, SIGN_IN, code_text, number_left_text
    from monespace.notices.gsm import parts

    for language, _name in settings.LANGUAGES:
        with override(language):
            said = [code_text(SIGN_IN, "000000"), code_text(BIND, "000000"), number_left_text()]
        if any(parts(text) > 1 for text in said):
            yield f"A text message in «{language}» takes more than one part: shorten SITE_URL's host or the translation."


def sessions() -> Iterator[str]:
    """A session can be made longer ten times before its last end."""
    from django.conf import settings

    minutes = settings.SESSION_COOKIE_AGE // 60
    if (EXTENSIONS + 1) * minutes > settings.SESSION_HOURS * 60:
        yield (
            f"SESSION_HOURS ({settings.SESSION_HOURS}) is short for SESSION_MINUTES ({minutes}): people must be able to make a "
            f"session longer {EXTENSIONS} times (WCAG 2.2.1)."
        )
