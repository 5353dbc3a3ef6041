"""What the provider signs: ID token and userinfo, with the faults that a relying party has to notice."""

import base64
import hashlib
import json
import time
from dataclasses import dataclass

from joserfc import jwt

from sandbox.cast import Person
from sandbox.idp.keys import SigningKey, direct_key, make_key, signing_key
from sandbox.world import World

LEVEL_PREFIX = "urn:be:fedict:iam:fas:"
ITSME = "http://itsme.services/v2/claim/"
AMR = {"eid": "eid", "itsme": "bmid", "sms": "sms"}
LIFETIME = 300


@dataclass(frozen=True)
class Grant:
    """What one code or access token stands for."""

    person: str
    method: str
    level: int
    family: str
    auth_time: int
    nonce: str
    scope: str
    client_id: str
    sid: str = ""


def subject(client_id: str, person: Person) -> str:
    """A stable pseudonym of the person for this client; says nothing of the national number."""
    return hashlib.sha256(f"{client_id}/{person.id}".encode()).hexdigest()[:32]


def acr(family: str, level: int) -> str:
    return f"{LEVEL_PREFIX}{family}Level{level}"


def id_token(world: World, grant: Grant, access_token: str) -> str:
    """The signed ID token of a grant. Claims as in OpenID Connect Core, section 2, and 3.1.3.6 for at_hash."""
    now = int(time.time())
    claims = {
        "iss": world.options.issuer,
        "sub": subject(grant.client_id, world.cast.people[grant.person]),
        "aud": grant.client_id,
        "iat": now,
        "exp": now + LIFETIME,
        "auth_time": grant.auth_time,
        "nonce": grant.nonce,
        "acr": acr(grant.family, grant.level),
        "amr": [AMR[grant.method]],
        "at_hash": half_hash(access_token),
        **({"sid": grant.sid} if grant.sid else {}),
    }
    return sign(world, misbehave(world, claims, grant), "JWT")


def direct_id_token(world: World, grant: Grant, access_token: str) -> str:
    """The signed ID token of itsme, before it is encrypted."""
    now = int(time.time())
    claims = {
        "iss": world.options.direct_issuer,
        "sub": subject(grant.client_id, world.cast.people[grant.person]),
        "aud": grant.client_id,
        "iat": now,
        "exp": now + LIFETIME,
        "auth_time": grant.auth_time,
        "nonce": grant.nonce,
        "acr": grant.family,
        "at_hash": half_hash(access_token),
    }
    return sign(world, misbehave(world, claims, grant), "JWT", key=direct_key(world))


def direct_userinfo(world: World, grant: Grant) -> str:
    """The signed userinfo of itsme, with its names; the national number because scope eid was asked."""
    person = world.cast.people[grant.person]
    claims: dict = {
        "iss": world.options.direct_issuer,
        "aud": grant.client_id,
        "sub": subject(grant.client_id, person),
        "name": person.name,
        "given_name": person.given_name,
        "family_name": person.surname,
        "locale": person.language.upper(),
    }
    if "eid" in grant.scope.split():
        claims[f"{ITSME}BENationalNumber"] = "".join(filter(str.isdigit, person.national_number))
    for name, claim in (
        ("userinfo_without_number", f"{ITSME}BENationalNumber"),
        ("userinfo_without_given_name", "given_name"),
    ):
        if world.faults.on(name):
            claims.pop(claim, None)
    if world.faults.on("userinfo_other_sub"):
        claims["sub"] = subject(grant.client_id, next(p for p in world.cast.people.values() if p != person))
    return sign(world, claims, "JWT", plain_faults=False, key=direct_key(world))


def misbehave(world: World, claims: dict, grant: Grant) -> dict:
    """The claims, changed by whatever faults are on."""
    weaker = acr(grant.family, max(level for level in (300, 400, 450) if level < grant.level))
    now = int(time.time())
    wrong: dict[str, dict] = {
        "lower_acr": {"acr": weaker, "amr": [weaker]},
        "acr_in_amr": {"acr": "0", "amr": [AMR[grant.method], acr("", grant.level)]},
        "wrong_nonce": {"nonce": "another-nonce"},
        "wrong_aud": {"aud": "another-client"},
        "wrong_iss": {"iss": "https://another.example/idp"},
        "expired_token": {"iat": now - 7200, "exp": now - 3600},
        "old_auth_time": {"auth_time": now - 400 * 86400},
        "wrong_at_hash": {"at_hash": half_hash("another-token")},
    }
    if grant.client_id == world.options.direct_client_id:
        wrong |= {"lower_acr": {"acr": "http://itsme.services/v2/claim/acr_none"}, "acr_in_amr": {}}
    for name, change in wrong.items():
        if world.faults.on(name):
            claims |= change
    return claims


def userinfo(world: World, grant: Grant) -> str:
    """The signed userinfo of a grant, with the federal service's own names. Scopes decide what it holds."""
    person = world.cast.people[grant.person]
    claims: dict = {"iss": world.options.issuer, "aud": grant.client_id, "sub": subject(grant.client_id, person)}
    if "profile" in grant.scope.split():
        claims |= {"givenName": person.given_name, "surname": person.surname, "prefLanguage": person.language}
        claims |= {"mail": person.mail} if person.mail_known_to_provider else {}
    if "egovnrn" in grant.scope.split():
        claims["egovNRN"] = "".join(filter(str.isdigit, person.national_number))
    for name, claim in (("userinfo_without_number", "egovNRN"), ("userinfo_without_given_name", "givenName")):
        if world.faults.on(name):
            claims.pop(claim, None)
    if world.faults.on("userinfo_other_sub"):
        claims["sub"] = subject(grant.client_id, next(p for p in world.cast.people.values() if p != person))
    if world.faults.on("userinfo_plain_json"):
        return json.dumps(claims)
    token = sign(world, claims, "JWT", plain_faults=False)
    return broken(token) if world.faults.on("userinfo_bad_signature") else token


def sign(world: World, claims: dict, kind: str, *, plain_faults: bool = True, key: SigningKey | None = None) -> str:
    """A compact signed token; with `plain_faults` the signature itself may be at fault."""
    if plain_faults and world.faults.on("alg_none"):
        return f"{encoded({'alg': 'none', 'typ': kind})}.{encoded(claims)}."
    key = make_key("RS256") if plain_faults and world.faults.on("unknown_key") else key or signing_key(world)
    algorithm = str(key.as_dict(private=False)["alg"])
    token = jwt.encode({"alg": algorithm, "kid": key.kid, "typ": kind}, claims, key)
    return broken(token) if plain_faults and world.faults.on("bad_signature") else token


def broken(token: str) -> str:
    """The same token with one character of its signature changed."""
    head, _, signature = token.rpartition(".")
    return f"{head}.{'B' if signature[0] == 'A' else 'A'}{signature[1:]}"


def half_hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest[:16]).rstrip(b"=").decode()


def encoded(value: dict) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
