"""What we send a provider: who we are, the request to identify somebody, the exchange of a code, the question who it is."""

import base64
import json
import secrets
import time
from urllib.parse import quote, urlencode

from joserfc import jwt

from monespace.identity.oidc import own_keys
from monespace.identity.oidc.clients import Client
from monespace.identity.oidc.people import NAMES, NUMBER
from monespace.identity.oidc.provider import ProviderDown, discovery
from monespace.identity.oidc.wire import Answer, ask
from monespace.identity.proof import Refused

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_SECONDS = 120
# The national number is asked for in userinfo only: in the ID token it would come back in the address of a logout.
ITSME_CLAIMS = json.dumps({"userinfo": dict.fromkeys((*NAMES["itsme"][1:], "name")) | {NUMBER: {"essential": True}}})


def authenticated(client: Client, form: dict, *, audience: str) -> tuple[dict, dict]:
    """The form and the headers with which a request is ours (RFC 6749, 2.3.1; RFC 7523); raises NoKey."""
    if client.authentication == "client_secret_basic":
        pair = f"{quote(client.client_id, safe='')}:{quote(client.client_secret, safe='')}"
        return form, {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
    if client.authentication == "client_secret_post":
        return {**form, "client_id": client.client_id, "client_secret": client.client_secret}, {}
    told = {"client_id": client.client_id, "client_assertion_type": ASSERTION}
    return {**form, **told, "client_assertion": assertion(client, audience)}, {}


def assertion(client: Client, audience: str) -> str:
    """Our signed word for who we are, good for this one request (OpenID Connect Core 9); raises NoKey."""
    key, now = own_keys.signing_key(), int(time.time())
    claims = {
        "iss": client.client_id, "sub": client.client_id, "aud": audience, "jti": secrets.token_urlsafe(24),
        "iat": now, "exp": now + ASSERTION_SECONDS,
    }  # fmt: skip
    return jwt.encode({"alg": "RS256", "kid": key.kid, "typ": "JWT"}, claims, key)


def request_of(client: Client, *, level: int, language: str, max_age: int, kept: dict) -> dict[str, str]:
    """The authorization request. `kept` holds state, nonce and the challenge."""
    return {
        "response_type": "code",
        "client_id": client.client_id,
        "redirect_uri": client.redirect_uri,
        "scope": client.scope,
        **kept,
        "code_challenge_method": "S256",
        "acr_values": client.acr.format(level=level),
        "ui_locales": language,
        "max_age": str(max_age),  # also makes auth_time obligatory in the ID token (OpenID Connect Core 2)
        **({"claims": ITSME_CLAIMS} if client.kind == "itsme" else {}),
        **({} if max_age else {"prompt": "login"}),
    }


def address_of(client: Client, asked: dict[str, str]) -> str:
    """Where the browser goes with this request: its content is pushed beforehand where the provider takes that (RFC 9126),
    so that nothing of it stands in an address. Raises ProviderDown."""
    said = discovery(client)
    pushed_to = said.get("pushed_authorization_request_endpoint")
    if pushed_to:
        asked = {"client_id": client.client_id, "request_uri": pushed(client, pushed_to, asked)}
    elif said.get("require_pushed_authorization_requests"):
        raise ProviderDown("wants pushed requests and takes none")
    return f"{said['authorization_endpoint']}?{urlencode(asked)}"


def pushed(client: Client, address: str, asked: dict[str, str]) -> str:
    """The name under which the provider keeps the request; raises ProviderDown."""
    form, headers = authenticated(client, asked, audience=discovery(client)["token_endpoint"])
    answer = ask("POST", address, headers=headers, form=form)
    name = answer.json().get("request_uri") if answer.status == 201 else None
    if not isinstance(name, str):
        raise ProviderDown(f"pushed request: status {answer.status}")
    return name


def exchange(client: Client, code: str, verifier: str) -> tuple[str, str]:
    """ID token and access token for a code; raises Refused(code) when the provider says no, ProviderDown when it cannot."""
    address = discovery(client)["token_endpoint"]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": client.redirect_uri}
    form, headers = authenticated(client, {**form, "code_verifier": verifier}, audience=address)
    answer = ask("POST", address, headers=headers, form=form)
    if answer.status == 400 and answer.json().get("error") == "invalid_grant":
        raise Refused("code")
    return tokens_of(answer)


def tokens_of(answer: Answer) -> tuple[str, str]:
    """Both tokens of a token answer; anything else is the provider's or our settings' fault. Raises ProviderDown."""
    found = answer.json() if answer.status == 200 else {}
    id_token, access_token = found.get("id_token"), found.get("access_token")
    if not isinstance(id_token, str) or not isinstance(access_token, str) or not access_token.isascii():
        raise ProviderDown(f"token endpoint: status {answer.status}")
    if str(found.get("token_type")).lower() != "bearer":
        raise ProviderDown("token endpoint: not a bearer token")
    return id_token, access_token


def userinfo(client: Client, access_token: str) -> str:
    """The userinfo answer, a token whatever its header says (itsme calls it JSON); raises ProviderDown."""
    address = discovery(client)["userinfo_endpoint"]
    answer = ask("GET", address, headers={"Authorization": f"Bearer {access_token}", "Accept": "application/jwt"})
    if answer.status != 200:
        raise ProviderDown(f"userinfo: status {answer.status}")
    return answer.text()
