"""The client's published keys: believing its signature, encrypting to it."""

import time

import requests
from joserfc import jwe, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey

from sandbox.world import World

KEPT = 1800  # seconds: itsme keeps a key set for half an hour to a day
ENCRYPTION = ["RSA-OAEP-256", "A128CBC-HS256"]


class KeysUnreadable(Exception):
    """The client's key set cannot be had, or holds no key for this."""


def key_set(world: World, kid: object = None) -> KeySet:
    """The client's keys, as kept; read again when they are old, or do not hold a key of this name. Raises KeysUnreadable."""
    kept = world.store.get("client_keys", "direct", world.now())
    if kept is None or (kid and kid not in {key.get("kid") for key in kept["keys"]}):
        try:
            kept = requests.get(world.options.client_keys, timeout=5, allow_redirects=False).json()
            world.store.put("client_keys", "direct", {"keys": kept["keys"]}, world.now() + KEPT)
        except (requests.RequestException, ValueError, KeyError, TypeError) as error:
            raise KeysUnreadable from error
    try:
        return KeySet.import_key_set({"keys": kept["keys"]})
    except (JoseError, ValueError) as error:
        raise KeysUnreadable from error


def believed(world: World, assertion: str) -> bool:
    """Whether this is the client's own signed word, for us, now, and not heard before. Raises KeysUnreadable."""
    try:
        said = jwt.decode(assertion, lambda token: key_of(world, token), algorithms=["RS256"]).claims
    except (JoseError, ValueError):
        return False
    now, client = time.time(), world.options.direct_client_id
    right = (said.get("iss"), said.get("sub"), said.get("aud")) == (
        client,
        client,
        f"{world.options.direct_issuer}/token",
    )
    if not right or not now - 60 < said.get("exp", 0) < now + 3600 or not said.get("jti"):
        return False
    fresh = world.store.get("assertion", said["jti"], now) is None
    world.store.put("assertion", said["jti"], {}, said["exp"] + 60)
    return fresh


def key_of(world: World, token) -> KeySet:
    """For joserfc: the set in which the key of this token is looked for."""
    return key_set(world, token.headers().get("kid"))


def encrypted(world: World, token: str) -> str:
    """The token, encrypted to the client; faults leave it in clear or encrypt it to somebody else. Raises KeysUnreadable."""
    if world.faults.on("itsme_unencrypted"):
        return token
    key = next((one for one in key_set(world).keys if one.as_dict(private=False).get("use") == "enc"), None)
    if key is None:
        raise KeysUnreadable
    header = {"alg": ENCRYPTION[0], "enc": ENCRYPTION[1], "cty": "JWT", "kid": str(key.kid)}
    if world.faults.on("itsme_other_key"):
        key = RSAKey.generate_key(2048)
    return jwe.encrypt_compact(header, token.encode(), key, algorithms=ENCRYPTION)
