"""The portal against a certified OpenID Provider (npm oidc-provider), once as the federal service is, once as itsme is."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from joserfc import jwt
from joserfc.jwk import KeySet

from monespace.identity import oidc
from monespace.identity.models import ClientKey, SignIn
from monespace.identity.oidc import own_keys
from monespace.journal.models import Entry
from tests.cast import CLAIRE, HUGO, KARL
from tests.factories import person
from tests.identity.relying import fas_settings

pytestmark = [pytest.mark.node, pytest.mark.django_db]
RETURN = {"fas": "/connexion/retour/", "itsme": "/connexion/retour/itsme/"}


def leave(provider: str = "fas", level: int = 500, **also) -> tuple[str, dict]:
    return oidc.begin(provider, level=level, language="fr", **also)


def test_fas_by_a_pushed_request_and_a_signed_userinfo(peers) -> None:
    address, pending = leave()
    assert set(dict(parse_qsl(urlsplit(address).query))) == {
        "client_id",
        "request_uri",
    }  # pushed: nothing else in the address
    someone = peers.person()
    answer = someone.by_fas(address, CLAIRE)
    assert someone.asked["acr_values"] == "urn:be:fedict:iam:fas:citizen:Level500"
    assert someone.asked["code_challenge_method"] == "S256"

    proof = oidc.finish(answer, pending, provider="fas")
    assert proof[:6] == (CLAIRE.national_number, "Claire", "Dubois", "fr", "eid", 500)
    assert (proof.issuer, proof.subject) == (peers.issuers["fas"], "pseudonym-of-Dubois")
    assert proof.sid
    assert proof.id_token


@pytest.mark.parametrize("acr", ["urn:be:fedict:iam:fas:citizen:Level500", "urn:be:fedict:iam:fas:Level500", "0"])
def test_fas_says_the_level_in_either_family_or_in_amr(peers, acr: str) -> None:
    address, pending = leave()
    answer = peers.person().by_fas(address, CLAIRE, acr=acr, amr="eid urn:be:fedict:iam:fas:Level500")
    assert oidc.finish(answer, pending, provider="fas").level == 500


def test_a_level_lower_than_asked_is_refused(peers) -> None:
    address, pending = leave()
    answer = peers.person().by_fas(address, CLAIRE, acr="urn:be:fedict:iam:fas:citizen:Level400", amr="sms")
    with pytest.raises(oidc.Refused, match="level"):
        oidc.finish(answer, pending, provider="fas")


def test_at_hash_is_that_of_the_signatures_own_algorithm(peers, settings) -> None:
    settings.PROVIDERS["fas"] = fas_settings(
        peers.issuers["fas"], secret=peers.secret, client_id="monespace-ES384", algorithms=["ES384"]
    )
    address, pending = leave()
    assert oidc.finish(peers.person().by_fas(address, CLAIRE), pending, provider="fas").level == 500


def test_what_was_agreed_is_pinned_though_the_provider_can_do_otherwise(peers, settings) -> None:
    settings.PROVIDERS["fas"] = fas_settings(peers.issuers["fas"], secret=peers.secret, algorithms=["ES384"])
    address, pending = leave()
    with pytest.raises(oidc.Refused, match="algorithm"):
        oidc.finish(peers.person().by_fas(address, CLAIRE), pending, provider="fas")


def test_who_gives_up_comes_back_with_state_and_issuer(peers) -> None:
    address, pending = leave()
    answer = peers.person().cancel(address)
    assert (answer["error"], answer["iss"]) == ("access_denied", peers.issuers["fas"])
    with pytest.raises(oidc.Refused, match="cancelled"):
        oidc.finish(answer, pending, provider="fas")


def test_itsme_believes_our_key_and_answers_to_our_key(peers) -> None:
    address, pending = leave("itsme", 450)
    someone = peers.person()
    answer = someone.by_itsme(address, KARL)
    assert someone.came_to == RETURN["itsme"]
    assert "service:MONESPACE" in someone.asked["scope"]
    assert "BENationalNumber" in someone.asked["claims"]
    assert "id_token" not in someone.asked["claims"]

    proof = oidc.finish(answer, pending, provider="itsme")
    assert proof[:6] == (KARL.national_number, "Karl", "Schmitz", "de", "itsme", 450)
    assert peers.ours.fetched
    inner = jwt.decode(
        proof.id_token, KeySet.import_key_set(keys_of(peers)), algorithms=["RS256"]
    )  # a JWS, as a hint must be
    assert KARL.national_number not in str(inner.claims)


def keys_of(peers) -> dict:
    """What itsme's peer publishes."""
    return oidc.provider.fetch_json(f"{peers.issuers['itsme']}/jwks")


