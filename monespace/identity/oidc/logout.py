"""Back-channel logout: the provider tells us that a person has signed out there (OpenID Connect Back-Channel Logout 1.0)."""

import time
from typing import NamedTuple

from monespace.identity.oidc.claims import SKEW, subject_of
from monespace.identity.oidc.clients import client
from monespace.identity.oidc.tokens import moment, opened
from monespace.identity.proof import Refused

EVENT = "http://schemas.openid.net/event/backchannel-logout"
OLDEST = 600  # seconds after which a logout token is no longer believed, should it have no earlier end
LONGEST_ID = 255


class Ended(NamedTuple):
    """Whose sign-ins end: those of this session at the provider, or all of this subject when no session is named."""

    issuer: str
    subject: str
    sid: str
    token_id: str
    until: float


def told(logout_token: str, provider: str) -> Ended:
    """What a logout token says, checked by the rules of section 2.6; that its jti comes once is the caller's to see.

    Raises Refused (the codes of `opened`; expired, issued_at, token_id, events, nonce, subject) or ProviderDown.
    """
    to = client(provider)
    claims, now = opened(logout_token, to, "logout").claims, time.time()
    if (issued := moment(claims.get("iat"))) is None or not now - OLDEST <= issued <= now + SKEW:
        raise Refused("issued_at")
    if (expires := moment(claims.get("exp"))) is None or expires < now - SKEW:
        raise Refused("expired")
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(EVENT), dict):
        raise Refused("events")
    if "nonce" in claims:  # then it could pass for an ID token
        raise Refused("nonce")
    return Ended(to.issuer, *whose(claims), identifier(claims, "jti", "token_id"), issued + OLDEST + 2 * SKEW)


def whose(claims: dict) -> tuple[str, str]:
    """Subject and session; one of both suffices. Raises Refused."""
    if "sub" not in claims and "sid" not in claims:
        raise Refused("subject")
    return (
        subject_of(claims) if "sub" in claims else "",
        identifier(claims, "sid", "subject") if "sid" in claims else "",
    )


def identifier(claims: dict, name: str, code: str) -> str:
    """A short text of the claims; raises Refused(code)."""
    value = claims.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ID:
        raise Refused(code)
    return value
