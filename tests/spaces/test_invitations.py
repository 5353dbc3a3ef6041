"""Invitations: one person, one use; they die with their end, their inviter's power, and a withdrawal."""

from datetime import timedelta
from html import unescape

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from django.utils.translation import override

from monespace.identity.limits import count_try
from monespace.journal.models import Entry
from monespace.notices.models import Mail, Notice
from monespace.registry.models import Enterprise
from monespace.spaces import actions
from monespace.spaces.actions import Refused
from monespace.spaces.models import Invitation, Title
from monespace.ui.look import day
from tests.cast import COMMUNE, HUGO, INES, KARL, PAUL, PHILIPPE, SOPHIE, Somebody
from tests.factories import client_of, person, signed_in, title

pytestmark = pytest.mark.django_db


def invite(commune: Enterprise, who: Somebody, by: Somebody = PHILIPPE, *, pinned: bool = True, **also) -> Invitation:
    offered = {"kind": "role", "role": "prepare", "scope": "*", **also}
    return actions.invite(
        commune.pk, by=signed_in(by), given_names=who.given_names, family_name=who.family_name, email=who.email,
        national_number=who.national_number if pinned else "", **offered,
    )  # fmt: skip


def test_a_pinned_invitation_opens_the_title_when_its_person_accepts(commune) -> None:
    actions.accept(invite(commune, INES), by=signed_in(INES))
    assert Title.objects.get(person=person(INES)).role == "prepare"
    assert Entry.objects.filter(act="access.accepted").exists()


def test_the_mail_says_who_invites_for_whom_until_when_and_what_to_do_when_it_is_unexpected(commune) -> None:
    offer, text = invite(commune, INES, message="À lundi"), Mail.objects.get().text
    with override("fr"):
        until = day(offer.expires_at)
    for said in ("Philippe", commune.name, "À lundi", f"/invitations/{offer.pk}/", f"valable jusqu'au {until}",
                 "Si vous n'attendez pas cette invitation", "Pour nous reconnaître"):  # fmt: skip
        assert said in text


def test_nobody_else_accepts_a_pinned_invitation(commune) -> None:
    offer = invite(commune, INES)
    with pytest.raises(Refused, match="other"):
        actions.accept(offer, by=signed_in(HUGO))
    answer = client_of(HUGO).get(f"/invitations/{offer.pk}/")
    nothing = client_of(HUGO).get("/invitations/00000000-0000-4000-8000-000000000000/")
    assert answer.status_code == nothing.status_code == 404
    assert answer.content.decode().count("Hugo Martin") >= 1
    assert "Valmoulin" not in answer.content.decode()


def test_an_unpinned_invitation_waits_for_the_inviter_who_sees_who_accepted(commune) -> None:
    offer = invite(commune, INES, pinned=False)
    actions.accept(offer, by=signed_in(HUGO))
    assert not Title.objects.filter(person=person(HUGO)).exists()
    page = (
        client_of(PHILIPPE).get(f"/espaces/{COMMUNE.number}/acces/invitations/{offer.pk}/confirmer/").content.decode()
    )
    assert "Inès Carlier" in page
    assert "Hugo Martin" in page
    assert "Les noms ne sont pas les mêmes" in page
    actions.confirm(offer, by=signed_in(PHILIPPE), agreed=False)
    assert not Title.objects.filter(person=person(HUGO)).exists()
    assert Notice.objects.filter(person=person(HUGO).pk).exists()


def test_a_confirmed_invitation_opens_the_title_and_tells_its_holder(commune) -> None:
    offer = invite(commune, INES, pinned=False)
    actions.accept(offer, by=signed_in(INES))
    actions.confirm(offer, by=signed_in(PHILIPPE), agreed=True)
    assert Title.objects.filter(person=person(INES)).exists()
    assert Notice.objects.filter(person=person(INES).pk, path=f"/espaces/{COMMUNE.number}/").exists()


def test_nobody_confirms_himself(commune) -> None:
    offer = invite(commune, INES, pinned=False)
    title(commune, SOPHIE, "co_gap")
    actions.accept(offer, by=signed_in(SOPHIE))
    with pytest.raises(Refused, match="self"):
        actions.confirm(offer, by=signed_in(SOPHIE), agreed=True)


@pytest.mark.parametrize("pinned", [True, False])
def test_nobody_invites_himself(commune, pinned: bool) -> None:
    with pytest.raises(Refused, match="self"):
        actions.accept(invite(commune, PHILIPPE, pinned=pinned), by=signed_in(PHILIPPE))


