"""The provider's pages: receive the request, offer the single sign-on or the methods, give up, sign out."""

from urllib.parse import urlencode

from joserfc import jwt
from joserfc.errors import JoseError
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import ImmutableMultiDict
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.browser import Browser, browser_of, remember
from sandbox.idp import card, phone_methods
from sandbox.idp.farewell import tell
from sandbox.idp.journey import Journey, back, begin, refuse, step, with_code
from sandbox.idp.keys import published_set
from sandbox.idp.requests import AuthorizationRequest, Refused, Untrusted, read_request, trusted_address
from sandbox.web import LANGUAGES, language_of, page, posted, problem, see_other
from sandbox.world import World


async def parameters(request: Request) -> ImmutableMultiDict[str, str]:
    """What the client sent, by address or by form."""
    if request.method != "POST":
        return request.query_params
    form = await request.form(max_files=0)
    return ImmutableMultiDict([(name, str(value)) for name, value in form.multi_items()])


async def authorize(request: Request) -> Response:
    """The authorization endpoint: begin a journey, or refuse the client."""
    world: World = request.app.state.world
    world.store.sweep(world.now())
    asked = await parameters(request)
    try:
        address = trusted_address(asked, world.options.client_id, world.options.redirect_uri)
    except Untrusted as untrusted:
        return problem(request, language_of(request), f"untrusted_{untrusted}", 400)
    try:
        wanted = read_request(asked)
    except Refused as refused:
        said = {"error": refused.error, "error_description": refused.description}
        return back(world, address, asked.get("state", ""), "fas", **said)
    return received(request, wanted)


def received(request: Request, asked: AuthorizationRequest) -> Response:
    world: World = request.app.state.world
    browser = browser_of(request)
    fresh = "login" in asked.prompt.split() or not usable(world, browser, asked)
    journey = begin(world, asked, browser, asked.language or language_of(request), fresh)
    if "none" in asked.prompt.split():
        signed_in = None if fresh else browser.sign_in
        return with_code(world, journey, signed_in) if signed_in else refuse(world, journey, "login_required")
    return remember(world, browser, see_other(journey.path))


def usable(world: World, browser: Browser, asked: AuthorizationRequest) -> bool:
    """Whether the single sign-on reaches the level asked and is young enough."""
    sign_in = browser.live_sign_in(world)
    if sign_in is None or sign_in["level"] < asked.minimum:
        return False
    return asked.max_age is None or world.now() - sign_in["auth_time"] <= asked.max_age


@step
async def choose(request: Request, journey: Journey) -> Response:
    """Who is known already continues in one click; the others choose a method."""
    world: World = request.app.state.world
    browser = browser_of(request)
    sign_in = browser.live_sign_in(world)
    offered = sign_in if not journey.fresh and usable(world, browser, journey.request) else None
    if request.method == "POST":
        return await chosen(request, journey, offered)
    if not offered and len(journey.methods()) == 1 and (not sign_in or journey.request.service == "itsme"):
        return see_other(f"{journey.path}{journey.methods()[0]}/")
    known = world.cast.people[sign_in["person"]] if sign_in else None
    return page(
        request, "idp/choose.html", journey.language, journey=journey, offered=offered, known=known, sign_in=sign_in
    )


async def chosen(request: Request, journey: Journey, offered: dict | None) -> Response:
    world: World = request.app.state.world
    action = (await posted(request)).get("action", "")
    if action in LANGUAGES:
        journey.language = action
        journey.keep(world)
        return see_other(journey.path)
    if action == "cancel":
        return refuse(world, journey)
    if action == "continue" and offered:
        return with_code(world, journey, offered)
    if action in journey.methods():
        return see_other(f"{journey.path}{action}/")
    return see_other(journey.path)


async def end_session(request: Request) -> Response:
    """RP-initiated logout: the single sign-on ends; back to the client if its address is registered; the client is told."""
    world: World = request.app.state.world
    asked = await parameters(request)
    browser = browser_of(request)
    ended, browser.sign_in = browser.live_sign_in(world), None
    address = asked.get("post_logout_redirect_uri", "")
    if address in world.options.after_logout and issued_here(world, asked.get("id_token_hint", "")):
        state = asked.get("state", "")
        response = back_from_logout(address, state)
    else:
        response = page(request, "idp/ended.html", language_of(request))
    if ended:
        response.background = BackgroundTask(run_in_threadpool, tell, world, ended)
    return remember(world, browser, response)


def back_from_logout(address: str, state: str) -> Response:
    return see_other(f"{address}?{urlencode({'state': state})}" if state else address)


def issued_here(world: World, token: str) -> bool:
    """Whether the hint is an ID token of this provider for this client; it may have expired."""
    try:
        claims = jwt.decode(token, published_set(world), algorithms=["RS256", "ES256"]).claims
    except (JoseError, ValueError):
        return False
    return claims.get("iss") == world.options.issuer and claims.get("aud") == world.options.client_id


routes = [
    Route("/idp/authorize", authorize, methods=["GET", "POST"]),
    Route("/idp/connect/endSession", end_session, methods=["GET", "POST"]),
    Route("/idp/identification/{journey}/", choose, methods=["GET", "POST"]),
    Route("/idp/identification/{journey}/eid/", card.present, methods=["GET", "POST"]),
    Route("/idp/identification/{journey}/itsme/", phone_methods.itsme, methods=["GET", "POST"]),
    Route("/idp/identification/{journey}/sms/", phone_methods.sms, methods=["GET", "POST"]),
]
