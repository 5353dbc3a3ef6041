"""Our own keys at providers: made by a verb, sealed, published before they sign, opening after they are no longer published."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from joserfc import jwt
from joserfc.jwk import RSAKey

from monespace.cli import check_oidc
from monespace.cli.main import main
from monespace.identity import jobs, oidc
from monespace.identity.models import ClientKey
from monespace.identity.oidc import own_keys
from monespace.journal.models import Entry
from tests.identity.relying import come_back, fas_settings, itsme_settings, leave

pytestmark = pytest.mark.django_db
RSA = RSAKey.generate_key(2048)


@pytest.fixture
def quick(monkeypatch) -> None:
    """Every new key is the same one: these tests are about dates."""
    monkeypatch.setattr(
        own_keys.RSAKey, "generate_key", lambda bits, named: RSAKey.import_key(RSA.as_dict(private=True) | named)
    )


def published() -> set[str]:
    return {key["kid"] for key in Client().get("/connexion/cles.json").json()["keys"]}


def test_the_first_keys_are_used_at_once_and_only_their_public_halves_are_shown(quick, capsys) -> None:
    assert main(["keys", "rotate"]) == 0
    answer = Client().get("/connexion/cles.json")
    assert answer.headers["Cache-Control"] == "public, max-age=1800"
    assert {key["use"] for key in answer.json()["keys"]} == {"sig", "enc"}
    assert all(set(key) <= {"kty", "n", "e", "kid", "use", "alg"} for key in answer.json()["keys"])
    assert own_keys.signing_key().kid in published()
    assert '"d"' not in str(list(ClientKey.objects.values_list("sealed")))
    assert Entry.objects.filter(act="client_keys.rotated").exists()
    main(["keys"])
    assert "signature, 0 days old" in capsys.readouterr().out


def test_a_new_key_is_published_a_day_before_it_signs_and_an_old_one_opens_a_day_longer(quick, capsys) -> None:
    own_keys.rotate()
    old = {key.use: key.kid for key in own_keys.in_force()}
    own_keys.rotate()
    new = {key.use: key.kid for key in own_keys.in_force() if key.kid not in old.values()}
    assert published() == {old["sig"], new["sig"], new["enc"]}
    assert own_keys.signing_key().kid == old["sig"]
    assert [key.kid for key in own_keys.decryption_keys(old["enc"])] == [old["enc"]]
    assert main(["keys", "rotate"]) == 1  # one change at a time
    assert "under way" in capsys.readouterr().err

    a_day_later(hours=24)
    assert own_keys.signing_key().kid == new["sig"]
    a_day_later(hours=2)
    assert published() == set(new.values())
    assert own_keys.decryption_keys(old["enc"])[0].kid != old["enc"]
    jobs.tidy()
    assert {key.kid for key in ClientKey.objects.all()} == set(new.values())


def a_day_later(hours: int) -> None:
    """As if so many hours had gone by."""
    for key in ClientKey.objects.all():
        key.signs_from -= timedelta(hours=hours)
        key.ends_at = key.ends_at and key.ends_at - timedelta(hours=hours)
        key.save()


def test_keys_that_got_out_are_given_up_at_once(quick) -> None:
    own_keys.rotate()
    own_keys.rotate()
    before = {key.kid for key in own_keys.in_force()}
    assert main(["keys", "rotate", "--at-once"]) == 0
    assert not before & (published() | {own_keys.signing_key().kid})


def test_our_word_for_who_we_are_is_short_lived_and_for_one_address(itsme) -> None:
    come_back(itsme, "itsme", 450, name="itsme")
    come_back(itsme, "itsme", 450, name="itsme")
    first, second = (jwt.decode(text, own_keys.signing_key(), algorithms=["RS256"]).claims for text in itsme.assertions)
    assert first["iss"] == first["sub"] == "monespace-itsme"
    assert first["aud"] == f"{itsme.issuer}/token"
    assert 0 < first["exp"] - first["iat"] <= 300
    assert first["jti"] != second["jti"]


def test_without_keys_of_ours_itsme_cannot_be_used_and_check_says_what_to_do(settings, provider) -> None:
    settings.PROVIDERS = {"fas": fas_settings(provider.issuer), "itsme": itsme_settings(provider.issuer)}
    said = "\n".join(check_oidc.oidc())
    assert "make the first ones with «monespace keys rotate»" in said
    assert "does not offer private_key_jwt" in said
    assert "must be on https" in said
    asked, pending = leave("itsme", "itsme")
    with pytest.raises(oidc.ProviderDown, match="keys rotate"):
        oidc.finish({"code": "x", "state": asked["state"], "iss": provider.issuer}, pending, provider="itsme")


def test_check_is_content_with_a_provider_as_agreed_and_names_what_is_not(settings, provider) -> None:
    provider.extra = {"token_endpoint_auth_methods_supported": ["client_secret_basic"]}
    assert list(check_oidc.oidc()) == []
    settings.PROVIDERS["fas"] |= {"algorithms": ["PS512"]}
    assert "publishes no key for PS512" in "".join(check_oidc.oidc())
    settings.PROVIDERS["fas"] |= {"algorithms": ["none"]}
    assert "must be asymmetric" in "".join(check_oidc.oidc())
    settings.PROVIDERS["fas"] = fas_settings(provider.issuer + "/other")
    assert "cannot be used (another issuer)" in "".join(check_oidc.oidc())


def test_check_tells_the_age_of_our_keys(quick, settings, provider) -> None:
    own_keys.rotate()
    ClientKey.objects.update(made_at=timezone.now() - timedelta(days=500))
    assert "500 days old: change them" in "".join(check_oidc.oidc_remarks())