def test_a_person_with_one_name_is_welcome(peers) -> None:
    address, pending = leave("itsme", 450)
    answer = peers.person().by_itsme(address, KARL, given_name=None)
    proof = oidc.finish(answer, pending, provider="itsme")
    assert (proof.given_names, proof.family_name) == ("", "Schmitz")


def test_the_weaker_proof_of_itsme_is_refused_where_the_stronger_was_asked(peers, settings) -> None:
    settings.PROVIDERS["itsme"] |= {"acr": "http://itsme.services/v2/claim/acr_advanced"}
    address, pending = leave("itsme", 450)
    with pytest.raises(oidc.Refused, match="level"):
        oidc.finish(peers.person().by_itsme(address, KARL), pending, provider="itsme")
    address, pending = leave("itsme", 450)
    assert oidc.finish(peers.person().by_itsme(address, KARL, "acr_advanced"), pending, provider="itsme")


def test_keys_are_changed_without_a_moment_lost(peers, our_keys, settings) -> None:
    """Right after a rotation the provider still knows the old keys only; a day later, the new ones."""
    own_keys.rotate()
    old = {key.kid for key in our_keys}
    address, pending = leave("itsme", 450)
    assert oidc.finish(
        peers.person().by_itsme(address, KARL), pending, provider="itsme"
    )  # the peer reads what it read before

    ClientKey.objects.update(signs_from=timezone.now() - timedelta(hours=1))
    ClientKey.objects.filter(kid__in=old).update(ends_at=timezone.now())
    peers.ours.key_set = own_keys.published()
    assert not old & {key["kid"] for key in peers.ours.key_set["keys"]}
    settings.PROVIDERS["itsme"] |= {"client_id": "monespace-itsme-later"}
    address, pending = leave("itsme", 450)
    assert oidc.finish(peers.person().by_itsme(address, KARL), pending, provider="itsme")


def in_a_browser(peers, who=CLAIRE):
    """Somebody signed in through the portal's own pages; their browser there and here."""
    person(who)
    browser, someone = Client(), peers.person()
    address = browser.post("/connexion/", {"way": "eid"}).url
    assert browser.get(RETURN["fas"], someone.by_fas(address, who)).status_code == 303
    return browser, someone


def test_signing_out_here_ends_the_session_there_and_back_channel_comes_back(peers) -> None:
    browser, someone = in_a_browser(peers)
    address = browser.post("/deconnexion/").url
    assert address.startswith(f"{peers.issuers['fas']}/session/end?id_token_hint=")
    assert CLAIRE.national_number not in address
    assert someone.sign_out(address).startswith(peers.site)


def test_signing_out_there_ends_the_sign_in_here_once(peers) -> None:
    browser, someone = in_a_browser(peers)
    other, _someone = in_a_browser(peers, HUGO)
    someone.sign_out(f"{peers.issuers['fas']}/session/end?client_id=monespace")
    (token,) = peers.ours.logout_tokens

    told = Client().post("/connexion/fin/fas/", {"logout_token": token})
    assert (told.status_code, told.headers["Cache-Control"]) == (200, "no-store")
    assert browser.get("/profil/").status_code == 303
    assert other.get("/profil/").status_code == 200
    assert SignIn.objects.filter(ended_at=None).count() == 1
    assert Entry.objects.filter(act="person.signed_out_by_provider").count() == 1

    again = Client().post("/connexion/fin/fas/", {"logout_token": token})
    assert (again.status_code, again.json()["error"]) == (400, "invalid_request")
    assert "replayed" in again.json()["error_description"]
