"""Attacks on the card read directly: each is refused with its code, on the page's reference, in the log and in the journal."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.ocsp import OCSPCertStatus
from django.conf import settings as configured
from django.test import Client
from django.utils import timezone

from monespace.identity.models import Pending, SignIn
from tests.cast import HUGO
from tests.identity.cards import (
    DATES,
    NOW,
    ORIGIN,
    PAGE,
    Reader,
    assert_refused,
    card_of,
    citizen_ca,
    named,
    policy,
    reader,
    trust,
)
from tests.webeid.cards import Authority, text_of, usage
from tests.webeid.responder import certificate_for_answers

__all__ = ["citizen_ca", "reader"]
DAY = timedelta(days=1)


# --- challenges ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "origin", ["https://monespace.example.org", "https://monespace.example:8443", "http://monespace.example"]
)
def test_a_token_signed_for_another_site(reader, origin: str) -> None:
    assert_refused("card_signature", lambda: reader.sign_in(origin=origin))


def test_the_challenge_of_another_browser(reader, citizen_ca) -> None:
    """Login CSRF: the adversary's own good answer, brought by the victim's browser."""
    adversary = Reader(citizen_ca)
    challenge = adversary.challenge()
    reader.challenge()
    assert_refused("lost", lambda: reader.send(reader.card.token(challenge, ORIGIN), challenge), status=400)
    assert_refused("lost", lambda: adversary.send(adversary.card.token(challenge, ORIGIN), challenge), status=400)


def test_a_challenge_nobody_made(reader) -> None:
    challenge = "A" * 43 + "="
    assert_refused("lost", lambda: reader.send(reader.card.token(challenge, ORIGIN), challenge), status=400)


def test_a_token_played_again_elsewhere(reader, citizen_ca) -> None:
    challenge = reader.challenge()
    token = reader.card.token(challenge, ORIGIN)
    assert reader.send(token, challenge).status_code == 303
    thief = Reader(citizen_ca)
    assert_refused("lost", lambda: thief.send(token, challenge), status=400)
    assert_refused("card_signature", lambda: thief.send(token, thief.challenge()))


def test_a_challenge_counts_once_also_when_its_answer_was_wrong(reader) -> None:
    challenge = reader.challenge()
    assert_refused(
        "card_signature", lambda: reader.send(reader.card.token(challenge, "https://evil.example"), challenge)
    )
    assert_refused("lost", lambda: reader.send(reader.card.token(challenge, ORIGIN), challenge), status=400)


def test_an_answer_after_five_minutes(reader) -> None:
    challenge = reader.challenge()
    waiting = Pending.objects.get(kind="webeid")
    assert timedelta(minutes=4) < waiting.expires_at - timezone.now() <= timedelta(minutes=5)
    Pending.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert_refused("lost", lambda: reader.send(reader.card.token(challenge, ORIGIN), challenge), status=400)


def test_an_answer_sent_by_another_site(reader) -> None:
    """Without the form's token nothing is looked at, neither for a challenge nor for an answer."""
    strict = Client(enforce_csrf_checks=True)
    for address in (PAGE, PAGE + "defi/"):
        assert strict.post(address, {"challenge": "x", "token": "y"}).status_code == 403
    assert not Pending.objects.exists()
    assert not SignIn.objects.exists()


def test_a_session_known_before_is_not_the_one_signed_in(reader) -> None:
    reader.challenge()
    name = configured.SESSION_COOKIE_NAME
    known = reader.browser.cookies[name].value
    assert reader.sign_in().status_code == 303
    assert reader.browser.cookies[name].value != known
    planted = Client()
    planted.cookies[name] = known
    assert planted.get("/profil/").status_code == 303


