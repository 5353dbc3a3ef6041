"""Whatever is sent, the answer is a sentence or a refusal, never a failure of the sandbox."""

import pytest
import requests

from tests.sandbox.client import Client

PATHS = ["/", "/faults", "/telephone/claire-dubois/", "/idp/authorize", "/idp/access_token", "/idp/connect/endSession"]
APIS = [("PUT", "/api/faults"), ("POST", "/api/keys"), ("PUT", "/api/clock"), ("PUT", "/api/functions/0123456749")]
FILE = b'--b\r\nContent-Disposition: form-data; name="person"; filename="x"\r\n\r\nx\r\n--b--'
BODIES = [
    (b"", "application/x-www-form-urlencoded"),
    (b"person=%ff%00&action=%0a" + b"x" * 50_000, "application/x-www-form-urlencoded"),
    (b"not a form", "multipart/form-data"),
    (FILE, "multipart/form-data; boundary=b"),
    (b"{", "application/json"),
    (b"[1]", "application/json"),
    (b"\xff", "application/json"),
]


@pytest.mark.parametrize(("body", "kind"), BODIES)
def test_forms_and_interfaces_bear_anything(sandbox, body, kind):
    for method, path in [*(("POST", path) for path in PATHS), *APIS]:
        answer = requests.request(method, sandbox.url + path, data=body, headers={"Content-Type": kind}, timeout=5)
        assert answer.status_code < 500, (path, answer.text[:200])
    requests.put(f"{sandbox.url}/api/clock", json={"ahead": 0}, timeout=5)


@pytest.mark.parametrize("method", ["eid", "itsme", "sms"])
@pytest.mark.parametrize("typed", ["", "\u0661\u0662\u0663", "a\0b", "é" * 400, "' OR 1=1 --", "<b>"])
def test_pages_of_identification_bear_anything(sandbox, method, typed):
    client = Client(sandbox)
    page = client.post(client.authorize(400), action=method)
    for action in ("check", "send", "again", "approved", "other", typed):
        fields = {"person": "hugo-martin", "pin": typed, "phone": typed, "code": typed}
        answer = client.post(page, action=action, **fields)
        assert answer.status_code < 500
        assert "<b>" not in answer.text
    client.post(page, "/", person="hugo-martin", action="unblock")
