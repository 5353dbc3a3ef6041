"""Whose certificate is believed: its purpose, its policy, its dates, the authority that issued it."""

import warnings

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from monespace.identity.webeid import MOBILE_ID_POLICIES
from tests.webeid.cards import AT, PERSON, POLICY, YEAR, Authority, Card, checked, key_for, name_of, refused, usage

WRONG_PURPOSE = ("wrong-purpose", "card")
UNKNOWN = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")


def policies(*found: str) -> dict:
    """A policies extension with these."""
    return {
        x509.CertificatePolicies([x509.PolicyInformation(x509.ObjectIdentifier(one), None) for one in found]): False
    }


# --- Purpose, policy ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "changed",
    [
        {"less": (x509.KeyUsage,)},
        {"more": {usage("content_commitment"): True}},
        {"more": {usage(): True}},
        {"more": {x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]): False}},
        {"more": {x509.ExtendedKeyUsage([ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE]): False}},
        {"more": {x509.BasicConstraints(ca=True, path_length=None): True}},
    ],
    ids=["no key usage", "signing certificate", "no purpose", "mail only", "any purpose", "an authority"],
)
def test_a_certificate_for_another_purpose_is_refused(authority, changed):
    assert refused(authority.card(**changed).token(), authority) == WRONG_PURPOSE


def test_the_cards_own_signing_certificate_is_refused(authority):
    more = {usage("content_commitment"): True}

    assert refused(authority.card(less=(x509.ExtendedKeyUsage,), more=more).token(), authority) == WRONG_PURPOSE


def test_a_refused_policy_is_refused_and_no_other(authority, card):
    mobile = authority.card(more=policies(POLICY, MOBILE_ID_POLICIES[2]))

    assert refused(mobile.token(), authority, disallowed_policies=MOBILE_ID_POLICIES) == ("disallowed-policy", "card")
    assert (
        refused(card.token(), authority, disallowed_policies=[x509.ObjectIdentifier(POLICY)])[0] == "disallowed-policy"
    )
    assert checked(mobile.token(), authority)
    assert checked(card.token(), authority, disallowed_policies=[POLICY + ".1", POLICY.rpartition(".")[0]])
    assert checked(authority.card(less=(x509.CertificatePolicies,)).token(), authority, disallowed_policies=[POLICY])


# --- Dates -------------------------------------------------------------------------------------------------------------
def test_the_clock_decides_before_the_authority_is_asked_for(authority):
    card = authority.card(begin=AT - 3 * YEAR, end=AT - 2 * YEAR)

    assert refused(card.token(), authority) == ("expired", "card")
    assert refused(card.token()) == ("expired", "card")
    assert refused(card.token(), authority, at=AT - 4 * YEAR) == ("not-yet-valid", "card")


@pytest.mark.parametrize(
    ("begin", "end", "reason"), [(AT - 3 * YEAR, AT - YEAR, "expired"), (AT + YEAR, AT + 3 * YEAR, "not-yet-valid")]
)
def test_an_authority_out_of_its_dates_issues_nothing(begin, end, reason):
    other = Authority.made("Out of date", begin=begin, end=end)

    assert refused(other.card().token(), other) == (reason, "authority")


def test_an_unrelated_authority_out_of_its_dates_does_not_matter(authority, card):
    old = Authority.made("Old", begin=AT - 3 * YEAR, end=AT - 2 * YEAR)
    namesake = Authority.made("eID TEST Citizen CA", begin=AT - 3 * YEAR, end=AT - 2 * YEAR)

    assert checked(card.token(), old, namesake, authority)


def test_an_authority_whose_certificate_was_renewed_issues_under_the_one_that_is_valid(authority, card):
    old = Authority.made("eID TEST Citizen CA", key=authority.key, begin=AT - 3 * YEAR, end=AT - 2 * YEAR)

    assert checked(card.token(), old, authority)
    assert refused(card.token(), old) == ("expired", "authority")


# --- Authority ---------------------------------------------------------------------------------------------------------
NOT_TRUSTED = ("not-trusted", "card")


def test_a_card_of_an_authority_that_is_not_trusted_is_refused(authority, card):
    assert refused(card.token(), Authority.made("Another")) == NOT_TRUSTED
    assert refused(card.token()) == NOT_TRUSTED


