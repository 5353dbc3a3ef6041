"""Making the cast real: people, sign-ins, sessions, enterprises, functions, titles. Everything else goes through actions."""

from datetime import date, datetime, timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from django.utils import timezone

from monespace import vault
from monespace.identity.models import Method, Person, SignIn
from monespace.procedures.models import Entry, ProcedureVersion
from monespace.registry.models import Enterprise, LegalFunction
from monespace.spaces.models import Title
from tests.cast import Firm, Somebody

METHODS = {500: Method.EID, 450: Method.ITSME, 400: Method.SMS, 200: Method.SMS}
TOWN = {"street": "Rue du Moulin", "house_number": "4", "postcode": "5998", "town": "Valmoulin"}


def person(who: Somebody, **also) -> Person:
    """The person, as after a first sign-in and its welcome; made once."""
    made, _new = Person.objects.get_or_create(
        national_number_hash=vault.lookup_hash(who.national_number),
        defaults={
            "national_number_sealed": vault.seal(who.national_number),
            "given_names": who.given_names,
            "family_name": who.family_name,
            "language": who.language,
            "email": who.email,
            "welcomed_at": timezone.now(),
            **also,
        },
    )
    return made


def signed_in(who: Somebody, level: int = 500) -> SignIn:
    """A sign-in of that person at a level (500 eID, 450 itsme, 400 SMS, 200 SMS without a password)."""
    return SignIn.objects.create(person=person(who), method=METHODS[level], level=level)


def session_of(entered: SignIn) -> str:
    """The key of a session that points to a sign-in: what a browser of the tests carries as its cookie."""
    session = SessionStore()
    session["sign_in"] = str(entered.pk)
    session.save()
    return session.session_key


def client_of(who: Somebody, level: int = 500, **also) -> Client:
    """A browser of a person who is signed in; `client.sign_in` is the sign-in."""
    from django.conf import settings

    client = Client(**also)
    client.sign_in = signed_in(who, level)
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(client.sign_in)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = who.language
    return client


def enterprise(firm: Firm, **also) -> Enterprise:
    """The enterprise with its functions, as the register shows it today; made once."""
    made, new = Enterprise.objects.get_or_create(
        number=firm.number,
        defaults={
            "name": firm.name, "kind": firm.kind, "form": firm.form, "seen_on": timezone.localdate(), **TOWN, **also,
        },
    )  # fmt: skip
    if new:
        for holder, code, joint in firm.functions:
            function(made, holder, code, joint=joint)
    return made


def function(
    of: Enterprise, who: Somebody, code: str, *, joint: bool = False, until: date | None = None
) -> LegalFunction:
    """A legal function in the register's mirror, begun two years ago."""
    return LegalFunction.objects.create(
        enterprise=of, code=code, person_hash=vault.lookup_hash(who.national_number), given_names=who.given_names,
        family_name=who.family_name, joint=joint, since=timezone.localdate() - timedelta(days=730), until=until,
        seen_at=timezone.now(),
    )  # fmt: skip


def title(
    of: Enterprise,
    who: Somebody,
    kind: str = "role",
    role: str = "",
    *,
    scope: str = "*",
    since: datetime | None = None,
    until: datetime | None = None,
    given_by: Somebody | None = None,
    given_as: str = "gap",
) -> Title:
    """A title that runs, straight into the table: `title(commune, PAUL, role="prepare")`, `title(commune, PHILIPPE, "gap")`."""
    since = since or timezone.now() - timedelta(days=30)
    return Title.objects.create(
        enterprise=of, person=person(who), kind=kind, role=role, scope=scope, span=DateTimeTZRange(since, until),
        given_by=person(given_by) if given_by else None, given_as=given_as, level=450,
    )  # fmt: skip


def published_form(slug: str, audience: list[str]) -> Entry:
    """A procedure that is filed here, for these kinds of holder."""
    definition = {"title": {"fr": "Prime d'essai", "de": "Probeprämie"}, "audience": audience}
    version = ProcedureVersion.objects.create(
        slug=slug, number=1, definition=definition, digest="x", published_at=timezone.now()
    )
    return Entry.objects.create(
        slug=slug, listing={}, card={"title": definition["title"]}, group="g", theme="t", audience=audience,
        authority="spw", level="region", online="here", languages=["fr"], order_fr="prime", order_de="pramie",
        current_version=version, digest="x",
    )  # fmt: skip
