"""The mail server: everything the portal sends arrives here, to be read on pages and by tests."""

import hashlib
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart

from aiosmtpd.smtp import SMTP, Envelope, Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.web import language_of, page, problem
from sandbox.world import World

SIZE_LIMIT = 30 * 1024 * 1024


class Postman:
    """aiosmtpd's handler: a message is answered "250" only once it is written."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.world.faults.on("mail_down"):
            return "451 4.3.0 The mail server is out of order, try again later"
        content = envelope.content or b""
        raw = content.encode() if isinstance(content, str) else content
        self.world.store.add_mail(envelope.mail_from or "", list(envelope.rcpt_tos), raw, self.world.now())
        return "250 2.0.0 Kept"


class Unfolded(policy.EmailPolicy):
    """The modern policy; a header whose first line is folded before its first word begins with that word.

    Some versions of Python keep the fold's space (RFC 5322, 2.2.3: folding adds nothing to a value).
    """

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value.lstrip()


UNFOLDED: "policy.EmailPolicy[EmailMessage]" = Unfolded()  # type: ignore[assignment]


def smtp_server(world: World) -> SMTP:
    """One SMTP conversation, for loop.create_server."""
    return SMTP(Postman(world), data_size_limit=SIZE_LIMIT, enable_SMTPUTF8=True, hostname="sandbox.example")


def read_mail(world: World, number: int) -> dict | None:
    """A kept message taken apart: headers, text, attachments (with their bytes under "content")."""
    row = world.store.mail(number)
    if row is None:
        return None
    message = message_from_bytes(row["raw"], policy=UNFOLDED)
    body = message.get_body(("plain", "html"))
    return {
        "id": number,
        "at": row["at"],
        "from": str(message.get("From", row["sender"])),
        "to": world.store.recipients(number),
        "subject": str(message.get("Subject", "")),
        "language": str(message.get("Content-Language") or (body and body.get("Content-Language")) or ""),
        "text": readable(body) if body else "",
        "headers": [[name, str(value)] for name, value in message.items()],
        "attachments": [attachment(part) for part in message.iter_attachments() if isinstance(part, MIMEPart)],
    }


def readable(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, MessageError, ValueError):
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else str(part.get_payload())


def attachment(part: MIMEPart) -> dict:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else part.as_bytes()
    return {
        "name": part.get_filename() or "piece",
        "type": part.get_content_type(),
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "content": content,
    }


def described(mail: dict) -> dict:
    """A message as JSON: attachments by their facts and where to download them."""
    mail["attachments"] = [
        {name: value for name, value in part.items() if name != "content"}
        | {"download": f"/api/mails/{mail['id']}/attachments/{index}"}
        for index, part in enumerate(mail["attachments"])
    ]
    return mail


async def mailboxes(request: Request) -> Response:
    world: World = request.app.state.world
    boxes = world.store.mailboxes()
    people = {person.mail: person for person in world.cast.people.values()}
    ours = [(address, boxes.get(address, 0)) for address in people]
    others = sorted((address, count) for address, count in boxes.items() if address not in people)
    return page(request, "mailboxes.html", language_of(request), boxes=ours, others=others, people=people)


async def mailbox(request: Request) -> Response:
    world: World = request.app.state.world
    address = request.path_params["address"].lower()
    mails = [read_mail(world, row["id"]) for row in world.store.mails(address)[:100]]
    return page(request, "mailbox.html", language_of(request), address=address, mails=mails)


async def one_mail(request: Request) -> Response:
    world: World = request.app.state.world
    mail = read_mail(world, request.path_params["number"])
    address = request.path_params["address"].lower()
    if mail is None or address not in mail["to"]:
        return problem(request, language_of(request), "not_found", 404)
    return page(request, "mail.html", language_of(request), mail=mail, address=address)


async def list_mails(request: Request) -> Response:
    """GET: messages to ?to=, numbered above ?after=, newest first. DELETE: empty that mailbox (all without ?to=)."""
    world: World = request.app.state.world
    address = request.query_params.get("to", "")
    if request.method == "DELETE":
        world.store.empty_mailbox(address)
        return Response(status_code=204)
    after = request.query_params.get("after", "0")
    rows = world.store.mails(address, int(after) if after.isdecimal() else 0)
    return JSONResponse([described(mail) for row in rows if (mail := read_mail(world, row["id"]))])


async def download(request: Request) -> Response:
    world: World = request.app.state.world
    mail = read_mail(world, request.path_params["number"])
    index = request.path_params["index"]
    if mail is None or index >= len(mail["attachments"]):
        return problem(request, language_of(request), "not_found", 404)
    part = mail["attachments"][index]
    name = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "._-") else "_" for sign in part["name"])
    return Response(
        part["content"], media_type=part["type"], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


routes = [
    Route("/courrier/", mailboxes),
    Route("/courrier/{address}/", mailbox),
    Route("/courrier/{address}/{number:int}/", one_mail),
    Route("/api/mails", list_mails, methods=["GET", "DELETE"]),
    Route("/api/mails/{number:int}/attachments/{index:int}", download),
]
