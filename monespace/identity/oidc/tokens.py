"""Opening what a provider sent: decrypted where that was agreed, signed by its key with an agreed algorithm, meant for us.

joserfc does the cryptography; what is admitted is decided here. No header of a token chooses its own key or address.
"""

import binascii
import json
import math
from typing import NamedTuple

from joserfc import jwe, jws
from joserfc.errors import JoseError
from joserfc.util import urlsafe_b64decode

from monespace.identity.oidc import own_keys
from monespace.identity.oidc.clients import Client
from monespace.identity.oidc.provider import keys
from monespace.identity.proof import Refused

LONGEST = 64 * 1024  # of one token
MOST_TRIED = 4  # keys tried for one token that does not name its own
# What a token may call itself (RFC 8725, 3.11): a logout token is no ID token, an access token neither.
KINDS = {"id": {"", "jwt"}, "userinfo": {"", "jwt"}, "logout": {"", "jwt", "logout+jwt"}}


class JWSRegistry(jws.JWSRegistry):
    """Room for the certificates that some providers put in the header; they are not looked at."""

    max_header_length = 8192


class JWERegistry(jwe.JWERegistry):
    """Likewise; providers also repeat iss and aud there."""

    max_protected_header_length = 8192


class Opened(NamedTuple):
    """A token that is the provider's and meant for us. `inner` is its signed form, `algorithm` what signed it."""

    claims: dict
    algorithm: str
    inner: str


def opened(token: str, client: Client, kind: str) -> Opened:
    """What a token says; `kind` is id, userinfo or logout. Raises Refused (shape, encryption, decryption, header, algorithm,
    key, signature, issuer, audience, expired, not_before) or ProviderDown, when the keys cannot be had."""
    if len(token) > LONGEST or not token.isascii():
        raise Refused("shape")
    inner = decrypted(token, client)
    header = header_of(inner)
    if header.get("alg") not in client.algorithms:
        raise Refused("algorithm")
    if str(header.get("typ", "")).lower() not in KINDS[kind] or "crit" in header:
        raise Refused("header")
    claims = json_object(verified(inner, header, client), "shape")
    meant_for_us(claims, client)
    return Opened(claims, header["alg"], inner)


def decrypted(token: str, client: Client) -> str:
    """The signed token inside; what was agreed to be encrypted is refused in clear, and the other way round."""
    parts = token.count(".") + 1
    if parts not in (3, 5):
        raise Refused("shape")
    if (parts == 5) != bool(client.encryption):
        raise Refused("encryption")
    if parts == 3:
        return token
    header = header_of(token)
    if (header.get("alg"), header.get("enc")) != client.encryption or "zip" in header or "crit" in header:
        raise Refused("encryption")
    registry = JWERegistry(algorithms=list(client.encryption), strict_check_header=False)
    for key in own_keys.decryption_keys(header.get("kid"))[:MOST_TRIED]:
        try:
            plain = jwe.decrypt_compact(token, key, registry=registry).plaintext or b""
            return plain.decode("ascii")
        except (JoseError, ValueError, TypeError, RecursionError):
            continue
    raise Refused("decryption")


def header_of(token: str) -> dict:
    """The first part of a token, whatever it claims; raises Refused."""
    if token.count(".") not in (2, 4):
        raise Refused("shape")
    try:
        return json_object(urlsafe_b64decode(token.split(".", 1)[0].encode()), "shape")
    except (binascii.Error, ValueError) as error:
        raise Refused("shape") from error


def json_object(text: bytes, code: str) -> dict:
    """A JSON object without NaN or Infinity, for which no comparison of times holds; raises Refused(code)."""

    def refuse(word: str) -> float:
        raise ValueError(word)

    try:
        found = json.loads(text, parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise Refused(code) from error
    if not isinstance(found, dict):
        raise Refused(code)
    return found


def verified(token: str, header: dict, client: Client) -> bytes:
    """The signed content. A key that is not known yet is looked up once more (rotation). Raises Refused, ProviderDown."""
    found = candidates(header, keys(client)) or candidates(header, keys(client, fresh=True))
    if not found:
        raise Refused("key")
    registry = JWSRegistry(algorithms=[header["alg"]], strict_check_header=False)
    for key in found:
        try:
            return jws.deserialize_compact(token, key, registry=registry).payload
        except (JoseError, ValueError, TypeError, RecursionError):
            continue
    raise Refused("signature")


def candidates(header: dict, published: list[dict]) -> list:
    """The keys that may have signed: of that name, fit for that algorithm. Without a name: those that fit."""
    named = header.get("kid")
    return [
        one["key"] for one in published if header["alg"] in one["algorithms"] and (named is None or one["kid"] == named)
    ][:MOST_TRIED]


def meant_for_us(claims: dict, client: Client) -> None:
    """iss exactly the agreed one, aud we and nobody else (OpenID Connect Core 3.1.3.7); raises Refused."""
    if claims.get("iss") != client.issuer:
        raise Refused("issuer")
    if claims.get("aud") not in (client.client_id, [client.client_id]):
        raise Refused("audience")
    if claims.get("azp", client.client_id) != client.client_id:
        raise Refused("audience")


def moment(value: object) -> float | None:
    """A time in seconds, or None: a text, a truth value or something endless is none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)
