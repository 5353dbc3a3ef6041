"""The two methods of the virtual phone: approval in the itsme app, and a single-use code by SMS."""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from sandbox.browser import browser_of
from sandbox.cast import Person
from sandbox.idp.journey import Journey, Step, complete, refuse, step
from sandbox.web import page, posted, see_other, text
from sandbox.world import World

Act = Callable[[Request, Journey, Mapping[str, str]], Response]
PUSH_SECONDS = 180
SMS_SECONDS, SMS_TRIES, SMS_SENDINGS, SMS_PAUSE = 300, 5, 3, 60


def by_phone(method: str) -> Callable[[Act], Step]:
    """Decorator: `act(request, journey, fields)`, when this method is offered here and the person does not give up."""

    def decorate(act: Act) -> Step:
        async def asked(request: Request, journey: Journey) -> Response:
            if method not in journey.methods():
                return see_other(journey.path)
            fields = await posted(request) if request.method == "POST" else {}
            if fields.get("action") == "cancel":
                return refuse(request.app.state.world, journey)
            return act(request, journey, fields)

        return asked

    return decorate


@step
@by_phone("itsme")
def itsme(request: Request, journey: Journey, fields: Mapping[str, str]) -> Response:
    """Type the number, then wait for the approval given on the phone's own page."""
    action = fields.get("action", "")
    if action == "send":
        return send_push(request, journey, fields.get("phone", ""))
    if action == "approved":
        return approved(request, journey)
    if action == "again":
        journey.push = ""
        journey.keep(request.app.state.world)
        return see_other(f"{journey.path}itsme/")
    return itsme_page(request, journey)


def send_push(request: Request, journey: Journey, typed: str) -> Response:
    world: World = request.app.state.world
    person = world.cast.by_phone(typed)
    if person is None or not person.can("itsme"):
        return itsme_page(request, journey, typed, "itsme_unknown" if typed else "phone_missing")
    journey.push = secrets.token_urlsafe(12)
    push = {
        "person": person.id,
        "number": f"{secrets.randbelow(90) + 10}",
        "ends": world.now() + PUSH_SECONDS,
        "answer": "",
    }
    world.store.put("push", journey.push, push, world.now() + 2 * PUSH_SECONDS)
    journey.keep(world)
    return see_other(f"{journey.path}itsme/")


def approved(request: Request, journey: Journey) -> Response:
    """The person says it is approved: believe the phone, not the button."""
    world: World = request.app.state.world
    push = world.store.get("push", journey.push, world.now())
    if push and push["answer"] == "approve":
        world.store.drop("push", journey.push)
        return complete(request, journey, world.cast.people[push["person"]], "itsme")
    return itsme_page(request, journey, error="" if is_over(world, push) else "not_yet_approved")


def is_over(world: World, push: dict | None) -> bool:
    return push is None or push["answer"] == "refuse" or push["ends"] <= world.now()


def itsme_page(request: Request, journey: Journey, typed: str = "", error: str = "") -> Response:
    world: World = request.app.state.world
    push = world.store.get("push", journey.push, world.now()) if journey.push else None
    over = "push_refused" if push and push["answer"] == "refuse" else "push_expired"
    return page(
        request,
        "idp/itsme.html",
        journey.language,
        422 if error else 200,
        journey=journey,
        push=push,
        sent=bool(journey.push),
        over=is_over(world, push) and over,
        phone=typed or own_phone(request, "itsme"),
        error=error,
    )


def own_phone(request: Request, method: str) -> str:
    """The number of the person whose card is inserted, offered in the field."""
    person = browser_of(request).person(request.app.state.world)
    return person.phone if person and person.can(method) else ""


@step
@by_phone("sms")
def sms(request: Request, journey: Journey, fields: Mapping[str, str]) -> Response:
    """Type the number, receive six digits on the phone's page, type them here."""
    action = fields.get("action", "")
    if action == "send":
        return first_code(request, journey, fields.get("phone", ""))
    if action == "again" and journey.sms:
        return next_code(request, journey)
    if action == "check" and journey.sms:
        return check_code(request, journey, fields.get("code", ""))
    if action == "other":
        journey.sms = {"sendings": journey.sms.get("sendings", 0)}
        journey.keep(request.app.state.world)
        return see_other(f"{journey.path}sms/")
    return sms_page(request, journey)


def first_code(request: Request, journey: Journey, typed: str) -> Response:
    person = request.app.state.world.cast.by_phone(typed)
    if person is None or not person.can("sms"):
        return sms_page(request, journey, typed, "sms_unknown" if typed else "phone_missing")
    return send_code(request, journey, person)


def next_code(request: Request, journey: Journey) -> Response:
    world: World = request.app.state.world
    if world.now() < journey.sms.get("sent", 0) + SMS_PAUSE:
        return sms_page(request, journey, error="sms_too_soon")
    return send_code(request, journey, world.cast.people[journey.sms["person"]])


def send_code(request: Request, journey: Journey, person: Person) -> Response:
    """Send a new code, which voids the earlier one; at most three in one identification."""
    world: World = request.app.state.world
    if journey.sms.get("sendings", 0) >= SMS_SENDINGS:
        return sms_page(request, journey, error="sms_too_many")
    code = f"{secrets.randbelow(1_000_000):06d}"
    host = urlsplit(world.options.public_url).hostname
    world.store.add_sms(person.phone, text(journey.language, "sms_text", code=code, host=host), world.now())
    journey.sms = {
        "person": person.id,
        "code": digest(world, journey, code),
        "sent": world.now(),
        "tries": SMS_TRIES,
        "sendings": journey.sms.get("sendings", 0) + 1,
    }
    journey.keep(world)
    return see_other(f"{journey.path}sms/")


def check_code(request: Request, journey: Journey, typed: str) -> Response:
    """Right and in time: identified. Wrong: one try less. Over: a new code is needed."""
    world: World = request.app.state.world
    if code_is_over(world, journey):
        return sms_page(request, journey, error="code_over")
    digits = "".join(filter(str.isdecimal, typed))
    if hmac.compare_digest(digest(world, journey, digits), journey.sms["code"]):
        return complete(request, journey, world.cast.people[journey.sms["person"]], "sms")
    journey.sms["tries"] -= 1
    journey.keep(world)
    return sms_page(request, journey, error="code_over" if code_is_over(world, journey) else "code_wrong")


def code_is_over(world: World, journey: Journey) -> bool:
    return journey.sms["tries"] < 1 or journey.sms["sent"] + SMS_SECONDS <= world.now()


def digest(world: World, journey: Journey, code: str) -> str:
    """What is kept of a code: bound to this identification, useless elsewhere."""
    key = world.options.client_secret.encode()
    return hmac.new(key, f"{journey.id}/{code}".encode(), hashlib.sha256).hexdigest()


def sms_page(request: Request, journey: Journey, typed: str = "", error: str = "") -> Response:
    world: World = request.app.state.world
    person = world.cast.people.get(journey.sms.get("person", ""))
    ends = journey.sms.get("sent", 0) + SMS_SECONDS
    return page(
        request,
        "idp/sms.html",
        journey.language,
        422 if error else 200,
        journey=journey,
        person=person,
        ends=ends,
        left=journey.sms.get("tries", SMS_TRIES),
        over=bool(person) and code_is_over(world, journey),
        phone=typed or own_phone(request, "sms"),
        error=error,
    )
