"""Requests that cost their sender nothing: rows of visitors, questions to a responder, oracles."""

import json
import re
import threading
from contextlib import suppress

import pytest
from django.contrib.sessions.models import Session
from django.db import connections
from django.test import RequestFactory

from monespace.identity.http import sender
from monespace.identity.models import SignIn
from monespace.identity.sms import passwords
from monespace.identity.sms import phones as bindings
from monespace.identity.views import own_code as own_code_views
from monespace.notices import jobs
from monespace.notices.gateway import GatewayDown
from monespace.notices.models import Sms
from monespace.notices.queries import sms_trouble
from tests.cast import CLAIRE
from tests.factories import client_of, signed_in
from tests.identity import phones
from tests.identity.cards import ORIGIN, citizen_ca, reader
from tests.identity.phones import NOBODYS, NUMBER, PASSWORD, ask, browser

__all__ = ["citizen_ca", "reader"]
db = pytest.mark.django_db


def test_a_card_that_signed_nothing_asks_nobody(reader, citizen_ca, monkeypatch) -> None:
    """Whoever has a certificate (his own, or one that was seen) keeps both threads for the responder busy without a PIN."""
    asked = []
    challenge = reader.challenge()
    token = json.loads(reader.card.token(challenge, ORIGIN))
    token["signature"] = json.loads(reader.card.token("A" * 44, ORIGIN))["signature"]
    monkeypatch.setattr("monespace.identity.card.fetch", lambda url, _request: asked.append(url) or b"")
    reader.send(json.dumps(token), challenge)
    assert asked == []


@db
def test_a_gateway_that_is_down_does_not_tell_who_bound_a_number(own_code, settings) -> None:
    settings.SMS_GATEWAY_URL = "http://127.0.0.1:9/sms"
    phones.bound()

    def told(number: str) -> str:
        ask(browser(), number)
        with suppress(GatewayDown):
            jobs.send_sms(str(Sms.objects.latest("created_at").pk))
        return sms_trouble()

    assert told(NOBODYS) == told(NUMBER)


def test_a_port_behind_an_address_is_no_other_address(settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    made = [
        sender(RequestFactory().get("/", headers={"x-forwarded-for": each}))
        for each in ("203.0.113.9:4711", "203.0.113.9:4712", "203.0.113.9", "[2001:db8::1]:80", "2001:db8::2")
    ]
    assert made == ["203.0.113.9"] * 3 + ["2001:db8::/64"] * 2


@db
def test_a_change_of_language_keeps_where_one_was_going(own_code) -> None:
    page = ask(browser(), "0", suite="/profil/telephone/", niveau=400).content.decode()
    assert "/connexion/code/?suite=%2Fprofil%2Ftelephone%2F&amp;niveau=400&amp;langue=de" in page


def test_a_number_given_up_while_its_code_comes_back_opens_nothing(committed, own_code, monkeypatch) -> None:
    """Whoever ends what a number opened, ends also the session that is just being opened."""
    phones.bound()
    by, enter, others = signed_in(CLAIRE), own_code_views.enter, []

    def at_this_moment(request, proof, **goal):
        others.append(threading.Thread(target=give_up, args=(by,)))
        others[0].start()
        others[0].join(0.5)
        return enter(request, proof, **goal)

    monkeypatch.setattr(own_code_views, "enter", at_this_moment)
    phones.enter(browser())
    others[0].join()
    assert SignIn.objects.get(provider="sms").ended_at


@db
def test_a_password_changed_while_it_is_checked_opens_nothing(own_code, monkeypatch) -> None:
    phones.bound(password=PASSWORD)
    by, is_right, thief = signed_in(CLAIRE), passwords.is_right, browser()
    phones.enter(thief, password="pas le bon mot de passe")

    def at_this_moment(password: str, kept: str) -> bool:
        right = is_right(password, kept)
        bindings.set_password(by, "cinq vaches sous la digue")
        return right

    monkeypatch.setattr(passwords, "is_right", at_this_moment)
    assert thief.post("/connexion/code/mot-de-passe/", {"password": PASSWORD}).status_code == 403
    assert not SignIn.objects.filter(provider="sms").exists()


def give_up(by: SignIn) -> None:
    bindings.unbind(by)
    connections.close_all()


@db
def test_a_writer_does_not_fill_the_table_of_sessions(monkeypatch) -> None:
    """Her token does not end with her session: sent by browsers without one, each page would be kept in a session of its own."""
    monkeypatch.setattr("monespace.identity.typed.MOST_AN_HOUR", 3)
    page = client_of(CLAIRE).get("/profil/").content.decode()
    before, token = Session.objects.count(), re.search(r'name="writer" value="([^"]+)"', page)[1]
    for _one in range(5):
        assert browser().post("/profil/", {"writer": token, "phone": "x" * 1000}).status_code == 303
    assert Session.objects.count() == before + 3
