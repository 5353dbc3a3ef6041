"""The words for roles, seats and functions: what they are called, what they allow and what they do not."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ROLE_LABELS: dict[str, Promise] = {
    "read": _("Read"),
    "prepare": _("Prepare"),
    "submit": _("Submit"),
    "sign": _("Sign"),
    "pay": _("Pay"),
}
ROLE_ALLOWS: dict[str, Promise] = {
    "read": _("sees the requests, their documents and the answers of the administration"),
    "prepare": _("sees the requests, begins them and fills them in"),
    "submit": _("sees the requests, fills them in and sends them in the name of the enterprise"),
    "sign": _("sees the requests and signs those that need a signature"),
    "pay": _("sees the requests and pays what is due"),
}
ROLE_DENIES: dict[str, Promise] = {
    "read": _("changes nothing and sends nothing"),
    "prepare": _("sends nothing"),
    "submit": _("gives access to nobody"),
    "sign": _("fills in nothing"),
    "pay": _("fills in nothing and sends nothing"),
}
SEAT_LABELS: dict[str, Promise] = {
    "self": _("Yourself"),
    "gap": _("Main access manager (GAP)"),
    "co_gap": _("Co-manager of access (co-GAP)"),
    "representative": _("Legal representative"),
    "agent": _("Agent"),
}
FUNCTION_LABELS: dict[str, Promise] = {
    "FONDA": _("self-employed person"),
    "ADMIN": _("director"),
    "ADMDL": _("managing director"),
    "PRESI": _("chair"),
    "BOURG": _("mayor"),
    "DIRGE": _("director general"),
    "PCPAS": _("chair of the CPAS"),
    "LIQUI": _("liquidator"),
    "CURAT": _("bankruptcy trustee"),
}
KIND_LABELS: dict[str, Promise] = {
    "citizen": _("citizen"),
    "self_employed": _("self-employed person"),
    "company": _("company"),
    "commune": _("commune"),
    "cpas": _("CPAS"),
    "asbl": _("ASBL"),
}


def role_label(role: str) -> str:
    """A role in words."""
    return str(ROLE_LABELS.get(role, role))


def seat_label(kind: str, role: str = "") -> str:
    """A seat in words: its role, or what it rests on."""
    return role_label(role) if role else str(SEAT_LABELS.get(kind, kind))
