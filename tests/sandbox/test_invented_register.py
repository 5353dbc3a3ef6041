"""The invented register reads like the BCE's open data and holds what the story needs."""

import csv
import re
from datetime import date

import phonenumbers
import pytest
from stdnum.be import nn, vat

from sandbox.cast import load_cast
from sandbox.registry.build import build_registry
from sandbox.registry.files import write_registry

DAY = date(2026, 12, 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("registry")
    write_registry(build_registry(load_cast(), DAY), folder)
    return folder


def rows(folder, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_same_day_gives_the_same_files(folder, tmp_path):
    write_registry(build_registry(load_cast(), DAY), tmp_path)
    assert all((tmp_path / file.name).read_bytes() == file.read_bytes() for file in folder.iterdir())


def test_lines_are_written_as_the_open_data_writes_them(folder):
    lines = (folder / "enterprise.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith('"EnterpriseNumber","Status","JuridicalSituation","TypeOfEnterprise"')
    assert re.fullmatch(r'"0123\.456\.749","AC","000","1",,,\d\d-\d\d-\d{4}', lines[1])
    assert re.fullmatch(r'"0123\.410\.229","AC","000","2","610",,\d\d-\d\d-\d{4}', lines[2])


def test_numbers_are_right_unique_and_in_their_ranges(folder):
    numbers = [row["EnterpriseNumber"] for row in rows(folder, "enterprise")]
    assert len(numbers) == len(set(numbers)) > 300
    assert all(vat.is_valid(number) and number[:4] in ("0123", "0124") for number in numbers)
    units = [row["EstablishmentNumber"] for row in rows(folder, "establishment")]
    assert len(units) == len(set(units))
    assert all(re.fullmatch(r"8\.124\.\d{3}\.\d{3}", unit) for unit in units)
    assert all((int(unit.replace(".", "")[:8]) + int(unit[-2:])) % 97 == 0 for unit in units)


def test_every_code_has_its_meaning_in_code_csv(folder):
    known = {(row["Category"], row["Code"]) for row in rows(folder, "code")}
    for row in rows(folder, "enterprise"):
        assert ("JuridicalSituation", row["JuridicalSituation"]) in known
        assert not row["JuridicalForm"] or ("JuridicalForm", row["JuridicalForm"]) in known
    assert all(("Nace2025", row["NaceCode"]) in known for row in rows(folder, "activity"))


def test_every_kind_stands_in_it_some_bankrupt_or_dissolved(folder):
    enterprises = rows(folder, "enterprise")
    forms = [row["JuridicalForm"] or row["TypeOfEnterprise"] for row in enterprises]
    assert all(forms.count(form) >= 8 for form in ("610", "014", "017", "411", "412", "1"))
    assert {row["JuridicalSituation"] for row in enterprises} == {"000", "010", "012", "050"}


def test_a_natural_person_has_no_seat_and_every_entity_a_name(folder):
    seats = {row["EntityNumber"] for row in rows(folder, "address") if row["TypeOfAddress"] == "REGO"}
    named = {row["EntityNumber"] for row in rows(folder, "denomination") if row["TypeOfDenomination"] == "001"}
    for row in rows(folder, "enterprise"):
        assert (row["EnterpriseNumber"] in seats) == (row["TypeOfEnterprise"] == "2")
        assert row["EnterpriseNumber"] in named


def test_functions_name_a_valid_person_or_a_known_enterprise(folder):
    numbers = {row["EnterpriseNumber"] for row in rows(folder, "enterprise")}
    codes = {row["Code"] for row in rows(folder, "function-codes")}
    for row in rows(folder, "functions"):
        assert row["EnterpriseNumber"] in numbers
        assert row["FunctionCode"] in codes
        assert bool(row["NationalNumber"]) != bool(row["HolderEnterpriseNumber"])
        assert nn.is_valid(row["NationalNumber"]) if row["NationalNumber"] else row["HolderEnterpriseNumber"] in numbers


def test_every_enterprise_has_someone_in_office_and_a_bankrupt_one_only_its_curator(folder):
    in_office: dict[str, list[str]] = {}
    for row in rows(folder, "functions"):
        if not row["To"]:
            in_office.setdefault(row["EnterpriseNumber"], []).append(row["FunctionCode"])
    for row in rows(folder, "enterprise"):
        held = in_office[row["EnterpriseNumber"]]
        assert row["JuridicalSituation"] != "050" or set(held) <= {"CURAT", "COMMI"}


def test_no_two_people_share_a_national_number(folder):
    people = {}
    for row in rows(folder, "functions"):
        name = (row["GivenName"], row["Surname"])
        assert not row["NationalNumber"] or people.setdefault(row["NationalNumber"], name) == name


def test_the_cast_is_valid_and_told_in_both_languages():
    cast = load_cast()
    assert all(nn.is_valid(person.national_number) for person in cast.people.values())
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(person.phone)) for person in cast.people.values())
    for field in ("phone", "national_number", "mail"):
        assert len({getattr(person, field) for person in cast.people.values()}) == len(cast.people)
    assert all(person.story["de"] and person.state["de"] for person in cast.people.values())
    assert cast.people["marc-lefevre"].methods == ["sms"]
    assert all(held["person"] in cast.people for entry in cast.enterprises for held in entry["functions"])
