"""The words for roles, seats and functions: what they are called, what they allow and what they do not."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ROLE_LABELS: dict[str, Promise] = {
    "read": pgettext_lazy("role", "Read"),
    "prepare": pgettext_lazy("role", "Prepare"),
    "submit": pgettext_lazy("role", "Submit"),
    "sign": pgettext_lazy("role", "Sign"),
    "pay": pgettext_lazy("role", "Pay"),
}
ROLE_ALLOWS: dict[str, Promise] = {
    "read": _("sees the requests, their documents and the answers of the administration"),
    "prepare": _("sees the requests, begins them and fills them in"),
    "submit": _("sees the requests, fills them in and sends them to the administration"),
    "sign": _("sees the requests and signs those that need a signature"),
    "pay": _("sees the requests and pays what is due"),
    "co_gap": _("invites people, gives them roles and withdraws them"),
    "gap": _("decides who may act in this space: invites people, gives roles, withdraws them"),
}
ROLE_DENIES: dict[str, Promise] = {
    "read": _("changes nothing and sends nothing"),
    "prepare": _("sends nothing"),
    "submit": _("gives access to nobody"),
    "sign": _("fills in nothing"),
    "pay": _("fills in nothing and sends nothing"),
    "co_gap": _("reads and sends no request, and does not replace the main access manager"),
    "gap": _("reads and sends no request without taking a role"),
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


KIND_PLURALS: dict[str, Promise] = {
    "citizen": _("citizens"),
    "self_employed": _("self-employed people"),
    "company": _("companies"),
    "commune": _("communes"),
    "cpas": _("CPAS"),
    "asbl": _("ASBL"),
}
REASONS: dict[str, Promise] = {
    "left_enterprise": _("The person no longer works here"),
    "not_needed": _("The person no longer needs this access"),
    "mistake": _("This access was given by mistake"),
}
CLOSED_BECAUSE: dict[str, Promise] = {
    "left_enterprise": _("no longer works here"),
    "not_needed": _("no longer needed"),
    "mistake": _("given by mistake"),
    "left": _("given back by the person"),
    "renewed": _("renewed"),
}
GIVEN_AS: dict[str, Promise] = {
    "representative": _("legal representative"),
    "gap": _("main access manager (GAP)"),
    "co_gap": _("co-manager of access (co-GAP)"),
    "winding_up": _("bankruptcy trustee or liquidator"),
}
REFUSED: dict[str, Promise] = {
    "role": _("Your role does not allow this. Ask the main access manager (GAP) or a legal representative."),
    "ended": _("Your access has ended. Ask the main access manager (GAP) or a legal representative."),
    "stranger": _("You no longer have access to this enterprise."),
    "frozen": _("This enterprise is bankrupt, dissolved or stopped: only whoever winds it up may change accesses."),
    "unknown_role": _("Choose one of the roles."),
    "many": _("You sent many invitations within an hour. What you typed is kept: send it later."),
    "past": _("The end date is already over. Choose a later one."),
    "self": _("You cannot do this for yourself: somebody else who manages the accesses does it."),
    "over": _("This is already answered, withdrawn or expired. Nothing was changed."),
    "other": _("This invitation is meant for somebody else."),
    "void": _("This invitation is no longer valid: the person who sent it no longer has the power to invite."),
    "joint": _(
        "You represent this enterprise only together with another representative: name the main access manager, both sign."
    ),
    "done": _("This enterprise already has a main access manager (GAP)."),
    "held": _("This person already is the main access manager (GAP)."),
    "waiting": _("This person is already named, and the answer is awaited."),
    "signed": _("You have already signed. Another representative signs next."),
}


def sentence(text: str) -> str:
    """A text as a sentence: first letter large, the others kept, a full stop."""
    return f"{text[:1].upper()}{text[1:]}."


def role_text(role: str) -> str:
    """What a role allows and what it does not, in two sentences."""
    return f"{sentence(str(ROLE_ALLOWS[role]))} {sentence(str(ROLE_DENIES[role]))}"


def refused_text(because: str) -> str:
    """Why an act was refused, in a sentence that says what to do."""
    return str(REFUSED.get(because, REFUSED["over"]))


def functions_text(codes: tuple[str, ...]) -> str:
    """Functions of the register in words."""
    return ", ".join(dict.fromkeys(str(FUNCTION_LABELS.get(code, code)) for code in codes))