def test_an_authority_of_the_same_name_with_another_key_is_another(authority, card):
    namesake = Authority.made("eID TEST Citizen CA")

    assert refused(card.token(), namesake) == NOT_TRUSTED
    assert checked(card.token(), namesake, authority)


def test_of_two_authorities_of_one_name_the_one_whose_key_it_was_issues(authority):
    namesake = Authority.made("eID TEST Citizen CA")
    silent = (x509.AuthorityKeyIdentifier,)

    assert checked(authority.card(less=silent).token(), namesake, authority)
    assert refused(authority.card(less=silent).token(), namesake) == NOT_TRUSTED


def test_a_certificate_that_names_another_key_than_its_issuers_is_refused(authority):
    other = x509.AuthorityKeyIdentifier(b"\x01" * 20, None, None)

    assert refused(authority.card(more={other: False}).token(), authority) == NOT_TRUSTED


def test_a_card_that_signs_itself_under_the_authoritys_name_is_refused(authority):
    key = key_for("ES384")
    own = Authority(authority.certificate, key)  # its name, its certificate, not its key

    assert refused(own.card().token(), authority)[0] == "not-trusted"
    assert refused(Authority(authority.certificate, ec.generate_private_key(ec.SECP384R1())).card().token(), authority)[
        0
    ]


def test_a_trusted_authority_ends_the_way_whatever_is_above_it():
    root = Authority.made("Root", begin=AT - 3 * YEAR, end=AT - 2 * YEAR)
    middle = Authority.made("Citizen CA", by=root)

    assert checked(middle.card().token(), middle)
    assert refused(middle.card().token(), root) == NOT_TRUSTED  # a token of format 1.0 brings no certificate between


@pytest.mark.parametrize(
    "extensions",
    [
        {},
        {x509.BasicConstraints(ca=False, path_length=None): True},
        {x509.BasicConstraints(ca=True, path_length=None): True, usage("digital_signature"): True},
    ],
    ids=["nothing said", "no authority", "an authority that signs no certificates"],
)
def test_a_trusted_certificate_that_is_no_authoritys_issues_nothing(extensions):
    other = Authority.made("No authority", extensions=extensions)

    assert refused(other.card().token(), other) == ("not-trusted", "authority")


def test_another_persons_card_issues_nothing(authority, card):
    """A card's key signs a certificate that names the card as its issuer."""
    forged = Authority(card.certificate, card.key).card(key=ec.generate_private_key(ec.SECP384R1()))

    assert refused(forged.token(), authority)[0] == "not-trusted"


def test_a_trusted_certificate_is_not_a_card(authority):
    """Even one that says that it may identify a client: nothing issued it but itself."""
    more = {x509.BasicConstraints(ca=False, path_length=None): True, usage("digital_signature"): True}
    self_signed = Authority.made("Myself", extensions=more)

    assert refused(Card(self_signed.certificate, self_signed.key).token(), self_signed)[0] == "not-trusted"


def test_a_demand_that_is_not_understood_is_refused_only_when_it_is_critical(authority):
    assert checked(authority.card(more={UNKNOWN: False}).token(), authority)
    assert refused(authority.card(more={UNKNOWN: True}).token(), authority) == NOT_TRUSTED


def test_a_certificate_signed_with_a_broken_digest_is_refused(authority, card):
    """`cryptography` makes none any more: the algorithm's name is changed in one that was right, inside and outside."""
    for arc in (b"\x04\x01", b"\x04\x03\x01"):  # ecdsa-with-SHA1, with-SHA224
        oid = b"\x06" + bytes([5 + len(arc)]) + b"\x2a\x86\x48\xce\x3d" + arc
        der = card.certificate.public_bytes(Encoding.DER).replace(b"\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x03", oid)
        assert refused(token_with(card, der), authority)[0] in {"parse", "not-trusted"}


# --- Certificates that cannot be read -------------------------------------------------------------------------------------
def token_with(card: Card, der: bytes) -> str:
    """A token of the card with these octets for its certificate."""
    import base64

    return card.token(unverifiedCertificate=base64.b64encode(der).decode())


