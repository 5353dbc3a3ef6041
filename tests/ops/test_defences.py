"""What stands between a request and the rooms: nothing personal stays in a browser, no flood of bytes reaches the disk."""

import pytest
from django.test import Client

from config import logs
from tests.cast import CLAIRE
from tests.factories import client_of

pytestmark = pytest.mark.django_db
EVERYWHERE = ["/", "/notifications/", "/demarches/", "/aide/", "/verifier/", "/espaces/", "/profil/", "/nulle-part/"]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_no_page_of_somebody_signed_in_is_kept_by_the_browser(path: str) -> None:
    assert client_of(CLAIRE).get(path)["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("path", ["/verifier/", "/connexion/", "/avis/"])
def test_a_visitor_cannot_fill_the_disk(path: str) -> None:
    answer = Client(headers={"accept-language": "fr"}).post(path, {}, CONTENT_LENGTH="30000000")

    assert answer.status_code == 413
    assert "trop lourds ensemble" in answer.content.decode()


def test_somebody_signed_in_can_send_the_ten_photos_of_a_page_and_not_more() -> None:
    browser = client_of(CLAIRE)
    assert browser.post("/profil/", {}, CONTENT_LENGTH="400000000").status_code == 413
    assert browser.post("/profil/", {"language": "xx", "filling": "x" * 2_000_000}).status_code == 422


@pytest.mark.parametrize(
    "number",
    ["85073003361", "85.07.30-033.61", "85 07 30 033 61", "85/07/30-033-61", "nr85073003361x", "id_85.07.30.033.61"],
)
def test_no_national_number_is_logged_however_it_is_written(number: str) -> None:
    event = logs.without_numbers(None, "", {"event": f"failed for {number}.", "seen": [number, {"deep": number}]})

    assert "61" not in str(event)
    assert "failed for" in event["event"]


def test_what_is_no_national_number_stays_in_the_log() -> None:
    event = {"event": "POST took 12.5 ms at 2026-11-23T12:40:49.123456", "id": "b7c85073003361912f", "ms": 12.5}
    assert logs.without_numbers(None, "", dict(event)) == event
