"""What a provider says of itself: metadata and keys, fetched from allowed hosts only."""

from typing import Any
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from monespace.identity.oidc.clients import Client
from monespace.identity.oidc.kept import kept
from monespace.identity.oidc.wire import ProviderDown, fetch_json

__all__ = ["ProviderDown", "discovery", "keys"]

ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint")
OPTIONAL = ("end_session_endpoint", "pushed_authorization_request_endpoint")
SMALLEST_RSA = 2048
CURVES = {"P-256": "ES256", "P-384": "ES384", "P-521": "ES512"}


def discovery(client: Client) -> dict:
    """The provider's metadata; raises ProviderDown."""
    return kept(f"metadata of {client.issuer}", lambda: metadata(client))


def metadata(client: Client) -> dict:
    """The metadata as published now. The issuer must be exactly the agreed one (OpenID Connect Discovery 4.3), and only
    keys may lie on another host, one that was agreed too. Raises ProviderDown."""
    found = fetch_json(f"{client.issuer}/.well-known/openid-configuration")
    if found.get("issuer") != client.issuer:
        raise ProviderDown("another issuer")
    scheme, host = urlsplit(client.issuer)[:2]
    for name in (*ENDPOINTS, "jwks_uri", *(name for name in OPTIONAL if name in found)):
        address = urlsplit(str(found.get(name)))
        hosts = {host, *(client.key_hosts if name == "jwks_uri" else ())}
        if address.scheme != scheme or address.netloc not in hosts:
            raise ProviderDown(f"{name} on a host that is not allowed")
    return found


def keys(client: Client, *, fresh: bool = False) -> list[dict]:
    """The provider's signing keys as it publishes them; `fresh` after a signature by an unknown one. Raises ProviderDown."""
    address = discovery(client)["jwks_uri"]
    return kept(f"keys at {address}", lambda: published(address), fresh=fresh)


def published(address: str) -> list[dict[str, Any]]:
    """The usable keys of a key set; others (unknown kinds, for encryption, secret, too short) are left aside, as RFC 7517
    section 5 wants. Raises ProviderDown when there is none: a broken key set must not replace a good one."""
    found = fetch_json(address).get("keys")
    usable = [made for one in (found if isinstance(found, list) else []) if (made := signing_key(one))]
    if not usable:
        raise ProviderDown("no usable key")
    return usable


def signing_key(said: object) -> dict[str, Any] | None:
    """{kid, algorithms, key} of one published key, when it is a public key that may verify signatures; else None."""
    try:
        if not isinstance(said, dict) or "d" in said or said.get("use", "sig") != "sig":
            return None
        key, fits = imported(said)
        algorithms = fits & {said.get("alg", one) for one in fits}
        meant = "verify" in said.get("key_ops", ["verify"])
    except (JoseError, ValueError, KeyError, TypeError):
        return None
    return {"kid": said.get("kid"), "algorithms": algorithms, "key": key} if algorithms and meant else None


def imported(said: dict) -> tuple[RSAKey | ECKey, set[str]]:
    """A key and the algorithms that fit it: one family never verifies for another. Raises ValueError and others."""
    if said.get("kty") == "RSA":
        key = RSAKey.import_key({name: said[name] for name in ("kty", "n", "e")})
        if key.public_key.key_size < SMALLEST_RSA:
            raise ValueError("too short")
        return key, {f"{family}{bits}" for family in ("RS", "PS") for bits in (256, 384, 512)}
    if said.get("kty") == "EC":
        return ECKey.import_key({name: said[name] for name in ("kty", "crv", "x", "y")}), {CURVES[said["crv"]]}
    raise ValueError("unknown kind")
