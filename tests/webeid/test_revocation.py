"""A card is believed only while its authority says, now and to this very question, that it is not revoked."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import ocsp

from monespace.identity.webeid import Ocsp
from monespace.identity.webeid import Responder as Chosen
from tests.webeid.cards import AT, NONCE, OCSP_URL, YEAR, Authority, checked, key_for, refused
from tests.webeid.responder import ANSWERING, Responder, certificate_for_answers, nonce_of

MINUTE = timedelta(minutes=1)


@pytest.fixture
def responder(authority, card) -> Responder:
    """A responder that knows the card as good."""
    return Responder(authority, card)


def outcome(responder: Responder, **more) -> str:
    """Why a token of the responder's card is refused."""
    return refused(responder.card.token(), responder.authority, ocsp=responder.checker(**more))[0]


def test_a_good_card_is_believed_and_was_asked_for_properly(responder):
    assert checked(responder.card.token(), responder.authority, ocsp=responder.checker())

    [(url, request)] = responder.asked
    assert url == OCSP_URL
    assert request.serial_number == responder.card.certificate.serial_number
    assert isinstance(request.hash_algorithm, hashes.SHA1)
    assert len(nonce_of(request)) == 32


def test_each_question_has_a_nonce_of_its_own(responder):
    for _ in range(2):
        checked(responder.card.token(), responder.authority, ocsp=responder.checker())

    assert nonce_of(responder.asked[0][1]) != nonce_of(responder.asked[1][1])


@pytest.mark.parametrize(
    ("status", "reason"), [(ocsp.OCSPCertStatus.REVOKED, "revoked"), (ocsp.OCSPCertStatus.UNKNOWN, "unknown")]
)
def test_revoked_and_unknown_cards_are_refused(responder, status, reason):
    responder.status = status

    assert outcome(responder) == reason


@pytest.mark.parametrize(
    ("this", "following"),
    [
        (AT - 2 * MINUTE, None),
        (AT + 15 * MINUTE, None),
        (AT - 2 * MINUTE, AT + YEAR),
        (AT - MINUTE, AT - MINUTE),
    ],
)
def test_an_answer_within_the_limits_of_clocks_is_of_now(responder, this, following):
    responder.this, responder.following = this, following

    assert checked(responder.card.token(), responder.authority, ocsp=responder.checker())


@pytest.mark.parametrize(
    ("this", "following"),
    [
        (AT - 2 * MINUTE - timedelta(seconds=1), None),
        (AT - 2 * MINUTE - timedelta(seconds=1), AT + YEAR),
        (AT + 15 * MINUTE + timedelta(seconds=1), None),
        (AT - YEAR, AT - YEAR / 2),
    ],
)
def test_a_stale_or_early_answer_is_refused(responder, this, following):
    responder.this, responder.following = this, following

    assert outcome(responder) == "ocsp-invalid"


def test_an_answer_whose_time_is_over_is_refused_however_old_answers_may_be(responder):
    responder.this, responder.following = AT - YEAR, AT - 16 * MINUTE

    assert outcome(responder, oldest=2 * YEAR) == "ocsp-invalid"


@pytest.mark.parametrize("nonce", [None, b"\0" * 32, b"\1"])
def test_an_answer_to_another_question_is_refused(responder, nonce):
    responder.changed["nonce"] = nonce

    assert outcome(responder) == "ocsp-invalid"


def test_responders_that_repeat_no_nonce_are_named_one_by_one(responder):
    responder.changed["nonce"] = None

    assert checked(responder.card.token(), responder.authority, ocsp=responder.checker(no_nonce=[OCSP_URL]))
    assert nonce_of(responder.asked[-1][1]) is None
    assert outcome(responder, no_nonce=["http://other.example"]) == "ocsp-invalid"


def test_an_answer_about_another_certificate_is_refused(responder, authority):
    responder.changed["about"] = authority.card()

    assert outcome(responder) == "ocsp-invalid"


def test_an_answer_that_names_certificates_otherwise_than_asked_is_refused(responder):
    responder.changed["digest"] = hashes.SHA256()

    assert outcome(responder) == "ocsp-invalid"


def test_an_answer_without_its_responders_certificate_is_refused(responder):
    responder.changed["certificates"] = False

    assert outcome(responder) == "ocsp-invalid"


def test_an_answer_that_its_responder_did_not_sign_is_refused(responder):
    forger = ec.generate_private_key(ec.SECP256R1())
    responder.certificate = certificate_for_answers(responder.authority)
    responder.changed = {"named": certificate_for_answers(responder.authority, key=forger), "key": forger}

    assert outcome(responder) == "ocsp-invalid"


def test_an_answer_that_names_another_responder_is_refused(responder):
    key = responder.authority.key
    responder.certificate = certificate_for_answers(responder.authority, key=key)
    responder.changed = {"named": responder.authority.certificate, "key": key}

    assert outcome(responder) == "ocsp-invalid"


@pytest.mark.parametrize(
    "changed",
    [
        {"extensions": {}},
        {"extensions": {x509.ExtendedKeyUsage([x509.ObjectIdentifier("1.3.6.1.5.5.7.3.2")]): False}},
        {"begin": AT - 2 * YEAR, "end": AT - YEAR},
        {"begin": AT + YEAR, "end": AT + 2 * YEAR},
    ],
    ids=["no purpose", "another purpose", "expired", "not yet valid"],
)
def test_a_responder_whose_certificate_is_not_right_is_refused(responder, changed):
    responder.certificate = certificate_for_answers(responder.authority, **changed)

    assert outcome(responder) == "ocsp-invalid"


