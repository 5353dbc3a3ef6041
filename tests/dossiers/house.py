"""What the tests of dossiers are made of: people, an enterprise, small forms, and a browser without JavaScript."""

import re
from datetime import UTC, datetime, timedelta

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from psycopg.types.range import TimestamptzRange

from monespace import vault
from monespace.dossiers.models import Content, Dossier
from monespace.identity.models import Person, SignIn
from monespace.journal.models import Entry as JournalEntry
from monespace.procedures.actions import digest
from monespace.procedures.loading import load_text
from monespace.procedures.models import Entry, ProcedureVersion
from monespace.registry.models import Enterprise
from monespace.spaces.models import Title

PUBLIC = """
title: {fr: "Demande d'essai", de: "Probeantrag"}
summary: {fr: "Une demande d'essai", de: "Ein Probeantrag"}
search: {fr: [essai], de: [Probe]}
theme: social
audience: [citizen, company]
authority: SPW
level: region
next_step: {kind: form}
form:
"""
SMALL = """
languages: [fr, de]
title: {fr: "Demande d'essai", de: "Probeantrag"}
audience: [citizen, company]
minutes: 5
sections:
  - id: base
    title: {fr: "Votre demande", de: "Ihr Antrag"}
    pages:
      - id: objet
        questions:
          - {id: purpose, kind: text, label: {fr: "Que demandez-vous ?", de: "Was beantragen Sie?"}}
      - id: montants
        title: {fr: "Montants", de: "Beträge"}
        questions:
          - {id: amount, kind: money, label: {fr: "Montant demandé", de: "Beantragter Betrag"}}
          - {id: since, kind: date, label: {fr: "Depuis quand", de: "Seit wann"}}
          - {id: note, kind: textarea, required: false, label: {fr: "Remarque", de: "Bemerkung"}}
  - id: pieces
    title: {fr: "Vos documents", de: "Ihre Unterlagen"}
    pages:
      - id: photos
        title: {fr: "Photos", de: "Fotos"}
        questions:
          - {id: photos, kind: file, required: false, label: {fr: "Vos photos", de: "Ihre Fotos"}}
          - {id: legend, kind: text, required: false, label: {fr: "Légende", de: "Bildunterschrift"}}
"""
ANSWERS = {
    "base/objet": {"purpose": "Un abri"},
    "base/montants": {"amount": "1250,50", "since.day": "3", "since.month": "10", "since.year": "2026", "note": ""},
    "pieces/photos": {},
}
PDF = (
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\ntrailer\n<</Root 1 0 R/Size 4>>\n%%EOF\n"
)


def publish(form: str, slug: str = "essai") -> ProcedureVersion:
    """A form as its author writes it, published as the next version; the catalogue leads to it."""
    indented = "\n".join("  " + line for line in form.strip("\n").splitlines())
    procedure = load_text(PUBLIC + indented + "\n", slug, f"{slug}.yaml")
    number = ProcedureVersion.objects.filter(slug=slug).count() + 1
    version = ProcedureVersion.objects.create(
        slug=slug, number=number, definition=procedure.source, digest=digest(procedure.source), published_at=now()
    )
    words = procedure.listing.title
    known = {
        "listing": {}, "card": {"title": words}, "group": "living", "theme": "social", "audience": ["citizen"], "authority": "spw",
        "level": "region", "online": "here", "languages": ["fr", "de"], "order_fr": words["fr"], "order_de": words["de"],
        "current_version": version, "digest": version.digest,
    }  # fmt: skip
    Entry.objects.update_or_create(slug=slug, defaults=known)
    return version


def now() -> datetime:
    return datetime.now(UTC)


def sign_in(given: str, family: str, number: str, *, level: int = 450, email: str = "") -> SignIn:
    """A person who has just proven who they are."""
    person, _ = Person.objects.get_or_create(
        national_number_hash=vault.lookup_hash(number),
        defaults={"given_names": given, "family_name": family, "national_number_sealed": vault.seal(number),
                  "email": email or f"{given.lower()}@exemple.be"},
    )  # fmt: skip
    method = {400: "sms", 450: "itsme", 500: "eid"}[level]
    return SignIn.objects.create(person=person, method=method, level=level)


def enterprise(number: str, name: str, kind: str = "company") -> Enterprise:
    """An enterprise of the register, with its address."""
    return Enterprise.objects.create(
        number=number, kind=kind, name=name, form="610", street="Rue du Four", house_number="12", postcode="5000",
        town="Namur", seen_on=timezone.localdate(),
    )  # fmt: skip


