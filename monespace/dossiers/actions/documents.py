"""Files attached to answers: stored at once, opened and scanned by the worker."""

import hashlib

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from monespace.dossiers.actions.common import Refused, demand, demand_draft, lock
from monespace.dossiers.models import Document, Dossier
from monespace.identity.models import SignIn
from monespace.paper.signatures import HEAD, Inspection, first_look
from monespace.spaces.policy import Action
from monespace.work import enqueue

MOST_DOCUMENTS = 60  # a dossier; whatever the form says


class FileRefused(Exception):
    """The file cannot be taken; `why` is a code of paper.signatures."""

    def __init__(self, why: str, name: str):
        super().__init__(why)
        self.why, self.name = why, name


def add_document(dossier: Dossier, upload: UploadedFile, *, by: SignIn) -> dict:
    """Stores a file and enqueues its scan; returns what the answer holds: {"id", "name", "size", "sha256"}.

    Raises FileRefused (by name, size or first bytes), Refused.
    """
    look = looked_at(upload)
    with transaction.atomic():
        locked, at = lock(dossier.pk)
        demand_draft(locked, at)
        demand(locked, by, Action.PREPARE, at)
        if locked.documents.count() >= MOST_DOCUMENTS:
            raise Refused("many_documents")
        document = Document(
            dossier=locked, name=(upload.name or "")[-200:], size=upload.size or 0, sha256=digest_of(upload),
            type=look.media_type, added_by=by.person,
        )  # fmt: skip
        document.path = default_storage.save(f"{locked.pk}/{document.pk}", upload)
        document.save(force_insert=True)
        enqueue("dossiers.check_document", document.pk)
    return {"id": str(document.pk), "name": document.name, "size": document.size, "sha256": document.sha256}


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
