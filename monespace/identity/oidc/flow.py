"""The two halves of a sign-in: leaving for the provider, and coming back; and leaving for good."""

import base64
import hashlib
import hmac
import secrets
import time
from urllib.parse import urlencode

import structlog
from django.conf import settings

from monespace.identity.oidc import asking
from monespace.identity.oidc.claims import LONGEST_SID, Used, Wanted, check_id_token, in_force
from monespace.identity.oidc.clients import Client, client
from monespace.identity.oidc.people import identity_of, tells
from monespace.identity.oidc.provider import ProviderDown, discovery
from monespace.identity.oidc.tokens import Opened, opened
from monespace.identity.proof import Proof, Refused

log = structlog.get_logger("monespace.identity")


def begin(provider: str, *, level: int, language: str, again: bool = False) -> tuple[str, dict]:
    """The provider's address for at least this level, and what must be kept until the return.

    An acr is a minimum: it also admits stronger methods, so what was used is read from the answer. `again` asks for a new
    proof even when the provider remembers the person; otherwise what it remembers may be as old as a session of ours may
    grow. Raises ProviderDown.
    """
    to, now = client(provider), int(time.time())
    oldest = 0 if again else settings.SESSION_HOURS * 3600
    state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    kept = {"state": state, "nonce": nonce, "code_challenge": challenge_of(verifier)}
    asked = asking.request_of(to, level=level, language=language, max_age=oldest, kept=kept)
    pending = {
        "provider": provider, "state": state, "nonce": nonce, "verifier": verifier, "wanted": level, "at": now,
        "since": now - oldest,
    }  # fmt: skip
    return asking.address_of(to, asked), pending


def challenge_of(verifier: str) -> str:
    """What the provider keeps of the verifier until the code is exchanged (RFC 7636, S256)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def finish(answer: dict[str, str], pending: dict, *, provider: str) -> Proof:
    """Checks the answer that came to this provider's return address and fetches the identity.

    Raises Refused (with its code) or ProviderDown.
    """
    if pending["provider"] != provider:  # came to another's return address: a mix-up of issuers
        raise Refused("issuer")
    to = client(provider)
    code = code_of(answer, pending, to)
    id_token, access_token = asking.exchange(to, code, pending["verifier"])
    wanted = Wanted(pending["nonce"], pending["wanted"], pending["since"], code, access_token)
    token = opened(id_token, to, "id")
    used = check_id_token(token, wanted, to, now=time.time())
    info = opened(asking.userinfo(to, access_token), to, "userinfo")
    in_force(info.claims, now=time.time())
    return proof_of(to, token, info.claims, used)


def code_of(answer: dict[str, str], pending: dict, to: Client) -> str:
    """The code of an answer that is ours and this provider's; raises Refused (state, issuer, cancelled, provider, code)."""
    if not hmac.compare_digest(answer.get("state", "").encode(), pending["state"].encode()):
        raise Refused("state")
    silent = not discovery(to).get("authorization_response_iss_parameter_supported")
    if answer.get("iss") != to.issuer and not (silent and "iss" not in answer):  # RFC 9207
        raise Refused("issuer")
    if "error" in answer:
        raise Refused("cancelled" if answer["error"] == "access_denied" else "provider")
    if not answer.get("code"):
        raise Refused("code")
    return answer["code"]


def proof_of(to: Client, token: Opened, info: dict, used: Used) -> Proof:
    """The proof, with the person of the userinfo. A token that tells the national number is not kept."""
    who = identity_of(info, subject=token.claims["sub"], client=to)
    if used.name:
        log.info("sign_in.other_method", provider=to.name, name=used.name, level=used.level)
    hint = "" if tells(token.claims, who.national_number) else token.inner
    sid = token.claims.get("sid")
    return Proof(
        *who, method=used.method, level=used.level, provider=to.name, issuer=to.issuer, subject=token.claims["sub"],
        id_token=hint, sid=sid[:LONGEST_SID] if isinstance(sid, str) else "",
    )  # fmt: skip


def sign_out_address(provider: str, id_token: str) -> str | None:
    """Where to end the provider's own session, when it has such an address; None when it has not (itsme) or is down.

    Without a token that may be shown, the provider is told who we are and asks the person.
    """
    if provider not in settings.PROVIDERS:
        return None
    try:
        to = client(provider)
        address = discovery(to).get("end_session_endpoint")
    except ProviderDown:
        return None
    if not address:
        return None
    told = {"id_token_hint": id_token} if id_token else {}
    told |= {"client_id": to.client_id, "post_logout_redirect_uri": settings.SITE_URL + "/"}
    return f"{address}?{urlencode(told)}"
