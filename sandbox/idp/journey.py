"""One identification under way: kept between pages, bound to one browser, ended by a code or an error."""

import secrets
from collections.abc import Callable, Coroutine
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from sandbox.browser import Browser, browser_of, remember
from sandbox.cast import METHODS, Person
from sandbox.idp.requests import AuthorizationRequest
from sandbox.idp.tokens import Grant
from sandbox.web import language_of, problem, see_other
from sandbox.world import World

LIFETIME = 20 * 60
CODE_LIFETIME = 60


@dataclass
class Journey:
    """`asked` is the authorization request; `sms` and `push` hold what the chosen method needs to remember."""

    id: str
    browser: str
    language: str
    asked: dict
    fresh: bool = False
    sms: dict = field(default_factory=dict)
    push: str = ""

    @property
    def request(self) -> AuthorizationRequest:
        return AuthorizationRequest(**self.asked)

    @property
    def path(self) -> str:
        return f"/idp/identification/{self.id}/"

    def methods(self) -> list[str]:
        """The methods that satisfy the minimum, the one that matches it most closely first; itsme has but one."""
        if self.request.service == "itsme":
            return ["itsme"]
        return [method for method in reversed(METHODS) if METHODS[method] >= self.request.minimum]

    def keep(self, world: World) -> None:
        kept = {name: value for name, value in asdict(self).items() if name != "id"}
        world.store.put("journey", self.id, kept, world.now() + LIFETIME)


Step = Callable[[Request, Journey], Coroutine[Any, Any, Response]]


def begin(world: World, asked: AuthorizationRequest, browser: Browser, language: str, fresh: bool) -> Journey:
    journey = Journey(secrets.token_urlsafe(24), browser.id, language, asdict(asked), fresh)
    journey.keep(world)
    return journey


def step(view: Step) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    """Give the view the journey of its address, if it lives and belongs to this browser; else say so."""

    async def found(request: Request) -> Response:
        world: World = request.app.state.world
        name = request.path_params["journey"]
        kept = world.store.get("journey", name, world.now())
        if kept is None or kept["browser"] != browser_of(request).id:
            return problem(request, language_of(request), "journey_gone", 410)
        return await view(request, Journey(id=name, **kept))

    return found


def complete(request: Request, journey: Journey, person: Person, method: str) -> Response:
    """The person has proved who they are: begin the single sign-on and go back to the client with a code."""
    world: World = request.app.state.world
    browser = browser_of(request)
    browser.inserted = person.id
    sign_in = {"person": person.id, "method": method, "level": METHODS[method], "auth_time": int(world.now())}
    sign_in["sid"] = secrets.token_urlsafe(16)
    if journey.request.service == "fas":  # the other remembers nobody
        browser.sign_in = sign_in
    return remember(world, browser, with_code(world, journey, sign_in))


def with_code(world: World, journey: Journey, sign_in: dict) -> Response:
    """The client's address with a code that lives 60 seconds; the journey is over."""
    world.store.drop("journey", journey.id)
    asked = journey.request
    grant = Grant(
        person=sign_in["person"],
        method=sign_in["method"],
        level=sign_in["level"],
        family=asked.family,
        auth_time=int(sign_in["auth_time"]),
        nonce=asked.nonce,
        scope=asked.scope,
        client_id=world.options.direct_client_id if asked.service == "itsme" else world.options.client_id,
        sid=sign_in.get("sid", ""),
    )
    code = secrets.token_urlsafe(32)
    kept = {"redirect_uri": asked.redirect_uri, "challenge": asked.challenge, "grant": asdict(grant)}
    world.store.put("code", code, kept, world.now() + CODE_LIFETIME)
    said = {"code": code, "scope": asked.scope, "client_id": grant.client_id}
    return back(world, asked.redirect_uri, asked.state, asked.service, **said)


def refuse(world: World, journey: Journey, error: str = "access_denied") -> Response:
    """The person gave up: the journey is over, the client is told."""
    world.store.drop("journey", journey.id)
    asked = journey.request
    return back(world, asked.redirect_uri, asked.state, asked.service, error=error)


def back(world: World, address: str, state: str, service: str, **answer: str) -> Response:
    """To the client, with state and issuer (RFC 9207)."""
    issuer = world.options.direct_issuer if service == "itsme" else world.options.issuer
    issuer = "https://another.example/idp" if world.faults.on("wrong_callback_iss") else issuer
    state = "another-state" if world.faults.on("other_state") else state
    return see_other(f"{address}?{urlencode({**answer, 'state': state, 'iss': issuer})}")