@pytest.mark.parametrize("suite", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_a_way_out_to_another_site(reader, suite: str) -> None:
    reader.sign_in(suite=suite)
    answer = reader.browser.post("/profil/bienvenue/", {"skip": "1"})
    assert answer.url == "/espaces/"


# --- cards --------------------------------------------------------------------------------------------------------------
def test_a_card_of_an_authority_of_ones_own(reader, citizen_ca) -> None:
    same_name = Authority.made("eID TEST Citizen CA", **DATES)
    assert_refused("card_not_trusted", reader.put(card_of(same_name)).sign_in)


def test_an_authority_that_has_expired(reader, settings, tmp_path) -> None:
    old = Authority.made("Old CA", begin=NOW - 9 * DAY, end=NOW - DAY)
    trust(settings, tmp_path, old)
    assert_refused("card_authority_expired", reader.put(card_of(old)).sign_in)


def test_the_certificate_for_signing_papers(reader, citizen_ca) -> None:
    paper = card_of(citizen_ca, less=(x509.ExtendedKeyUsage,), more={usage("content_commitment"): True})
    assert_refused("card_wrong_purpose", reader.put(paper).sign_in)


@pytest.mark.parametrize(
    "dotted", ["2.16.56.12.1.1.2.1", "2.16.56.12.1.1.2.2.1", "2.16.56.12.1.1.7.1", "1.3.6.1.4.1.10015.1.3"]
)
def test_a_policy_that_is_not_of_authentication(reader, citizen_ca, dotted: str) -> None:
    assert_refused("card_policy", reader.put(card_of(citizen_ca, more=policy(dotted))).sign_in)


def test_no_policy(reader, citizen_ca) -> None:
    assert_refused("card_policy", reader.put(card_of(citizen_ca, less=(x509.CertificatePolicies,))).sign_in)


@pytest.mark.parametrize(
    ("dates", "code"),
    [
        ({"begin": NOW - 9 * DAY, "end": NOW - DAY}, "card_expired"),
        ({"begin": NOW + DAY, "end": NOW + 9 * DAY}, "card_not_yet_valid"),
    ],
)
def test_a_card_out_of_its_dates(reader, citizen_ca, dates: dict, code: str) -> None:
    assert_refused(code, reader.put(card_of(citizen_ca, **dates)).sign_in)


@pytest.mark.parametrize(("algorithm", "code"), [("none", "card_parse"), ("HS256", "card_parse"), ("ES256", "card_signature"),
                                                 ("RS384", "card_signature"), (None, "card_parse")])  # fmt: skip
def test_an_algorithm_that_is_not_the_cards(reader, algorithm: str | None, code: str) -> None:
    assert_refused(code, lambda: reader.sign_in(algorithm=algorithm))


def test_somebody_elses_certificate_with_ones_own_signature(reader, citizen_ca) -> None:
    victim = card_of(citizen_ca, key=ec.generate_private_key(ec.SECP384R1()))
    reader.responder.changed["about"] = victim
    assert_refused("card_signature", lambda: reader.sign_in(unverifiedCertificate=text_of(victim.certificate)))


def test_a_card_of_another_country(reader, citizen_ca) -> None:
    estonian = named(COUNTRY_NAME="EE", SERIAL_NUMBER="PNOEE-38001085718")
    assert_refused("card_not_belgian", reader.put(card_of(citizen_ca, person=estonian)).sign_in)


@pytest.mark.parametrize("number", ["PNOBE-85031499897", "85.03.14-998.97", "8503149989"])
def test_a_number_that_is_written_otherwise(reader, citizen_ca, number: str) -> None:
    assert_refused("card_not_belgian", reader.put(card_of(citizen_ca, person=named(SERIAL_NUMBER=number))).sign_in)


def test_a_number_whose_check_digits_are_wrong(reader, citizen_ca) -> None:
    assert_refused("card_number", reader.put(card_of(citizen_ca, person=named(SERIAL_NUMBER="85031499898"))).sign_in)


@pytest.mark.parametrize("algorithm", ["ES256", "ES512"])
def test_a_key_that_no_belgian_card_has(reader, citizen_ca, algorithm: str) -> None:
    assert_refused("card_key", reader.put(card_of(citizen_ca, algorithm)).sign_in)


@pytest.mark.parametrize(
    "token", ["", "{}", "null", "[" * 5000, '{"format": "web-eid:1.0"}' + " " * 100, "x" * 20_000, "\x00" * 200]
)
def test_what_is_no_token(reader, token: str) -> None:
    assert_refused("card_parse", lambda: reader.send(token, reader.challenge()))


def test_a_token_of_an_older_or_unknown_format(reader) -> None:
    for format_ in ("web-eid:2.0", "web-eid:1.0 ", "jwt"):
        assert_refused("card_parse", lambda format_=format_: reader.sign_in(format=format_))


# --- revocation ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("status", "code"), [(OCSPCertStatus.REVOKED, "card_revoked"), (OCSPCertStatus.UNKNOWN, "card_unknown")]
)
def test_a_card_that_its_authority_does_not_call_good(reader, status: OCSPCertStatus, code: str) -> None:
    reader.responder.status = status
    assert_refused(code, reader.sign_in)


