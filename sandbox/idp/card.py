"""The virtual card: which one is inserted, its PIN, three tries."""

import secrets

from starlette.requests import Request
from starlette.responses import Response

from sandbox.browser import browser_of
from sandbox.cast import Person
from sandbox.idp.journey import Journey, complete, refuse, step
from sandbox.web import page, posted
from sandbox.world import World

TRIES = 3


def tries_left(world: World, person: Person) -> int:
    """How many wrong PINs the card still bears. The card remembers, whatever the browser."""
    kept = world.store.get("card", person.id, 0)
    return kept["left"] if kept else TRIES


def unblock(world: World, person: Person) -> None:
    world.store.drop("card", person.id)


def pin_is_right(world: World, person: Person, pin: str) -> bool:
    """Try a PIN; a wrong one costs a try, the right one gives all back. A blocked card refuses both."""
    left = tries_left(world, person)
    if left and secrets.compare_digest(pin.encode(), person.pin.encode()):
        unblock(world, person)
        return True
    world.store.put("card", person.id, {"left": max(left - 1, 0)})
    return False


@step
async def present(request: Request, journey: Journey) -> Response:
    """The page of the card: choose the card, type its PIN."""
    world: World = request.app.state.world
    if request.method == "GET":
        return card_page(request, journey, browser_of(request).person(world))
    fields = await posted(request)
    if fields.get("action") == "cancel":
        return refuse(world, journey)
    person = world.cast.people.get(fields.get("person", ""))
    if person is None or not person.can("eid"):
        return card_page(request, journey, person, "card_missing")
    if tries_left(world, person) and not fields.get("pin"):
        return card_page(request, journey, person, "pin_missing")
    if pin_is_right(world, person, fields.get("pin", "")):
        return complete(request, journey, person, "eid")
    return card_page(request, journey, person, "pin_wrong" if tries_left(world, person) else "card_blocked")


def card_page(request: Request, journey: Journey, person: Person | None, error: str = "") -> Response:
    world: World = request.app.state.world
    left = tries_left(world, person) if person else TRIES
    cards = world.cast.holding("eid")
    status = 422 if error else 200
    return page(
        request,
        "idp/card.html",
        journey.language,
        status,
        journey=journey,
        person=person,
        cards=cards,
        left=left,
        error=error,
    )
