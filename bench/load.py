"""The process that sends the requests: python -m bench.load, its plan as JSON on standard input, times as JSON out.

One request after the other on connections kept open, the pages in turn so that a slower moment of the machine falls on
all of them. Loopback addresses only; ends after the wanted number of rounds or seconds, whichever comes first.
"""

import http.client
import ipaddress
import json
import sys
import time
from urllib.parse import urlsplit

WARM_UP = 10
LONGEST = 300.0  # seconds, whatever the plan says


def refuse_outside(url: str) -> None:
    """Raise ValueError for an address that is not this machine's own."""
    host = urlsplit(url).hostname or ""
    if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
        raise ValueError(f"{url} is not on this machine: nothing else is ever measured")


class Page:
    """One address to be asked, on its own connection."""

    def __init__(self, url: str, cookie: str) -> None:
        refuse_outside(url)
        parts = urlsplit(url)
        self.link = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
        self.path = parts.path + (f"?{parts.query}" if parts.query else "")
        self.headers = {"Accept-Language": "fr"} | ({"Cookie": cookie} if cookie else {})

    def ask(self) -> float:
        """Seconds until the whole answer is read; raises RuntimeError for anything but a page."""
        begun = time.perf_counter()
        self.link.request("GET", self.path, headers=self.headers)
        answer = self.link.getresponse()
        answer.read()
        taken = time.perf_counter() - begun
        if answer.status != 200:
            raise RuntimeError(f"{self.path} answered {answer.status}")
        return taken


def measure(pages: dict[str, Page], rounds: int, seconds: float) -> dict[str, list[float]]:
    """The times of each page, after a few rounds that do not count."""
    times: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(WARM_UP):
        for page in pages.values():
            page.ask()
    until = time.monotonic() + min(seconds, LONGEST)
    for _ in range(rounds):
        for name, page in pages.items():
            times[name].append(page.ask())
        if time.monotonic() > until:
            break
    return times


if __name__ == "__main__":
    plan = json.load(sys.stdin)
    asked = {name: Page(url, cookie) for name, (url, cookie) in plan["pages"].items()}
    json.dump(measure(asked, plan["rounds"], plan["seconds"]), sys.stdout)
