"""Each list asks the database exactly as often for fifty rows as for one, whoever of those who may see it looks."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monespace import vault
from monespace.desk import actions as desk
from monespace.desk.models import Team
from monespace.dossiers.models import Dossier
from monespace.notices.actions import tell
from monespace.registry.models import Enterprise
from monespace.spaces.models import Invitation, Signature, Title
from tests.cast import INES, PHILIPPE, WORKSHOP, Somebody
from tests.desk import scene
from tests.factories import client_of, enterprise, function, person, published_form, title

pytestmark = pytest.mark.django_db
SEATS = {
    "reader": ("role", "read"), "preparer": ("role", "prepare"), "submitter": ("role", "submit"),
    "signer": ("role", "sign"), "payer": ("role", "pay"), "GAP": ("gap", ""), "co-GAP": ("co_gap", ""),
}  # fmt: skip
MEMBERS = (*SEATS, "representative")
MANAGERS = ("GAP", "co-GAP", "representative")
KINDS = ("brouillons", "en-cours", "clotures")
ASKED = (
    "etat=recus",
    "etat=examen",
    "etat=decides",
    "etat=retires",
    "retard=1",
    "q=20",
    "demarche=autre",
    "apres={ref}",
    "avant={ref}",
)
AGENTS = ("agent", "agent of several procedures")
HERE, ACCESSES = "/espaces/{space}/", "/espaces/{space}/acces/"
LISTS = {  # what fills them: who sees them, the most queries that one of them may ask, their addresses
    "spaces": (MEMBERS, 16, ["/espaces/", "/espaces/?q=a", "/espaces/?demarche=essai"]),
    "accesses": (MANAGERS, 18, [ACCESSES, f"{ACCESSES}?q=nom", f"{ACCESSES}?fin=1", ACCESSES + "?apres={title}"]),
    "past": (MEMBERS, 12, [ACCESSES + "personnes/{ines}/"]),
    "notices": (("oneself", *MEMBERS), 9, ["/notifications/"]),
    "requests": (("oneself", *MEMBERS), 12, [HERE, *(f"{HERE}dossiers/?liste={kind}" for kind in KINDS)]),
    "inbox": (AGENTS, 12, ["/guichet/", *(f"/guichet/?{asked}" for asked in ASKED)]),
}
CASES = [(fill, role) for fill, (roles, _most, _addresses) in LISTS.items() for role in roles]


def somebody(number: int, name: str = "nom") -> Somebody:
    return Somebody(f"Prénom{number}", f"{name}{number}", f"{50000000000 + number}")


FIRST = somebody(0, "Aa")  # of all names


def sit(of: Enterprise, role: str) -> None:
    """Gives Inès her seat in an enterprise."""
    if role == "representative":
        function(of, INES, "ADMIN")
    elif role in SEATS:
        title(of, INES, *SEATS[role], given_by=PHILIPPE)


def offers(of: Enterprise, number: int, **to) -> None:
    """An invitation in each state that waits, with everything that a page may say of it."""
    for state in ("sent", "to_confirm", "to_sign"):
        offer = Invitation.objects.create(
            enterprise=of, kind="gap" if state == "to_sign" else "role", role="" if state == "to_sign" else "read", state=state,
            given_names="Prénom", family_name=f"Nom{number}", invited_by=person(somebody(number)), given_as="gap",
            expires_at=timezone.now() + timedelta(days=9), answered_at=timezone.now(), answered_by=person(somebody(number, "a")),
            **to,
        )  # fmt: skip
        Signature.objects.create(
            invitation=offer, person=person(somebody(number)), function="ADMIN", level=500, at=timezone.now()
        )


def spaces(role: str, numbers: Iterable[int]) -> None:
    for number in numbers:
        firm = Enterprise.objects.create(
            number=f"{200000000 + number:010}",
            name=f"Société {number}",
            kind="company",
            form="610",
            seen_on=timezone.localdate(),
        )
        sit(firm, role)
        title(firm, somebody(number), "gap", given_by=somebody(number + 100))
        offers(firm, number, pinned_hash=vault.lookup_hash(INES.national_number))


def accesses(role: str, numbers: Iterable[int]) -> None:
    for number in numbers:
        until, giver = timezone.now() + timedelta(days=10), somebody(number + 100)
        title(enterprise(WORKSHOP), somebody(number), role="read", scope="procedure:essai", given_by=giver, until=until)
        offers(enterprise(WORKSHOP), number)


def past(role: str, numbers: Iterable[int]) -> None:
    for number in numbers:
        since, giver = timezone.now() - timedelta(days=100 + number), person(somebody(number))
        Title.objects.create(
            enterprise=enterprise(WORKSHOP), person=person(INES), kind="role", role="sign", scope="procedure:essai",
            span=DateTimeTZRange(since, since + timedelta(hours=5)), given_by=giver, given_as="gap", level=450, closed_by=giver,
            closed_because="mistake",
        )  # fmt: skip


def notices(role: str, numbers: Iterable[int]) -> None:
    for number in numbers:
        tell(person(INES).pk, f"Nouvelle {number}", language="fr")


def requests(role: str, numbers: Iterable[int]) -> None:
    holder = None if role == "oneself" else enterprise(WORKSHOP)
    for number in numbers:
        for state in ("draft", "submitted", "acknowledged", "decided", "withdrawn"):
            made = scene.dossier(person(INES), holder=holder, slug="essai")
            also = {"number": None, "expires_at": timezone.now() + timedelta(days=9)} if state == "draft" else {}
            Dossier.objects.filter(pk=made.pk).update(state=state, changed_by=person(somebody(number)), **also)


def inbox(role: str, numbers: Iterable[int]) -> None:
    for number in numbers:
        for state in ("submitted", "acknowledged", "decided", "withdrawn"):
            firm = enterprise(WORKSHOP._replace(number=f"{300000000 + number:010}")) if number % 2 else None
            slug = "autre" if role != "agent" and number % 3 == 1 else scene.SLUG
            due = None if state == "submitted" else -number
            scene.dossier(person(somebody(number)), holder=firm, state=state, slug=slug, due_in=due)


FILL = {"spaces": spaces, "accesses": accesses, "past": past, "notices": notices, "requests": requests, "inbox": inbox}


def look(role: str) -> Client:
    """Inès, with her role, in a browser that has been used."""
    published_form("essai", ["company", "commune"])
    sit(enterprise(WORKSHOP), role)
    title(enterprise(WORKSHOP), FIRST, "gap", given_by=PHILIPPE)
    if role in AGENTS:
        desk.load_teams()
        Team.objects.filter(slug="calamites").update(procedures=[scene.SLUG, *(["autre"] if role != "agent" else [])])
        desk.add_member("calamites", INES.national_number, given_names="Inès", family_name="Carlier")
    browser = client_of(INES)
    browser.get("/notifications/")
    return browser


def costs(browser: Client, addresses: list[str]) -> dict[str, list[str]]:
    """What each page asks the database, the second time that it is seen."""
    found = {}
    for address in addresses * 2:
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(address).status_code == 200, address
        found[address] = [query["sql"] for query in seen]
    return found


@pytest.mark.parametrize(("fill", "role"), CASES)
def test_fifty_rows_ask_as_often_as_one(fill: str, role: str) -> None:
    (_roles, most, patterns), browser = LISTS[fill], look(role)
    FILL[fill](role, range(1, 2))
    known = {
        "space": "moi" if role == "oneself" else WORKSHOP.number, "ines": person(INES).pk,
        "title": Title.objects.get(person=person(FIRST)).pk,
        "ref": Dossier.objects.values_list("ref", flat=True).first(),
    }  # fmt: skip
    addresses = [pattern.format(**known) for pattern in patterns]
    one = costs(browser, addresses)
    FILL[fill](role, range(2, 51))
    fifty = costs(browser, addresses)

    assert {address: len(asked) for address, asked in fifty.items()} == {
        address: len(asked) for address, asked in one.items()
    }
    assert max(map(len, fifty.values())) <= most
