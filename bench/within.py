"""The same journey inside one process: the statements of each request, and where the time goes (cProfile).

python -m bench.within queries|profile|timed|pages, with the environment of the portal's processes; one person, or the pages, as
JSON on standard input.
"""

import cProfile
import io
import json
import os
import pstats
import sys
import time
from urllib.parse import urlsplit

from bench import filing

STEPS = [
    "start page", "begin", "task list", "page 1", "page 1 posted", "page 2", "page 2 posted", "check page", "submit", "receipt",
]  # fmt: skip


class Inside(filing.Client):
    """A client whose requests are answered by Django's test client; what each asked of the database is kept."""

    def __post_init__(self) -> None:
        from django.test import Client

        self.browser = Client(enforce_csrf_checks=True)
        self.browser.cookies.load(self.cookies)
        self.asked: list[list[str]] = []
        self.taken: list[float] = []

    def ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> tuple[int, str]:
        """As the client over HTTP does."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        extra = {"HTTP_HOST": urlsplit(self.site).netloc, "HTTP_ACCEPT_LANGUAGE": "fr"}
        with CaptureQueriesContext(connection) as found:
            begun = time.process_time()
            answer = self.browser.generic(method, path, body or b"", kind or "text/plain", **extra)
            self.taken.append(time.process_time() - begun)
        self.page = answer.content.decode()
        self.asked.append([one["sql"] for one in found.captured_queries])
        return answer.status_code, answer.headers.get("Location") or ""


def queries(site: str, person: dict) -> None:
    """Prints the statements of each request of the round trip."""
    client = Inside(site, dict(person["cookies"]))
    for _ in range(2):
        client.asked.clear()
        filing.file_one(client, person)
    print(json.dumps(dict(zip(STEPS, client.asked, strict=True))))


def profile(site: str, person: dict, wanted: str, count: int) -> None:
    """Prints the functions that took the most time of their own, and with what they called, in one step or in all."""
    client = Inside(site, dict(person["cookies"]))
    for _ in range(5):
        filing.file_one(client, person)
    told, ask = cProfile.Profile(time.process_time), client.ask

    def profiled(*args, **kwargs):
        if wanted not in {"", STEPS[len(client.asked) % len(STEPS)]}:
            return ask(*args, **kwargs)
        told.enable()
        try:
            return ask(*args, **kwargs)
        finally:
            told.disable()

    client.ask = profiled  # type: ignore[method-assign]
    client.asked.clear()
    for _ in range(count):
        filing.file_one(client, person)
    text = io.StringIO()
    found = pstats.Stats(told, stream=text).strip_dirs()
    found.sort_stats("tottime").print_stats(45)
    found.sort_stats("cumulative").print_stats(110)
    print(text.getvalue())


def timed(site: str, person: dict, count: int) -> None:
    """Prints the median milliseconds of each step without a profiler."""
    client = Inside(site, dict(person["cookies"]))
    for _ in range(count + 3):
        filing.file_one(client, person)
    for place, step in enumerate(STEPS):
        taken = sorted(client.taken[place + 3 * len(STEPS) :: len(STEPS)])
        print(f"{step:15} {1000 * taken[len(taken) // 2]:6.2f} ms  {len(client.asked[place]):3} queries")


def pages(site: str, asked: dict[str, tuple[str, str]]) -> None:
    """Prints how many statements each page takes, as JSON."""
    found = {}
    for name, (address, cookie) in asked.items():
        client = Inside(site, dict([cookie.split("=", 1)]) if cookie else {})
        for _ in range(2):
            client.show(urlsplit(address)._replace(scheme="", netloc="").geturl())
        found[name] = len(client.asked[-1])
    print(json.dumps(found))


if __name__ == "__main__":
    import django

    django.setup()
    sys.stdout, out = open(os.devnull, "w"), sys.stdout  # noqa: SIM115 - one log line a request goes there
    plan = json.load(sys.stdin)
    from contextlib import redirect_stdout

    with redirect_stdout(out):
        if sys.argv[1] == "queries":
            queries(plan["site"], plan["person"])
        elif sys.argv[1] == "profile":
            profile(plan["site"], plan["person"], sys.argv[2] if len(sys.argv) > 2 else "", 30)
        elif sys.argv[1] == "pages":
            pages(plan["site"], plan["pages"])
        else:
            timed(plan["site"], plan["person"], 30)
