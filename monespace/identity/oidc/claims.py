"""Checking what the provider signed. Every refusal has a code; none carries a claim's value (they end in logs)."""

import base64
import hashlib
import hmac
import re
from typing import NamedTuple

from monespace.identity.models import Method
from monespace.identity.oidc.clients import Client
from monespace.identity.oidc.tokens import Opened, moment
from monespace.identity.proof import Refused

SKEW = 60  # seconds of clock difference allowed
OLDEST = 600  # an ID token issued longer ago was not made for this sign-in
LONGEST_SUBJECT = 255  # OpenID Connect Core 2
LONGEST_SID = 100  # of a session's name at the provider we keep so much
# Both families occur at FAS (reference of 2026-11-23): …:fas:Level450 and …:fas:citizen:Level450.
ACR = re.compile(r"urn:be:fedict:iam:fas:(?:(?:citizen|enterprise):)?Level(\d{3})")
ITSME_ACR = ["http://itsme.services/v2/claim/acr_basic", "http://itsme.services/v2/claim/acr_advanced"]
ITSME_LEVEL = 450
LEVELS: dict[str, int] = {"eid": 500, "itsme": 450, "sms": 400}
METHODS_BY_AMR = {"eid": "eid", "bmid": "itsme", "itsme": "itsme", "sms": "sms"}
OTHER = "other"


class Wanted(NamedTuple):
    """What an answer must match: kept from leaving to coming back."""

    nonce: str
    level: int
    since: float  # the earliest moment at which the person may have proved it
    code: str
    access_token: str


class Used(NamedTuple):
    """The method really used. `name` is what the provider calls it, when it is none of ours (TOTP, eIDAS, MyGov)."""

    method: str
    level: int
    name: str = ""


def check_id_token(token: Opened, wanted: Wanted, client: Client, *, now: float) -> Used:
    """Method and level that the ID token proves (OpenID Connect Core 3.1.3.7).

    Raises Refused: expired, not_before, issued_at, auth_time, nonce, at_hash, c_hash, subject, level.
    """
    claims = token.claims
    check_times(claims, now=now, since=wanted.since)
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), wanted.nonce.encode()):
        raise Refused("nonce")
    for name, text in (("at_hash", wanted.access_token), ("c_hash", wanted.code)):
        if name in claims and claims[name] != half_hash(text, token.algorithm):
            raise Refused(name)
    subject_of(claims)
    return proven(claims, wanted.level, client)


def check_times(claims: dict, *, now: float, since: float) -> None:
    """The token lives, was made just now, and the person proved who they are late enough; raises Refused."""
    in_force(claims, now=now)
    if (expires := moment(claims.get("exp"))) is None or expires < now - SKEW:
        raise Refused("expired")
    if (issued := moment(claims.get("iat"))) is None or not now - OLDEST <= issued <= now + SKEW:
        raise Refused("issued_at")
    if (proved := moment(claims.get("auth_time"))) is None or not since - SKEW <= proved <= now + SKEW:
        raise Refused("auth_time")


def in_force(claims: dict, *, now: float) -> None:
    """exp and nbf, where a token has them (userinfo need not); raises Refused."""
    if "exp" in claims and ((expires := moment(claims["exp"])) is None or expires < now - SKEW):
        raise Refused("expired")
    if "nbf" in claims and ((begins := moment(claims["nbf"])) is None or begins > now + SKEW):
        raise Refused("not_before")


def subject_of(claims: dict) -> str:
    """The provider's name for the person; raises Refused."""
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject.isascii() or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise Refused("subject")
    return subject


def proven(claims: dict, wanted: int, client: Client) -> Used:
    """The method and its level; raises Refused(level) below what was wanted."""
    used = proven_to_itsme(claims, client) if client.kind == "itsme" else proven_to_fas(claims)
    if used.level < wanted:
        raise Refused("level")
    return used


def proven_to_itsme(claims: dict, client: Client) -> Used:
    """itsme proves itself; its acr says how, and must not be the weaker when we asked for the stronger."""
    said = claims.get("acr")
    if said not in ITSME_ACR or (client.acr in ITSME_ACR and ITSME_ACR.index(said) < ITSME_ACR.index(client.acr)):
        raise Refused("level")
    return Used(Method.ITSME, ITSME_LEVEL)


def proven_to_fas(claims: dict) -> Used:
    """Method from amr, level from acr (or from amr, where FAS puts it when acr is "0").

    The acr asked for is a minimum, so what was really used is read here. A method that we know never counts for more than it
    is. One that we do not know (TOTP, eIDAS, MyGov, whatever the federation adds) counts for the level that FAS gives it,
    because the federation judges its keys and signed this; it is kept as «other», under the name that FAS gave.
    """
    said = claims.get("amr")
    amr = [value for value in (said if isinstance(said, list) else [said]) if isinstance(value, str)]
    levels = [int(found[1]) for value in [claims.get("acr"), *amr] if (found := ACR.fullmatch(str(value)))]
    method = next((METHODS_BY_AMR[value] for value in amr if value in METHODS_BY_AMR), None)
    if not levels:
        raise Refused("level")
    if method:
        return Used(method, min(max(levels), LEVELS[method]))
    names = [clean(value)[:40] for value in amr if not ACR.fullmatch(value)]
    return Used(OTHER, max(levels), names[0] if names else "")


def half_hash(text: str, algorithm: str) -> str:
    """at_hash and c_hash (OpenID Connect Core 3.1.3.6): half of the digest that belongs to the signature's algorithm."""
    digest = hashlib.new(f"sha{algorithm[-3:]}", text.encode()).digest()
    return base64.urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=").decode()


def clean(name: object) -> str:
    """A name without control characters, at most 100 characters; names may be missing."""
    return "".join(character for character in str(name or "") if character.isprintable())[:100].strip()