def test_a_responder_of_no_trusted_authority_is_refused(responder):
    responder.certificate = certificate_for_answers(Authority.made("Stranger"))

    assert outcome(responder) == "ocsp-invalid"


def test_a_responder_of_another_trusted_authority_is_accepted(responder):
    other = Authority.made("Root")
    responder.certificate = certificate_for_answers(other)

    assert checked(responder.card.token(), responder.authority, other, ocsp=responder.checker())


def test_the_card_itself_answers_for_nobody(responder):
    responder.certificate, responder.changed["key"] = responder.card.certificate, responder.card.key

    assert outcome(responder) == "ocsp-invalid"


# --- Chosen responders -------------------------------------------------------------------------------------------------
def test_a_chosen_responder_is_asked_instead_and_must_be_the_very_one(responder):
    responder.certificate = certificate_for_answers(Authority.made("Stranger"))
    chosen = Chosen("http://chosen.example", responder.certificate, (responder.authority.certificate,))

    assert checked(responder.card.token(), responder.authority, ocsp=responder.checker(responders=(chosen,)))
    assert responder.asked[-1][0] == "http://chosen.example"
    responder.certificate = certificate_for_answers(responder.authority)
    assert outcome(responder, responders=(chosen,)) == "ocsp-invalid"


def test_a_chosen_responder_out_of_its_dates_is_refused(responder):
    responder.certificate = certificate_for_answers(responder.authority, begin=AT - 2 * YEAR, end=AT - YEAR)

    assert outcome(responder, responders=(Chosen("http://chosen.example", responder.certificate),)) == "ocsp-invalid"


def test_a_chosen_responder_answers_for_the_authorities_it_was_chosen_for(responder):
    other = Chosen("http://chosen.example", responder.card.certificate, (Authority.made("Other").certificate,))

    assert checked(responder.card.token(), responder.authority, ocsp=responder.checker(responders=(other,)))


# --- No answer, no answer that can be read -----------------------------------------------------------------------------
def refuses(fetch) -> str:
    """Why a token is refused when this comes instead of an answer."""
    authority = Authority.made()
    return refused(authority.card().token(), authority, ocsp=Ocsp(fetch))[0]


def test_a_responder_that_does_not_answer_bars_the_way():
    def failing(url: str, request: bytes) -> bytes:
        raise TimeoutError(url)

    assert refuses(failing) == "ocsp-unreachable"


@pytest.mark.parametrize("answer", [b"", b"\0", b"<html>", None, "text", b"\x30\x03\x0a\x01\x00", b"x" * 200_000])
def test_what_is_no_answer_bars_the_way(answer):
    assert refuses(lambda url, request: answer) == "ocsp-invalid"


@pytest.mark.parametrize(
    "status", [one for one in ocsp.OCSPResponseStatus if one is not ocsp.OCSPResponseStatus.SUCCESSFUL]
)
def test_a_responder_that_declines_bars_the_way(status):
    from cryptography.hazmat.primitives.serialization import Encoding

    declined = ocsp.OCSPResponseBuilder.build_unsuccessful(status).public_bytes(Encoding.DER)

    assert refuses(lambda url, request: declined) == "ocsp-unreachable"


@pytest.mark.parametrize("address", ["ldap://ocsp.example", "file:///etc/passwd", "ocsp.example"])
def test_a_certificate_that_names_no_web_address_bars_the_way(address, responder):
    oid = x509.oid.AuthorityInformationAccessOID.OCSP
    named = x509.AuthorityInformationAccess([x509.AccessDescription(oid, x509.UniformResourceIdentifier(address))])
    authority = responder.authority

    assert (
        refused(authority.card(more={named: False}).token(), authority, ocsp=responder.checker())[0]
        == "ocsp-unreachable"
    )
    assert refused(
        authority.card(less=(x509.AuthorityInformationAccess,)).token(), authority, ocsp=responder.checker()
    )[0]
    assert responder.asked == []


# --- The order -----------------------------------------------------------------------------------------------------------
def test_nobody_is_asked_about_a_card_of_a_stranger_and_the_signature_is_looked_at_last(responder, authority):
    stranger = Authority.made("Stranger").card()

    assert refused(stranger.token(), authority, ocsp=responder.checker())[0] == "not-trusted"
    assert responder.asked == []
    responder.status = ocsp.OCSPCertStatus.REVOKED
    assert refused(responder.card.token(nonce=NONCE[::-1]), authority, ocsp=responder.checker())[0] == "revoked"


def test_what_came_between_is_asked_for_too(authority):
    from tests.webeid.cards import text_of

    asked = []
    root = Authority.made("Root")
    middle = Authority.made("Middle", by=root)
    sent = {"format": "web-eid:1.1", "unverifiedIntermediateCertificates": [text_of(middle.certificate)]}

    def note(certificate, issuer, *, trusted, at):
        asked.append((certificate, issuer))

    card = middle.card()
    assert checked(card.token(**sent), root, ocsp=note)
    assert asked == [(card.certificate, middle.certificate), (middle.certificate, root.certificate)]


def test_a_key_that_signs_rsa_answers_too(responder):
    key = key_for("RS256")
    name = responder.certificate or certificate_for_answers(responder.authority)
    responder.certificate = responder.authority.issue(name.subject, key.public_key(), {ANSWERING: False})
    responder.changed["key"] = key

    assert checked(responder.card.token(), responder.authority, ocsp=responder.checker())
