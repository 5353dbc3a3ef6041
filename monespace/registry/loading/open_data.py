"""The BCE's open data: enterprise.csv, denomination.csv, establishment.csv, address.csv (Cookbook KBO Open Data R018).

Two million rows go through COPY into temporary tables and one statement each: a minute, not an hour. activity.csv is left
alone (1.5 GB that nothing here reads).
"""

import csv
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Max

from monespace.registry.models import Enterprise
from monespace.registry.policy import KIND_BY_FORM, NATURAL_PERSON

COLUMNS = {
    "enterprise": [
        "EnterpriseNumber",
        "Status",
        "JuridicalSituation",
        "TypeOfEnterprise",
        "JuridicalForm",
        "JuridicalFormCAC",
        "StartDate",
    ],
    "denomination": ["EntityNumber", "Language", "TypeOfDenomination", "Denomination"],
    "establishment": ["EstablishmentNumber", "StartDate", "EnterpriseNumber"],
    "address": [
        "EntityNumber",
        "TypeOfAddress",
        "CountryNL",
        "CountryFR",
        "Zipcode",
        "MunicipalityNL",
        "MunicipalityFR",
        "StreetNL",
        "StreetFR",
        "HouseNumber",
        "Box",
        "ExtraAddressInfo",
        "DateStrikingOff",
    ],
}


class NotOpenData(Exception):
    """The folder does not hold what the cookbook describes; the message says which file and column."""


@transaction.atomic
def load_open_data(folder: Path) -> int:
    """Loads a full extract; returns how many enterprises it holds. Those that it no longer holds are marked gone, never deleted.

    Raises NotOpenData. A second load of the same extract changes nothing.
    """
    snapshot = snapshot_date(folder)
    newest = Enterprise.objects.aggregate(Max("seen_on"))["seen_on__max"]
    if newest and snapshot < newest:
        raise NotOpenData(f"The extract of {snapshot:%d-%m-%Y} is older than the one loaded ({newest:%d-%m-%Y}).")
    with connection.cursor() as cursor:
        for name, columns in COLUMNS.items():
            copy_file(cursor, folder / f"{name}.csv", name, columns)
        cursor.execute(
            MERGE,
            {
                "snapshot": snapshot,
                "natural": NATURAL_PERSON,
                **{f"form_{kind}": form for form, kind in KIND_BY_FORM.items()},
            },
        )
        count = cursor.rowcount
        cursor.execute(
            "UPDATE registry_enterprise SET gone_on = %s WHERE seen_on < %s AND gone_on IS NULL", [snapshot, snapshot]
        )
    return count


def snapshot_date(folder: Path):
    """The extract's date, from meta.csv."""
    try:
        with open(folder / "meta.csv", encoding="utf-8-sig", newline="") as file:
            values = {row["Variable"]: row["Value"] for row in csv.DictReader(file)}
        return datetime.strptime(values["SnapshotDate"], "%d-%m-%Y").date()  # noqa: DTZ007 (a day, not an instant)
    except (OSError, KeyError, ValueError) as error:
        raise NotOpenData(f"meta.csv in the folder cannot be read ({error}).") from error


def copy_file(cursor, path: Path, name: str, columns: list[str]) -> None:
    """Copies one file into a temporary table of text columns, checking its header first."""
    try:
        file = open(path, encoding="utf-8-sig", newline="")  # noqa: SIM115 (closed by the with below)
    except OSError as error:
        raise NotOpenData(f"{name}.csv is missing from the folder.") from error
    with file:
        header = next(csv.reader([file.readline()]), [])
        if header != columns:
            raise NotOpenData(f"{name}.csv has the columns {', '.join(header)} instead of {', '.join(columns)}.")
        quoted = ", ".join(f'"{column}" text' for column in columns)
        cursor.execute(f"DROP TABLE IF EXISTS bce_{name}")
        cursor.execute(f"CREATE TEMPORARY TABLE bce_{name} ({quoted}) ON COMMIT DROP")
        with cursor.copy(f"COPY bce_{name} FROM STDIN (FORMAT csv)") as copy:
            while block := file.read(1 << 20):
                copy.write(block)
    belongs_to = "EnterpriseNumber" if "EnterpriseNumber" in columns else columns[0]
    cursor.execute(f'CREATE INDEX ON bce_{name} ("{belongs_to}")')
    cursor.execute(f"ANALYZE bce_{name}")


# Names: type 001 (a self-employed person's trading name 003 first), French before Dutch and German (0 is unknown); seat: REGO.
# Natural persons have no seat in the open data: theirs is the place where they work, the first of their units still open.
MERGE = """
INSERT INTO registry_enterprise AS known
  (id, number, kind, name, name_de, form, situation, street, house_number, box, postcode, town, started_on, seen_on, gone_on)
SELECT gen_random_uuid(), replace(e."EnterpriseNumber", '.', ''),
  CASE WHEN e."TypeOfEnterprise" = %(natural)s THEN 'self_employed'
       WHEN e."JuridicalForm" = %(form_commune)s THEN 'commune' WHEN e."JuridicalForm" = %(form_cpas)s THEN 'cpas'
       WHEN e."JuridicalForm" = %(form_asbl)s THEN 'asbl' ELSE 'company' END,
  COALESCE(n."Denomination", replace(e."EnterpriseNumber", '.', '')),
  COALESCE((SELECT d."Denomination" FROM bce_denomination d
            WHERE d."EntityNumber" = e."EnterpriseNumber" AND d."TypeOfDenomination" = '001' AND d."Language" = '3' LIMIT 1), ''),
  COALESCE(e."JuridicalForm", ''), e."JuridicalSituation",
  COALESCE(NULLIF(a."StreetFR", ''), a."StreetNL", ''), COALESCE(a."HouseNumber", ''), COALESCE(a."Box", ''),
  COALESCE(a."Zipcode", ''), COALESCE(NULLIF(a."MunicipalityFR", ''), a."MunicipalityNL", ''),
  to_date(NULLIF(e."StartDate", ''), 'DD-MM-YYYY'), %(snapshot)s, NULL
FROM bce_enterprise e
LEFT JOIN LATERAL (
  SELECT * FROM bce_denomination d WHERE d."EntityNumber" = e."EnterpriseNumber" AND d."TypeOfDenomination" IN ('001', '003')
  ORDER BY d."TypeOfDenomination" = CASE WHEN e."TypeOfEnterprise" = %(natural)s THEN '003' ELSE '001' END DESC,
    array_position(ARRAY['1', '0', '2', '3', '4'], d."Language") LIMIT 1) n ON true
LEFT JOIN LATERAL (
  SELECT s.* FROM (
    SELECT e."EnterpriseNumber" AS entity, 'REGO' AS kind
    UNION ALL SELECT u."EstablishmentNumber", 'BAET' FROM bce_establishment u
    WHERE u."EnterpriseNumber" = e."EnterpriseNumber" AND e."TypeOfEnterprise" = %(natural)s) place
  JOIN bce_address s ON s."EntityNumber" = place.entity AND s."TypeOfAddress" = place.kind
  ORDER BY NULLIF(s."DateStrikingOff", '') IS NOT NULL, s."EntityNumber" LIMIT 1) a ON true
ON CONFLICT (number) DO UPDATE SET kind = excluded.kind, name = excluded.name, name_de = excluded.name_de, form = excluded.form,
  situation = excluded.situation, street = excluded.street, house_number = excluded.house_number, box = excluded.box,
  postcode = excluded.postcode, town = excluded.town, started_on = excluded.started_on, seen_on = excluded.seen_on, gone_on = NULL
"""
