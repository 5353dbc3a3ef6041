"""Signing in and out, and what a person says of themselves."""

import hashlib
import hmac
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from monespace.identity.limits import count_try
from monespace.identity.models import EmailCode, Person, SignIn
from monespace.identity.proof import Proof
from monespace.identity.recognising import person_of
from monespace.journal.actions import write
from monespace.notices.actions import mail

CODE_MINUTES = 10  # OWASP ASVS 5.0, 6.5.5: at most ten minutes
CODE_TRIES = 5


class WrongCode(Exception):
    """The code is not the one sent, or it is over. `over` tells which."""

    def __init__(self, over: bool):
        super().__init__("over" if over else "wrong")
        self.over = over


@transaction.atomic
def sign_in(proof: Proof) -> SignIn:
    """Recognises the person whom a proof names, and records the sign-in. Raises Refused when the proof contradicts what is known."""
    person, known = person_of(proof)
    entered = SignIn.objects.create(
        person=person, method=proof.method, level=proof.level, provider=proof.provider, known_as=known, sid=proof.sid
    )
    for name in settings.AFTER_SIGN_IN:
        import_string(name)(entered)
    write("person.signed_in", person=person.pk, on=("person", person.pk), sign_in=entered)
    return entered


@transaction.atomic
def sign_out(entered: SignIn) -> None:
    """Ends a sign-in; the session that pointed to it is nobody's from now on."""
    SignIn.objects.filter(pk=entered.pk, ended_at=None).update(ended_at=timezone.now())
    write("person.signed_out", person=entered.person_id, on=("person", entered.person_id), sign_in=entered)


@transaction.atomic
def refuse_sign_in(code: str, *, way: str = "", reference: str = "") -> None:
    """Records that a proof was refused, why (a code), and the reference that was shown; at most 60 an hour, so that nobody
    fills the ledger: the log has them all. Raises TooMany."""
    count_try("refused sign-in in the journal", "all", limit=60, seconds=3600)
    write("sign_in.refused", person=None, detail={"code": code, "way": way, "reference": reference})


@transaction.atomic
def update_profile(person: Person, *, language: str, phone: str) -> None:
    """Sets the person's language and telephone number (E.164 or empty)."""
    Person.objects.filter(pk=person.pk).update(
        language=language, phone=phone, welcomed_at=person.welcomed_at or timezone.now()
    )
    write("person.profile_changed", person=person.pk, on=("person", person.pk))


@transaction.atomic
def send_email_code(person: Person, address: str) -> None:
    """Sends a six-digit code to an address; the address counts only once the code came back. Raises TooMany past five an hour."""
    count_try("e-mail code", person.pk, limit=5, seconds=3600)
    code = f"{secrets.randbelow(10**6):06}"
    EmailCode.objects.update_or_create(
        person=person,
        defaults={
            "address": address,
            "digest": digest(person, code),
            "tries": 0,
            "expires_at": timezone.now() + timedelta(minutes=CODE_MINUTES),
        },
    )
    with override(person.language):
        text = _(
            "Hello,\n\nYour code to confirm this e-mail address: %(code)s\n\nType it in Mon Espace within %(minutes)d minutes. "
            "If you did not ask for it, you have nothing to do.\n\nHelp: %(phone)s, %(mail)s"
        ) % {"code": code, "minutes": CODE_MINUTES, "phone": settings.HELPDESK_PHONE, "mail": settings.HELPDESK_MAIL}
        mail(address, _("Confirm your e-mail address"), text, language=person.language)


def confirm_email(person: Person, code: str) -> str:
    """Confirms the waiting address with its code; returns the address. Raises WrongCode; five tries, then the code is void."""
    with transaction.atomic():
        waiting = EmailCode.objects.select_for_update().filter(person=person).first()
        if waiting is None or waiting.tries >= CODE_TRIES or waiting.expires_at < timezone.now():
            raise WrongCode(over=True)
        right = hmac.compare_digest(waiting.digest, digest(person, code))
        if right:
            Person.objects.filter(pk=person.pk).update(email=waiting.address)
            waiting.delete()
            write("person.email_confirmed", person=person.pk, on=("person", person.pk))
        else:
            EmailCode.objects.filter(pk=waiting.pk).update(tries=waiting.tries + 1)
    if not right:
        raise WrongCode(over=waiting.tries + 1 >= CODE_TRIES)
    return waiting.address


@transaction.atomic
def remove_email(person: Person) -> None:
    """Forgets the person's e-mail address and any code that waits."""
    Person.objects.filter(pk=person.pk).update(email="")
    EmailCode.objects.filter(person=person).delete()
    write("person.email_removed", person=person.pk, on=("person", person.pk))


def digest(person: Person, code: str) -> str:
    """What is kept of a code: bound to the person and to the purpose."""
    return hmac.new(
        settings.SECRET_KEY.encode(), f"e-mail|{person.pk}|{code.strip()}".encode(), hashlib.sha256
    ).hexdigest()
