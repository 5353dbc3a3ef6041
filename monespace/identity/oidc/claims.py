"""Checking what the provider signed. Every refusal has a code; none carries a claim's value (they end in logs)."""

import base64
import hashlib
import hmac
import re

from joserfc import jwt
from joserfc.errors import JoseError
from stdnum.be import bis, nn

from monespace.identity.models import Method
from monespace.identity.oidc.provider import key_set
from monespace.identity.proof import Refused

ALGORITHMS = ["RS256", "PS256", "ES256"]
SKEW = 60  # seconds of clock difference allowed
OLDEST = 600  # an ID token issued longer ago was not made for this sign-in
# Both families occur at FAS (reference of 2026-11-23): …:fas:Level450 and …:fas:citizen:Level450.
ACR = re.compile(r"^urn:be:fedict:iam:fas:(?:(?:citizen|enterprise):)?Level(\d{3})$")
LEVELS: dict[str, int] = {Method.EID: 500, Method.ITSME: 450, Method.SMS: 400}
METHODS_BY_AMR = {"eid": Method.EID, "bmid": Method.ITSME, "itsme": Method.ITSME, "sms": Method.SMS}


def verified(token: str, *, client_id: str, issuer: str) -> dict:
    """The claims of a token signed by the provider for us; raises Refused. A key not known yet is looked up once more."""
    for fresh in (False, True):
        try:
            claims = jwt.decode(token, key_set(fresh=fresh), algorithms=ALGORITHMS).claims
            break
        except (JoseError, ValueError, KeyError, TypeError) as error:
            if fresh:
                raise Refused("signature") from error
    if claims.get("iss") != issuer:
        raise Refused("issuer")
    audience = claims.get("aud")
    audience = audience if isinstance(audience, list) else [audience]
    if client_id not in audience or (len(audience) > 1 and claims.get("azp") != client_id):
        raise Refused("audience")
    return claims


def check_id_token(
    claims: dict, *, nonce: str, access_token: str, now: float, wanted: int, since: float
) -> tuple[str, int]:
    """Method and level that the ID token proves; `since`: the earliest moment at which the person may have proved it.

    Raises Refused: expired, issued_at, auth_time, nonce, at_hash, subject, level, method.
    """
    if not isinstance(claims.get("exp"), int | float) or claims["exp"] < now - SKEW:
        raise Refused("expired")
    if not isinstance(claims.get("iat"), int | float) or not now - OLDEST <= claims["iat"] <= now + SKEW:
        raise Refused("issued_at")
    if not isinstance(claims.get("auth_time"), int | float) or not since - SKEW <= claims["auth_time"] <= now + SKEW:
        raise Refused("auth_time")
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise Refused("nonce")
    if "at_hash" in claims and claims["at_hash"] != half_hash(access_token):
        raise Refused("at_hash")
    if not claims.get("sub"):
        raise Refused("subject")
    return proven(claims, wanted)


def proven(claims: dict, wanted: int) -> tuple[str, int]:
    """Method from amr, level from acr (or from amr, where FAS puts it when acr is "0"); the level never exceeds the method's."""
    said = claims.get("amr")
    amr = [value for value in (said if isinstance(said, list) else [said]) if isinstance(value, str)]
    levels = [int(found[1]) for value in [str(claims.get("acr")), *amr] if (found := ACR.match(value))]
    if not levels or max(levels) < wanted:
        raise Refused("level")
    method = next((METHODS_BY_AMR[value] for value in amr if value in METHODS_BY_AMR), None)
    if method is None:
        raise Refused("method")
    if LEVELS[method] < wanted:
        raise Refused("level")
    return method, min(max(levels), LEVELS[method])


def half_hash(access_token: str) -> str:
    """at_hash (OpenID Connect Core 3.1.3.6), for the 256-bit algorithms that we allow."""
    digest = hashlib.sha256(access_token.encode()).digest()
    return base64.urlsafe_b64encode(digest[:16]).rstrip(b"=").decode()


def identity_of(userinfo: dict, *, subject: str) -> tuple[str, str, str, str]:
    """National number, given names, family name, language of a userinfo answer; raises Refused."""
    if userinfo.get("sub") != subject:
        raise Refused("subject")
    number = str(userinfo.get("egovNRN") or "")
    digits = "".join(filter(str.isdigit, number))
    if not (nn.is_valid(digits) or bis.is_valid(digits)):
        raise Refused("national_number")
    language = str(userinfo.get("prefLanguage") or "")[:2].lower()
    return digits, clean(userinfo.get("givenName")), clean(userinfo.get("surname")), language


def clean(name: object) -> str:
    """A name without control characters, at most 100 characters; names may be missing."""
    return "".join(character for character in str(name or "") if character.isprintable())[:100].strip()