@pytest.mark.parametrize(
    ("by", "kind", "role"), [(PAUL, "role", "submit"), (SOPHIE, "co_gap", ""), (PHILIPPE, "gap", "")]
)
def test_nobody_gives_more_than_his_seat_may(commune, by, kind, role) -> None:
    title(commune, PAUL, role="prepare")
    title(commune, SOPHIE, "co_gap")
    with pytest.raises(Refused):
        invite(commune, INES, by, kind=kind, role=role)


def test_an_invitation_is_used_once(commune) -> None:
    offer = invite(commune, INES)
    actions.accept(offer, by=signed_in(INES))
    with pytest.raises(Refused, match="over"):
        actions.accept(offer, by=signed_in(INES))


def test_an_expired_invitation_says_so_and_how_to_get_another(commune) -> None:
    offer = invite(commune, INES)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Refused, match="over"):
        actions.accept(offer, by=signed_in(INES))
    page = client_of(INES).get(f"/invitations/{offer.pk}/").content.decode()
    assert "Cette invitation a expiré" in page
    assert "Demandez à Philippe Warnier" in page


def test_an_invitation_whose_last_day_is_over_opens_nothing(commune) -> None:
    offer = invite(commune, INES, ends_on=timezone.localdate())
    Invitation.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused, match="over"):
        actions.accept(offer, by=signed_in(INES))


def test_an_invitation_dies_with_its_inviters_title(commune) -> None:
    title(commune, SOPHIE, "co_gap")
    offer = invite(commune, INES, SOPHIE)
    actions.leave(Title.objects.get(person=person(SOPHIE)), by=signed_in(SOPHIE))
    offer.refresh_from_db()
    assert offer.state == Invitation.State.VOID
    with pytest.raises(Refused, match="over"):
        actions.accept(offer, by=signed_in(INES))


def test_what_was_offered_to_a_person_who_left_is_void(commune) -> None:
    held = title(commune, INES, role="read")
    offer = invite(commune, INES, role="submit")
    actions.close_title(held, by=signed_in(PHILIPPE), because="left_enterprise")
    offer.refresh_from_db()
    assert offer.state == Invitation.State.VOID


def test_a_longer_offer_replaces_the_shorter_title_and_a_shorter_one_takes_nothing(commune) -> None:
    soon = timezone.now() + timedelta(days=5)
    held = title(commune, INES, role="prepare", until=soon)
    actions.accept(invite(commune, INES), by=signed_in(INES))
    held.refresh_from_db()
    running = Title.objects.get(person=person(INES), span__contains=timezone.now())
    assert held.closed_because == "renewed"
    assert running.span.upper is None
    actions.accept(invite(commune, INES, ends_on=timezone.localdate()), by=signed_in(INES))
    assert Title.objects.get(person=person(INES), span__contains=timezone.now()) == running


def test_managing_accesses_is_accepted_with_a_strong_identity_only(commune) -> None:
    offer = invite(commune, INES, kind="co_gap", role="")
    answer = client_of(INES, level=400).post(f"/invitations/{offer.pk}/", {"accepter": "1"})
    assert "niveau=450" in answer.url
    with pytest.raises(Refused, match="level"):
        actions.accept(offer, by=signed_in(INES, 400))


def test_it_is_not_me_ends_the_offer_and_tells_the_inviter(commune) -> None:
    offer = invite(commune, INES)
    client_of(INES).post(f"/invitations/{offer.pk}/", {"pas_moi": "1"})
    offer.refresh_from_db()
    assert offer.state == Invitation.State.REFUSED
    assert "quelqu'un d'autre" in Notice.objects.get(person=person(PHILIPPE).pk).text


def test_what_is_offered_by_number_waits_on_top_of_ones_spaces(commune) -> None:
    offer = invite(commune, KARL)
    page = client_of(KARL).get("/espaces/").content.decode()
    assert f"/invitations/{offer.pk}/" in page
    assert "Einladung" in page


def test_the_form_is_checked_before_sending_and_never_shows_the_number_in_full(commune) -> None:
    browser, page = client_of(PHILIPPE), f"/espaces/{COMMUNE.number}/acces/inviter/"
    typed = {"given_names": "Inès", "family_name": "Carlier", "email": INES.email, "national_number": INES.national_number,
             "what": "prepare", "scope": "*", "message": "Bonjour"}  # fmt: skip
    check = browser.get(browser.post(page, typed).url)
    text = check.content.decode()
    assert "97.02.07-***.**" in text
    assert INES.national_number not in text + str(dict(browser.session))
    assert not Invitation.objects.exists()
    key = check.context["key"]
    assert INES.national_number not in browser.get(page, {"brouillon": key, "modifier": 1}).content.decode()
    assert browser.post(page, {"brouillon": key, "envoyer": "1"}).status_code == 303
    assert Invitation.objects.get().pinned_hash == person(INES).national_number_hash


