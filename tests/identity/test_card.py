"""The card read directly: who comes in, under which name, what the page offers, and how the responder is asked."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from monespace.identity import card as reading
from monespace.identity.limits import TooMany
from monespace.identity.models import Pending, Person, SignIn
from tests.cast import CLAIRE
from tests.factories import client_of, person
from tests.identity.cards import PAGE, card_of, citizen_ca, named, policy, reader
from tests.webeid.cards import Authority

__all__ = ["citizen_ca", "reader"]
SENTENCES = {
    "card_expired": "a expiré", "card_not_yet_valid": "pas encore valable", "card_revoked": "a été révoquée",
    "card_ocsp_invalid": "Réessayez dans quelques minutes", "card_authority_expired": "votre carte n'y est pour rien",
    "card_settings": "votre carte n'y est pour rien", "card_not_belgian": "une carte d'identité belge",
    "card_key": "une carte d'identité belge",
    "card_signature": "dans cette seule fenêtre", "card_parse": "dans cette seule fenêtre",
}  # fmt: skip


# --- who comes in -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("algorithm", ["ES384", "RS256"])
def test_a_card_of_today_or_of_before_opens_a_session_at_the_highest_level(reader, citizen_ca, algorithm: str) -> None:
    answer = reader.put(card_of(citizen_ca, algorithm)).sign_in(suite="/notifications/")
    assert (answer.status_code, answer.url) == (303, "/profil/bienvenue/")
    entered = SignIn.objects.get()
    assert (entered.method, entered.level, entered.provider) == ("eid", 500, "webeid")
    assert (entered.person.given_names, entered.person.family_name) == ("Claire Marie", "Dubois")
    assert reader.responder.asked[0][0] == "http://ocsp.example/citizen"
    assert reader.browser.post("/profil/bienvenue/", {"skip": "1"}).url == "/notifications/"


def test_it_is_the_same_person_as_by_any_other_means(reader) -> None:
    known = person(CLAIRE)
    assert reader.sign_in().url == "/espaces/"
    assert Person.objects.get() == known


@pytest.mark.parametrize(
    ("names", "given", "family"),
    [
        ({"GIVEN_NAME": None}, "", "Dubois"),
        ({"SURNAME": None}, "Claire Marie", ""),
        ({"SURNAME": "Du\u200bbois"}, "Claire Marie", "Dubois"),
    ],
)
def test_people_with_one_name_come_in_and_names_are_tidied(
    reader, citizen_ca, names: dict, given: str, family: str
) -> None:
    reader.put(card_of(citizen_ca, person=named(**names))).sign_in()
    found = Person.objects.get()
    assert (found.given_names, found.family_name) == (given, family)


@pytest.mark.parametrize("dotted", ["2.16.56.1.1.1.2.2", "2.16.56.12.1.1.7.2"])
def test_citizens_and_foreigners_cards_are_taken(reader, citizen_ca, dotted: str) -> None:
    assert reader.put(card_of(citizen_ca, more=policy(dotted))).sign_in().status_code == 303


def test_signing_out_after_a_card_ends_what_the_federal_service_had_opened_before_it(reader, provider) -> None:
    person(CLAIRE)
    leaving = reader.browser.post("/connexion/", {"way": "eid"})
    asked = dict(parse_qsl(urlsplit(leaving.url).query))
    reader.browser.get("/connexion/retour/", provider.approve(CLAIRE, asked, 500))
    reader.sign_in()
    answer = reader.browser.post("/deconnexion/")
    assert answer.url.startswith(f"{provider.issuer}/end_session?id_token_hint=")


def test_a_weaker_session_proves_more_and_the_former_one_ends(reader) -> None:
    weaker = client_of(CLAIRE, 400)
    reader.browser.cookies = weaker.cookies
    answer = reader.sign_in(suite="/profil/")
    assert answer.url == "/profil/"
    assert [one.level for one in SignIn.objects.filter(ended_at=None)] == [500]


def test_a_second_press_leads_on_instead_of_complaining(reader) -> None:
    person(CLAIRE)
    challenge = reader.challenge(suite="/notifications/")
    token = reader.card.token(challenge, "https://monespace.example")
    goal = {"suite": "/notifications/"}
    assert [reader.send(token, challenge, **goal).url for _press in range(2)] == ["/notifications/"] * 2
    assert SignIn.objects.count() == 1


def test_revocation_is_not_asked_where_settings_say_so(reader, settings) -> None:
    settings.WEBEID_OCSP = False
    assert reader.sign_in().status_code == 303
    assert reader.responder.asked == []


# --- the page -----------------------------------------------------------------------------------------------------------
def test_to_look_at_the_page_changes_nothing_and_the_sign_in_page_leads_there(reader) -> None:
    answer = reader.browser.post("/connexion/", {"way": "card", "suite": "/profil/", "niveau": "500"})
    assert answer.url == f"{PAGE}?suite=%2Fprofil%2F&niveau=500"
    page = reader.browser.get(answer.url)
    assert not Pending.objects.exists()
    assert "078 79 01 02" in page.content.decode()
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert "no-store" in page.headers["Cache-Control"]


def test_who_is_identified_strongly_enough_is_not_asked_again(reader) -> None:
    browser = client_of(CLAIRE, 450)
    assert browser.get(PAGE, {"suite": "/profil/", "niveau": "450"}).url == "/profil/"
    assert browser.get(PAGE, {"suite": "/profil/", "niveau": "500"}).status_code == 200


@pytest.mark.django_db
def test_where_the_way_is_off_there_is_no_page() -> None:
    for answer in (Client().get(PAGE), Client().post(PAGE), Client().post(reverse("identity:card_challenge"))):
        assert answer.status_code == 404


def test_challenges_are_counted_by_address_and_none_is_kept_past_the_limit(reader, monkeypatch) -> None:
    def often(**_who) -> None:
        raise TooMany(1200)

    monkeypatch.setattr("monespace.identity.views.card.may_begin", often)
    answer = reader.browser.post(reverse("identity:card_challenge"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1200")
    assert not Pending.objects.exists()


@pytest.mark.parametrize("code", list(SENTENCES))
def test_each_refusal_says_what_to_do(reader, monkeypatch, code: str) -> None:
    def refuse(*_told, **_also) -> None:
        raise reading.Refused(code)

    monkeypatch.setattr("monespace.identity.views.card.prove", refuse)
    text = reader.sign_in().content.decode().replace("\u00a0", " ").replace("&#39;", "'")
    assert SENTENCES[code] in text
    assert "Continuer avec" in text


# --- authorities --------------------------------------------------------------------------------------------------------
def test_authorities_come_from_a_file_or_a_folder_in_pem_or_der(tmp_path, citizen_ca) -> None:
    other = Authority.made("Foreigner CA")
    (tmp_path / "one.pem").write_bytes(citizen_ca.certificate.public_bytes(Encoding.PEM))
    (tmp_path / "two.crt").write_bytes(other.certificate.public_bytes(Encoding.DER))
    (tmp_path / "README").write_text("where they come from")
    assert reading.authorities(str(tmp_path)) == (citizen_ca.certificate, other.certificate)
    assert reading.authorities(str(tmp_path / "two.crt")) == (other.certificate,)


@pytest.mark.parametrize(
    "content", ["", "no certificate", "-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----\n"]
)
def test_a_file_without_certificates_is_said(tmp_path, content: str) -> None:
    (tmp_path / "ca.pem").write_text(content)
    with pytest.raises(ImproperlyConfigured, match="WEBEID_CA"):
        reading.authorities(str(tmp_path / "ca.pem"))


# --- the responder, over HTTP -------------------------------------------------------------------------------------------
@contextmanager
def server(answer) -> Iterator[str]:
    """A server that does this with each request; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer(self)

        def log_message(self, *_line) -> None:
            """Not on the screen of the tests."""

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}/"
    made.shutdown()
    made.server_close()


