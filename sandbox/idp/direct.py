"""itsme by a contract of one's own: its addresses for machines, and the one to which browsers are sent.

Unlike the federal service it knows its client by a signature, and encrypts what it signs to the client's published key.
"""

import secrets
from dataclasses import asdict

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.browser import browser_of, remember
from sandbox.idp.client_keys import KeysUnreadable, believed, encrypted
from sandbox.idp.journey import back, begin
from sandbox.idp.keys import direct_key
from sandbox.idp.machine import NOT_KEPT, redeemed
from sandbox.idp.pages import parameters
from sandbox.idp.requests import Refused, Untrusted, read_direct_request, trusted_address
from sandbox.idp.tokens import LIFETIME, Grant, direct_id_token, direct_userinfo
from sandbox.web import language_of, problem, see_other
from sandbox.world import World

OFFERED = {
    "response_types_supported": ["code"],
    "grant_types_supported": ["authorization_code"],
    "subject_types_supported": ["pairwise"],
    "scopes_supported": ["openid", "profile", "eid", "service"],
    "acr_values_supported": [f"http://itsme.services/v2/claim/acr_{name}" for name in ("basic", "advanced")],
    "id_token_signing_alg_values_supported": ["RS256"],
    "userinfo_signing_alg_values_supported": ["RS256"],
    **{f"{token}_encryption_alg_values_supported": ["RSA-OAEP-256"] for token in ("id_token", "userinfo")},
    **{f"{token}_encryption_enc_values_supported": ["A128CBC-HS256"] for token in ("id_token", "userinfo")},
    "token_endpoint_auth_methods_supported": ["private_key_jwt"],
    "token_endpoint_auth_signing_alg_values_supported": ["RS256"],
    "code_challenge_methods_supported": ["S256"],
    "claims_parameter_supported": True,
    "ui_locales_supported": ["fr", "de"],
    "authorization_response_iss_parameter_supported": True,
}


async def discovery(request: Request) -> Response:
    """OpenID Connect Discovery 1.0; paths as itsme has them. There is no address to end a session: there is none."""
    issuer = request.app.state.world.options.direct_issuer
    addresses = {
        "authorization_endpoint": f"{issuer}/authorization",
        "token_endpoint": f"{issuer}/token",
        "userinfo_endpoint": f"{issuer}/userinfo",
        "jwks_uri": f"{issuer}/jwkSet",
    }
    return JSONResponse({"issuer": issuer, **addresses, **OFFERED})


async def jwks(request: Request) -> Response:
    return JSONResponse({"keys": [direct_key(request.app.state.world).as_dict(private=False)]})


async def authorization(request: Request) -> Response:
    """Begin a journey on the telephone, or refuse the client; itsme remembers nobody."""
    world: World = request.app.state.world
    asked = await parameters(request)
    try:
        address = trusted_address(asked, world.options.direct_client_id, world.options.direct_redirect_uri)
    except Untrusted as untrusted:
        return problem(request, language_of(request), f"untrusted_{untrusted}", 400)
    try:
        wanted = read_direct_request(asked)
    except Refused as refused:
        said = {"error": refused.error, "error_description": refused.description}
        return back(world, address, asked.get("state", ""), "itsme", **said)
    browser = browser_of(request)
    journey = begin(world, wanted, browser, wanted.language or language_of(request), True)
    return remember(world, browser, see_other(f"{journey.path}itsme/"))


async def token(request: Request) -> Response:
    """One code, once, by the client that proves with its key who it is (RFC 7523)."""
    world: World = request.app.state.world
    if world.faults.on("token_500"):
        return Response("the token endpoint is out of order", 500)
    posted = {name: str(value) for name, value in (await request.form()).items()}
    try:
        if not await run_in_threadpool(believed, world, posted.get("client_assertion", "")):
            return JSONResponse({"error": "invalid_client"}, 401, NOT_KEPT)
        grant = redeemed(world, posted) if posted.get("grant_type") == "authorization_code" else None
        if grant is None or grant.client_id != world.options.direct_client_id:
            return JSONResponse({"error": "invalid_grant"}, 400, NOT_KEPT)
        return JSONResponse(await run_in_threadpool(issued, world, grant), headers=NOT_KEPT)
    except KeysUnreadable:
        return JSONResponse({"error": "invalid_client", "error_description": "jwks_uri"}, 401, NOT_KEPT)


def issued(world: World, grant: Grant) -> dict:
    """Both tokens; the ID token encrypted to the client."""
    access_token = secrets.token_urlsafe(32)
    world.store.put("access_token", access_token, asdict(grant), world.now() + LIFETIME)
    id_token = encrypted(world, direct_id_token(world, grant, access_token))
    return {"access_token": access_token, "token_type": "Bearer", "expires_in": LIFETIME, "id_token": id_token}


async def user_info(request: Request) -> Response:
    """Who the access token speaks of, encrypted; said to be JSON although it is a token, as itsme says it."""
    world: World = request.app.state.world
    scheme, _, access_token = request.headers.get("authorization", "").partition(" ")
    kept = world.store.get("access_token", access_token, world.now())
    if scheme.lower() != "bearer" or kept is None or kept["client_id"] != world.options.direct_client_id:
        return Response("", 401, {"WWW-Authenticate": 'Bearer error="invalid_token"'})
    token = await run_in_threadpool(encrypted, world, direct_userinfo(world, Grant(**kept)))
    return Response(token, media_type="application/json", headers=NOT_KEPT)


routes = [
    Route("/itsme/v2/.well-known/openid-configuration", discovery),
    Route("/itsme/v2/jwkSet", jwks),
    Route("/itsme/v2/authorization", authorization, methods=["GET", "POST"]),
    Route("/itsme/v2/token", token, methods=["POST"]),
    Route("/itsme/v2/userinfo", user_info, methods=["GET", "POST"]),
]
