"""Telling the applicant's side: a line in the inbox and a mail, in the dossier's language, never the content."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from monespace.dossiers.models import Dossier
from monespace.identity.models import Person
from monespace.notices.actions import mail, tell
from monespace.spaces.policy import EVERYTHING, Action, Kind, On, decide
from monespace.spaces.queries import managers, running_titles, seats_in
from monespace.spaces.space import dossier_scope

MOST_TOLD = 20


def key_of(dossier: Dossier) -> str:
    """The space's part of the dossier's address."""
    return dossier.holder_enterprise.number if dossier.holder_enterprise else "moi"


def tell_applicant(dossier: Dossier, subject: Callable[[], str], first_lines: Callable[[], str] | None = None) -> None:
    """Tells a fact and where to read more; mailboxes are not ours. `subject` and `first_lines` are called in the dossier's
    language, whatever the language of the screen of who acts."""
    with override(dossier.language):
        path = reverse("dossiers:dossier", args=[key_of(dossier), dossier.ref])
        for person in recipients(dossier, timezone.now()):
            tell(person.pk, subject(), language=dossier.language, path=path)
            if person.email:
                mail(person.email, subject(), text_of(path, first_lines), language=dossier.language)


def recipients(dossier: Dossier, at: datetime) -> list[Person]:
    """Who is told: the person who filed while he may still read it, else those who may (law 2: it is the space's), else
    those who manage access, so that no time limit runs unseen."""
    filer, enterprise = dossier.submitted_by, dossier.holder_enterprise
    if enterprise is None:
        return [person for person in (filer or dossier.holder_person,) if person]
    on = On(dossier_scope(dossier.procedure, dossier.pk))
    if filer and decide(seats_in(enterprise, filer, 0, at), Action.READ, on, at=at).allowed:
        return [filer]
    titles = running_titles(enterprise, at).filter(kind=Kind.ROLE.value, scope__in=[EVERYTHING, *on.scopes])
    readers = {title.person_id: title.person for title in titles[:MOST_TOLD]}
    return list(readers.values()) or managers(enterprise, at)


def text_of(path: str, first_lines: Callable[[], str] | None) -> str:
    """The mail's text: greeting, the fact, the link, the helpdesk."""
    known = {"link": settings.SITE_URL + path, "phone": settings.HELPDESK_PHONE, "mail": settings.HELPDESK_MAIL}
    lines = [_("Hello,"), first_lines() if first_lines else "", _("Read more in Mon Espace:\n%(link)s") % known]
    return "\n\n".join(filter(None, [*lines, _("Help: %(phone)s, %(mail)s") % known]))
