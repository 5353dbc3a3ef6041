"""What the provider says of itself: discovery and keys, kept for ten minutes, fetched from allowed hosts only."""

import threading
import time
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from joserfc.jwk import KeySet

KEEP_SECONDS = 600
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
TIMEOUT = (3, 8)  # seconds to connect, to read
_kept: dict[str, tuple[float, Any]] = {}
_lock = threading.Lock()


class ProviderDown(Exception):
    """The identity provider did not answer, or answered nonsense."""


def fetch_json(url: str) -> dict:
    """GET of a JSON object; raises ProviderDown."""
    try:
        answer = requests.get(url, timeout=TIMEOUT, allow_redirects=False)
        answer.raise_for_status()
        body = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise ProviderDown(type(error).__name__) from error
    if not isinstance(body, dict):
        raise ProviderDown("not an object")
    return body


def kept(name: str, fetch, *, fresh: bool = False):
    """A value kept for KEEP_SECONDS in this process; `fresh` fetches anew (at most every 10 s: an attacker must not drive it)."""
    with _lock:
        at, value = _kept.get(name, (0.0, None))
    age = time.monotonic() - at
    if value is not None and age < (10 if fresh else KEEP_SECONDS):
        return value
    value = fetch()
    with _lock:
        _kept[name] = (time.monotonic(), value)
    return value


def discovery() -> dict:
    """The provider's metadata. The issuer must be exactly the configured one (OpenID Connect Discovery 4.3)."""
    issuer = settings.IDENTITY_PROVIDER["issuer"]

    def fetch() -> dict:
        found = fetch_json(f"{issuer}/.well-known/openid-configuration")
        if found.get("issuer") != issuer:
            raise ProviderDown("another issuer")
        scheme, host = urlsplit(issuer)[:2]
        hosts = {host, *settings.IDENTITY_PROVIDER["key_hosts"]}
        for name in (*ENDPOINTS, *(["end_session_endpoint"] if "end_session_endpoint" in found else [])):
            address = urlsplit(str(found.get(name)))
            if address.scheme != scheme or address.netloc not in hosts:
                raise ProviderDown(f"{name} on a host that is not allowed")
        return found

    return kept(f"discovery {issuer}", fetch)


def key_set(*, fresh: bool = False) -> KeySet:
    """The provider's signing keys; `fresh` after a signature with an unknown key (rotation)."""
    address = discovery()["jwks_uri"]
    return kept(f"keys {address}", lambda: KeySet.import_key_set(fetch_json(address)), fresh=fresh)  # type: ignore[arg-type]
