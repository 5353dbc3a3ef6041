"""The process that signs people in as browsers do: python -m bench.entering, its plan as JSON on standard input.

Each sign-in is a new browser: the page of the ways, the choice, the provider's redirect, the return: three requests to the
portal. Prints {"dossiers": [[who, begun, ended], …]}, as the process that files dossiers does.
"""

import html
import http.client
import json
import sys
import threading
import time
from urllib.parse import urlencode, urlsplit

from bench.filing import HIDDEN, Client
from bench.load import refuse_outside


def sign_in(client: Client, way: str, who: int) -> None:
    """One sign-in, from nothing; raises RuntimeError when it does not lead inside."""
    client.cookies.clear()
    client.show("/connexion/")
    hidden = {name: html.unescape(value) for name, value in HIDDEN.findall(client.page)}
    body = urlencode({**hidden, "way": way}).encode()
    status, address = client.ask("POST", "/connexion/", body, "application/x-www-form-urlencoded")
    if status != 303:
        raise RuntimeError(f"leaving answered {status}")
    back = urlsplit(at_provider(f"{address}&who={who}"))
    status, to = client.ask("GET", f"{back.path}?{back.query}")
    if status != 303 or to.startswith("/connexion/"):
        raise RuntimeError(f"coming back answered {status} {to}")


def at_provider(address: str) -> str:
    """Where the provider leads."""
    refuse_outside(address)
    parts = urlsplit(address)
    link = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    link.request("GET", f"{parts.path}?{parts.query}")
    answer = link.getresponse()
    answer.read()
    link.close()
    return answer.headers["Location"]


def work(plan: dict, who: int, until: float, done: list, failed: list) -> None:
    """One client: signs in until the time is over."""
    client = Client(plan["site"], {})
    try:
        while time.monotonic() < until:
            begun = time.monotonic()
            sign_in(client, plan["way"], who)
            done.append((str(who), begun, time.monotonic()))
    except Exception as error:
        failed.append(f"{type(error).__name__}: {error}")


def run(plan: dict) -> dict:
    """The sign-ins of all clients; raises RuntimeError when one failed."""
    done: list = []
    failed: list = []
    until = time.monotonic() + plan["seconds"]
    clients = [threading.Thread(target=work, args=(plan, who, until, done, failed)) for who in range(plan["clients"])]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    if failed:
        raise RuntimeError(failed[0])
    return {"dossiers": done}


if __name__ == "__main__":
    json.dump(run(json.load(sys.stdin)), sys.stdout)
