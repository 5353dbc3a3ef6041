"""What one browser holds: the inserted card and the provider's single sign-on. The cookie is a random name."""

import secrets
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from sandbox.cast import Person
from sandbox.world import World

COOKIE = "sandbox_sso"
LIFETIME = 12 * 3600
SIGN_IN_LIFETIME = 3600


@dataclass
class Browser:
    id: str
    inserted: str | None = None
    sign_in: dict | None = None

    def live_sign_in(self, world: World) -> dict | None:
        """The single sign-on (person, method, level, auth_time), if it is less than an hour old."""
        if self.sign_in and self.sign_in["auth_time"] + SIGN_IN_LIFETIME > world.now():
            return self.sign_in
        return None

    def person(self, world: World) -> Person | None:
        return world.cast.people.get(self.inserted or "")

    def insert(self, person: Person) -> None:
        """Put in this person's card and take up their phone; another person's single sign-on ends."""
        if self.sign_in and self.sign_in["person"] != person.id:
            self.sign_in = None
        self.inserted = person.id


def browser_of(request: Request) -> Browser:
    world: World = request.app.state.world
    name = request.cookies.get(COOKIE, "")
    kept = world.store.get("browser", name, world.now()) if name else None
    return Browser(id=name, **kept) if kept else Browser(id=secrets.token_urlsafe(32))


def remember(world: World, browser: Browser, response: Response) -> Response:
    """Keep the browser's state and give it its cookie. A name planted by others is never adopted: it was made here."""
    state = {"inserted": browser.inserted, "sign_in": browser.sign_in}
    world.store.put("browser", browser.id, state, world.now() + LIFETIME)
    secure = world.options.public_url.startswith("https:")
    response.set_cookie(COOKIE, browser.id, httponly=True, samesite="lax", path="/", secure=secure)
    return response
