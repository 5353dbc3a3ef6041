"""Loading the BCE's open data: the exact files of its cookbook, twice, then changed."""

from datetime import date
from pathlib import Path

import pytest

from monespace.registry.loading import NotOpenData, change_number, load_open_data
from monespace.registry.models import Enterprise
from monespace.registry.queries import by_number, clean_number

pytestmark = pytest.mark.django_db
ENTERPRISES = [
    '"0123.456.749","AC","000","1",,,09-08-1990',
    '"0123.410.229","AC","000","2","610",,01-01-2015',
    '"0123.430.421","AC","000","2","411",,01-01-1977',
    '"0123.440.517","AC","000","2","412",,01-01-1977',
    '"0123.450.613","AC","050","2","017",,01-01-2010',
]
NAMES = [
    '"0123.456.749","1","001","Dubois Claire"',
    '"0123.456.749","1","003","Boulangerie ""Au Moulin"", Dubois"',
    '"0123.410.229","2","001","Werkplaats"',
    '"0123.410.229","1","001","Atelier Lambiotte"',
    '"0123.410.229","3","001","Werkstatt Lambiotte"',
    '"0123.430.421","1","001","Commune de Valmoulin"',
]
ADDRESSES = [
    '"0123.410.229","REGO",,,"5998","Valmoulin","Valmoulin","Oude straat","Vieille rue","1","",,01-01-2020',
    '"0123.410.229","REGO",,,"5998","Valmoulin","Valmoulin","Kaai","Quai des Tanneurs","18","A",,',
    '"0123.430.421","REGO",,,"5998","Molendal","","Plein","","1","",,',
    '"2.123.456.755","BAET",,,"5998","Valmoulin","Valmoulin","Brugstraat","Rue du Pont","2","",,',
    '"2.123.456.854","BAET",,,"5998","Valmoulin","Valmoulin","Markt","Grand-Place","9","",,',
    '"2.123.410.219","BAET",,,"4000","Luik","Liège","Kaai","Quai Mativa","7","",,',
]
UNITS = [
    '"2.123.456.854",09-08-1990,"0123.456.749"',
    '"2.123.456.755",09-08-1990,"0123.456.749"',
    '"2.123.410.219",01-01-2015,"0123.410.229"',
]


def extract(
    folder: Path, *, day: str = "01-03-2026", enterprises=ENTERPRISES, names=NAMES, addresses=ADDRESSES
) -> Path:
    """An extract as the BCE writes it: quoted text, dates without quotes, nothing at all for unknown, CRLF."""
    files = {
        "meta": ["Variable,Value", f'"SnapshotDate","{day}"', '"Version","R018.00"'],
        "enterprise": [
            "EnterpriseNumber,Status,JuridicalSituation,TypeOfEnterprise,JuridicalForm,JuridicalFormCAC,StartDate",
            *enterprises,
        ],
        "denomination": ["EntityNumber,Language,TypeOfDenomination,Denomination", *names],
        "address": [
            "EntityNumber,TypeOfAddress,CountryNL,CountryFR,Zipcode,MunicipalityNL,MunicipalityFR,StreetNL,StreetFR,"
            "HouseNumber,Box,ExtraAddressInfo,DateStrikingOff",
            *addresses,
        ],
        "establishment": ["EstablishmentNumber,StartDate,EnterpriseNumber", *UNITS],
    }
    for name, lines in files.items():
        (folder / f"{name}.csv").write_bytes(("\r\n".join(lines) + "\r\n").encode())
    return folder


def everything() -> list[tuple]:
    return list(Enterprise.objects.order_by("number").values_list())


def test_the_five_kinds_are_told_apart(tmp_path) -> None:
    assert load_open_data(extract(tmp_path)) == 5
    kinds = dict(Enterprise.objects.values_list("number", "kind"))
    assert kinds == {
        "0123456749": "self_employed", "0123410229": "company", "0123430421": "commune", "0123440517": "cpas",
        "0123450613": "asbl",
    }  # fmt: skip


