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
    """Replaces the functions of every enterprise named in a file; returns how many functions of persons it holds.

    Columns: EnterpriseNumber, FunctionCode, NationalNumber, HolderEnterpriseNumber, GivenName, Surname, From, To, Joint;
    dates dd-mm-yyyy. A function held by another enterprise represents through that enterprise's own people: it is left out.
    """
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    ids = dict(
        Enterprise.objects.filter(number__in={digits(row["EnterpriseNumber"]) for row in rows}).values_list(
            "number", "id"
        )
    )
    functions = [
        function_of(row, ids[number])
        for row in rows
        if row["NationalNumber"] and (number := digits(row["EnterpriseNumber"])) in ids
    ]
    LegalFunction.objects.filter(enterprise__in=ids.values()).delete()
    LegalFunction.objects.bulk_create(functions, batch_size=BATCH)
    return len(functions)


def refresh_functions(enterprise: Enterprise) -> None:
    """Asks the source for one enterprise's functions and replaces the mirror's; raises SourceDown. Without a source, nothing."""
    rows = ask_source(enterprise.number)
    if rows is None:
        return
    try:
        functions = [function_of_answer(row, enterprise.pk) for row in rows if row.get("national_number")]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceDown(type(error).__name__) from error
    with transaction.atomic():
        Enterprise.objects.select_for_update().get(pk=enterprise.pk)  # two refreshes at once would double the rows
        LegalFunction.objects.filter(enterprise=enterprise).delete()
        LegalFunction.objects.bulk_create(functions)


def ask_source(number: str) -> list[dict] | None:
    """The source's rows for an enterprise number, none when it does not know it; None without a source. Raises SourceDown."""
    if not settings.LEGAL_FUNCTIONS_URL:
        return None
    try:
        answer = requests.get(
            f"{settings.LEGAL_FUNCTIONS_URL}/{number}",
            timeout=TIMEOUT,
            allow_redirects=False,
            headers={"Authorization": f"Bearer {settings.LEGAL_FUNCTIONS_SECRET}"},
        )
        if answer.status_code == 404:
            return []
        answer.raise_for_status()
        return list(answer.json()["functions"])
    except (requests.RequestException, ValueError, KeyError, TypeError) as error:
        raise SourceDown(type(error).__name__) from error


def function_of(row: dict, enterprise_id) -> LegalFunction:
    """One function from a row of the file."""
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


def function_of_answer(row: dict, enterprise_id) -> LegalFunction:
    """One function from the service's answer (dates yyyy-mm-dd, null where unknown)."""
    return LegalFunction(
        enterprise_id=enterprise_id,
        code=row["function_code"],
        person_hash=vault.lookup_hash(row["national_number"]),
        given_names=row["given_name"] or "",
        family_name=row["surname"] or "",
        joint=row["joint"] is not False,  # unknown counts as joint: never more power than the source states
        since=date.fromisoformat(row["from"]),
        until=date.fromisoformat(row["to"]) if row["to"] else None,
        seen_at=timezone.now(),
    )


def digits(text: str) -> str:
    """Only the digits."""
    return "".join(filter(str.isdigit, text))


def day(text: str) -> date:
    """A date written dd-mm-yyyy."""
    return datetime.strptime(text, "%d-%m-%Y").date()  # noqa: DTZ007 (a day, not an instant)
