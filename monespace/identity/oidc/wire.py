"""Asking a provider: bounded in time and in size, no redirect followed, nothing of this machine's netrc sent."""

import json
import time
from typing import NamedTuple

import requests

TIMEOUT = (3, 8)  # seconds to connect, to wait for the next bytes
LONGEST = 15  # seconds for a whole answer, however slowly its bytes drip
MOST = 256 * 1024  # bytes of an answer; the longest known (a key set with certificates) has a tenth of it


class ProviderDown(Exception):
    """The identity provider did not answer, or answered nonsense."""


class Answer(NamedTuple):
    """What came back."""

    status: int
    body: bytes

    def text(self) -> str:
        """The body as text; raises ProviderDown."""
        try:
            return self.body.decode().strip()
        except UnicodeDecodeError as error:
            raise ProviderDown("not text") from error

    def json(self) -> dict:
        """The body as a JSON object; raises ProviderDown."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise ProviderDown("not JSON") from error
        if not isinstance(found, dict):
            raise ProviderDown("not an object")
        return found


def no_netrc(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """`requests` would replace our Authorization by what a netrc file of this machine says."""
    return request


def ask(method: str, url: str, *, headers: dict | None = None, form: dict | None = None) -> Answer:
    """One request, one answer; raises ProviderDown when there is none, or it is too long, too slow or leads elsewhere."""
    until = time.monotonic() + LONGEST
    headers = {"Accept-Encoding": "identity", **(headers or {})}  # packed bytes could grow past any bound
    try:
        with requests.request(
            method, url, headers=headers, data=form, auth=no_netrc, timeout=TIMEOUT, allow_redirects=False, stream=True
        ) as answer:
            if answer.is_redirect or 300 <= answer.status_code < 400 or answer.status_code >= 500:
                raise ProviderDown(f"status {answer.status_code}")
            return Answer(answer.status_code, bounded(answer, until))
    except (requests.RequestException, OSError) as error:
        raise ProviderDown(type(error).__name__) from error


def bounded(answer: requests.Response, until: float) -> bytes:
    """The body, unless it is longer or slower than any honest one; raises ProviderDown, OSError."""
    body = b""
    while part := read_some(answer):
        body += part
        if len(body) > MOST or time.monotonic() > until:
            raise ProviderDown("too long" if len(body) > MOST else "too slow")
    return body


def read_some(answer: requests.Response) -> bytes:
    """What has arrived by now; raises OSError."""
    try:
        return answer.raw.read1(65536)
    except Exception as error:  # urllib3 has a class for each way of breaking off
        raise OSError(type(error).__name__) from error


def fetch_json(url: str) -> dict:
    """GET of a JSON object; raises ProviderDown."""
    answer = ask("GET", url)
    if answer.status != 200:
        raise ProviderDown(f"status {answer.status}")
    return answer.json()
