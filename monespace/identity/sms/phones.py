"""The number that a person bound, and its password: bound, changed, given up, taken over by who has the number now.

Each change is told by mail and in the inbox, a number that is left by SMS too; what a code had opened is ended with it.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from monespace import vault
from monespace.identity import alerts
from monespace.identity.models import BoundPhone, Person, SignIn, SmsCode
from monespace.identity.sms.codes import hash_of
from monespace.identity.sms.passwords import stretched
from monespace.identity.sms.texts import number_left_text
from monespace.journal.actions import write
from monespace.notices.actions import sms

TELL_HOURS = 12  # for so long a message to a number that is left is tried


def phone_of(person: Person) -> BoundPhone | None:
    """The number that a person bound."""
    return BoundPhone.objects.filter(person=person).first()


def held_phone(person: Person | None) -> BoundPhone | None:
    """The number that a person bound, held until the transaction ends; the person first, as `bind` does."""
    if person is None:
        return None
    Person.objects.select_for_update().get(pk=person.pk)
    return BoundPhone.objects.select_for_update().filter(person=person).first()


def ending_of(number: str) -> str:
    """The two digits by which a person recognises a number."""
    return number[-2:]


@transaction.atomic
def bind(by: SignIn, number: str) -> None:
    """Binds a number (E.164) whose code came back; a former one is left. Who had bound this very number before loses it."""
    person = Person.objects.select_for_update().get(pk=by.person_id)
    for other in BoundPhone.objects.select_for_update().filter(number_hash=hash_of(number)).exclude(person=person):
        hand_over(other)
    former = BoundPhone.objects.filter(person=person).first()
    if former and former.number_hash == hash_of(number):
        return
    if former:
        leave_number(person, former)
    proven = {"number_sealed": vault.seal(number), "number_hash": hash_of(number)}
    BoundPhone.objects.update_or_create(
        person=person, defaults={**proven, "level": by.level, "bound_at": timezone.now()}
    )
    alerts.number_bound(person, ending_of(number))
    write("phone.bound", person=person.pk, on=("person", person.pk), sign_in=by)


def hand_over(other: BoundPhone) -> None:
    """Ends the binding of somebody whose number is now another person's. No SMS: it would reach that person."""
    person, ending = other.person, ending_of(vault.open_sealed(other.number_sealed))
    end_sessions(person)
    other.delete()
    alerts.number_taken(person, ending)
    write("phone.taken", person=person.pk, on=("person", person.pk))


def leave_number(person: Person, former: BoundPhone) -> None:
    """Tells the old number and the person; ends what the number had opened."""
    number = vault.open_sealed(former.number_sealed)
    end_sessions(person)
    alerts.number_left(person, ending_of(number))
    with override(person.language):
        sms(number, number_left_text(), until=timezone.now() + timedelta(hours=TELL_HOURS))


def end_sessions(person: Person) -> None:
    """Whatever a code of ours had opened in a person's name is ended."""
    SignIn.objects.filter(person=person, provider="sms", ended_at=None).update(ended_at=timezone.now())


@transaction.atomic
def unbind(by: SignIn) -> bool:
    """Gives up one's number and its password; whether there was one."""
    former = BoundPhone.objects.select_for_update().filter(person=by.person_id).first()
    if former is None:
        return False
    leave_number(by.person, former)
    former.delete()
    write("phone.unbound", person=by.person_id, on=("person", by.person_id), sign_in=by)
    return True


@transaction.atomic
def set_password(by: SignIn, password: str) -> bool:
    """Sets the password beside one's number; an empty one removes it. What the one before had opened is ended, and a code that
    waits asks for the password again. Whether there is a number."""
    kept = stretched(password) if password else ""
    if not BoundPhone.objects.filter(person=by.person_id).update(password=kept):
        return False
    end_sessions(by.person)
    SmsCode.objects.filter(person=by.person_id, with_password=True).update(with_password=False)
    alerts.password_changed(by.person)
    act = "phone.password_set" if password else "phone.password_removed"
    write(act, person=by.person_id, on=("person", by.person_id), sign_in=by)
    return True
