"""Attacks by what is signed, or is not: algorithms, keys, claims, encryption. Each is refused with its code."""

import base64
import json
import time

import pytest
from joserfc import jwe, jws, jwt
from joserfc.jwk import ECKey, RSAKey

from monespace.identity.oidc import own_keys
from tests.cast import HUGO
from tests.identity.adversary.conftest import direct
from tests.identity.provider import CLIENT, part, subject_of
from tests.identity.relying import fas_settings

pytestmark = pytest.mark.django_db
LOOSE = jws.JWSRegistry(strict_check_header=False)
RSA = RSAKey.generate_key(2048, {"kid": "encrypts", "use": "enc", "alg": "RSA-OAEP-256"})


@pytest.mark.parametrize("which", ["bend_id", "bend_userinfo"])
@pytest.mark.parametrize("how", ["sign_not", "sign_with_public_key"])
def test_alg_none_and_hs256_with_the_public_key(victim, provider, refused, how: str, which: str) -> None:
    provider.sign = good_then(provider, getattr(provider, how), 0 if which == "bend_id" else 1)
    refused("algorithm", lambda: victim.sign_in(provider))


def good_then(provider, bad, place: int):
    """Signs well but for one of the tokens of a sign-in: 0 the ID token, 1 the userinfo."""
    made = []

    def sign(claims: dict) -> str:
        made.append(claims)
        return bad(claims) if len(made) - 1 == place else provider.sign_well(claims)

    return sign


def test_a_strangers_key_under_a_known_name(victim, provider, refused) -> None:
    provider.sign = provider.sign_with_stranger
    refused("signature", lambda: victim.sign_in(provider))


def test_a_signature_cut_off_or_changed(victim, provider, refused) -> None:
    provider.sign = lambda claims: provider.sign_well(claims).rpartition(".")[0] + "."
    refused("signature", lambda: victim.sign_in(provider))
    provider.sign = lambda claims: changed(provider.sign_well(claims))
    refused("signature", lambda: victim.sign_in(provider))


def changed(token: str) -> str:
    """The token with another level than what was signed."""
    head, body, signature = token.split(".")
    content = base64.urlsafe_b64decode(body + "==").replace(b"Level500", b"Level450")
    return f"{head}.{base64.urlsafe_b64encode(content).rstrip(b'=').decode()}.{signature}"


def test_an_encryption_key_used_to_sign(victim, provider, refused) -> None:
    provider.keys = [*provider.keys, RSA]
    signs = RSAKey.import_key(
        {name: one for name, one in RSA.as_dict(private=True).items() if name not in ("use", "alg")}
    )
    provider.sign = lambda claims: jwt.encode({"alg": "RS256", "kid": "encrypts"}, claims, signs)
    refused("key", lambda: victim.sign_in(provider))


def test_the_name_of_a_key_of_another_family(victim, provider, refused) -> None:
    """The header names the published EC key and an RSA algorithm, signed by an RSA key of the adversary's."""
    forged = RSAKey.import_key(RSA.as_dict(private=True) | {"kid": provider.signing.kid, "use": "sig", "alg": "RS256"})
    provider.sign = lambda claims: jwt.encode({"alg": "RS256", "kid": forged.kid}, claims, forged)
    refused("key", lambda: victim.sign_in(provider))


@pytest.mark.parametrize("header", [
    {"jwk": ECKey.generate_key("P-256").as_dict(private=False)}, {"jku": "https://evil.example/keys"},
    {"x5u": "https://evil.example/certificate"},
])  # fmt: skip
def test_a_key_that_the_token_brings_along(victim, provider, refused, header: dict) -> None:
    stranger = ECKey.generate_key("P-256", {"kid": provider.signing.kid})
    provider.sign = lambda claims: jwt.encode(
        {"alg": "ES256", "kid": stranger.kid, **header}, claims, stranger, registry=LOOSE
    )
    refused("signature", lambda: victim.sign_in(provider))


@pytest.mark.parametrize("header", [
    {"crit": ["b64"], "b64": False}, {"crit": ["exp"], "exp": 1}, {"typ": "logout+jwt"}, {"typ": "at+jwt"}, {"typ": "dpop+jwt"},
])  # fmt: skip
def test_a_token_of_another_kind_or_with_a_header_that_must_be_understood(
    victim, provider, refused, header: dict
) -> None:
    def sign(claims: dict) -> str:
        _first, body, signature = provider.sign_well(claims).split(".")
        return f"{part({'alg': 'ES256', 'kid': 'first', **header})}.{body}.{signature}"

    provider.sign = sign
    refused("header", lambda: victim.sign_in(provider))


