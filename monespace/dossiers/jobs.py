"""What the worker does for dossiers: opens and scans files, makes and seals papers, empties what nobody continued."""

import hashlib
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from monespace.dossiers import papers
from monespace.dossiers.actions.drafting import expire_drafts
from monespace.dossiers.models import Document, Dossier, Paper
from monespace.paper.files import inspect
from monespace.paper.pdf import make_pdf
from monespace.paper.scanner import Infected, scan
from monespace.paper.seal import seal_pdf
from monespace.work import job


@job("dossiers.check_document")
def check_document(document_id: str) -> None:
    """Opens a file as what it claims to be, then scans it. A scanner that is down makes the job try again; the person goes on."""
    document = Document.objects.filter(pk=UUID(document_id), check_state=Document.Check.WAITING).first()
    if document is None or not document.path:
        return
    with default_storage.open(document.path, "rb") as file:
        content = file.read()
        file.seek(0)
        verdict = scan(file, settings.CLAMD_ADDRESS)
    look = inspect(content, document.name, document.type)
    if isinstance(verdict, Infected):
        state, why = Document.Check.INFECTED, "infected"
    elif not look.ok:
        state, why = Document.Check.UNREADABLE, str(look.why)
    else:
        state, why = Document.Check.CLEAN, ""
    Document.objects.filter(pk=document.pk, check_state=Document.Check.WAITING).update(check_state=state, why=why)


@job("dossiers.make_paper")
def make_paper(dossier_id: str, kind: str) -> None:
    """Makes and seals a paper, once: a second run finds it made."""
    with transaction.atomic():
        paper = Paper.objects.select_for_update().filter(dossier=UUID(dossier_id), kind=kind, made_at=None).first()
        if paper is None:
            return
        dossier = Dossier.objects.select_related("submitted_by", "holder_enterprise", "version", "content").get(
            pk=paper.dossier_id
        )
        template, data = papers.data_of(dossier, paper)
        sealed = seal_pdf(make_pdf(template, data, language=dossier.language), reason=papers.reason_of(paper))
        paper.path = default_storage.save(f"{dossier.pk}/{paper.kind}.pdf", ContentFile(sealed))
        paper.sha256, paper.made_at = hashlib.sha256(sealed).hexdigest(), timezone.now()
        paper.save(update_fields=["path", "sha256", "made_at"])


@job("dossiers.erase_file")
def erase_file(path: str) -> None:
    """Erases a file from the document store; one that is gone already is no fault."""
    if path:
        default_storage.delete(path)


@job("dossiers.expire_drafts")
def expire() -> None:
    """Empties drafts that nobody continued; started each night by the worker's clock."""
    while expire_drafts():
        pass
