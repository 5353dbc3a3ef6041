"""The first configuration: who represents an enterprise opens its space; nobody else, and strangers learn nothing."""

import pytest

from monespace.identity.models import RateCount
from monespace.journal.models import Entry
from monespace.notices.models import Mail, Notice
from monespace.spaces import actions
from monespace.spaces.actions import Refused
from monespace.spaces.models import Intention, Invitation, Title
from tests.cast import (
    ANNE,
    BAKERY,
    BENOIT,
    CLAIRE,
    COMMUNE,
    ERIC,
    HUGO,
    NADIA,
    PHILIPPE,
    UNKNOWN_NUMBER,
    WORKSHOP,
    Somebody,
)
from tests.factories import client_of, enterprise, function, person, published_form, signed_in, title
from tests.pages import html_of

pytestmark = pytest.mark.django_db


def designation(who: Somebody) -> dict:
    return {
        "given_names": who.given_names, "family_name": who.family_name, "national_number": who.national_number,
        "email": who.email,
    }  # fmt: skip


def acts() -> list[str]:
    return list(Entry.objects.exclude(act__startswith="person.").order_by("id").values_list("act", flat=True))


def setup_page(firm) -> str:
    return f"/espaces/configuration/{firm.number}/"


def test_who_alone_represents_her_enterprise_opens_it_in_one_act_of_three_entries() -> None:
    bakery = enterprise(BAKERY)
    actions.open_alone(bakery.pk, by=signed_in(CLAIRE), role="submit")
    assert set(Title.objects.values_list("kind", "role")) == {("gap", ""), ("role", "submit")}
    assert acts() == ["space.representative_proven", "space.gap_opened", "space.role_taken"]


def test_one_page_opens_the_space_and_leads_to_the_form_she_came_for() -> None:
    enterprise(BAKERY)
    published_form("calamite-indemnisation", ["self_employed"])
    browser = client_of(CLAIRE)
    Intention.objects.create(person=browser.sign_in.person, procedure="calamite-indemnisation")
    page = browser.get(setup_page(BAKERY)).content.decode()
    assert "Ouvrir l'espace de Boulangerie Dubois" in page
    answer = browser.post(setup_page(BAKERY), {"role": "submit"})
    assert (answer.status_code, answer.url) == (303, f"/espaces/{BAKERY.number}/commencer/calamite-indemnisation/")


def test_a_session_by_sms_is_asked_for_more_and_comes_back_to_the_page() -> None:
    enterprise(BAKERY)
    browser = client_of(CLAIRE, level=400)
    here = f"http://testserver{setup_page(BAKERY)}"
    answer = browser.post(setup_page(BAKERY), {"role": "submit"}, headers={"referer": here})
    assert answer.status_code == 303
    assert "niveau=450" in answer.url
    assert "suite=%2Fespaces%2Fconfiguration%2F0123456749%2F" in answer.url
    assert not Title.objects.exists()


@pytest.mark.parametrize(
    ("who", "firm", "role", "because"),
    [
        (HUGO, BAKERY, "submit", "stranger"),
        (ANNE, COMMUNE, "submit", "joint"),
        (CLAIRE, BAKERY, "owner", "unknown_role"),
    ],
)
def test_opening_alone_is_refused_to_everybody_else(who, firm, role, because) -> None:
    with pytest.raises(Refused) as refused:
        actions.open_alone(enterprise(firm).pk, by=signed_in(who), role=role)
    assert refused.value.because == because
    assert not Title.objects.exists()


def test_a_second_start_shows_that_it_is_done_by_whom_and_offers_to_replace() -> None:
    workshop = enterprise(WORKSHOP)
    title(workshop, ERIC, "gap", given_by=NADIA, given_as="representative")
    browser = client_of(NADIA)
    page = browser.get(setup_page(WORKSHOP)).content.decode()
    assert "Éric Lambiotte, depuis le" in page
    assert f"{setup_page(WORKSHOP)}designer/" in page
    assert browser.post(setup_page(WORKSHOP), {"role": "submit"}).status_code == 422


def test_strangers_get_the_same_page_whether_the_number_exists_or_not() -> None:
    enterprise(BAKERY)
    browser = client_of(HUGO)
    known = browser.get(f"/espaces/configuration/{BAKERY.number}/")
    unknown = browser.get(f"/espaces/configuration/{UNKNOWN_NUMBER}/")
    assert known.status_code == unknown.status_code == 403
    same = html_of(known).replace("0123456749", "0123499905").replace("0123.456.749", "0123.499.905")
    assert same == html_of(unknown)
    assert not {"Boulangerie", "Claire"} & set(same.split())


def test_looking_up_many_numbers_is_stopped() -> None:
    browser = client_of(HUGO)
    answers = [browser.get(f"/espaces/configuration/{UNKNOWN_NUMBER}/").status_code for _try in range(12)]
    assert answers == [403] * 10 + [429] * 2
    assert RateCount.objects.exists()


def test_her_own_enterprise_is_never_counted_as_a_guess() -> None:
    enterprise(BAKERY)
    browser = client_of(CLAIRE)
    assert {browser.get(setup_page(BAKERY)).status_code for _try in range(12)} == {200}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2.123.456.789", "unité d&#39;établissement"),
        ("0123.456.748", "dix chiffres"),
        ("boulangerie", "dix chiffres"),
        ("", "Complétez «\u00a0Numéro d&#39;entreprise"),
    ],
)
def test_a_number_that_is_none_is_refused_with_a_sentence_and_kept(typed: str, expected: str) -> None:
    answer = client_of(HUGO).post("/espaces/configuration/", {"number": typed})
    assert answer.status_code == 422
    assert expected in answer.content.decode()
    assert typed in answer.content.decode()


