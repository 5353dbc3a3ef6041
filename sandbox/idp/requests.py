"""Reading an authorization request: what the client asks, or why it is refused."""

import re
from dataclasses import dataclass

from starlette.datastructures import ImmutableMultiDict

LEVEL = re.compile(r"urn:be:fedict:iam:fas:((?:citizen|enterprise):)?Level(\d{3})")
SCOPES = ("openid", "profile", "egovnrn")
LONGEST = 2000
LOWEST_LEVEL = 400
DIRECT_LEVEL = 450
DIRECT_ACRS = ["http://itsme.services/v2/claim/acr_basic", "http://itsme.services/v2/claim/acr_advanced"]


class Untrusted(Exception):
    """The client or its address is not ours: the person is told, nobody is redirected (RFC 6749, 4.1.2.1)."""


class Refused(Exception):
    """The request is at fault: the client is told, at its own address."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.error, self.description = error, description


@dataclass(frozen=True)
class AuthorizationRequest:
    redirect_uri: str
    state: str
    nonce: str
    scope: str
    challenge: str
    minimum: int
    family: str
    language: str
    prompt: str
    max_age: int | None
    service: str = "fas"


def trusted_address(asked: ImmutableMultiDict, client_id: str, redirect_uri: str) -> str:
    """The redirect_uri when client and address are exactly those registered. Raises Untrusted."""
    if asked.getlist("client_id") != [client_id]:
        raise Untrusted("client_id")
    if asked.getlist("redirect_uri") != [redirect_uri]:
        raise Untrusted("redirect_uri")
    return redirect_uri


def read_request(asked: ImmutableMultiDict) -> AuthorizationRequest:
    """The request with every rule of the code flow held (PKCE S256, state and nonce required). Raises Refused."""
    check_shape(asked)
    minimum, family = lowest_level(asked.get("acr_values", ""))
    return made(asked, minimum, family, "fas", [name for name in asked["scope"].split() if name in SCOPES])


def read_direct_request(asked: ImmutableMultiDict) -> AuthorizationRequest:
    """The same for itsme: its own acr, the code of a service in the scope. Raises Refused."""
    check_shape(asked)
    scopes = asked["scope"].split()
    if not any(name.startswith("service:") and len(name) > len("service:") for name in scopes):
        raise Refused("invalid_scope", "scope must hold service:<code>")
    acr = asked.get("acr_values", "") or DIRECT_ACRS[0]
    if not set(acr.split()) <= set(DIRECT_ACRS):
        raise Refused("invalid_request", "no known acr is asked")
    return made(asked, DIRECT_LEVEL, max(acr.split(), key=DIRECT_ACRS.index), "itsme", scopes)


def made(asked: ImmutableMultiDict, minimum: int, family: str, service: str, scopes: list[str]) -> AuthorizationRequest:
    """What is kept of a request that holds."""
    return AuthorizationRequest(
        redirect_uri=asked["redirect_uri"],
        state=asked["state"],
        nonce=asked["nonce"],
        scope=" ".join(scopes),
        challenge=asked["code_challenge"],
        minimum=minimum,
        family=family,
        language=first_language(asked.get("ui_locales", "")),
        prompt=asked.get("prompt", ""),
        max_age=int(asked["max_age"]) if asked.get("max_age", "").isdecimal() else None,
        service=service,
    )


def check_shape(asked: ImmutableMultiDict) -> None:
    for name in asked:
        if len(asked.getlist(name)) > 1:
            raise Refused("invalid_request", "a parameter is given twice")
        if len(str(asked[name])) > LONGEST:
            raise Refused("invalid_request", "a parameter is too long")
    if asked.get("response_type") != "code":
        raise Refused("unsupported_response_type", "only the code flow is offered")
    if "request" in asked or "request_uri" in asked:
        raise Refused("request_not_supported", "request objects are not supported")
    if "openid" not in asked.get("scope", "").split():
        raise Refused("invalid_scope", "scope must hold openid")
    if asked.get("code_challenge_method") != "S256" or not re.fullmatch(
        r"[A-Za-z0-9_-]{43}", asked.get("code_challenge", "")
    ):
        raise Refused("invalid_request", "PKCE with S256 is required")
    for name in ("state", "nonce"):
        if not asked.get(name):
            raise Refused("invalid_request", f"{name} is missing")


def lowest_level(acr_values: str) -> tuple[int, str]:
    """The minimum asked and the family of its name ("citizen:", "enterprise:", ""). The lowest of several suffices."""
    known = [match for value in acr_values.split() if (match := LEVEL.fullmatch(value))]
    if acr_values.split() and not known:
        raise Refused("unmet_authentication_requirements", "no known level is asked")
    lowest = min(known, key=lambda match: int(match[2]), default=None)
    level, family = (int(lowest[2]), lowest[1] or "") if lowest else (LOWEST_LEVEL, "citizen:")
    if level > 500:
        raise Refused("unmet_authentication_requirements", "no method reaches this level")
    return level, family


def first_language(ui_locales: str) -> str:
    return next((tag[:2] for tag in ui_locales.lower().split() if tag[:2] in ("fr", "de")), "")