def test_an_answer_of_an_hour_ago(reader) -> None:
    reader.responder.this -= timedelta(hours=1)
    assert_refused("card_ocsp_invalid", reader.sign_in)


def test_an_answer_to_another_question(reader) -> None:
    reader.responder.changed["nonce"] = b"n" * 32
    assert_refused("card_ocsp_invalid", reader.sign_in)


def test_an_answer_about_another_card(reader, citizen_ca) -> None:
    reader.responder.changed["about"] = card_of(citizen_ca)
    assert_refused("card_ocsp_invalid", reader.sign_in)


def test_an_answer_signed_by_another_authority(reader) -> None:
    elsewhere = certificate_for_answers(Authority.made("eID TEST Citizen CA", **DATES), **DATES)
    reader.responder.certificate = elsewhere
    assert_refused("card_ocsp_invalid", reader.sign_in)


def test_an_answer_signed_by_a_card(reader, citizen_ca) -> None:
    """A card of the same authority, which is not for such answers."""
    thief = card_of(citizen_ca)
    reader.responder.certificate, reader.responder.changed["key"] = thief.certificate, thief.key
    assert_refused("card_ocsp_invalid", reader.sign_in)


@pytest.mark.parametrize("trouble", [ConnectionError, TimeoutError])
def test_a_responder_that_does_not_answer_opens_nothing(reader, trouble: type[Exception]) -> None:
    def down(url: str, asked: bytes) -> bytes:
        raise trouble

    reader.responder.fetch = down
    assert "Impossible de vérifier en ce moment si votre carte est toujours valable" in assert_refused(
        "card_ocsp_unreachable", reader.sign_in
    )


def test_a_certificate_that_names_no_responder(reader, citizen_ca) -> None:
    silent = card_of(citizen_ca, less=(x509.AuthorityInformationAccess,))
    assert_refused("card_ocsp_unreachable", reader.put(silent).sign_in)


# --- the portal's own settings --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("name", "value"), [("WEBEID_CA", ""), ("WEBEID_CA", "nowhere.pem"), ("WEBEID_ORIGIN", "http://monespace.example"),
                                             ("WEBEID_ORIGIN", "https://monespace.example/")])  # fmt: skip
def test_settings_that_are_wrong_let_nobody_in(reader, settings, name: str, value: str) -> None:
    setattr(settings, name, value)
    assert_refused("card_settings", reader.sign_in)


def test_a_stronger_proof_by_somebody_else_does_not_reach_the_first_ones_page(reader, citizen_ca) -> None:
    reader.sign_in()
    other = named(SERIAL_NUMBER=HUGO.national_number, GIVEN_NAME="Hugo", SURNAME="Martin")
    answer = reader.put(card_of(citizen_ca, person=other)).sign_in(suite="/espaces/moi/dossiers/")
    assert answer.url == "/profil/bienvenue/"
    assert reader.browser.post("/profil/bienvenue/", {"skip": "1"}).url == "/espaces/"
    assert SignIn.objects.filter(ended_at=None).count() == 1