def test_two_who_represent_together_both_sign_then_the_person_named_accepts() -> None:
    commune = enterprise(COMMUNE)
    offer = actions.designate(commune.pk, by=signed_in(ANNE), **designation(PHILIPPE))
    assert offer.state == Invitation.State.TO_SIGN
    assert not Mail.objects.exists()
    with pytest.raises(Refused, match="signed"):
        actions.countersign(offer, by=signed_in(ANNE))
    with pytest.raises(Refused, match="over"):
        actions.accept(offer, by=signed_in(PHILIPPE))
    actions.countersign(offer, by=signed_in(BENOIT))
    assert Mail.objects.get().to == PHILIPPE.email
    actions.accept(offer, by=signed_in(PHILIPPE))
    assert Title.objects.get().kind == "gap"
    assert acts() == ["space.gap_designated", "space.gap_countersigned", "access.accepted"]


def test_the_second_finds_the_designation_in_what_he_has_to_do_and_signs_it() -> None:
    commune = enterprise(COMMUNE)
    offer = actions.designate(commune.pk, by=signed_in(ANNE), **designation(PHILIPPE))
    page = f"/espaces/configuration/{COMMUNE.number}/contresigner/{offer.pk}/"
    browser = client_of(BENOIT)
    assert page in browser.get("/espaces/").content.decode()
    assert page not in client_of(ANNE).get("/espaces/").content.decode()
    assert browser.post(page, {"signer": "1"}).status_code == 303
    offer.refresh_from_db()
    assert offer.state == Invitation.State.SENT


def test_a_first_signatory_who_no_longer_represents_takes_the_designation_down_with_him() -> None:
    commune = enterprise(COMMUNE)
    offer = actions.designate(commune.pk, by=signed_in(ANNE), **designation(PHILIPPE))
    commune.functions.filter(code="BOURG").delete()
    with pytest.raises(Refused, match="void"):
        actions.countersign(offer, by=signed_in(BENOIT))


def test_one_of_two_joint_representatives_takes_no_role_alone() -> None:
    commune = enterprise(COMMUNE)
    with pytest.raises(Refused, match="joint"):
        actions.take_role(commune.pk, by=signed_in(ANNE), role="submit")


def test_the_same_person_is_not_named_twice_nor_when_gap_already() -> None:
    workshop = enterprise(WORKSHOP)
    actions.designate(workshop.pk, by=signed_in(NADIA), **designation(ERIC))
    with pytest.raises(Refused, match="waiting"):
        actions.designate(workshop.pk, by=signed_in(NADIA), **designation(ERIC))
    title(workshop, PHILIPPE, "gap")
    with pytest.raises(Refused, match="held"):
        actions.designate(workshop.pk, by=signed_in(NADIA), **designation(PHILIPPE))


def test_a_bankruptcy_trustee_replaces_the_organs() -> None:
    workshop = enterprise(WORKSHOP, situation="050")
    function(workshop, HUGO, "CURAT")
    with pytest.raises(Refused):
        actions.designate(workshop.pk, by=signed_in(NADIA), **designation(ERIC))
    actions.open_alone(workshop.pk, by=signed_in(HUGO), role="submit")
    assert set(Title.objects.values_list("given_as", flat=True)) == {"winding_up"}


def test_every_other_person_with_power_is_told() -> None:
    workshop = enterprise(WORKSHOP)
    function(workshop, ERIC, "ADMIN")
    person(ERIC)
    actions.open_alone(workshop.pk, by=signed_in(NADIA), role="submit")
    assert Notice.objects.get().person == person(ERIC).pk


def test_the_register_down_is_said_and_nothing_is_designated(settings) -> None:
    settings.LEGAL_FUNCTIONS_URL = "http://127.0.0.1:9"  # nothing listens there
    enterprise(BAKERY)
    answer = client_of(CLAIRE).get(setup_page(BAKERY))
    assert answer.status_code == 503
    assert "Le registre ne répond pas" in answer.content.decode()


def test_no_national_number_in_what_is_written_down() -> None:
    commune = enterprise(COMMUNE)
    offer = actions.designate(commune.pk, by=signed_in(ANNE), **designation(PHILIPPE))
    actions.countersign(offer, by=signed_in(BENOIT))
    written = str(list(Entry.objects.values())) + str(list(Mail.objects.values())) + str(list(Notice.objects.values()))
    assert PHILIPPE.national_number not in written
    assert "Philippe" not in str(list(Entry.objects.values()))


def test_a_member_whom_the_register_does_not_know_is_told_so_and_finds_the_way_in() -> None:
    title(enterprise(WORKSHOP), PHILIPPE, role="read")
    answer = client_of(PHILIPPE).get(setup_page(WORKSHOP))
    assert answer.status_code == 403
    assert f'href="/espaces/{WORKSHOP.number}/"' in answer.content.decode()


def test_a_stronger_identity_is_asked_only_of_who_represents_the_enterprise() -> None:
    enterprise(WORKSHOP)
    page = f"{setup_page(WORKSHOP)}designer/"
    assert client_of(HUGO, level=400).get(page).status_code == 403
    assert "niveau=450" in client_of(NADIA, level=400).get(page).url