def test_names_and_seat_are_the_french_ones_where_there_are_any(tmp_path) -> None:
    load_open_data(extract(tmp_path))
    workshop, bakery = Enterprise.objects.get(number="0123410229"), Enterprise.objects.get(number="0123456749")
    assert (workshop.name, workshop.name_de) == ("Atelier Lambiotte", "Werkstatt Lambiotte")
    assert (workshop.street, workshop.house_number, workshop.box) == ("Quai des Tanneurs", "18", "A")
    assert bakery.name == 'Boulangerie "Au Moulin", Dubois'
    assert (bakery.street, bakery.house_number, bakery.town) == ("Rue du Pont", "2", "Valmoulin")  # of her first unit
    assert bakery.started_on == date(1990, 8, 9)
    assert Enterprise.objects.get(number="0123430421").town == "Molendal"
    assert Enterprise.objects.get(number="0123440517").name == "0123440517"


def test_loading_the_same_extract_twice_changes_nothing(tmp_path) -> None:
    load_open_data(extract(tmp_path))
    before = everything()
    load_open_data(tmp_path)
    assert everything() == before


def test_what_is_gone_is_marked_never_deleted_and_comes_back_when_listed_again(tmp_path) -> None:
    load_open_data(extract(tmp_path))
    load_open_data(extract(tmp_path, day="02-03-2026", enterprises=ENTERPRISES[1:]))
    gone = Enterprise.objects.get(number="0123456749")
    assert gone.gone_on == date(2026, 3, 2)
    load_open_data(extract(tmp_path, day="03-03-2026"))
    gone.refresh_from_db()
    assert gone.gone_on is None


def test_a_changed_name_keeps_the_enterprise(tmp_path) -> None:
    load_open_data(extract(tmp_path))
    key = Enterprise.objects.get(number="0123430421").pk
    load_open_data(extract(tmp_path, day="02-03-2026", names=['"0123.430.421","1","001","Ville de Valmoulin"']))
    assert Enterprise.objects.get(name="Ville de Valmoulin").pk == key


def test_an_older_extract_is_refused(tmp_path) -> None:
    load_open_data(extract(tmp_path))
    with pytest.raises(NotOpenData, match="older"):
        load_open_data(extract(tmp_path, day="01-02-2026"))


@pytest.mark.parametrize("name", ["meta", "enterprise", "denomination", "address"])
def test_a_missing_or_foreign_file_is_named(tmp_path, name: str) -> None:
    extract(tmp_path)
    (tmp_path / f"{name}.csv").write_text("A,B\r\n1,2\r\n")
    with pytest.raises(NotOpenData, match=name):
        load_open_data(tmp_path)
    (tmp_path / f"{name}.csv").unlink()
    with pytest.raises(NotOpenData, match=name):
        load_open_data(tmp_path)


def test_a_new_number_keeps_the_entity_and_the_old_one_leads_to_it(tmp_path) -> None:
    load_open_data(extract(tmp_path))
    key = Enterprise.objects.get(number="0123410229").pk
    moved = [ENTERPRISES[0], '"0123.420.325","AC","000","2","610",,01-01-2015', *ENTERPRISES[2:]]
    load_open_data(extract(tmp_path, day="02-03-2026", enterprises=moved))
    for _again in range(2):
        assert change_number("0123410229", "0123420325", on=date(2026, 3, 2)).pk == key
    found, current = by_number("0123410229")
    assert (found.pk, found.number, found.gone_on, current) == (key, "0123420325", None, False)
    assert by_number("0123420325") == (found, True)


@pytest.mark.parametrize("typed", ["0123.456.749", "BE 0123.456.749", " 0123456749 ", "be0123 456 749"])
def test_a_number_is_read_however_it_is_written(typed: str) -> None:
    assert clean_number(typed) == "0123456749"
