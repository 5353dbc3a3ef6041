"""States, outcomes and events in words; built in to every template."""

from django import template

from monespace.dossiers import words

register = template.Library()


@register.filter
def state_label(state: str) -> str:
    """A state in a word or two: «Sent»."""
    return str(words.STATE_LABELS.get(state, state))


@register.filter
def state_kind(state: str) -> str:
    """The tag's kind for a state; colour only repeats the word."""
    return words.STATE_COLOURS.get(state, "")


@register.filter
def state_sentence(state: str) -> str:
    """What a state means for the applicant."""
    return str(words.STATE_NOW.get(state, ""))


@register.filter
def outcome_label(outcome: str) -> str:
    """What was decided."""
    return str(words.OUTCOME_LABELS.get(outcome, outcome))


@register.filter
def event_label(code: str) -> str:
    """An event of the history."""
    return str(words.EVENT_LABELS.get(code, code))


@register.filter
def blocks(text: str) -> str:
    """A fingerprint in blocks of eight, to be compared by eye."""
    return " ".join(text[start : start + 8] for start in range(0, len(text), 8))


@register.filter
def item(mapping: dict, key: str):
    """The value of a key, or None."""
    return mapping.get(key) if mapping else None
