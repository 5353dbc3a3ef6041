"""Writing the register as the BCE publishes it: text in quotes; dates (dd-mm-yyyy) without; nothing for NULL."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from sandbox.registry.codes import CODES, FUNCTION_CODES
from sandbox.registry.model import Address, Enterprise, Function, Registry

Value = str | date | None
COLUMNS = {
    "meta": "Variable,Value",
    "code": "Category,Code,Language,Description",
    "enterprise": "EnterpriseNumber,Status,JuridicalSituation,TypeOfEnterprise,JuridicalForm,JuridicalFormCAC,"
    "StartDate",
    "establishment": "EstablishmentNumber,StartDate,EnterpriseNumber",
    "denomination": "EntityNumber,Language,TypeOfDenomination,Denomination",
    "address": "EntityNumber,TypeOfAddress,CountryNL,CountryFR,Zipcode,MunicipalityNL,MunicipalityFR,StreetNL,StreetFR,"
    "HouseNumber,Box,ExtraAddressInfo,DateStrikingOff",
    "contact": "EntityNumber,EntityContact,ContactType,Value",
    "activity": "EntityNumber,ActivityGroup,NaceVersion,NaceCode,Classification",
    "branch": "Id,StartDate,EnterpriseNumber",
    "functions": "EnterpriseNumber,FunctionCode,NationalNumber,HolderEnterpriseNumber,GivenName,Surname,From,To,Joint",
    "function-codes": "Code,Language,Description",
}


def write_registry(registry: Registry, folder: Path) -> None:
    """Write every file of the register in that folder, making it if need be. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables(registry).items():
        lines = [line(COLUMNS[name].split(",")), *map(line, rows)]
        (folder / f"{name}.csv").write_text("\r\n".join(lines) + "\r\n", encoding="utf-8", newline="")


def line(values: Iterable[Value]) -> str:
    return ",".join(map(cell, values))


def cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    return '"' + value.replace('"', '""') + '"'


def tables(registry: Registry) -> dict[str, list[list[Value]]]:
    everyone = registry.enterprises
    return {
        "meta": meta_rows(registry.day),
        "code": [
            [category, code, *pair] for category, code, *texts in CODES for pair in labelled(texts, ("FR", "NL", "DE"))
        ],
        "enterprise": [enterprise_row(one) for one in everyone],
        "establishment": [[unit, one.start, one.number] for one in everyone for unit in one.units],
        "denomination": [row for one in everyone for row in denomination_rows(one)],
        "address": [row for one in everyone for row in address_rows(one)],
        "contact": [row for one in everyone for row in contact_rows(one)],
        "activity": [[one.number, "001", "2025", one.nace, "MAIN"] for one in everyone],
        "branch": [],
        "functions": [function_row(one) for one in registry.functions],
        "function-codes": [[code, *pair] for code, *texts in FUNCTION_CODES for pair in labelled(texts, ("FR", "DE"))],
    }


def labelled(texts: list[str], languages: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(language, text) for language, text in zip(languages, texts, strict=True) if text]


def meta_rows(day: date) -> list[list[Value]]:
    stamp = f"{day:%d-%m-%Y}"
    return [
        ["SnapshotDate", stamp],
        ["ExtractTimestamp", f"{stamp} 06:00:00"],
        ["ExtractType", "full"],
        ["ExtractNumber", "1"],
        ["Version", "R018.00"],
    ]


def enterprise_row(one: Enterprise) -> list[Value]:
    return [one.number, "AC", one.situation, "1" if one.natural_person else "2", one.form or None, None, one.start]


def denomination_rows(one: Enterprise) -> list[list[Value]]:
    rows: list[list[Value]] = [[one.number, one.language, "001", one.name]]
    if one.abbreviation:
        rows.append([one.number, one.language, "002", one.abbreviation])
    return rows


def address_rows(one: Enterprise) -> list[list[Value]]:
    """The seat (never for a natural person) and each unit's place."""
    rows = [] if one.natural_person else [address_row(one.number, "REGO", one.address)]
    return rows + [address_row(unit, "BAET", one.address) for unit in one.units]


def address_row(number: str, kind: str, where: Address) -> list[Value]:
    town, street = where.municipality, where.street
    return [
        number,
        kind,
        None,
        None,
        where.zipcode,
        town,
        town,
        street,
        street,
        where.house_number,
        where.box,
        "",
        None,
    ]


def contact_rows(one: Enterprise) -> list[list[Value]]:
    found = (("EMAIL", one.mail), ("TEL", one.phone))
    return [[one.number, "ENT", kind, value] for kind, value in found if value]


def function_row(one: Function) -> list[Value]:
    return [
        one.enterprise,
        one.code,
        one.national_number or None,
        one.holder_enterprise or None,
        one.given_name or None,
        one.surname or None,
        one.start,
        one.end,
        "yes" if one.joint else "no",
    ]