def test_a_wrong_field_is_named_and_what_was_typed_stays(commune) -> None:
    typed = {"given_names": "Inès\x00", "family_name": "C" * 101, "email": "nulle part", "national_number": "97.02.07-998.68",
             "what": "owner", "scope": "*", "ends_on.day": "31", "ends_on.month": "2", "ends_on.year": "2027"}  # fmt: skip
    answer = client_of(PHILIPPE).post(f"/espaces/{COMMUNE.number}/acces/inviter/", typed)
    assert answer.status_code == 422
    wrong = {"given_names", "family_name", "email", "national_number", "what", "ends_on"}
    assert set(answer.context["form"].errors) == wrong
    assert "97.02.07-998.68" in answer.content.decode()


def test_an_empty_form_names_each_field_once(commune) -> None:
    answer = client_of(PHILIPPE).post(f"/espaces/{COMMUNE.number}/acces/inviter/", {"given_names": ""})
    summary = BeautifulSoup(answer.content, "html.parser").select_one(".govuk-error-summary__list")
    lines = [line.text for line in summary.find_all("li")]
    assert len(lines) == len(set(lines)) == 5
    assert "Complétez «\u00a0Prénom\u00a0»." in lines


def test_roles_are_told_in_words_that_fit_a_commune(commune) -> None:
    page = client_of(PHILIPPE).get(f"/espaces/{COMMUNE.number}/acces/inviter/").content.decode()
    assert "entreprise" not in BeautifulSoup(page, "html.parser").main.text


def test_a_reminder_goes_once_a_day(commune) -> None:
    offer = invite(commune, INES)
    browser, page = client_of(PHILIPPE), f"/espaces/{COMMUNE.number}/acces/invitations/{offer.pk}/annuler/"
    assert browser.post(page, {"rappeler": "1"}).status_code == 303
    assert browser.post(page, {"rappeler": "1"}).status_code == 422
    assert browser.post(page, {"annuler": "1"}).status_code == 303
    offer.refresh_from_db()
    assert offer.state == Invitation.State.CANCELLED


def test_the_portal_is_nobodys_machine_for_unwanted_mail(commune, settings) -> None:
    settings.RATE_LIMITS = True
    browser = client_of(PHILIPPE)
    assert send(browser, email="a0@exemple.be").url.endswith("?fait=invite")
    for _other in range(actions.INVITATIONS - 1):
        count_try("invitation", person(PHILIPPE).pk, limit=actions.INVITATIONS, seconds=3600)

    answer = send(browser, email="one-more@exemple.be")

    assert answer.status_code == 422
    assert "beaucoup d'invitations" in unescape(answer.content.decode())
    assert Mail.objects.count() == 1


@pytest.mark.parametrize("field", ["given_names", "family_name", "message"])
@pytest.mark.parametrize("odd", ["I\u202enès", "I\x07nès", "I\u0000nès"])
def test_what_an_invitation_says_holds_no_invisible_character(commune, field: str, odd: str) -> None:
    assert send(client_of(PHILIPPE), **{field: odd}).status_code == 422


def test_a_name_in_a_mail_is_one_line(commune) -> None:
    answer = send(client_of(PHILIPPE), given_names="Inès\n\nVotre compte est bloqué: https://mechant.example")
    assert answer.status_code == 422
    assert send(client_of(PHILIPPE), message="Bonjour Inès,\nà demain.").status_code == 303


def send(browser, **typed):
    """The two pages of an invitation: filled in, then checked and sent; the last answer."""
    place = f"/espaces/{COMMUNE.number}/acces/inviter/"
    plain = {"given_names": "Inès", "family_name": "Carlier", "email": INES.email, "what": "read", "scope": "*"}
    checked = browser.post(place, {**plain, **typed})
    if checked.status_code != 303:
        return checked
    return browser.post(place, {"brouillon": checked.url.split("brouillon=")[1], "envoyer": "1"})


def test_nothing_is_offered_that_has_ended_already(commune) -> None:
    with pytest.raises(Refused, match="past"):
        invite(commune, INES, ends_on=timezone.localdate() - timedelta(days=1))
    assert not Invitation.objects.exists()
