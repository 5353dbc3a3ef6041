"""Format 1.1: the certificates for signing documents that come with the token, and the certificates between."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.webeid.cards import AT, PERSON, YEAR, Authority, Card, checked, refused, text_of, usage

FIELD = "unverifiedSigningCertificates"
BETWEEN = "unverifiedIntermediateCertificates"


def token(card: Card, *entries: object, **changed: object) -> str:
    """A token of format 1.1 with these signing certificates."""
    return card.token(**{"format": "web-eid:1.1", FIELD: list(entries), **changed})


def test_a_token_with_the_same_persons_signing_certificate_is_believed(authority, card):
    entry = authority.signing()

    assert checked(token(card, entry), authority).serial_number == "01050399864"
    assert checked(token(card, entry, entry), authority)
    assert checked(token(card, entry, format="web-eid:1.2"), authority)


@pytest.mark.parametrize(
    "value", [None, [], {}, "x", [None], [{}], ["x"], [{"certificate": 1}], [{"certificate": "x"}]]
)
def test_format_1_1_demands_them(authority, card, value):
    assert refused(token(card, **{FIELD: value}), authority) == ("parse", "signing")


@pytest.mark.parametrize("format_", ["web-eid:1", "web-eid:1.0"])
@pytest.mark.parametrize("field", [FIELD, BETWEEN])
def test_format_1_0_knows_none(authority, card, format_, field):
    assert refused(card.token(format=format_, **{field: []}), authority) == ("parse", "token")
    assert checked(card.token(format=format_).replace('"format"', f'"{field}": null, "format"'), authority)


def test_a_later_minor_version_that_has_them_has_them_checked(authority, card):
    entry = authority.signing(person=PERSON | {NameOID.SURNAME: "Autre"})

    assert refused(token(card, entry, format="web-eid:1.2"), authority) == ("parse", "signing")


@pytest.mark.parametrize(
    "algorithms",
    [
        None, [], "x", [None], [[]], [{}], [{"cryptoAlgorithm": "ECC", "hashFunction": "SHA-384"}],
        [{"cryptoAlgorithm": "DSA", "hashFunction": "SHA-384", "paddingScheme": "NONE"}],
        [{"cryptoAlgorithm": "ECC", "hashFunction": "SHA-1", "paddingScheme": "NONE"}],
        [{"cryptoAlgorithm": "RSA", "hashFunction": "SHA-256", "paddingScheme": ["PSS"]}],
        [{"cryptoAlgorithm": "ECC", "hashFunction": "SHA-384", "paddingScheme": "NONE"}, {"cryptoAlgorithm": "ECC"}],
    ],
)  # fmt: skip
def test_algorithms_that_do_not_exist_are_refused(authority, card, algorithms):
    entry = authority.signing() | {"supportedSignatureAlgorithms": algorithms}

    assert refused(token(card, entry), authority) == ("parse", "signing")


def test_the_subject_is_the_same_in_any_order_and_letter_case(authority, card):
    person = dict(reversed((PERSON | {NameOID.SURNAME: "SPECIMEN "}).items()))

    assert checked(token(card, authority.signing(person=person)), authority)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"person": PERSON | {NameOID.SERIAL_NUMBER: "85073000160"}}, "parse"),
        ({"more": {x509.AuthorityKeyIdentifier(b"\1" * 20, None, None): False}}, "parse"),
        ({"less": (x509.AuthorityKeyIdentifier,)}, "parse"),
        ({"end": AT - YEAR / 2}, "expired"),
        ({"begin": AT + YEAR / 2}, "not-yet-valid"),
        ({"less": (x509.KeyUsage,)}, "wrong-purpose"),
        ({"more": {usage("digital_signature"): True}}, "wrong-purpose"),
        ({"more": {x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3"), b"\5\0"): True}}, "not-trusted"),
    ],
    ids=["person", "key", "no key named", "expired", "not yet", "no usage", "not for signing", "unknown demand"],
)
def test_a_signing_certificate_that_is_not_right_is_refused(authority, card, changed, reason):
    assert refused(token(card, authority.signing(**changed)), authority) == (reason, "signing")


def test_one_wrong_among_right_ones_is_enough(authority, card):
    assert refused(token(card, authority.signing(), authority.signing(end=AT - YEAR / 2)), authority)[0] == "expired"


def test_a_signing_certificate_of_a_namesake_of_the_authority_is_refused(authority, card):
    """It claims the same authority and names the same key, and is signed with another."""
    forged = Authority(authority.certificate, ec.generate_private_key(ec.SECP384R1()))
    same = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())

    assert refused(token(card, forged.signing(more={same: False})), authority) == ("not-trusted", "signing")


def test_the_cards_own_rules_are_said_first(authority, card):
    late = authority.card(end=AT - YEAR / 2)

    assert refused(token(late, FIELD), authority) == ("expired", "card")
    assert refused(token(card, FIELD, nonce="another"), authority) == ("signature", "token")


# --- Certificates between --------------------------------------------------------------------------------------------------
def chain() -> tuple[Authority, Authority, Authority]:
    """A root, an authority below it, and one below that."""
    root = Authority.made("Root")
    middle = Authority.made("Middle CA", by=root)
    return root, middle, Authority.made("Lower CA", by=middle)


def test_certificates_between_complete_the_way_to_a_trusted_root():
    root, middle, lower = chain()
    both = [text_of(one.certificate) for one in (lower, middle)]
    entry = lower.signing() | {"intermediateCertificates": both}

    assert checked(token(lower.card(), entry, **{BETWEEN: both}), root)
    assert checked(
        lower.card().token(format="web-eid:1.1", **{BETWEEN: both}), root
    )  # then no signing certificate is asked
    assert refused(lower.card().token(format="web-eid:1.1", **{BETWEEN: both[:1]}), root) == ("not-trusted", "card")
    assert (
        refused(lower.card().token(format="web-eid:1.1", **{BETWEEN: both}), Authority.made("Root"))[0] == "not-trusted"
    )


@pytest.mark.parametrize("value", [[], "x", [None], [""], [1], ["x"], {}, ["x"] * 5])
def test_certificates_between_that_are_none_are_refused(authority, card, value):
    assert refused(card.token(format="web-eid:1.1", **{BETWEEN: value}), authority)[0] == "parse"


@pytest.mark.parametrize(
    "changed",
    [
        {"extensions": {}},
        {"extensions": {x509.BasicConstraints(ca=True, path_length=0): True, usage("digital_signature"): True}},
        {"end": AT - YEAR / 2},
        {"extensions": {x509.BasicConstraints(ca=True, path_length=0): True,
                        x509.NameConstraints([x509.DNSName("be")], None): True}},
    ],
    ids=["no authority", "signs no certificates", "expired", "a demand that is not understood"],
)  # fmt: skip
def test_a_certificate_between_must_itself_be_an_authoritys(changed):
    root = Authority.made("Root")
    middle = Authority.made("Middle CA", by=root, **changed)
    sent = {BETWEEN: [text_of(middle.certificate)]}

    assert refused(middle.card().token(format="web-eid:1.1", **sent), root)[1] == "authority"


def test_an_authority_has_no_more_below_it_than_it_says():
    root = Authority.made("Root", room=0)
    middle = Authority.made("Middle CA", by=root)
    sent = {BETWEEN: [text_of(middle.certificate)]}

    assert refused(middle.card().token(format="web-eid:1.1", **sent), root) == ("not-trusted", "authority")


def test_a_certificate_between_is_trusted_for_nothing_by_itself():
    stranger = Authority.made("Stranger")
    sent = {BETWEEN: [text_of(stranger.certificate)]}

    assert refused(stranger.card().token(format="web-eid:1.1", **sent), Authority.made("Root")) == (
        "not-trusted",
        "card",
    )
