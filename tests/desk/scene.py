"""A small scene for the desk: a team, its agents, an applicant, an enterprise, dossiers that were sent."""

import uuid
from datetime import timedelta
from itertools import count

from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils import timezone

from monespace import vault
from monespace.desk import actions
from monespace.dossiers.lifecycle import State
from monespace.dossiers.models import Content, Document, Dossier, Event
from monespace.dossiers.numbers import with_check
from monespace.identity.models import Person, SignIn
from monespace.procedures.models import ProcedureVersion
from monespace.registry.models import Enterprise

SLUG = "calamite-indemnisation"
TITLE = {"fr": "Indemnisation après une calamité", "de": "Entschädigung nach einer Katastrophe"}
CLAIRE, ISABELLE, OLIVIER, HUGO, KARL = "85031499897", "80010199833", "76050599720", "90020299729", "70030399735"
FOREIGN = "72040499864"  # the national number of somebody named in an answer
numbers = count(1)


def right(digits: str) -> str:
    """The number with the check digits that fit its first nine."""
    return f"{digits[:9]}{97 - int(digits[:9]) % 97:02}"


def person(number: str, given: str, family: str, **more) -> Person:
    """A person who has signed in before."""
    number = right(number)
    found, _ = Person.objects.get_or_create(
        national_number_hash=vault.lookup_hash(number),
        defaults={"national_number_sealed": vault.seal(number), "given_names": given, "family_name": family, **more},
    )
    return found


def sign_in(who: Person, level: int = 500) -> SignIn:
    """A sign-in of this strength."""
    return SignIn.objects.create(person=who, method={400: "sms", 450: "itsme", 500: "eid"}[level], level=level)


def client(who: Person | None, level: int = 500, language: str = "fr") -> Client:
    """A browser in which this person is signed in."""
    browser = Client(headers={"accept-language": language})
    if who:
        session = SessionStore()
        session["sign_in"] = str(sign_in(who, level).pk)
        session.create()
        browser.cookies["monespace_session"] = session.session_key
    return browser


def agent(number: str = ISABELLE, given: str = "Isabelle", family: str = "Mathot", team: str = "calamites") -> Person:
    """A member of a team, who has signed in."""
    actions.add_member(team, right(number), given_names=given, family_name=family)
    return person(number, given, family)


def applicant() -> Person:
    """Claire, who files for herself and has an e-mail address."""
    return person(CLAIRE, "Claire", "Dubois", email="claire@courrier.example")


def enterprise(number: str = "0123456749", name: str = "Atelier Lambiotte") -> Enterprise:
    """A company."""
    return Enterprise.objects.get_or_create(
        number=number, defaults={"kind": "company", "form": "610", "name": name, "seen_on": timezone.localdate()}
    )[0]


def frozen(who: Person, holder: str, language: str) -> dict:
    """A frozen copy, as the engine's summary makes it."""
    lines = [
        {"question": "street", "kind": "text", "label": "Rue touchée", "values": ["Rue du Moulin"], "declared_by_you": True},
        {"question": "witness", "kind": "national_number", "label": "Numéro national du témoin",
         "values": [vault.masked(right(FOREIGN))], "declared_by_you": False},
        {"question": "loss", "kind": "matrix", "label": "Pertes", "values": [], "declared_by_you": False,
         "table": {"head": ["Montant"], "rows": [["Mobilier", "1 250,50 €"]]}},
    ]  # fmt: skip
    block = {"title": "Les dégâts", "level": 1, "address": "degats", "item": "", "lines": lines}
    return {
        "procedure": TITLE[language], "language": language, "sent_at": timezone.now().isoformat(),
        "filed_by": {"name": who.full_name, "method": "eid", "level": 500, "role": "self"},
        "for": {"kind": "citizen", "name": holder, "number": ""}, "version": 1,
        "summary": {"title": TITLE[language], "language": language,
                    "sections": [{"id": "damage", "title": "Les dégâts", "blocks": [block]}]}, "documents": [],
    }  # fmt: skip


def dossier(
    who: Person | None = None, *, holder: Enterprise | None = None, state: str = State.SUBMITTED, slug: str = SLUG,
    language: str = "fr", due_in: int | None = None, ago: int = 3,
) -> Dossier:  # fmt: skip
    """A dossier that was sent some days ago."""
    who, at = who or applicant(), timezone.now() - timedelta(days=ago)
    version, _ = ProcedureVersion.objects.get_or_create(
        slug=slug, number=1, defaults={"definition": {}, "digest": "0" * 64, "published_at": at}
    )
    sent = Dossier.objects.create(
        procedure=slug, version=version, title=TITLE, holder_person=None if holder else who, holder_enterprise=holder,
        language=language, state=state, start_key=uuid.uuid4(), created_by=who, changed_by=who, changed_at=at, expires_at=at,
        number=with_check(2026, next(numbers)), submitted_at=at, submitted_by=who, submitted_role="self",
        submitted_method="eid", submitted_level=500,
        due_on=None if due_in is None else timezone.localdate() + timedelta(days=due_in),
    )  # fmt: skip
    answers = {"street": "Rue du Moulin", "witness": vault.seal(right(FOREIGN))}
    Content.objects.create(
        dossier=sent, answers=answers, frozen=frozen(who, holder.name if holder else who.full_name, language)
    )
    Event.objects.create(dossier=sent, code="submitted", at=at, by=who)
    return sent


def document(of: Dossier, name: str, check: str) -> Document:
    """A file of a dossier."""
    return Document.objects.create(
        dossier=of, name=name, path="somewhere.pdf", size=1200, sha256="0" * 64, type="application/pdf",
        check_state=check, added_by=of.submitted_by,
    )  # fmt: skip


VERDICT = {
    "outcome": "granted",
    "amount": "1.250,50",
    "facts": "L'eau a atteint 80 cm.",
    "law": "Article 12 de l'arrêté.",
}
