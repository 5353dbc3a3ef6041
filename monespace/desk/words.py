"""The desk's words: why an agent may not, why he looks, what the journal says."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EXCLUDED: dict[str, Promise] = {
    "own": _("You filed this request or helped to prepare it, or it is your own."),
    "member": _("You may act for the enterprise that filed this request."),
    "conflict": _("You said that you cannot handle it."),
}
REASONS: dict[str, Promise] = {
    "family": _("The applicant belongs to my family or household"),
    "close": _("The applicant is close to me: a friend, a neighbour, a colleague"),
    "interest": _("I have an interest in the outcome"),
    "involved": _("I was involved in this matter in another capacity"),
}
PURPOSES: dict[str, Promise] = {
    "identity": _("To make sure who the person is"),
    "payment": _("To prepare a payment"),
    "register": _("To consult a register that I am authorised to consult"),
}
STEPS: dict[str, Promise] = {
    "en-cours": _("In hand"),
    "recus": _("To acknowledge"),
    "examen": _("To decide"),
    "decides": _("Decided"),
    "retires": _("Withdrawn by the applicant"),
}
STATES: dict[str, Promise] = {
    "submitted": _("To acknowledge"),
    "acknowledged": _("To decide"),
    "decided": _("Decided"),
    "withdrawn": _("Withdrawn by the applicant"),
}
STATE_KINDS = {"submitted": "waiting", "acknowledged": "information", "decided": "success", "withdrawn": ""}
NOT_NOW: dict[str, Promise] = {
    "submitted": _("Give the acknowledgement of receipt first: then you can decide."),
    "acknowledged": _("The acknowledgement of receipt was already given. Nothing was sent a second time."),
    "decided": _("This request is already decided. Nothing was sent a second time."),
    "withdrawn": _("The applicant has taken this request back: there is nothing left to decide."),
}
DONE: dict[str, Promise] = {  # what an agent has just done, by the word in the address
    "accuse": _("The acknowledgement of receipt is on its way to the applicant."),
    "decision": _("The decision is on its way to the applicant."),
}
CHECKS: dict[str, Promise] = {
    "waiting": _("Being checked for viruses: it can be opened in a moment"),
    "infected": _("Contains a virus: it cannot be opened"),
    "unreadable": _("Cannot be read: it is not what its name says"),
    "": _("Erased"),
}
ACTS: dict[str, Promise] = {
    "dossier.started": _("Began the draft"),
    "dossier.continued": _("Continued the draft"),
    "dossier.shared": _("Shared the draft with somebody who helps"),
    "dossier.share_ended": _("Ended the sharing of the draft"),
    "dossier.agreement_asked": _("Asked others to agree to the request"),
    "dossier.agreed": _("Agreed to the request"),
    "dossier.declined": _("Did not agree to the request"),
    "dossier.taken_over": _("Took over the draft"),
    "dossier.handed_over": _("Handed over the draft"),
    "dossier.moved": _("Moved the draft to a new version of the form"),
    "dossier.validated": _("Validated the answers"),
    "dossier.reopened": _("Opened the answers again"),
    "dossier.rows_imported": _("Added rows from a file"),
    "dossier.submitted": _("Sent the request"),
    "dossier.withdrawn": _("Took the request back"),
    "dossier.looked": _("Looked at the request (agent)"),
    "dossier.document_opened": _("Opened a document (agent)"),
    "dossier.numbers_shown": _("Looked at national numbers (agent)"),
    "dossier.acknowledged": _("Gave the acknowledgement of receipt"),
    "dossier.decided": _("Decided"),
    "act.refused": _("Was refused access"),
    "dossier.conflict_declared": _("Declared that he or she cannot handle it (agent)"),
}
LANGUAGE_NAMES: dict[str, Promise] = {"fr": _("French"), "de": _("German"), "nl": _("Dutch"), "en": _("English")}


def act_in_words(act: str) -> str:
    """An act of the journal; one that has no words here stands as its code."""
    return str(ACTS.get(act, act))
