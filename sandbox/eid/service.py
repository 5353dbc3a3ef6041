"""What the outside asks of cards: a signature for a challenge, by the person's PIN; and of the responder: who is revoked."""

from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import OCSPNonce, ocsp
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.eid.authority import authority
from sandbox.eid.cards import card_of, serials, token
from sandbox.idp.card import pin_is_right, tries_left
from sandbox.world import World

Status = ocsp.OCSPCertStatus
STALE = timedelta(hours=1)
LIVES = timedelta(minutes=1)


async def sign(request: Request) -> Response:
    """JSON {person, pin, origin, challenge}: the card's answer as the Web eID program gives it; or 403 with {error, left}: «card»
    (this person has none), «pin», «blocked»."""
    world: World = request.app.state.world
    try:
        asked = {name: str(value) for name, value in dict(await request.json()).items()}
        origin, challenge = asked["origin"], asked["challenge"]
    except (ValueError, KeyError, TypeError):
        return JSONResponse({"error": "origin and challenge are required"}, 400)
    person = world.cast.people.get(asked.get("person", ""))
    if person is None or not person.can("eid"):
        return JSONResponse({"error": "card", "left": 0}, 403)
    if not pin_is_right(world, person, asked.get("pin", "")):
        left = tries_left(world, person)
        return JSONResponse({"error": "pin" if left else "blocked", "left": left}, 403)
    return JSONResponse(token(card_of(world, person), origin, challenge))


async def respond(request: Request) -> Response:
    """OCSP over HTTP (RFC 6960, appendix A): by whoever signs for the authority in the address."""
    world: World = request.app.state.world
    if world.faults.on("ocsp_down"):
        return Response("out of order", 503)
    by = {"citizen": "responder", "root": "root"}.get(request.path_params["authority"], "responder")
    answer = await run_in_threadpool(said, world, by, await request.body())
    return Response(answer, media_type="application/ocsp-response")


def said(world: World, by: str, asked: bytes) -> bytes:
    """The answer's octets; to what is no question, that it is none."""
    try:
        question = ocsp.load_der_ocsp_request(asked)
    except ValueError:
        return ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.MALFORMED_REQUEST).public_bytes(
            Encoding.DER
        )
    signer, now = authority(world, by), datetime.now(UTC).replace(microsecond=0)
    at = now - STALE if world.faults.on("ocsp_stale") else now
    status = status_of(world, question.serial_number)
    revoked = now - timedelta(days=2) if status is Status.REVOKED else None
    made = ocsp.OCSPResponseBuilder().add_response_by_hash(
        question.issuer_name_hash, question.issuer_key_hash, question.serial_number, question.hash_algorithm,
        status, at, at + LIVES, revoked, None,
    )  # fmt: skip
    made = made.responder_id(ocsp.OCSPResponderEncoding.HASH, signer.certificate).certificates([signer.certificate])
    for one in question.extensions:
        if isinstance(one.value, OCSPNonce):
            made = made.add_extension(one.value, critical=False)
    return made.sign(signer.key, hashes.SHA384()).public_bytes(Encoding.DER)


def status_of(world: World, serial: int) -> Status:
    """Good, of the certificates that were issued here, unless a fault says otherwise of every card."""
    if world.faults.on("card_revoked"):
        return Status.REVOKED
    issued = serials(world) | {authority(world).certificate.serial_number}
    return Status.GOOD if serial in issued and not world.faults.on("card_unknown") else Status.UNKNOWN


routes = [
    Route("/api/eid/sign", sign, methods=["POST"]),
    Route("/eid/ocsp/{authority}", respond, methods=["POST"]),
]
