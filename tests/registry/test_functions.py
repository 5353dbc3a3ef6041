"""Legal functions: a file, a service over HTTP, and who represents whom."""

import json
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from monespace import vault
from monespace.registry.loading import SourceDown, load_functions, refresh_functions
from monespace.registry.models import LegalFunction
from monespace.registry.queries import representatives, represented_by
from tests.cast import ANNE, BAKERY, BENOIT, CLAIRE, COMMUNE, HUGO, NADIA, WORKSHOP
from tests.factories import enterprise, function

pytestmark = pytest.mark.django_db
HEADER = "EnterpriseNumber,FunctionCode,NationalNumber,HolderEnterpriseNumber,GivenName,Surname,From,To,Joint\r\n"
TODAY = date(2026, 11, 23)


def test_a_file_replaces_the_functions_of_the_enterprises_it_names(tmp_path) -> None:
    workshop, bakery = enterprise(WORKSHOP), enterprise(BAKERY)
    path = tmp_path / "functions.csv"
    path.write_text(
        HEADER + f'"0123.410.229","ADMIN","{HUGO.national_number}",,"Hugo","Martin",01-02-2020,,"no"\r\n'
        '"0123.410.229","ADMIN",,"0123.430.421",,,01-02-2020,,"yes"\r\n'
        f'"0999.999.922","ADMIN","{NADIA.national_number}",,"N","B",01-02-2020,,"no"\r\n'
    )
    for _again in range(2):
        assert load_functions(path) == 1
    assert [found.full_name for found in workshop.functions.all()] == ["Hugo Martin"]
    assert bakery.functions.count() == 1


@pytest.fixture
def source(settings) -> Iterator[dict]:
    """The service of legal functions; `answer` is what it says, `asked` what it was asked."""
    said: dict = {"status": 200, "body": "{}", "asked": []}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            said["asked"].append((self.path, self.headers["Authorization"]))
            self.send_response(said["status"])
            self.end_headers()
            self.wfile.write(said["body"].encode())

        def log_message(self, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.LEGAL_FUNCTIONS_URL = f"http://127.0.0.1:{server.server_port}/registre/fonctions"
    settings.LEGAL_FUNCTIONS_SECRET = "s3cret"
    yield said
    server.shutdown()
    server.server_close()


def row(who, **also) -> dict:
    return {
        "function_code": "ADMIN", "national_number": who.national_number, "holder_enterprise_number": None,
        "given_name": who.given_names, "surname": who.family_name, "from": "2020-02-01", "to": None, "joint": False, **also,
    }  # fmt: skip


def test_the_service_is_asked_with_its_secret_and_its_answer_replaces_the_mirror(source) -> None:
    workshop = enterprise(WORKSHOP)
    company = {**row(NADIA), "national_number": None, "holder_enterprise_number": "0123.430.421"}
    source["body"] = json.dumps({"functions": [row(HUGO), row(NADIA, joint=None), company]})
    refresh_functions(workshop)
    assert source["asked"] == [(f"/registre/fonctions/{WORKSHOP.number}", "Bearer s3cret")]
    assert dict(workshop.functions.values_list("family_name", "joint")) == {"Martin": False, "Benali": True}


def test_an_enterprise_that_the_service_does_not_know_has_no_functions(source) -> None:
    workshop, source["status"] = enterprise(WORKSHOP), 404
    refresh_functions(workshop)
    assert not workshop.functions.exists()


@pytest.mark.parametrize(
    ("status", "body"),
    [(503, "{}"), (200, "not json"), (200, "[]"), (200, '{"functions": [{"national_number": "1"}]}'), (302, "")],
)
def test_a_service_that_fails_changes_nothing(source, status: int, body: str) -> None:
    workshop = enterprise(WORKSHOP)
    source.update(status=status, body=body)
    with pytest.raises(SourceDown):
        refresh_functions(workshop)
    assert workshop.functions.count() == 1


def names(found: list[LegalFunction]) -> set[str]:
    return {one.given_names for one in found}


def test_functions_count_from_their_first_day_to_their_last() -> None:
    workshop, today = enterprise(WORKSHOP), timezone.localdate()
    function(workshop, HUGO, "ADMIN", until=today)
    assert names(representatives(workshop, today)) == {"Nadia", "Hugo"}
    assert names(representatives(workshop, today + timedelta(days=1))) == {"Nadia"}


def test_auditors_and_daily_managers_represent_nobody() -> None:
    workshop = enterprise(WORKSHOP)
    function(workshop, HUGO, "COMMI")
    function(workshop, ANNE, "GESJO")
    assert names(representatives(workshop, timezone.localdate())) == {"Nadia"}


@pytest.mark.parametrize(("situation", "expected"), [("000", {"Nadia", "Hugo"}), ("050", {"Hugo"}), ("012", {"Hugo"})])
def test_in_bankruptcy_or_liquidation_only_whoever_winds_it_up_represents(situation: str, expected: set) -> None:
    workshop = enterprise(WORKSHOP, situation=situation)
    function(workshop, HUGO, "CURAT")
    assert names(representatives(workshop, timezone.localdate())) == expected


def test_what_a_person_represents_is_found_by_the_keyed_hash() -> None:
    enterprise(COMMUNE)
    enterprise(BAKERY)
    found = represented_by(vault.lookup_hash(BENOIT.national_number), timezone.localdate())
    assert [(one.enterprise.name, one.code) for one in found] == [("Commune de Valmoulin", "DIRGE")]
    assert CLAIRE.national_number not in str(list(LegalFunction.objects.values()))
