"""Reading people."""

from uuid import UUID

from django.utils import timezone

from monespace import vault
from monespace.identity.models import EmailCode, Person


def person(key: UUID) -> Person:
    """A person by id; raises Person.DoesNotExist."""
    return Person.objects.get(pk=key)


def person_by_number(national_number: str) -> Person | None:
    """The person with this national number, if they ever signed in."""
    return Person.objects.filter(national_number_hash=vault.lookup_hash(national_number)).first()


def waiting_address(person: Person) -> str | None:
    """The address that waits for its code, if its code is still good."""
    found = EmailCode.objects.filter(person=person, expires_at__gt=timezone.now()).only("address").first()
    return found.address if found else None
