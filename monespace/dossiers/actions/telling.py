"""Telling the applicant's side: a line in the inbox and a mail, in the dossier's language: what happened in which request of
whom, never its answers or what was decided."""

from datetime import datetime

from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from monespace.dossiers.models import Content, Dossier
from monespace.identity.assurance import CARD
from monespace.identity.models import Person
from monespace.notices.actions import letter, mail, tell
from monespace.procedures.models import ProcedureVersion
from monespace.spaces.policy import EVERYTHING, Action, Kind, On, decide
from monespace.spaces.queries import managers, running_titles, seats_in
from monespace.spaces.space import dossier_scope
from monespace.ui.look import moment

MOST_TOLD = 20


def key_of(dossier: Dossier) -> str:
    """The space's part of the dossier's address."""
    return dossier.holder_enterprise.number if dossier.holder_enterprise else "moi"


def tell_applicant(dossier: Dossier, subject: Promise, fact: Promise) -> None:
    """Tells what happened and where to read more; mailboxes are not ours. Both sentences are lazy: they are said in the
    dossier's language, whatever the language of the screen of who acts, with the values of `known_of`."""
    with override(dossier.language):
        path, known = reverse("dossiers:dossier", args=[key_of(dossier), dossier.ref]), known_of(dossier)
        title, text = str(subject) % known, letter(f"{_('Hello,')}\n\n{fact}" % known, path)
        told = recipients(dossier, timezone.now())
        for person in told:
            tell(person.pk, title, language=dossier.language, path=path)
        for address in sorted({person.email for person in told if person.email} | reply_to(dossier)):
            mail(address, title, text, language=dossier.language)


def tell_one(person: Person, said: str, path: str, language: str) -> None:
    """One sentence to one person, in the active language: in the inbox, and by mail where an address is known."""
    tell(person.pk, said, language=language, path=path)
    if person.email:
        mail(person.email, said, letter(f"{_('Hello,')}\n\n{said}", path), language=language)


def reply_to(dossier: Dossier) -> set[str]:
    """The address that the request itself asks to be written to, when its form names the question and it was answered."""
    version = ProcedureVersion.objects.filter(pk=dossier.version_id)
    question = version.values_list("definition__reply_to", flat=True).get()
    if not question:
        return set()
    answer = Content.objects.filter(pk=dossier.pk).annotate(answer=KeyTextTransform(question, "answers"))
    address = answer.values_list("answer", flat=True).first()
    return {address} if address else set()


def known_of(dossier: Dossier) -> dict[str, str]:
    """What a mail may name: number, title of the procedure, holder (who acts for several must know which), when it was sent."""
    return {
        "number": dossier.number or "", "title": dossier.title[dossier.language], "name": dossier.holder_name,
        "at": moment(dossier.submitted_at),
    }  # fmt: skip


def recipients(dossier: Dossier, at: datetime) -> list[Person]:
    """Who is told: the person who filed while he may still read it, else those who may (law 2: it is the space's), else
    those who manage access, so that no time limit runs unseen."""
    filer, enterprise = dossier.submitted_by, dossier.holder_enterprise
    if enterprise is None:
        return [person for person in (filer or dossier.holder_person,) if person]
    on = On(dossier_scope(dossier.procedure, dossier.pk))
    if filer and decide(seats_in(enterprise, filer, CARD, at), Action.READ, on, at=at).allowed:
        return [filer]
    titles = running_titles(enterprise, at).filter(kind=Kind.ROLE.value, scope__in=[EVERYTHING, *on.scopes])
    readers = {title.person_id: title.person for title in titles[:MOST_TOLD]}
    return list(readers.values()) or managers(enterprise, at)