def test_octets_that_are_no_certificate_are_refused(authority, card):
    der = card.certificate.public_bytes(Encoding.DER)

    for other in (
        der + b"\0",
        der[:-1],
        der[1:],
        b"\x30\x80" + der[2:],
        b"\x30\x00",
        b"\0" * 100,
        der * 2,
        b"-----BEGIN",
    ):
        assert refused(token_with(card, other), authority) == ("parse", "card")


def test_a_certificate_in_pem_is_no_certificate_of_a_token(authority, card):
    pem = card.certificate.public_bytes(Encoding.PEM).decode()

    assert refused(card.token(unverifiedCertificate=pem), authority) == ("parse", "card")


@pytest.mark.parametrize(
    "oid",
    ["2.5.29.15", "2.5.29.37", "2.5.29.32", "2.5.29.35", "2.5.29.19", "1.3.6.1.5.5.7.1.1", "2.5.29.17", "2.5.29.31"],
)
def test_an_extension_that_cannot_be_read_is_refused_before_anything_is_believed(authority, oid):
    broken = x509.UnrecognizedExtension(x509.ObjectIdentifier(oid), b"\x30\x03\x02\x01")
    card = authority.card(less=(x509.KeyUsage, x509.ExtendedKeyUsage, x509.CertificatePolicies, x509.AuthorityKeyIdentifier,
                                x509.AuthorityInformationAccess), more={broken: False})  # fmt: skip

    assert refused(card.token(), authority) == ("parse", "card")


def test_a_trusted_certificate_that_cannot_be_read_bars_only_its_own_cards(authority, card):
    broken = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.19"), b"\x30\x03\x02\x01")
    other = Authority.made("Broken", extensions={broken: True})

    assert checked(card.token(), other, authority)
    assert refused(other.card().token(), other, authority)[0] == "not-trusted"


def test_a_certificate_that_names_two_algorithms_is_refused(authority, card):
    der = card.certificate.public_bytes(Encoding.DER)
    ecdsa384, ecdsa512 = b"\x2a\x86\x48\xce\x3d\x04\x03\x03", b"\x2a\x86\x48\xce\x3d\x04\x03\x04"

    assert refused(token_with(card, der.replace(ecdsa384, ecdsa512, 1)), authority) == ("parse", "card")


# --- Whose it is -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("missing", [NameOID.SERIAL_NUMBER, NameOID.COUNTRY_NAME])
def test_a_certificate_of_nobody_or_of_no_country_is_refused(authority, missing):
    person = {kind: value for kind, value in PERSON.items() if kind != missing}

    assert refused(authority.card(person=person).token(), authority) == ("identity", "card")


def test_a_certificate_of_two_numbers_is_refused(authority):
    two = x509.Name([*name_of(PERSON), x509.NameAttribute(NameOID.SERIAL_NUMBER, "85073000160")])
    key = key_for("ES384")
    certificate = authority.issue(two, key.public_key(), authority.authentication())

    assert refused(Card(certificate, key).token(), authority) == ("identity", "card")


def test_names_are_read_in_every_encoding_of_a_certificate(authority):
    from cryptography.x509.name import _ASN1Type

    key = key_for("ES384")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        names = [x509.NameAttribute(kind, value, _type=kind_of) for kind, value, kind_of in [
            (NameOID.COUNTRY_NAME, "BE", _ASN1Type.PrintableString), (NameOID.SERIAL_NUMBER, "01050399864", _ASN1Type.PrintableString),
            (NameOID.SURNAME, "Željko", _ASN1Type.BMPString), (NameOID.GIVEN_NAME, "Ann", _ASN1Type.IA5String)]]  # fmt: skip
        certificate = authority.issue(x509.Name(names), key.public_key(), authority.authentication())
    found = checked(Card(certificate, key).token(), authority)

    assert (found.given_name, found.surname) == ("Ann", "Željko")


def test_a_name_that_is_no_text_is_refused(authority, card):
    der = card.certificate.public_bytes(Encoding.DER).replace("Élise".encode(), b"\xff\xfelise", 1)

    assert refused(token_with(card, der), authority) == ("parse", "card")


def test_digests_of_authorities(authority):
    for digest in (hashes.SHA256(), hashes.SHA512()):
        assert checked(authority.card(digest=digest).token(), authority)
