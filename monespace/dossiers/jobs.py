"""What the worker does for dossiers: opens and scans files, makes and seals papers, tidies each night."""

import hashlib
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from monespace.dossiers import actions, papers
from monespace.dossiers.models import Document, Dossier, Paper
from monespace.dossiers.queries import begun_since
from monespace.paper.opening import inspect_in_process
from monespace.paper.pdf import make_pdf
from monespace.paper.scanner import Infected, TooLargeToScan, scan
from monespace.paper.seal import seal_pdf
from monespace.procedures.actions import note_demand
from monespace.work import job, nightly

NIGHTLY = "dossiers.tidy"
YEAR = timedelta(days=365)


@job("dossiers.check_document")
def check_document(document_id: str) -> None:
    """Scans a file, then opens it as what it claims to be. A scanner that is down makes the job try again; the person goes on."""
    document = Document.objects.filter(pk=UUID(document_id), check_state=Document.Check.WAITING).first()
    if document is None:
        return
    with default_storage.open(document.path, "rb") as file:
        content = file.read()
        file.seek(0)
        why = verdict(file) or opened(content, document.name)
    actions.note_check(document, why)


def verdict(file) -> str:
    """What the scanner says: nothing, «infected», or «too_large» for a file it takes never. Raises ScannerDown."""
    try:
        return "infected" if isinstance(scan(file, settings.CLAMD_ADDRESS), Infected) else ""
    except TooLargeToScan:
        return "too_large"


def opened(content: bytes, name: str) -> str:
    """Why a file cannot be opened as what its name says; empty when it can."""
    look = inspect_in_process(content, name)
    return "" if look.ok else str(look.why)


@job("dossiers.make_paper")
def make_paper(dossier_id: str, kind: str) -> None:
    """Makes and seals a paper, once: a second run finds it made."""
    with transaction.atomic():
        paper = Paper.objects.select_for_update().filter(dossier=UUID(dossier_id), kind=kind, made_at=None).first()
        if paper is None:
            return
        dossier = Dossier.objects.select_related("content", "holder_enterprise").get(pk=paper.dossier_id)
        template, data = papers.data_of(dossier, paper)
        sealed = seal_pdf(make_pdf(template, data, language=dossier.language), reason=papers.reason_of(paper))
        path = f"{dossier.pk}/{paper.kind}.pdf"
        default_storage.delete(path)  # left by a run that was cut short before it was written down
        paper.path = default_storage.save(path, ContentFile(sealed))
        paper.sha256, paper.made_at = hashlib.sha256(sealed).hexdigest(), timezone.now()
        paper.save(update_fields=["path", "sha256", "made_at"])


@job("dossiers.erase_file")
def erase_file(path: str) -> None:
    """Erases a file from the document store; one that is gone already is no fault."""
    if path:
        default_storage.delete(path)


@nightly(NIGHTLY)
def tidy() -> None:
    """Empties drafts that nobody continued, erases files left behind by requests cut short, asks again for checks that
    an absent scanner never gave."""
    while actions.expire_drafts():
        pass
    actions.erase_left_behind()
    actions.ask_checks_again()


@nightly("dossiers.tell_demand", cron="35 2 * * *")
def tell_demand() -> None:
    """Tells the catalogue how often each procedure was begun in a year: of two results as good, the search shows that first."""
    note_demand(begun_since(timezone.now() - YEAR))
