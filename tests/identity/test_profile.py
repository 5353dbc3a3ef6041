"""What a person says of themselves: language, e-mail confirmed by its code, telephone."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from monespace.identity import actions
from monespace.identity.limits import TooMany
from monespace.identity.models import EmailCode
from monespace.journal.models import Entry
from monespace.notices.models import Mail
from tests.cast import CLAIRE, KARL
from tests.factories import client_of, person

pytestmark = pytest.mark.django_db


def code_sent() -> str:
    return re.search(r"\b\d{6}\b", Mail.objects.order_by("-created_at").first().text)[0]


def test_a_new_address_counts_once_its_code_came_back() -> None:
    browser = client_of(CLAIRE)
    answer = browser.post("/profil/", {"language": "fr", "email": "new@courrier.example", "phone": "0475 12 34 56"})
    assert answer.url == "/profil/code/"
    assert (person(CLAIRE).email, person(CLAIRE).phone) == (CLAIRE.email, "+32475123456")
    assert browser.post("/profil/code/", {"code": " 12 34 "}).status_code == 422
    assert browser.post("/profil/code/", {"code": code_sent()}).status_code == 303
    assert person(CLAIRE).email == "new@courrier.example"


def test_five_wrong_codes_void_it() -> None:
    actions.send_email_code(person(CLAIRE), "new@courrier.example")
    right = code_sent()
    for _attempt in range(5):
        with pytest.raises(actions.WrongCode):
            actions.confirm_email(person(CLAIRE), "000000" if right != "000000" else "111111")
    with pytest.raises(actions.WrongCode) as wrong:
        actions.confirm_email(person(CLAIRE), right)
    assert wrong.value.over


def test_a_code_dies_after_ten_minutes_and_another_can_be_asked_for() -> None:
    browser = client_of(CLAIRE)
    actions.send_email_code(person(CLAIRE), "new@courrier.example")
    assert browser.post("/profil/code/", {"again": "1"}).status_code == 303
    assert Mail.objects.count() == 2
    assert EmailCode.objects.get().expires_at - timezone.now() <= timedelta(minutes=10)
    EmailCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(actions.WrongCode):
        actions.confirm_email(person(CLAIRE), code_sent())


def test_the_code_of_one_person_is_no_ones_else() -> None:
    actions.send_email_code(person(CLAIRE), "new@courrier.example")
    with pytest.raises(actions.WrongCode):
        actions.confirm_email(person(KARL), code_sent())


def test_a_sixth_code_in_an_hour_is_refused() -> None:
    for _try in range(5):
        actions.send_email_code(person(CLAIRE), "new@courrier.example")
    with pytest.raises(TooMany):
        actions.send_email_code(person(CLAIRE), "new@courrier.example")
    answer = client_of(CLAIRE).post("/profil/", {"language": "fr", "email": "other@courrier.example", "phone": ""})
    assert answer.status_code == 422
    assert "Réessayez dans" in answer.content.decode()


def test_the_mail_is_in_the_persons_language_and_the_journal_holds_neither_address_nor_code() -> None:
    actions.send_email_code(person(KARL), "neu@post.example")
    code = code_sent()
    assert "Ihr Code" in Mail.objects.get().text
    actions.confirm_email(person(KARL), code)
    written = str(list(Entry.objects.values("act", "detail", "on_id", "space")))
    assert "person.email_confirmed" in written
    assert code not in written
    assert "neu@" not in written


@pytest.mark.parametrize("typed", ["12", "+32 475 12", "téléphone", "0475\x0012", "9" * 60])
def test_a_telephone_number_that_is_none_is_refused_beside_its_field(typed: str) -> None:
    answer = client_of(CLAIRE).post("/profil/", {"language": "fr", "email": CLAIRE.email, "phone": typed})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["phone"]


def test_an_empty_address_is_forgotten() -> None:
    client_of(CLAIRE).post("/profil/", {"language": "de", "email": "", "phone": ""})
    assert (person(CLAIRE).email, person(CLAIRE).language) == ("", "de")
