"""The virtual phones: approvals asked by the itsme app, SMS received; and the gateway for the portal's own SMS."""

import secrets

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.cast import Person, international
from sandbox.web import LANGUAGES, language_of, page, posted, problem, see_other
from sandbox.world import World

LONGEST_SMS = 1600


async def phones(request: Request) -> Response:
    people = request.app.state.world.cast.people.values()
    return page(request, "phones.html", language_of(request), people=people)


async def phone(request: Request) -> Response:
    """One person's phone, in the person's language. POST: approve or refuse what the app asks."""
    world: World = request.app.state.world
    person = world.cast.people.get(request.path_params["person"])
    if person is None:
        return problem(request, language_of(request), "not_found", 404)
    asked = request.query_params.get("lang", "")
    language = asked if asked in LANGUAGES else person.language
    if request.method == "POST":
        return await answered(request, world, person, language)
    messages = world.store.sms(person.phone)[:50]
    pushes = pending(world, person)
    done = request.query_params.get("fait", "")
    return page(request, "phone.html", language, person=person, messages=messages, pushes=pushes, done=done)


def pending(world: World, person: Person) -> dict[str, dict]:
    """What the itsme app is asking this person now, newest first."""
    return {
        name: push
        for name, push in reversed(world.store.all("push", world.now()).items())
        if push["person"] == person.id and not push["answer"] and push["ends"] > world.now()
    }


async def answered(request: Request, world: World, person: Person, language: str) -> Response:
    fields = await posted(request)
    name, answer = fields.get("request", ""), fields.get("answer", "")
    if name not in pending(world, person) or answer not in ("approve", "refuse"):
        return see_other(f"/telephone/{person.id}/?lang={language}&fait=over")
    push = pending(world, person)[name] | {"answer": answer}
    world.store.put("push", name, push, push["ends"] + 180)
    return see_other(f"/telephone/{person.id}/?lang={language}&fait={answer}")


async def list_sms(request: Request) -> Response:
    """SMS to ?to= (a number) or ?person= (an id), numbered above ?after=, newest first."""
    world: World = request.app.state.world
    person = world.cast.people.get(request.query_params.get("person", ""))
    asked = request.query_params.get("to", "")
    number = person.phone if person else international(asked) if asked else ""
    after = request.query_params.get("after", "0")
    rows = world.store.sms(number, int(after) if after.isdecimal() else 0)
    return JSONResponse([dict(row) for row in rows])


async def gateway(request: Request) -> Response:
    """The SMS gateway: JSON {to, text} with the service's bearer secret; 202 with the message's number. GET: is it ready?"""
    world: World = request.app.state.world
    if not knows_secret(world, request.headers.get("authorization", "")):
        return JSONResponse({"error": "unauthorized"}, 401, {"WWW-Authenticate": "Bearer"})
    if world.faults.on("sms_down"):
        return JSONResponse({"error": "out of order"}, 503)
    if request.method == "GET":
        return JSONResponse({"ready": True})
    try:
        message = await request.json()
        to, text = str(message["to"]), str(message["text"])
    except (ValueError, KeyError, TypeError):
        return JSONResponse({"error": "to and text are required"}, 400)
    if not text or len(text) > LONGEST_SMS:
        return JSONResponse({"error": "text is empty or too long"}, 400)
    return JSONResponse({"id": world.store.add_sms(international(to), text, world.now())}, 202)


def knows_secret(world: World, header: str) -> bool:
    """Whether the caller carries the secret that services share with the portal."""
    scheme, _, secret = header.partition(" ")
    return scheme.lower() == "bearer" and secrets.compare_digest(secret.encode(), world.options.service_secret.encode())


routes = [
    Route("/telephone/", phones),
    Route("/telephone/{person}/", phone, methods=["GET", "POST"]),
    Route("/passerelle/sms", gateway, methods=["GET", "POST"]),
    Route("/api/sms", list_sms),
]