def say(handler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def test_the_question_travels_as_rfc_6960_says() -> None:
    def echo(handler) -> None:
        assert handler.headers["Content-Type"] == "application/ocsp-request"
        say(handler, handler.rfile.read(int(handler.headers["Content-Length"])))

    with server(echo) as url:
        assert reading.fetch(url, b"question") == b"question"


@pytest.mark.parametrize(
    "answer",
    [
        lambda handler: say(handler, b"", 503),
        lambda handler: say(handler, b"x" * 200_000),
        lambda handler: time.sleep(1),
    ],
)
def test_no_answer_too_long_a_one_or_a_slow_one_is_none(answer, monkeypatch) -> None:
    monkeypatch.setattr(reading, "OCSP_SECONDS", 0.5)
    with server(answer) as url, pytest.raises((requests.RequestException, TimeoutError)):
        reading.fetch(url, b"question")


def test_an_answer_in_drops_is_given_up(monkeypatch) -> None:
    def drip(handler) -> None:
        say(handler, b"")
        for _drop in range(20):
            handler.wfile.write(b"x" * 5000)
            handler.wfile.flush()
            time.sleep(0.1)

    monkeypatch.setattr(reading, "OCSP_SECONDS", 0.3)
    began = time.monotonic()
    with server(drip) as url, pytest.raises(TimeoutError):
        reading.fetch(url, b"question")
    assert time.monotonic() - began < 1.5


def test_a_redirect_is_not_followed(monkeypatch) -> None:
    with server(lambda handler: say(handler, b"", 302, Location="http://127.0.0.1:9/")) as url:
        assert reading.fetch(url, b"question") == b""


def test_those_who_wait_for_the_responder_do_not_take_all_threads(monkeypatch) -> None:
    monkeypatch.setattr(reading, "ASKING", threading.BoundedSemaphore(1))
    reading.ASKING.acquire()
    with pytest.raises(TimeoutError, match="too many"):
        reading.fetch("http://127.0.0.1:9/", b"question")
