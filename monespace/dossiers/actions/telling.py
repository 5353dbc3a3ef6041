"""Telling the person who filed: a line in the inbox and a mail, in the dossier's language, never the content."""

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from monespace.dossiers.models import Dossier
from monespace.notices.actions import mail, tell


def key_of(dossier: Dossier) -> str:
    """The space's part of the dossier's address."""
    return dossier.holder_enterprise.number if dossier.holder_enterprise else "moi"


def tell_applicant(dossier: Dossier, subject: Callable[[], str], first_lines: Callable[[], str] | None = None) -> None:
    """Tells a fact and where to read more; mailboxes are not ours. `subject` and `first_lines` are called in the dossier's
    language, whatever the language of the screen of who acts."""
    person = dossier.submitted_by
    if person is None:
        return
    with override(dossier.language):
        path = reverse("dossiers:dossier", args=[key_of(dossier), dossier.ref])
        tell(person.pk, subject(), language=dossier.language, path=path)
        if person.email:
            mail(person.email, subject(), text_of(path, first_lines), language=dossier.language)


def text_of(path: str, first_lines: Callable[[], str] | None) -> str:
    """The mail's text: greeting, the fact, the link, the helpdesk."""
    known = {"link": settings.SITE_URL + path, "phone": settings.HELPDESK_PHONE, "mail": settings.HELPDESK_MAIL}
    lines = [_("Hello,"), first_lines() if first_lines else "", _("Read more in Mon Espace:\n%(link)s") % known]
    return "\n\n".join(filter(None, [*lines, _("Help: %(phone)s, %(mail)s") % known]))
