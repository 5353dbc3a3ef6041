"""Odd, huge and hostile input: a sentence or a way on, never a fault of ours; what is stored can always be read."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monespace.dossiers.models import Dossier
from tests.dossiers import house
from tests.dossiers.rich import FILLED, RICH

ADDRESSES = [*FILLED, "degats/biens", "degats/biens/r1/bien", "degats/biens/r1/devis", "degats/biens/r1/devis/r2/detail", "degats/total",
             "fin/honneur", "verifier", "degats/biens/../..", "a/b/c/d/e/f", "degats/biens/r1", "%00", "🦊"]  # fmt: skip
NAMES = [
    "who", "mail", "iban", "phone", "niss", "land", "home", "home.street", "home.town", "home.country", "insured",
    "colour", "uses", "share", "size", "people", "built", "period", "period.month", "period.year", "bce", "costs",
    "costs.roof.amount", "costs.roof.paid", "costs.x.y", "thing", "worth", "scan", "scan.remove", "maker", "total",
    "asked", "truth", "add_row", "remove_row", "contest", "uncontest", "later", "returning", "confirmed", "_seen",
    "_contested", "id", ".", "start_key", "language",
]  # fmt: skip
ODD = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["", " ", "\x00", "yes", "red", "blue", "r1", "r2", "1e999", "-1", "NaN", "1.250", "9" * 400, "31", "2026", "who",
                     "Ω≈ç", "<script>alert(1)</script>", "{{ 7*7 }}", "' OR 1=1 --", "\u202etxt", "a" * 30_000]),
)  # fmt: skip
POSTED = st.dictionaries(st.sampled_from(NAMES), st.lists(ODD, max_size=3), max_size=8)


@pytest.fixture
def browser(claire):
    house.publish(RICH)
    return house.browser(claire, raise_request_exception=True)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(ADDRESSES), POSTED), min_size=1, max_size=4))
def test_no_input_is_a_fault_of_ours(browser, posts):
    draft = Dossier.objects.first() or house.begin(browser)
    for address, posted in posts:
        here = house.at(draft, "remplir", address)
        assert browser.post(here, posted).status_code < 500
        assert browser.get(here).status_code < 500
    for page in ("remplir", "remplir/verifier", "demande"):
        assert browser.get(house.at(draft, page)).status_code == 200
    assert house.answers(draft).keys() <= {*NAMES, "biens", "_rows"}


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.dictionaries(
        st.sampled_from(["by_file", "by_hash", "number", "digest", "pdf", "start_key", "language", "q"]),
        ODD,
        max_size=5,
    )
)
def test_pages_beside_the_form_take_anything(browser, posted):
    for address in ("/verifier/", "/espaces/moi/commencer/essai/"):
        assert browser.post(address, posted).status_code < 500
    for address in ("/espaces/moi/", "/espaces/moi/dossiers/", "/verifier/"):
        assert browser.get(address, posted).status_code < 500


@pytest.mark.parametrize("ref", ["ZZZZZZZZ", "a" * 300, "-", "0"])
def test_an_unknown_reference_does_not_exist(browser, ref):
    for page in ("", "remplir/", "remplir/a/b/", "documents/", "recepisse/"):
        assert browser.get(f"/espaces/moi/dossiers/{ref}/{page}").status_code == 404


def test_a_page_with_more_fields_than_any_form_is_refused_with_a_page(browser):
    draft = house.begin(browser)
    answer = browser.post(house.at(draft, "remplir/projet/choix"), {f"x{n}": "1" for n in range(2500)})

    assert answer.status_code == 400


def test_what_was_typed_is_shown_again_as_text_never_as_markup(browser):
    draft = house.begin(browser)
    page = browser.post(house.at(draft, "remplir/vous/coordonnees"), {"mail": "<script>alert(1)</script>\"'"})

    assert page.status_code == 422
    assert house.soup(page).find(id="q-mail")["value"] == "<script>alert(1)</script>\"'"
    assert "<script>alert" not in page.content.decode()