def colleague(holder: Enterprise, given: str, family: str, number: str, *, role: str, scope: str = "*") -> SignIn:
    """A person with a role in an enterprise."""
    entered = sign_in(given, family, number)
    give(holder, entered, role=role, scope=scope)
    return entered


def give(holder: Enterprise, entered: SignIn, *, role: str = "", kind: str = "role", scope: str = "*") -> Title:
    """A title, since yesterday."""
    span = TimestamptzRange(now() - timedelta(days=1), None)
    return Title.objects.create(
        enterprise=holder,
        person=entered.person,
        kind=kind,
        role=role,
        scope=scope,
        span=span,
        given_as="gap",
        level=450,
    )


def browser(entered: SignIn | None = None, language: str = "fr", **options) -> Client:
    """A browser with a session of its own."""
    client = Client(**options)
    if entered:
        session = client.session
        session["sign_in"] = str(entered.pk)
        session.save()
    client.cookies["monespace_langue"] = language
    return client


def begin(client: Client, space: str = "moi", slug: str = "essai", **more) -> Dossier:
    """Begins a draft as a person does; returns it."""
    page = soup(client.get(f"/espaces/{space}/commencer/{slug}/"))
    key = page.find("input", attrs={"name": "start_key"})["value"]
    response = client.post(f"/espaces/{space}/commencer/{slug}/", {"start_key": key, **more})
    assert response.status_code == 303, response.content.decode()
    return Dossier.objects.get(start_key=key)


def at(dossier: Dossier, *parts: str, space: str = "moi") -> str:
    """The address of a dossier's page: at(dossier, "remplir", "base/objet")."""
    return "/".join([f"/espaces/{space}/dossiers/{dossier.ref}", *parts, ""])


def fill(client: Client, dossier: Dossier, pages: dict | None = None, space: str = "moi") -> None:
    """Fills in pages, each saved by «Continuer»."""
    for address, posted in (ANSWERS if pages is None else pages).items():
        response = client.post(at(dossier, "remplir", address, space=space), posted)
        assert response.status_code == 303, soup(response).main.get_text(" ", strip=True)


def send(client: Client, dossier: Dossier, space: str = "moi"):
    """Presses «Envoyer»."""
    return client.post(at(dossier, "remplir/verifier", space=space))


def sent(client: Client, space: str = "moi", slug: str = "essai", **more) -> Dossier:
    """A dossier begun, filled in and sent."""
    dossier = begin(client, space, slug, **more)
    fill(client, dossier, space=space)
    response = send(client, dossier, space)
    assert response.status_code == 303, soup(response).main.get_text(" ", strip=True)
    dossier.refresh_from_db()
    return dossier


def answers(dossier: Dossier) -> dict:
    """What is stored of a dossier's answers."""
    return Content.objects.get(pk=dossier.pk).answers


def pdf(name: str = "photo.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content, "application/pdf")


def soup(response) -> BeautifulSoup:
    """The page of an answer."""
    return BeautifulSoup(response.content, "html.parser")


def text(response) -> str:
    """The words of a page's main part, on one line."""
    return plain(soup(response).main)


def plain(element) -> str:
    """The words of an element on one line, with ordinary spaces."""
    return re.sub(r"\s+", " ", element.get_text(" ", strip=True)).strip()


def journal(dossier: Dossier) -> list[str]:
    """The acts on a dossier, in order."""
    return list(JournalEntry.objects.filter(on_id=str(dossier.pk)).order_by("id").values_list("act", flat=True))


def jobs(name: str = "") -> list[tuple]:
    """The jobs that wait: (name, arguments)."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    found = ProcrastinateJob.objects.order_by("id").values_list("task_name", "args")
    return [(task, args["ids"]) for task, args in found if name in ("", task)]


def as_shown(response) -> dict:
    """What a browser would post for a page left as it stands."""
    posted: dict[str, list[str]] = {}
    form = max(
        soup(response).main.find_all("form"), key=lambda each: len(each.find_all(["input", "textarea", "select"]))
    )
    for control in form.find_all(["input", "textarea", "select"]):
        name, kind = control.get("name"), control.get("type")
        if control.name == "select":
            values = [option["value"] for option in control.find_all("option", selected=True)] or [""]
        elif control.name == "textarea":
            values = [control.text]
        else:
            values = (
                [] if kind in ("checkbox", "radio") and not control.has_attr("checked") else [control.get("value", "")]
            )
        if name and kind != "file" and name != "csrfmiddlewaretoken":
            posted.setdefault(name, []).extend(values)
    return posted
