"""Signing keys: kept in the store, published together, the newest signs."""

import secrets

from joserfc.jwk import ECKey, KeyParameters, KeySet, RSAKey

from sandbox.world import World

SigningKey = RSAKey | ECKey


def make_key(algorithm: str) -> SigningKey:
    parameters: KeyParameters = {"kid": f"sandbox-{secrets.token_hex(4)}", "use": "sig", "alg": algorithm}
    if algorithm == "ES256":
        return ECKey.generate_key("P-256", parameters=parameters)
    return RSAKey.generate_key(2048, parameters=parameters)


def rotate(world: World, algorithm: str = "RS256") -> str:
    """Sign with a new key from now on; the earlier ones stay published. Returns the new key's id."""
    key = make_key(algorithm)
    kept = world.store.get("setting", "keys", 0) or {"keys": []}
    kept["keys"] = [key.as_dict(private=True), *kept["keys"]][:4]
    world.store.put("setting", "keys", kept)
    return str(key.kid)


def forget_old(world: World) -> None:
    """Publish only the key that signs."""
    world.store.put("setting", "keys", {"keys": keys(world)[:1]})


def keys(world: World) -> list[dict]:
    kept = world.store.get("setting", "keys", 0)
    if kept is None:
        rotate(world)
        kept = world.store.get("setting", "keys", 0)
    return kept["keys"] if kept else []


def direct_key(world: World) -> SigningKey:
    """The key with which itsme signs: another than the federal service's."""
    kept = world.store.get("setting", "direct_key", 0)
    if kept is None:
        kept = make_key("RS256").as_dict(private=True)
        world.store.put("setting", "direct_key", kept)
    return imported(kept)


def signing_key(world: World) -> SigningKey:
    return imported(keys(world)[0])


def published(world: World) -> dict:
    """The JWKS document: public halves only."""
    return {"keys": [imported(key).as_dict(private=False) for key in keys(world)]}


def published_set(world: World) -> KeySet:
    return KeySet([imported(key) for key in keys(world)])


def imported(key: dict) -> SigningKey:
    return ECKey.import_key(key) if key["kty"] == "EC" else RSAKey.import_key(key)
