"""The words for states, outcomes, events and refused files: one sentence each."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from monespace.ui.look import moment

if TYPE_CHECKING:
    from monespace.dossiers.models import Participant

STATE_LABELS: dict[str, Promise] = {
    "draft": _("Draft"), "validated": _("Validated, to be sent"),
    "submitted": _("Sent"), "acknowledged": _("Under examination"), "decided": _("Decided"),
    "withdrawn": _("Withdrawn"), "expired": _("Draft expired"),
}  # fmt: skip
STATE_NOW: dict[str, Promise] = {
    "draft": _("You have not sent it yet."),
    "validated": _("The answers are validated. The request is not sent yet."),
    "submitted": _("The administration received your request. It will confirm that it examines it."),
    "acknowledged": _("The administration examines your request."),
    "decided": _("The administration decided. Read its letter."),
    "withdrawn": _("You took this request back. The administration does nothing more with it."),
    "expired": _("Nobody continued this draft in time: its answers were erased."),
}
KINDS = {  # of the tag
    "draft": "waiting", "validated": "waiting",
    "submitted": "information", "acknowledged": "information", "granted": "success", "partly": "success",
}  # fmt: skip
OUTCOME_LABELS: dict[str, Promise] = {
    "granted": _("Granted"), "partly": _("Granted in part"), "refused": _("Refused"), "no_further_action": _("Closed without action"),
}  # fmt: skip
LIST_TITLES: dict[str, Promise] = {
    "brouillons": _("Drafts"), "en-cours": _("Requests in progress"), "clotures": _("Closed requests"),
}  # fmt: skip
TASK_LABELS: dict[str, Promise] = {
    "done": _("Completed"), "started": _("Begun"), "todo": _("To do"), "cannot_start": _("Cannot start yet"), "validated": _("Validated"),
}  # fmt: skip
TASK_KINDS = {
    "done": "",
    "started": "waiting",
    "todo": "information",
    "cannot_start": "",
    "validated": "",
}  # of the tag
EVENT_LABELS: dict[str, Promise] = {
    "started": _("Draft begun"), "validated": _("Answers validated"), "reopened": _("Answers opened again"),
    "submitted": _("Request sent"), "acknowledged": _("Acknowledgement of receipt by the administration"),
    "decided": _("Decision of the administration"), "withdrawn": _("Request withdrawn"),
}  # fmt: skip
STEP_LABELS: dict[str, Promise] = {
    "draft": _("Preparation"), "submitted": _("Sent"), "acknowledged": _("Examination"), "decided": _("Decision"),
}  # fmt: skip
PAPER_LABELS: dict[str, Promise] = {
    "receipt": _("Receipt"), "acknowledgement": _("Acknowledgement of receipt"), "decision": _("Decision letter"),
}  # fmt: skip
PAPER_FILES: dict[str, Promise] = {  # in plain letters: every computer keeps them
    "receipt": pgettext_lazy("file", "receipt"), "acknowledgement": pgettext_lazy("file", "acknowledgement-of-receipt"),
    "decision": pgettext_lazy("file", "decision"),
}  # fmt: skip
METHOD_LABELS: dict[str, Promise] = {
    "eid": _("electronic identity card (eID)"), "itsme": _("itsme"), "sms": _("security code by SMS"),
}  # fmt: skip
FILE_REFUSED: dict[str, Promise] = {
    "name": _("The name of the file “%(name)s” cannot be used: rename it with letters and digits."),
    "empty": _("The file “%(name)s” is empty: choose another one."),
    "too_large": _("The file “%(name)s” is too large: choose one of 10 MB at most, or make a smaller copy."),
    "kind": _("The file “%(name)s” is not accepted: choose a PDF, JPG or PNG file."),
    "not_what_it_says": _("The content of “%(name)s” is not what its name says: save it again as PDF, JPG or PNG."),
    "mixed": _("The file “%(name)s” mixes several kinds of content: save it again as PDF, JPG or PNG."),
    "password": _("The file “%(name)s” asks for a password: save a copy without password."),
    "protected": _(
        "The file “%(name)s” is protected: save a copy without protection, for example by printing it to PDF."
    ),
    "damaged": _("The file “%(name)s” cannot be opened: save it again or choose another one."),
    "too_many_pixels": _("The image “%(name)s” has too many pixels: make a smaller copy."),
    "too_much_inside": _("The file “%(name)s” is too large once unpacked: make a smaller copy."),
    "macros": _("The file “%(name)s” contains programs: save a copy without macros."),
    "many": _("“%(name)s” is one file too many: a request holds 60 at most. Remove another one first."),
    "infected": _("The file “%(name)s” contains a virus and was set aside: remove it, then choose a clean file."),
}

AGREEMENTS = _("Agreement of the others")
AGREEMENT_LABELS: dict[str, Promise] = {
    "none": _("Not asked yet"), "asked": _("Asked, no answer yet"), "confirmed": _("Agrees"), "refused": _("Does not agree"),
    "changed": _("To be asked again: the request changed"),
}  # fmt: skip
AGREEMENT_KINDS = {
    "none": "information",
    "asked": "waiting",
    "confirmed": "success",
    "refused": "urgent",
    "changed": "information",
}

UNOPENED = _(
    "The file “%(name)s” contains a virus or is damaged: the administration sees its name and cannot open it. To give it "
    "another copy, write to it with the number of your request."
)


def changed_by_other(who: str, at: datetime, text: str) -> str:
    """The sentence about an answer that somebody else changed while the page was open; `text`: what stands there."""
    if not text:
        return str(_("%(who)s erased this answer on %(at)s. “Continue” puts yours in.")) % {
            "who": who,
            "at": moment(at),
        }
    told = {"who": who, "at": moment(at), "text": text}
    return str(_("%(who)s changed this answer on %(at)s: “%(text)s”. “Continue” puts yours in its place.")) % told


def agreed_line(part: "Participant | None") -> str:
    """When and how somebody agreed."""
    if part is None:
        return ""
    return str(_("Agreed on %(at)s, with: %(method)s")) % {
        "at": moment(part.answered_at),
        "method": METHOD_LABELS[part.method],
    }


def file_refused(why: str, name: str) -> str:
    """The sentence about a refused file."""
    return str(FILE_REFUSED.get(why, FILE_REFUSED["damaged"])) % {"name": name}


def paper_file(number: str | None, kind: str, language: str) -> str:
    """The name under which a paper is downloaded, in its dossier's language: 2026-0000123-57-recepisse.pdf."""
    with override(language):
        return f"{number}-{PAPER_FILES[kind]}.pdf"


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text typed by an agent."""
    return [part.strip() for part in text.replace("\r", "").split("\n\n") if part.strip()]
