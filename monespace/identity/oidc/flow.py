"""The two halves of a sign-in: leaving for the provider, and coming back."""

import base64
import hashlib
import hmac
import secrets
import time
from urllib.parse import urlencode

import requests
from django.conf import settings
from django.urls import reverse

from monespace.identity.oidc.claims import LEVELS, check_id_token, identity_of, verified
from monespace.identity.oidc.provider import TIMEOUT, ProviderDown, discovery
from monespace.identity.proof import Proof, Refused

SCOPE = "openid profile egovnrn"


def redirect_uri() -> str:
    """Our return address, from the one setting and never from the request."""
    return settings.SITE_URL + reverse("identity:callback")


def begin(method: str, *, language: str, again: bool = False) -> tuple[str, dict]:
    """The provider's address for one of the three methods, and what must be kept in the session until the return.

    Each method asks for its own minimum acr; a minimum also admits stronger methods, so what was used is read from the answer.
    `again` asks for a new proof even when the provider remembers the person; otherwise what it remembers may be as old as a
    session of ours may grow. Raises ProviderDown.
    """
    now, oldest = int(time.time()), 0 if again else settings.SESSION_HOURS * 3600
    state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    pending = {
        "state": state,
        "nonce": nonce,
        "verifier": verifier,
        "wanted": LEVELS[method],
        "at": now,
        "since": now - oldest,
    }
    query = {
        "response_type": "code",
        "client_id": settings.IDENTITY_PROVIDER["client_id"],
        "redirect_uri": redirect_uri(),
        "scope": SCOPE,
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge_of(verifier),
        "code_challenge_method": "S256",
        "acr_values": f"urn:be:fedict:iam:fas:citizen:Level{LEVELS[method]}",
        "ui_locales": language,
        "max_age": oldest,  # also makes auth_time obligatory in the ID token (OpenID Connect Core 2)
        **({"prompt": "login"} if again else {}),
    }
    return f"{discovery()['authorization_endpoint']}?{urlencode(query)}", pending


def challenge_of(verifier: str) -> str:
    """What the provider keeps of the verifier until the code is exchanged (RFC 7636, S256)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def finish(answer: dict[str, str], pending: dict) -> Proof:
    """Checks the provider's answer and fetches the identity; raises Refused (with its code) or ProviderDown."""
    issuer, client_id = settings.IDENTITY_PROVIDER["issuer"], settings.IDENTITY_PROVIDER["client_id"]
    if not hmac.compare_digest(answer.get("state", "").encode(), pending["state"].encode()):
        raise Refused("state")
    if answer.get("iss", issuer) != issuer:  # RFC 9207: an answer from another provider
        raise Refused("issuer")
    if "error" in answer:
        raise Refused("cancelled" if answer["error"] == "access_denied" else "provider")
    tokens = exchange(answer.get("code", ""), pending["verifier"])
    id_token, access_token = str(tokens.get("id_token", "")), str(tokens.get("access_token", ""))
    claims = verified(id_token, client_id=client_id, issuer=issuer)
    method, level = check_id_token(
        claims, nonce=pending["nonce"], access_token=access_token, now=time.time(), wanted=pending["wanted"],
        since=pending["since"],
    )  # fmt: skip
    userinfo = verified(fetch_userinfo(access_token), client_id=client_id, issuer=issuer)
    number, given_names, family_name, language = identity_of(userinfo, subject=claims["sub"])
    shown = "" if tells(claims, number) else id_token
    return Proof(
        number, given_names, family_name, language, method, level, shown, "fas", issuer, claims["sub"],
        str(claims.get("sid", ""))[:100],
    )  # fmt: skip


def tells(claims: dict, number: str) -> bool:
    """Whether claims hold the national number: such a token is not kept in a session, nor handed back in an address (law 12)."""
    return any(number in "".join(filter(str.isdigit, str(value))) for value in claims.values())


def exchange(code: str, verifier: str) -> dict:
    """The tokens for a code (client_secret_basic, PKCE); raises Refused when the provider says no, ProviderDown when it is silent."""
    provider = settings.IDENTITY_PROVIDER
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri(), "code_verifier": verifier}
    try:
        answer = requests.post(
            discovery()["token_endpoint"],
            data=form,
            auth=(provider["client_id"], provider["client_secret"]),
            timeout=TIMEOUT,
            allow_redirects=False,
        )
        if answer.status_code == 400:
            raise Refused("code")
        answer.raise_for_status()
        return dict(answer.json())
    except (requests.RequestException, ValueError, TypeError) as error:
        raise ProviderDown(type(error).__name__) from error


def fetch_userinfo(access_token: str) -> str:
    """The userinfo answer as a signed token: FAS answers application/jwt, and we accept nothing unsigned."""
    try:
        answer = requests.get(
            discovery()["userinfo_endpoint"],
            headers={"Authorization": f"Bearer {access_token}"},
            timeout=TIMEOUT,
            allow_redirects=False,
        )
        answer.raise_for_status()
        return answer.text.strip()
    except requests.RequestException as error:
        raise ProviderDown(type(error).__name__) from error


def sign_out_address(id_token: str) -> str | None:
    """Where to end the provider's own session, when it has such an address; None when it has not or is down.

    Without a token that may be shown, the provider is told who we are and asks the person.
    """
    try:
        address = discovery().get("end_session_endpoint")
    except ProviderDown:
        return None
    if not address:
        return None
    hint = {"id_token_hint": id_token} if id_token else {"client_id": settings.IDENTITY_PROVIDER["client_id"]}
    return f"{address}?{urlencode({**hint, 'post_logout_redirect_uri': settings.SITE_URL + '/'})}"
