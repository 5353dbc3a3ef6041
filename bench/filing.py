"""The process that files dossiers as browsers do: python -m bench.filing, its plan as JSON on standard input.

Each client is a person of its own on one connection kept open: the start page, «Commencer», the task list, two pages shown and
posted, the check page, «Envoyer», the receipt: ten requests, with the hidden fields and the cookies that the pages gave. The
same for the portal and for the skeleton, which has the same addresses. Prints
{"dossiers": [[number, begun, ended], …], "pages": [seconds, …]}.
"""

import html
import http.client
import json
import re
import sys
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from bench.load import refuse_outside

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
NUMBER = re.compile(r"\b\d{4}-\d{7}-\d{2}\b")
BOUNDARY = "----mesure7301956"
STORY = "Isoler le toit, remplacer la chaudière et les châssis du premier étage. " * 4


def answers(address: str) -> list[list[tuple[str, str]]]:
    """What is typed on each of the two pages; `address` is the person's."""
    first = [("given_names", "Claire Marie"), ("family_name", "Dubois"), ("contact", address), ("people", "3"),
             ("since.day", "15"), ("since.month", "9"), ("since.year", "2020")]  # fmt: skip
    second = [("country", "BE"), ("aid", "grant"), ("works", "roof"), ("works", "heating"), ("story", STORY.strip()),
              ("street", "Rue du Pont")]  # fmt: skip
    return [first, second]


@dataclass
class Client:
    """One browser: a connection, its cookies, and the last page it was shown."""

    site: str
    cookies: dict[str, str]
    page: str = ""
    link: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        refuse_outside(self.site)
        parts = urlsplit(self.site)
        self.link = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)

    def ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> tuple[int, str]:
        """Status, and the address to go on to; the page is kept."""
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Accept-Language": "fr",
        }
        headers |= {"Content-Type": kind, "Origin": self.site} if body is not None else {}
        self.link.request(method, path, body, headers)
        answer = self.link.getresponse()
        self.page = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location") or ""

    def show(self, path: str) -> None:
        """Opens a page; raises RuntimeError for anything else."""
        status, to = self.ask("GET", path)
        if status != 200:
            raise RuntimeError(f"{path} answered {status} {to}")

    def send(self, path: str, typed: list[tuple[str, str]], *, files: bool = False) -> str:
        """Posts the form of the page just shown, its hidden fields and what was typed; returns where it leads."""
        hidden = [(name, html.unescape(value)) for name, value in HIDDEN.findall(self.page)]
        pairs = list({name: (name, value) for name, value in hidden}.values()) + typed
        body, kind = multipart(pairs) if files else (urlencode(pairs).encode(), "application/x-www-form-urlencoded")
        status, to = self.ask("POST", path, body, kind)
        if status != 303:
            raise RuntimeError(f"POST {path} answered {status}: {self.page[:2000]}")
        return urlsplit(to).path


def multipart(pairs: list[tuple[str, str]]) -> tuple[bytes, str]:
    """A body as browsers send the form of a page that may hold files."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in pairs
    ]
    return "".join([*parts, f"--{BOUNDARY}--\r\n"]).encode(), f"multipart/form-data; boundary={BOUNDARY}"


def file_one(client: Client, person: dict) -> tuple[str, float]:
    """Files one dossier; returns its number, read on the receipt page, and how many seconds its first page of questions took."""
    start = "/espaces/moi/commencer/dix-questions/"
    client.show(start)
    tasks = client.send(start, [("language", "fr")])
    client.show(tasks)
    seen: list[float] = []
    for page, typed in zip(("vous/qui/", "demande/quoi/"), answers(person["address"]), strict=True):
        begun = time.monotonic()
        client.show(tasks + page)
        seen.append(time.monotonic() - begun)
        after = client.send(tasks + page, typed, files=True)
    client.show(after)
    receipt = client.send(after, [])
    client.show(receipt)
    found = NUMBER.search(client.page)
    if found is None:
        raise RuntimeError(f"{receipt} shows no number")
    return found.group(), seen[0]


def work(site: str, person: dict, until: float, most: int, filed: list, pages: list, failed: list) -> None:
    """One client: files until the time is over, or `most` dossiers when it is not 0."""
    client, count = Client(site, dict(person["cookies"])), 0
    try:
        while time.monotonic() < until and (not most or count < most):
            begun = time.monotonic()
            number, seen = file_one(client, person)
            filed.append((number, begun, time.monotonic()))
            pages.append(seen)
            count += 1
    except Exception as error:
        failed.append(f"{type(error).__name__}: {error}")


def run(plan: dict) -> dict:
    """What was filed by all clients; raises RuntimeError when one of them did not come to the end."""
    filed: list = []
    pages: list = []
    failed: list = []
    until = time.monotonic() + plan["seconds"]
    told = [(plan["site"], person, until, plan["most"], filed, pages, failed) for person in plan["people"]]
    clients = [threading.Thread(target=work, args=each) for each in told]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    if failed:
        raise RuntimeError(failed[0])
    return {"dossiers": filed, "pages": pages}


if __name__ == "__main__":
    json.dump(run(json.load(sys.stdin)), sys.stdout)
