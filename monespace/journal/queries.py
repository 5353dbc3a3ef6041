"""Reading the ledger."""

from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from monespace.journal.actions import digest_of
from monespace.journal.models import Entry

ANCHORS = "journal"  # folder of the document store: a file a day, a line «chain position digest» for each chain


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


def heads() -> QuerySet:
    """(chain, position, digest) of the last entry of each chain."""
    last = Entry.objects.order_by("chain", "-position").distinct("chain")
    return last.values_list("chain", "position", "digest")


def contradicted() -> Iterator[str]:
    """The chains in which an entry that was once anchored outside the database is another one now, or is gone."""
    for name in _anchors():
        with default_storage.open(f"{ANCHORS}/{name}") as file:
            for chain, position, digest in (line.decode().split() for line in file):
                if not Entry.objects.filter(chain=chain, position=position, digest=digest).exists():
                    yield chain


def days_anchored() -> int:
    """How many days of anchors there are."""
    return len(_anchors())


def _anchors() -> list[str]:
    try:
        return sorted(default_storage.listdir(ANCHORS)[1])
    except FileNotFoundError:  # before the first night; a bucket lists nothing instead
        return []
