"""A token that is right in everything is believed: every algorithm, every format, people with one name only."""

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from tests.webeid.cards import AT, PERSON, YEAR, Authority, checked

ALGORITHMS = [family + size for family in ("ES", "PS", "RS") for size in ("256", "384", "512")]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_each_algorithm_with_a_key_that_fits_it(authority, algorithm):
    card = authority.card(algorithm)

    found = checked(card.token(), authority)

    assert found[:4] == ("Zoé Élise", "Specimen", "01050399864", "BE")
    assert found.certificate == card.certificate


@pytest.mark.parametrize("format_", ["web-eid:1", "web-eid:1.0", "web-eid:1.2", "web-eid:1.10"])
def test_minor_versions_that_hold_at_least_what_the_first_held(authority, card, format_):
    assert checked(card.token(format=format_), authority).serial_number == "01050399864"


def test_unknown_fields_and_the_action_of_the_extension_are_ignored(authority, card):
    token = card.token(action="web-eid:authenticate-success", appVersion=None, more={"a": [1, None, "é"]})

    assert checked(token, authority).country == "BE"


@pytest.mark.parametrize(
    ("missing", "given_name", "surname"),
    [(NameOID.GIVEN_NAME, None, "Specimen"), (NameOID.SURNAME, "Zoé Élise", None)],
)
def test_people_with_one_name_only_have_no_other(authority, missing, given_name, surname):
    person = {kind: value for kind, value in PERSON.items() if kind != missing}

    found = checked(authority.card(person=person).token(), authority)

    assert (found.given_name, found.surname) == (given_name, surname)


def test_a_certificate_is_valid_from_its_first_to_its_last_second(authority, card):
    for at in (AT - YEAR, AT + YEAR):
        other = Authority.made("Longer", begin=AT - 2 * YEAR, end=AT + 2 * YEAR)
        assert checked(other.card().token(), other, at=at).country == "BE"


def test_a_certificate_without_extended_purposes_may_identify_a_client(authority):
    from cryptography import x509

    assert checked(authority.card(less=(x509.ExtendedKeyUsage,)).token(), authority)


@pytest.mark.parametrize("pss", [False, True])
def test_an_authority_with_an_rsa_key_issues_a_card_with_a_curve(pss):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    older = Authority.made("Older CA", key=key)

    assert checked(older.card(pss=pss, digest=hashes.SHA256()).token(), older)


def test_authorities_of_other_curves_issue_cards():
    for curve in (ec.SECP256R1(), ec.SECP521R1()):
        other = Authority.made("Other curve", key=ec.generate_private_key(curve))
        assert checked(other.card(digest=hashes.SHA512()).token(), other)
