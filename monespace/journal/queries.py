"""Reading the ledger."""

from collections.abc import Iterator

from django.db.models import QuerySet

from monespace.journal.actions import digest_of
from monespace.journal.models import Entry


def of_space(space: str) -> QuerySet[Entry]:
    """The acts done in a space, newest first."""
    return Entry.objects.filter(space=space).order_by("-id")


def of_object(kind: str, identifier: object) -> QuerySet[Entry]:
    """The acts done on one object, newest first."""
    return Entry.objects.filter(on_kind=kind, on_id=str(identifier)).order_by("-id")


def broken_links(chain: str) -> Iterator[Entry]:
    """Entries of a chain whose content, place or link to the one before is not what was written."""
    previous, position = "", 0
    for entry in Entry.objects.filter(chain=chain).order_by("position").iterator():
        if entry.previous != previous or entry.position != position + 1 or entry.digest != digest_of(entry):
            yield entry
        previous, position = entry.digest, entry.position
