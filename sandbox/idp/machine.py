"""The provider's addresses for machines: discovery, keys, token, userinfo."""

import asyncio
import base64
import binascii
import hashlib
import secrets
from dataclasses import asdict
from urllib.parse import unquote_plus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.idp.keys import published
from sandbox.idp.tokens import LIFETIME, Grant, acr, id_token, userinfo
from sandbox.world import World

NOT_KEPT = {"Cache-Control": "no-store"}


OFFERED = {
    "response_types_supported": ["code"],
    "response_modes_supported": ["query"],
    "grant_types_supported": ["authorization_code"],
    "subject_types_supported": ["pairwise"],
    "scopes_supported": ["openid", "profile", "egovnrn"],
    "acr_values_supported": [acr("citizen:", level) for level in (400, 450, 500)],
    "claims_supported": ["sub", "egovNRN", "givenName", "surname", "mail", "prefLanguage"],
    "id_token_signing_alg_values_supported": ["RS256", "ES256"],
    "userinfo_signing_alg_values_supported": ["RS256", "ES256"],
    "token_endpoint_auth_methods_supported": ["client_secret_basic"],
    "code_challenge_methods_supported": ["S256"],
    "ui_locales_supported": ["fr", "de"],
    "authorization_response_iss_parameter_supported": True,
    "request_parameter_supported": False,
    "request_uri_parameter_supported": False,
    "claims_parameter_supported": False,
}


async def discovery(request: Request) -> Response:
    """OpenID Connect Discovery 1.0; paths as the federal service has them."""
    issuer = request.app.state.world.options.issuer
    addresses = {
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/access_token",
        "userinfo_endpoint": f"{issuer}/userinfo",
        "jwks_uri": f"{issuer}/connect/jwk_uri",
        "end_session_endpoint": f"{issuer}/connect/endSession",
    }
    return JSONResponse({"issuer": issuer, **addresses, **OFFERED})


async def jwks(request: Request) -> Response:
    return JSONResponse(published(request.app.state.world), headers={"Cache-Control": "max-age=60"})


async def token(request: Request) -> Response:
    """RFC 6749, 4.1.3, with RFC 7636: one code, once, by the client that asked for it."""
    world: World = request.app.state.world
    await asyncio.sleep(world.faults.seconds("slow_token"))
    if world.faults.on("token_500"):
        return Response("the token endpoint is out of order", 500)
    if not known_client(world, request.headers.get("authorization", "")):
        return JSONResponse({"error": "invalid_client"}, 401, {"WWW-Authenticate": "Basic", **NOT_KEPT})
    form = await request.form()
    posted = {name: str(value) for name, value in form.items()}
    if posted.get("grant_type") != "authorization_code":
        return JSONResponse({"error": "unsupported_grant_type"}, 400, NOT_KEPT)
    grant = redeemed(world, posted)
    if grant is None:
        return JSONResponse({"error": "invalid_grant"}, 400, NOT_KEPT)
    return JSONResponse(issued(world, grant, posted["code"]), headers=NOT_KEPT)


def known_client(world: World, header: str) -> bool:
    """client_secret_basic: both halves are form-encoded first (RFC 6749, 2.3.1)."""
    scheme, _, credentials = header.partition(" ")
    try:
        name, _, secret = base64.b64decode(credentials, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return False
    options = world.options
    same_name = secrets.compare_digest(unquote_plus(name).encode(), options.client_id.encode())
    same_secret = secrets.compare_digest(unquote_plus(secret).encode(), options.client_secret.encode())
    return scheme.lower() == "basic" and same_name and same_secret


def redeemed(world: World, posted: dict[str, str]) -> Grant | None:
    """What the code stands for, if it is alive, unused, and address and verifier are those of its request."""
    code = posted.get("code", "")
    kept = world.store.take("code", code, world.now())
    if kept is None:
        withdraw_tokens_of(world, code)
        return None
    if posted.get("redirect_uri") != kept["redirect_uri"] or not proves(
        posted.get("code_verifier", ""), kept["challenge"]
    ):
        return None
    return Grant(**kept["grant"])


def proves(verifier: str, challenge: str) -> bool:
    digest = hashlib.sha256(verifier.encode()).digest()
    return secrets.compare_digest(base64.urlsafe_b64encode(digest).rstrip(b"=").decode(), challenge)


def withdraw_tokens_of(world: World, code: str) -> None:
    """A code that comes twice was stolen by one of the two: what it gave is taken back (RFC 6749, 4.1.2)."""
    used = world.store.take("used_code", code, world.now())
    if used:
        world.store.drop("access_token", used["access_token"])


def issued(world: World, grant: Grant, code: str) -> dict:
    access_token = secrets.token_urlsafe(32)
    ends = world.now() + LIFETIME
    world.store.put("access_token", access_token, asdict(grant), ends)
    world.store.put("used_code", code, {"access_token": access_token}, ends)
    return {
        "access_token": access_token,
        "token_type": "Bearer",
        "expires_in": LIFETIME,
        "scope": grant.scope,
        "id_token": id_token(world, grant, access_token),
    }


async def user_info(request: Request) -> Response:
    """Signed, as application/jwt: who the access token speaks of."""
    world: World = request.app.state.world
    scheme, _, access_token = request.headers.get("authorization", "").partition(" ")
    kept = world.store.get("access_token", access_token, world.now())
    if scheme.lower() != "bearer" or kept is None:
        return Response("", 401, {"WWW-Authenticate": 'Bearer error="invalid_token"'})
    kind = "application/json" if world.faults.on("userinfo_plain_json") else "application/jwt"
    return Response(userinfo(world, Grant(**kept)), media_type=kind, headers=NOT_KEPT)


routes = [
    Route("/idp/.well-known/openid-configuration", discovery),
    Route("/idp/connect/jwk_uri", jwks),
    Route("/idp/access_token", token, methods=["POST"]),
    Route("/idp/userinfo", user_info, methods=["GET", "POST"]),
]
