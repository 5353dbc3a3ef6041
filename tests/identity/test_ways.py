"""Configuration, not code, says which ways of signing in are offered, in which order and under which name."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from monespace.identity import ways

pytestmark = pytest.mark.django_db
EIDAS = """
ways:
  - {id: sms, by: fas, method: sms, level: 400, label: {fr: Votre code}}
  - id: europe
    by: fas
    method: other
    level: 400
    label: {fr: Une identité européenne, de: Eine europäische Identität, nl: Een Europese identiteit, en: A European identity}
    sentence: {fr: Celle de votre pays., de: Die Ihres Landes., nl: Die van uw land., en: Your own country's.}
"""


def written(settings, folder, text: str) -> None:
    settings.SIGN_IN_FILE = folder / "sign-in.yaml"
    settings.SIGN_IN_FILE.write_text(text, encoding="utf-8")


def test_the_page_shows_what_the_file_says_in_its_order(settings, tmp_path) -> None:
    written(settings, tmp_path, EIDAS)
    page = Client(headers={"accept-language": "fr"}).get("/connexion/").content.decode()

    assert page.index("Votre code") < page.index("Une identité européenne") < page.index("Celle de votre pays.")
    assert "method-eid.svg" not in page
    assert "Continuer\u00a0: Une identité européenne" in page


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("ways: []", "at least one"),
        (
            "ways:\n - {id: a, by: fas, method: eid, level: 500}\n - {id: a, by: fas, method: sms, level: 400}",
            "same id",
        ),
        ("ways:\n - {id: a, by: fas, method: other, level: 500}", "label and its sentence"),
        ("ways:\n - {id: a, by: magic, method: eid, level: 500}", "Invalid enum value 'magic'"),
        ("ways:\n - {id: a, by: fas, method: eid, level: 300}", "Invalid enum value 300"),
        ("ways: [", "cannot be read"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_what_is_wrong(settings, tmp_path, text: str, complaint: str) -> None:
    written(settings, tmp_path, text)
    with pytest.raises(ImproperlyConfigured, match=complaint):
        ways.ways()


def test_the_file_as_shipped_offers_the_three_means_of_the_mission() -> None:
    assert [(way.id, way.by, way.level) for way in ways.ways()] == [
        ("eid", "fas", 500),
        ("itsme", "fas", 450),
        ("sms", "fas", 400),
    ]
