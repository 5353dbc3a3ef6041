"""Files attached to answers: stored at once, opened and scanned by the worker, erased when no answer holds them.

The row is written before the file and outlives it: whatever is cut short, no file lies in the store without a row that
leads the nightly job to it.
"""

import hashlib
from collections.abc import Iterable
from datetime import timedelta

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monespace.dossiers.actions.common import demand, demand_draft, lock
from monespace.dossiers.actions.telling import tell_applicant
from monespace.dossiers.lifecycle import UNSENT
from monespace.dossiers.models import Content, Document, Dossier
from monespace.identity.models import SignIn
from monespace.paper.signatures import HEAD, Inspection, first_look
from monespace.spaces.policy import Action
from monespace.work import enqueue

MOST_DOCUMENTS = 60  # a dossier; whatever the form says
SETTLED = timedelta(days=1)  # after a day, what a request left behind is left behind for good
LOOKED_BACK = timedelta(days=30)  # the nightly job missed no more nights than this


BAD_FILE = _("Your request %(number)s: a file cannot be opened")
BAD_FILE_FACT = _(
    "A file of your request %(number)s, “%(title)s”, made in the name of %(name)s, contains a virus or is damaged: the "
    "administration cannot open it. The page “Documents” of the request says which one and what you can do."
)


class FileRefused(Exception):
    """The file cannot be taken; `why` is a code of paper.signatures, or «many»."""

    def __init__(self, why: str, name: str):
        super().__init__(why)
        self.why, self.name = why, name


def add_document(dossier: Dossier, upload: UploadedFile, *, by: SignIn) -> dict:
    """Stores a file and enqueues its scan; returns what the answer holds: {"id", "name", "size", "sha256"}.

    Raises FileRefused (by name, size or first bytes), Refused.
    """
    document = announce_file(dossier, upload, looked_at(upload), by)
    default_storage.save(document.path, upload)
    with transaction.atomic():
        enqueue("dossiers.check_document", document.pk)
    return {"id": str(document.pk), "name": document.name, "size": document.size, "sha256": document.sha256}


@transaction.atomic
def announce_file(dossier: Dossier, upload: UploadedFile, look: Inspection, by: SignIn) -> Document:
    """Writes the row of a file that is about to be stored; raises Refused, FileRefused."""
    locked, at = lock(dossier.pk)
    demand_draft(locked, at)
    demand(locked, by, Action.PREPARE, at)
    if locked.documents.count() >= MOST_DOCUMENTS:
        raise FileRefused("many", upload.name or "")
    document = Document(
        dossier=locked, name=(upload.name or "")[-200:], size=upload.size or 0, sha256=digest_of(upload),
        type=look.media_type, added_by=by.person,
    )  # fmt: skip
    document.path = f"{locked.pk}/{document.pk}"
    document.save(force_insert=True)
    return document


@transaction.atomic
def note_check(document: Document, why: str) -> None:
    """Writes down what the check of a file found: nothing, «infected» or why it cannot be opened. When the request was sent
    before the check could be made, the applicant is told of a bad file: no page will stop him any more."""
    dossier = Dossier.objects.select_for_update().get(pk=document.dossier_id)
    state = {"": Document.Check.CLEAN, "infected": Document.Check.INFECTED}.get(why, Document.Check.UNREADABLE)
    waiting = Document.objects.filter(pk=document.pk, check_state=Document.Check.WAITING)
    if waiting.update(check_state=state, why=why) and state in Document.BAD and dossier.number:
        tell_applicant(dossier, BAD_FILE, BAD_FILE_FACT)


def looked_at(upload: UploadedFile) -> Inspection:
    """The first look at a file; raises FileRefused."""
    head = upload.read(HEAD)
    upload.seek(0)
    look = first_look(upload.name or "", upload.size or 0, head)
    if not look.ok:
        raise FileRefused(str(look.why), upload.name or "")
    return look


def digest_of(upload: UploadedFile) -> str:
    """SHA-256 of the content, read in pieces."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def held_by(answers: object) -> set[str]:
    """The ids of the files that answers hold, in groups and rows too."""
    if isinstance(answers, list):
        return set().union(*map(held_by, answers))
    if not isinstance(answers, dict):
        return set()
    own = {str(answers["id"])} if {"id", "sha256"} <= answers.keys() else set()
    return own.union(*map(held_by, answers.values()))


def erase(dossier: Dossier, ids: Iterable[str]) -> None:
    """Erases files of a dossier: their rows now, what is stored by a job once the transaction stands."""
    for document in Document.objects.filter(dossier=dossier, pk__in=list(ids)):
        enqueue("dossiers.erase_file", document.path)
        document.delete()


@transaction.atomic
def erase_loose(dossier: Dossier, ids: Iterable[str]) -> None:
    """Erases those of these files that no answer of the dossier holds: refused by the form after they were stored."""
    locked, _at = lock(dossier.pk)
    content = Content.objects.filter(pk=locked.pk).first()
    if content and content.frozen is None:
        erase(locked, set(ids) - held_by(content.answers))


def erase_left_behind() -> int:
    """Erases files that a request cut short left behind in drafts; returns how many. For the nightly job."""
    until = timezone.now() - SETTLED
    old = Document.objects.filter(dossier__state__in=UNSENT, added_at__lte=until, added_at__gt=until - LOOKED_BACK)
    before = old.count()
    for dossier in Dossier.objects.filter(pk__in=old.values("dossier")).iterator():
        erase_loose(dossier, {str(key) for key in old.filter(dossier=dossier).values_list("pk", flat=True)})
    return before - old.count()


def ask_checks_again() -> int:
    """Enqueues again the check of files that still wait: the scanner was down for longer than a job tries. Returns how many."""
    until = timezone.now() - SETTLED
    waiting = Document.objects.filter(check_state=Document.Check.WAITING, added_at__lte=until)
    keys = list(waiting.filter(added_at__gt=until - LOOKED_BACK).values_list("pk", flat=True))
    for key in keys:
        enqueue("dossiers.check_document", key)
    return len(keys)
