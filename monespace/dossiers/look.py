"""States, outcomes and events in words; every template may use what FILTERS names."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from monespace.dossiers import words
from monespace.dossiers.models import Dossier
from monespace.ui.elements import table
from monespace.ui.look import day, pick


def state_tag(dossier: Dossier) -> str:
    """Where a dossier stands in a word or two: «Sent»; once decided, what was decided."""
    labels = words.OUTCOME_LABELS if dossier.outcome else words.STATE_LABELS
    return str(labels.get(dossier.outcome or dossier.state, dossier.state))


def state_kind(dossier: Dossier) -> str:
    """The tag's kind; colour only repeats the word."""
    return words.KINDS.get(dossier.outcome or dossier.state, "")


def state_sentence(dossier: Dossier) -> str:
    """What happens now, and by when."""
    now = str(words.STATE_NOW.get(dossier.state, ""))
    if dossier.due_on and dossier.state == "acknowledged":
        return f"{now} " + _("Usual delay: a decision by about %(day)s.") % {"day": day(dossier.due_on)}
    return now


def event_label(code: str) -> str:
    """An event of the history."""
    return str(words.EVENT_LABELS.get(code, code))


def other_language(texts: dict) -> str:
    """The language of a title that does not exist in the page's; empty when it does."""
    language = pick(texts)[0]
    return "" if language == get_language() else language


def blocks(text: str) -> str:
    """A fingerprint in blocks of eight, to be compared by eye."""
    return " ".join(text[start : start + 8] for start in range(0, len(text), 8))


def as_table(line: dict) -> dict:
    """A matrix of a summary, for ui/table.html; its caption repeats the label, for those who hear the page."""
    rows, columns = line["table"]["rows"], [{"text": line["label"], "hidden": True}, *line["table"]["head"]]
    return table(line["label"], columns, rows, id=f"table-{id(line)}", caption_hidden=True)


FILTERS = (state_tag, state_kind, state_sentence, event_label, other_language, blocks, as_table)
