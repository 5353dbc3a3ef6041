"""Attacks on the number and the password that go with the portal's own SMS code: each is refused."""

from datetime import timedelta

import pytest
from django.utils import timezone

from monespace.identity.models import SignIn, SmsCode
from monespace.journal.models import Entry
from tests.cast import CLAIRE, HUGO, KARL
from tests.factories import client_of, person
from tests.identity import phones
from tests.identity.phones import (
    NUMBER,
    OTHER,
    PASSWORD,
    ask,
    browser,
    enter,
    last_code,
    messages,
    type_code,
)

pytestmark = pytest.mark.usefixtures("own_code")
db = pytest.mark.django_db


def refused(answer, code: str) -> None:
    """The page says a reference; the journal holds it with the reason."""
    entry = Entry.objects.filter(act="sign_in.refused").latest("id")
    assert (entry.detail["code"], entry.detail["way"]) == (code, "code")
    assert entry.detail["reference"] in answer.content.decode()
    assert not SignIn.objects.exists()


@db
def test_the_code_that_binds_a_number_signs_nobody_in() -> None:
    phones.bound(KARL, OTHER)
    hugo = client_of(HUGO)
    hugo.post("/profil/telephone/", {"number": OTHER})
    code = last_code()
    thief = browser()
    ask(thief, OTHER)
    if code != last_code():
        assert type_code(thief, code).status_code == 422


@db
def test_a_number_swapped_to_somebody_else_ends_the_first_binding_and_tells_both() -> None:
    """The operator gave Claire's old number to Hugo, who proves it: from now on it opens his space, never hers."""
    phones.bound(CLAIRE, NUMBER, PASSWORD)
    opened = SignIn.objects.create(person=person(CLAIRE), method="sms", level=400, provider="sms")
    hugo = client_of(HUGO)
    hugo.post("/profil/telephone/", {"number": NUMBER})
    hugo.post("/profil/telephone/code/", {"code": last_code()})
    assert not hasattr(person(CLAIRE), "boundphone")
    assert person(HUGO).boundphone.password == "", "her password is not his"
    opened.refresh_from_db()
    assert opened.ended_at
    told = {(entry.act, entry.person) for entry in Entry.objects.filter(act__startswith="phone.")}
    assert told == {("phone.taken", person(CLAIRE).pk), ("phone.bound", person(HUGO).pk)}
    assert [message["to"] for message in messages()] == [NUMBER], (
        "the code alone: nothing of hers is sent to his telephone"
    )
    mine = browser()
    enter(mine)
    assert SignIn.objects.filter(provider="sms", ended_at=None).get().person == person(HUGO)


@db
def test_a_number_is_not_bound_with_anothers_code_nor_by_a_weaker_session() -> None:
    claire, hugo = client_of(CLAIRE), client_of(HUGO)
    claire.post("/profil/telephone/", {"number": NUMBER})
    session = hugo.session
    session["bound_code"] = claire.session["bound_code"]
    session.save()
    assert hugo.post("/profil/telephone/code/", {"code": last_code()}).url == "/profil/telephone/"
    SignIn.objects.update(level=400)
    assert claire.post("/profil/telephone/code/", {"code": last_code()}).url.startswith("/connexion/")
    assert not hasattr(person(CLAIRE), "boundphone")


@db
def test_a_stolen_telephone_does_not_guess_the_password_for_long() -> None:
    phones.bound(password=PASSWORD)
    thief = browser()
    enter(thief, password="un mot de passe au hasard")
    answers = [thief.post("/connexion/code/mot-de-passe/", {"password": f"essai {n} de mot"}) for n in range(10)]
    assert [answer.status_code for answer in answers] == [422] * 9 + [429]
    refused(answers[-1], "too_many")
    assert ask(browser(), password=PASSWORD).status_code == 429, "nor by beginning again"


@db
def test_a_code_proven_waits_five_minutes_for_its_password() -> None:
    phones.bound(password=PASSWORD)
    thief = browser()
    enter(thief, password="un mot de passe au hasard")
    SmsCode.objects.update(proven_at=timezone.now() - timedelta(minutes=6))
    answer = thief.post("/connexion/code/mot-de-passe/", {"password": PASSWORD})
    refused(answer, "sms_over")


@db
def test_the_page_of_the_password_opens_nothing_before_the_code() -> None:
    phones.bound(password=PASSWORD)
    thief = browser()
    ask(thief, password="un mot de passe au hasard")
    for given in ({"password": PASSWORD}, {"without": "1"}):
        assert thief.post("/connexion/code/mot-de-passe/", given).url.startswith("/connexion/code/")
    assert not SignIn.objects.exists()
