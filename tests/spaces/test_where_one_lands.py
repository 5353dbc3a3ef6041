"""Where one lands once one may act: the form one came for, unless it cannot be begun there."""

import pytest

from monespace.notices.models import Notice
from monespace.registry.models import Enterprise
from monespace.spaces import actions
from monespace.spaces.models import Invitation, Title
from tests.cast import COMMUNE, INES, PHILIPPE
from tests.factories import client_of, person, published_form, signed_in

pytestmark = pytest.mark.django_db


def invite(commune: Enterprise, *, role: str = "prepare", pinned: bool = True, procedure: str = "") -> Invitation:
    return actions.invite(
        commune.pk, by=signed_in(PHILIPPE), kind="role", role=role, scope="*", given_names=INES.given_names,
        family_name=INES.family_name, email=INES.email, national_number=INES.national_number if pinned else "",
        procedure=procedure,
    )  # fmt: skip


def test_a_get_changes_nothing_and_a_post_accepts_and_leads_to_the_form_he_came_for(commune) -> None:
    published_form("calamite-indemnisation", ["commune"])
    offer = invite(commune, procedure="calamite-indemnisation")
    browser = client_of(INES, level=400)
    browser.get(f"/invitations/{offer.pk}/")
    assert not Title.objects.filter(person=person(INES)).exists()
    answer = browser.post(f"/invitations/{offer.pk}/", {"accepter": "1"})
    assert (answer.status_code, answer.url) == (303, f"/espaces/{COMMUNE.number}/commencer/calamite-indemnisation/")


@pytest.mark.parametrize(("role", "audience"), [("read", ["commune"]), ("prepare", ["asbl"])])
def test_a_form_that_cannot_be_begun_there_is_no_place_to_land(commune, role: str, audience: list[str]) -> None:
    published_form("calamite-indemnisation", audience)
    offer = invite(commune, procedure="calamite-indemnisation", role=role)
    answer = client_of(INES).post(f"/invitations/{offer.pk}/", {"accepter": "1"})
    assert answer.url == f"/espaces/{COMMUNE.number}/"


@pytest.mark.parametrize(
    ("role", "audience", "lands"),
    [
        ("prepare", ["commune"], "commencer/calamite-indemnisation/"),
        ("read", ["commune"], ""),
        ("prepare", ["asbl"], ""),
    ],
)
def test_the_notice_of_a_confirmed_access_leads_where_the_role_given_leads(commune, role, audience, lands) -> None:
    published_form("calamite-indemnisation", audience)
    offer = invite(commune, pinned=False, role=role)
    actions.remember_intention(person(INES), "calamite-indemnisation")
    actions.accept(offer, by=signed_in(INES))
    actions.confirm(offer, by=signed_in(PHILIPPE), agreed=True)
    path = Notice.objects.get(person=person(INES).pk).path
    assert path == f"/espaces/{COMMUNE.number}/{lands}"
