"""The first page: the cast, whose card is inserted, what misbehaves; and the same by JSON for tests."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.browser import browser_of, remember
from sandbox.faults import KNOWN
from sandbox.idp.card import tries_left, unblock
from sandbox.idp.keys import forget_old, rotate
from sandbox.web import LANGUAGES, language_of, page, posted, problem, see_other
from sandbox.world import World


async def cast(request: Request) -> Response:
    """Who exists, their story, the button that inserts their card. POST: person, action (insert, eject, unblock)."""
    world: World = request.app.state.world
    if request.method == "POST":
        return await changed(request)
    browser = browser_of(request)
    left = {person.id: tries_left(world, person) for person in world.cast.holding("eid")}
    return page(
        request,
        "cast.html",
        language_of(request),
        people=world.cast.people.values(),
        enterprises=world.cast.enterprises,
        inserted=browser.person(world),
        signed_in=browser.live_sign_in(world),
        left=left,
        faults=sorted(world.faults.active),
    )


async def changed(request: Request) -> Response:
    world: World = request.app.state.world
    fields = await posted(request)
    browser = browser_of(request)
    person = world.cast.people.get(fields.get("person", ""))
    action = fields.get("action", "insert")
    if action == "eject":
        browser.inserted = browser.sign_in = None
    elif person is None:
        return problem(request, language_of(request), "not_found", 404)
    elif action == "unblock":
        unblock(world, person)
    else:
        browser.insert(person)
    language = fields.get("lang", "")
    return remember(world, browser, see_other(f"/?lang={language}" if language in LANGUAGES else "/"))


async def fault_page(request: Request) -> Response:
    """What can misbehave, as check boxes named fault. POST: exactly the checked ones are on."""
    world: World = request.app.state.world
    if request.method == "POST":
        form = await request.form(max_files=0)
        wanted = [str(name) for name in form.getlist("fault")]
        world.faults.replace({name: True for name in wanted if name in KNOWN})
        return see_other("/faults")
    return page(request, "faults.html", language_of(request), known=list(KNOWN), active=world.faults.active)


async def fault_api(request: Request) -> Response:
    """GET what is on; PUT {name: true | seconds} turns on exactly these; DELETE turns all off."""
    world: World = request.app.state.world
    if request.method == "DELETE":
        world.faults.active = {}
    if request.method == "PUT":
        wanted = await body(request)
        unknown = world.faults.replace(wanted) if wanted is not None else ["not a JSON object"]
        if unknown:
            return JSONResponse({"unknown": unknown}, 400)
    return JSONResponse({"active": world.faults.active, "known": list(KNOWN)})


async def keys_api(request: Request) -> Response:
    """POST {"action": "rotate", "alg": "RS256" | "ES256"} or {"action": "forget-old"}."""
    world: World = request.app.state.world
    asked = await body(request) or {}
    if asked.get("action") == "forget-old":
        forget_old(world)
        return JSONResponse({})
    if asked.get("action") != "rotate" or asked.get("alg", "RS256") not in ("RS256", "ES256"):
        return JSONResponse({"error": "action: rotate or forget-old; alg: RS256 or ES256"}, 400)
    return JSONResponse({"kid": rotate(world, asked.get("alg", "RS256"))})


async def clock_api(request: Request) -> Response:
    """PUT {"ahead": seconds}: what ends, ends that much earlier. Token dates stay true."""
    world: World = request.app.state.world
    asked = await body(request) or {}
    if not isinstance(asked.get("ahead"), int | float):
        return JSONResponse({"error": "ahead: a number of seconds"}, 400)
    world.ahead = float(asked["ahead"])
    return JSONResponse({"ahead": world.ahead})


async def cast_api(request: Request) -> Response:
    """The cast as data."""
    world: World = request.app.state.world
    people = [
        {"id": p.id, "name": p.name, "phone": p.phone, "mail": p.mail, "methods": p.methods}
        for p in world.cast.people.values()
    ]
    return JSONResponse({"people": people, "enterprises": world.cast.enterprises})


async def body(request: Request) -> dict | None:
    """The posted JSON object, or None when it is none."""
    try:
        value = await request.json()
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


routes = [
    Route("/", cast, methods=["GET", "POST"]),
    Route("/faults", fault_page, methods=["GET", "POST"]),
    Route("/api/faults", fault_api, methods=["GET", "PUT", "DELETE"]),
    Route("/api/keys", keys_api, methods=["POST"]),
    Route("/api/clock", clock_api, methods=["PUT"]),
    Route("/api/cast", cast_api),
]
