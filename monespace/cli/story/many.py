"""Lists long enough to be looked at: the staff of the commune, the clients of the accountant."""

import csv
import datetime as dt
from itertools import islice

from django.db import transaction
from django.utils import timezone

from monespace import vault
from monespace.cli.registry import invented_folder
from monespace.cli.story.people import cast, invented, on, sign_in, stranger
from monespace.identity.models import SignIn
from monespace.registry.models import Enterprise
from monespace.spaces import actions as spaces

STAFF, CLIENTS = 56, 40
SURNAMES = (
    "Adam",
    "Bodart",
    "Collin",
    "Quinet",
    "Rasquin",
    "Simonis",
)  # around Paul Ndiaye: he stays on the first page


@transaction.atomic
def staff(town: Enterprise, *, by: SignIn) -> None:
    """The town's people: most prepare, some send; one of them for twelve more days."""
    for number in range(STAFF):
        me = invented(1000 + number, SURNAMES, "personnel{}@valmoulin.example")
        role, until = "prepare" if number % 5 else "submit", timezone.localdate() + dt.timedelta(days=92)
        give(town, me, by=by, role=role, until=until if number == 7 else None)


@transaction.atomic
def clients() -> None:
    """Julie keeps the books of many: each representative opened the space and invited her; one mandate ended yesterday."""
    today = timezone.localdate()
    with on(70):
        julie = sign_in("julie-nordeau")
    for number, row in enumerate(islice(firms(), CLIENTS + 1)):
        firm = Enterprise.objects.get(number=digits(row["EnterpriseNumber"]))
        with on(60 - number % 20):
            names = row["GivenName"], row["Surname"]
            owner = stranger(digits(row["NationalNumber"]), *names, f"contact@{firm.number}.example")
            spaces.open_alone(firm.pk, by=owner)
            ends = {0: -1, 1: 9, 2: 16, 3: 23}.get(number)  # days from today
            until = today + dt.timedelta(days=ends) if ends else None
            give(firm, julie, by=owner, role="prepare" if number % 4 == 3 else "submit", until=until)


def give(firm: Enterprise, to: SignIn, *, by: SignIn, role: str, until: dt.date | None) -> None:
    """An invitation by national number, accepted at once."""
    who = to.person
    offered = spaces.invite(
        firm.pk, by=by, kind="role", role=role, scope="*", given_names=who.given_names, family_name=who.family_name, email="",
        national_number=vault.open_sealed(who.national_number_sealed), ends_on=until,
    )  # fmt: skip
    spaces.accept(offered, by=to)


def firms():
    """Companies of the invented register that one director alone represents, with that director."""
    with invented_folder() as folder, (folder / "functions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    named = {who["number"] for who in cast().values() if "number" in who}
    for row in rows:
        alone = row["FunctionCode"] == "ADMIN" and row["Joint"] == "no" and not row["To"] and row["NationalNumber"]
        if alone and row["EnterpriseNumber"] not in named:
            yield row


def digits(number: str) -> str:
    """Only the digits of a number."""
    return "".join(filter(str.isdigit, number))
