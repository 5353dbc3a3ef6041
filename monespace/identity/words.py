"""Methods, levels and devices in the words of a person."""

from django.utils.translation import gettext as _

from monespace.identity.assurance import HIGH, SUBSTANTIAL
from monespace.identity.models import Device, Method


def method_words(method: str) -> str:
    """A way of proving who one is."""
    known = {
        Method.EID: _("Electronic identity card (eID)"),
        Method.ITSME: _("The itsme® app"),
        Method.SMS: _("Security code by SMS"),
    }
    return known.get(Method(method)) or _("Another means")


def level_words(level: int) -> str:
    """How much a proof proves, in the three words of the European regulation 910/2014 (eIDAS, article 8)."""
    if level >= HIGH:
        return _("high level")
    return _("substantial level") if level >= SUBSTANTIAL else _("low level")


def device_words(device: Device | None) -> str:
    """«Firefox, Windows», or that nobody knows."""
    known = [each for each in (device.browser, device.system) if each] if device else []
    return ", ".join(known) or _("unknown device")
