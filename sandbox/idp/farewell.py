"""Back-channel logout: the federal service tells its client that a session has ended (OpenID Connect Back-Channel Logout 1.0)."""

import secrets
import time
from contextlib import suppress

import requests
from joserfc import jwt

from sandbox.idp.keys import signing_key
from sandbox.idp.tokens import subject
from sandbox.world import World

EVENT = "http://schemas.openid.net/event/backchannel-logout"


def tell(world: World, sign_in: dict) -> None:
    """Post the logout token; a client that does not listen is not waited for."""
    with suppress(requests.RequestException):
        form = {"logout_token": logout_token(world, sign_in)}
        requests.post(f"{world.options.portal_url}/connexion/fin/fas/", data=form, timeout=3, allow_redirects=False)


def logout_token(world: World, sign_in: dict) -> str:
    """Who signed out, and of which session."""
    key, now, client = signing_key(world), int(time.time()), world.options.client_id
    claims = {
        "iss": world.options.issuer,
        "aud": client,
        "sub": subject(client, world.cast.people[sign_in["person"]]),
        **({"sid": sign_in["sid"]} if "sid" in sign_in else {}),
        "iat": now,
        "exp": now + 120,
        "jti": secrets.token_urlsafe(16),
        "events": {EVENT: {}},
    }
    algorithm = str(key.as_dict(private=False)["alg"])
    return jwt.encode({"alg": algorithm, "kid": str(key.kid), "typ": "logout+jwt"}, claims, key)