def test_a_flood_of_unknown_keys_drives_no_look_ups(victim, provider, refused) -> None:
    victim.sign_in(provider)
    before = provider.fetched_keys
    names = iter(range(100))
    provider.sign = lambda claims: f"{part({'alg': 'ES256', 'kid': f'unknown-{next(names)}'})}.{part(claims)}.AAAA"
    for _one in range(20):
        refused("key", lambda: victim.sign_in(provider))
    assert provider.fetched_keys - before <= 1


NOW = time.time()
LIES = [
    ("audience", {"aud": "another"}), ("audience", {"aud": [CLIENT, "another"]}), ("audience", {"azp": "another"}),
    ("issuer", {"iss": "https://evil.example"}), ("issuer", {"iss": ""}),
    ("expired", {"exp": NOW - 3600}), ("expired", {"exp": "NaN"}), ("issued_at", {"iat": NOW - 3600}),
    ("issued_at", {"iat": NOW + 3600}), ("auth_time", {"auth_time": NOW - 86400}), ("auth_time", {"auth_time": None}),
    ("not_before", {"nbf": NOW + 3600}), ("nonce", {"nonce": "another"}), ("nonce", {"nonce": None}),
    ("at_hash", {"at_hash": "another"}), ("c_hash", {"c_hash": "another"}),
    ("level", {"acr": "urn:be:fedict:iam:fas:citizen:Level400"}), ("level", {"amr": ["sms"]}),
    ("level", {"acr": "x urn:be:fedict:iam:fas:Level500"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "lie"), LIES)
def test_a_claim_that_lies(victim, provider, refused, code: str, lie: dict) -> None:
    provider.bend_id = lambda claims: claims.update(lie)
    refused(code, lambda: victim.sign_in(provider))


def test_a_time_that_no_comparison_holds_for(victim, provider, refused) -> None:
    """NaN is JSON to many parsers, and neither before nor after anything."""

    def sign(claims: dict) -> str:
        text = json.dumps({**claims, "exp": float("nan")}).encode()
        return jws.serialize_compact({"alg": "ES256", "kid": "first"}, text, provider.signing)

    provider.sign = sign
    refused("shape", lambda: victim.sign_in(provider))


def test_userinfo_of_somebody_else(victim, provider, refused) -> None:
    provider.bend_userinfo = lambda claims: claims.update(sub=subject_of(HUGO), egovNRN=HUGO.national_number)
    refused("subject", lambda: victim.sign_in(provider))


def test_userinfo_meant_for_another_client(victim, provider, refused) -> None:
    provider.bend_userinfo = lambda claims: claims.update(aud="another")
    refused("audience", lambda: victim.sign_in(provider))


@pytest.mark.parametrize("plain", ["id", "userinfo"])
def test_unencrypted_where_encryption_was_agreed(victim, itsme, refused, settings, tmp_path, plain: str) -> None:
    direct(settings, tmp_path)
    made = []

    def wrap(token: str) -> str:
        made.append(token)
        return token if (len(made) == 1) == (plain == "id") else itsme.encrypted(token)

    itsme.wrap = wrap
    refused("encryption", lambda: victim.sign_in(itsme, "direct", 450, "itsme"))


def test_encrypted_to_nobody_here_or_in_another_way_than_agreed(victim, itsme, refused, settings, tmp_path) -> None:
    direct(settings, tmp_path)
    stranger = RSAKey.import_key(RSA.as_dict(private=True))
    header = {"alg": "RSA-OAEP-256", "enc": "A128CBC-HS256", "kid": "stranger"}
    itsme.wrap = lambda token: jwe.encrypt_compact(
        header, token.encode(), stranger, algorithms=["RSA-OAEP-256", "A128CBC-HS256"]
    )
    refused("decryption", lambda: victim.sign_in(itsme, "direct", 450, "itsme"))
    ours = own_keys.decryption_keys(None)[0]
    other = {"alg": "RSA-OAEP", "enc": "A128CBC-HS256", "kid": ours.kid}
    public = RSAKey.import_key({name: ours.as_dict(private=False)[name] for name in ("kty", "n", "e")})
    itsme.wrap = lambda token: jwe.encrypt_compact(
        other, token.encode(), public, algorithms=["RSA-OAEP", "A128CBC-HS256"]
    )
    refused("encryption", lambda: victim.sign_in(itsme, "direct", 450, "itsme"))


def test_encrypted_where_nothing_was_agreed(victim, provider, refused, our_keys) -> None:
    provider.key_set = own_keys.published()
    provider.wrap = provider.encrypted
    refused("encryption", lambda: victim.sign_in(provider))


def test_an_algorithm_that_was_not_agreed_though_the_key_is_right(victim, provider, refused, settings) -> None:
    settings.PROVIDERS["fas"] = fas_settings(provider.issuer, algorithms=["RS256"])
    refused("algorithm", lambda: victim.sign_in(provider))
