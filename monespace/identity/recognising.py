"""One person, however they come: by their number, by the name a provider knows them under, by a number they once had."""

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from stdnum.be import nn

from monespace import vault
from monespace.identity import alerts
from monespace.identity.models import BoundPhone, FormerNumber, KnownAs, Person, SignIn
from monespace.identity.proof import Proof, Refused
from monespace.journal.actions import write
from monespace.notices.actions import hand_on

HASHES = {
    "person_hash",
    "pinned_hash",
    "national_number_hash",
}  # fields of the rooms that hold a national number's hash


def person_of(proof: Proof) -> tuple[Person, KnownAs | None]:
    """The person whom a proof names, made when nobody was, and the name under which the provider knows them.

    A provider who knows this very account under a BIS number and now tells a national number speaks of one person: the
    number follows, or two histories become one. Any other change of number behind one account is refused («other_number»).
    """
    by_number = person_numbered(proof.national_number)
    known = known_as(proof)
    if known is None:
        person = by_number or made(proof)
        return follow_names(person, proof), remember(person, proof)
    if by_number is None:
        return follow_names(renumbered(known.person, proof.national_number), proof), known
    if by_number.pk != known.person_id:
        demand_bis(known.person, proof.national_number)
        merge(known.person, into=by_number)
        known.refresh_from_db()
    return follow_names(by_number, proof), known


def person_numbered(number: str) -> Person | None:
    """The person who has this number, or once had it."""
    found = vault.lookup_hash(number)
    person = Person.objects.filter(national_number_hash=found).first()
    if person is None and (former := FormerNumber.objects.select_related("person").filter(number_hash=found).first()):
        return former.person
    return person


def known_as(proof: Proof) -> KnownAs | None:
    """Under which name the provider knows this account, if we have met it; none for proofs without a name."""
    if not proof.subject:
        return None
    return KnownAs.objects.select_related("person").filter(issuer=proof.issuer, subject=proof.subject).first()


def made(proof: Proof) -> Person:
    """A person never seen before; of two who come at once, one makes it."""
    person, _new = Person.objects.get_or_create(
        national_number_hash=vault.lookup_hash(proof.national_number),
        defaults={
            "national_number_sealed": vault.seal(proof.national_number),
            "language": proof.language if proof.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
        },
    )
    return person


def remember(person: Person, proof: Proof) -> KnownAs | None:
    """Keeps the provider's name of this person. A second name from one issuer is an account made anew (itsme gives a new `sub`
    to whoever deletes the app and begins again): the journal says so."""
    if not proof.subject:
        return None
    before = KnownAs.objects.filter(person=person, issuer=proof.issuer).exists()
    found, _new = KnownAs.objects.get_or_create(issuer=proof.issuer, subject=proof.subject, defaults={"person": person})
    if before:
        write("person.known_anew", person=person.pk, on=("person", person.pk), detail={"provider": proof.provider})
    return found


def follow_names(person: Person, proof: Proof) -> Person:
    """Names are those of the latest proof that tells any; whoever changes name is the same person. A card tells two given names
    and other means one: a part of what is known is no change."""
    told = (proof.given_names, proof.family_name)
    if any(told) and not tells_less(told, (person.given_names, person.family_name)):
        renamed = bool(person.given_names or person.family_name)
        person.given_names, person.family_name = told
        person.save(update_fields=["given_names", "family_name"])
        if renamed:
            write("person.renamed", person=person.pk, on=("person", person.pk))
    return person


def tells_less(told: tuple[str, str], known: tuple[str, str]) -> bool:
    """Whether these are the known names, or the first of the known given names with the known family name."""
    given, before = told[0].casefold().split(), known[0].casefold().split()
    return told[1] == known[1] and (told[0] == known[0] or (given != before and before[: len(given)] == given))


def demand_bis(person: Person, number: str) -> None:
    """Only a BIS number gives way, and to a national number (it is given to people who are not yet in the national register:
    royal decree of 8 February 1991); raises Refused."""
    if nn.is_valid(vault.open_sealed(person.national_number_sealed)) or not nn.is_valid(number):
        raise Refused("other_number")


def renumbered(person: Person, number: str) -> Person:
    """The same person under the national number that replaces their BIS number; the former one still leads to them."""
    demand_bis(person, number)
    person = Person.objects.select_for_update().get(pk=person.pk)
    FormerNumber.objects.get_or_create(number_hash=person.national_number_hash, defaults={"person": person})
    follow_number(person.national_number_hash, vault.lookup_hash(number))
    person.national_number_hash, person.national_number_sealed = vault.lookup_hash(number), vault.seal(number)
    person.save(update_fields=["national_number_hash", "national_number_sealed"])
    write("person.number_replaced", person=person.pk, on=("person", person.pk))
    return person


def merge(old: Person, *, into: Person) -> None:
    """Two histories become one: whatever points to `old` points to `into` from now on, in every room; what would stand twice
    there (the same role, the same help in one draft) stays behind with `old`, who keeps nothing but it."""
    people = Person.objects.select_for_update().filter(pk__in=[old.pk, into.pk]).order_by("pk")
    if len(people) < 2:
        return
    leave_number(old, into)
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.remote_field and field.remote_field.model is Person:
                move(model, field.name, old, into)
    hand_on(old.pk, into.pk)
    follow_number(old.national_number_hash, into.national_number_hash)
    FormerNumber.objects.get_or_create(number_hash=old.national_number_hash, defaults={"person": into})
    Person.objects.filter(pk=old.pk).update(
        national_number_hash=f"merged {old.pk}", given_names="", family_name="", email="", phone=""
    )
    write("person.merged", person=into.pk, on=("person", into.pk), detail={"from": str(old.pk)})


def leave_number(old: Person, into: Person) -> None:
    """Of two people who each bound a mobile number, the one who stays keeps theirs: the other would open the space unseen, and
    nobody could remove it."""
    left = BoundPhone.objects.filter(person=old).first()
    if left and BoundPhone.objects.filter(person=into).exists():
        SignIn.objects.filter(person=old, provider="sms", ended_at=None).update(ended_at=timezone.now())
        left.delete()
        alerts.number_left(into, vault.open_sealed(left.number_sealed)[-2:])


def follow_number(old: str, new: str) -> None:
    """What was kept under the hash of a number (invitations, places in a team, conflicts, parts in a draft) is found under the
    new one. Not the register's copy: it is nobody's to edit, and follows with its next file."""
    for model in apps.get_models():
        if model._meta.app_label not in {"identity", "registry"}:
            for name in HASHES & {field.name for field in model._meta.concrete_fields}:
                move(model, name, old, new)


def move(model, name: str, old: Person | str, into: Person | str) -> None:
    """Gives the rows of one table to the other person or hash, one by one where the table says that some may stand once only."""
    for key in model._base_manager.filter(**{name: old}).values_list("pk", flat=True):
        try:
            with transaction.atomic():
                model._base_manager.filter(pk=key).update(**{name: into})
        except IntegrityError:
            continue
