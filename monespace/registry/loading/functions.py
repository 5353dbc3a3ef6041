"""Legal functions: not in the open data, so they come from a source of their own, as a file or over HTTP."""

import csv
from datetime import date, datetime
from pathlib import Path

import requests
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from monespace import vault
from monespace.registry.models import Enterprise, LegalFunction

TIMEOUT = (3, 5)
BATCH = 1000


class SourceDown(Exception):
    """The source of legal functions did not answer: titles that exist go on, nobody can be designated."""


@transaction.atomic
def load_functions(path: Path) -> int:
    """Replaces the functions of every enterprise named in a file (EnterpriseNumber, FunctionCode, NationalNumber, GivenName,
    Surname, From, To, Joint; dates dd-mm-yyyy). Returns how many functions it holds."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["NationalNumber"]]
    ids = dict(
        Enterprise.objects.filter(number__in={digits(row["EnterpriseNumber"]) for row in rows}).values_list(
            "number", "id"
        )
    )
    functions = [function_of(row, ids[number]) for row in rows if (number := digits(row["EnterpriseNumber"])) in ids]
    LegalFunction.objects.filter(enterprise__in=ids.values()).delete()
    LegalFunction.objects.bulk_create(functions, batch_size=BATCH)
    return len(functions)


def refresh_functions(enterprise: Enterprise) -> None:
    """Asks the source for one enterprise's functions and replaces the mirror's; raises SourceDown. Without a source, nothing."""
    if not settings.LEGAL_FUNCTIONS_URL:
        return
    try:
        answer = requests.get(
            f"{settings.LEGAL_FUNCTIONS_URL}/{enterprise.number}",
            timeout=TIMEOUT,
            allow_redirects=False,
            headers={"Authorization": f"Bearer {settings.LEGAL_FUNCTIONS_SECRET}"},
        )
        if answer.status_code != 404:
            answer.raise_for_status()
        rows = answer.json()["functions"] if answer.status_code != 404 else []
        functions = [function_of(row, enterprise.pk) for row in rows if row.get("NationalNumber")]
    except (requests.RequestException, ValueError, KeyError, TypeError) as error:
        raise SourceDown(type(error).__name__) from error
    with transaction.atomic():
        LegalFunction.objects.filter(enterprise=enterprise).delete()
        LegalFunction.objects.bulk_create(functions)


def function_of(row: dict, enterprise_id) -> LegalFunction:
    """One function from a row of the source."""
    return LegalFunction(
        enterprise_id=enterprise_id,
        code=row["FunctionCode"],
        person_hash=vault.lookup_hash(row["NationalNumber"]),
        given_names=row["GivenName"],
        family_name=row["Surname"],
        joint=row["Joint"] == "yes",
        since=day(row["From"]),
        until=day(row["To"]) if row["To"] else None,
        seen_at=timezone.now(),
    )


def digits(text: str) -> str:
    """Only the digits."""
    return "".join(filter(str.isdigit, text))


def day(text: str) -> date:
    """A date written dd-mm-yyyy."""
    return datetime.strptime(text, "%d-%m-%Y").date()  # noqa: DTZ007 (a day, not an instant)
