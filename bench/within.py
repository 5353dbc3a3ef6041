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
from contextlib import nullcontext, redirect_stdout
from urllib.parse import urlsplit

from bench import filing

STEPS = [
    "start page", "begin", "task list", "page 1", "page 1 posted", "page 2", "page 2 posted", "check page", "submit", "receipt",
]  # fmt: skip


class Inside(filing.Client):
    """A client whose requests are answered by the WSGI application in this process, as the server's worker calls it; what each
    asked of the database and how long it took (CPU) is kept."""

    def __post_init__(self) -> None:
        from django.core.wsgi import get_wsgi_application

        self.application = get_wsgi_application()
        self.asked: list[list[str]] = []
        self.taken: list[float] = []
        self.counting = True

    def ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> tuple[int, str]:
        """As the client over HTTP does."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) if self.counting else nullcontext([]) as found:
            begun = time.process_time()
            status, headers = self.answered(self.environ(method, path, body, kind))
            self.taken.append(time.process_time() - begun)
        self.asked.append([one["sql"] for one in found])
        for name, value in headers:
            if name == "Set-Cookie":
                cookie, _, rest = value.partition("=")
                self.cookies[cookie] = rest.split(";", 1)[0]
        return status, dict(headers).get("Location", "")

    def environ(self, method: str, path: str, body: bytes | None, kind: str) -> dict:
        """The request as WSGI words it."""
        place, address = urlsplit(self.site), urlsplit(path)
        told = {} if body is None else {"CONTENT_TYPE": kind, "HTTP_ORIGIN": self.site}
        return told | {
            "REQUEST_METHOD": method, "PATH_INFO": address.path, "QUERY_STRING": address.query, "SCRIPT_NAME": "",
            "SERVER_NAME": place.hostname, "SERVER_PORT": str(place.port), "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": place.netloc,
            "CONTENT_LENGTH": str(len(body or b"")), "HTTP_ACCEPT_LANGUAGE": "fr", "REMOTE_ADDR": "127.0.0.1",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body or b""), "wsgi.errors": sys.stderr,
        }  # fmt: skip

    def answered(self, environ: dict) -> tuple[int, list[tuple[str, str]]]:
        """Status and headers; the page is kept."""
        began: list = []
        answer = self.application(environ, lambda status, headers: began.append((int(status[:3]), headers)))
        self.page = b"".join(answer).decode()
        answer.close()
        return began[0]


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
    client.counting = False
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
    found.sort_stats("tottime").print_stats(30)
    found.sort_stats("cumulative").print_stats(130)
    print(text.getvalue())


def timed(site: str, person: dict, count: int) -> None:
    """Prints the median milliseconds of each step without a profiler."""
    client = Inside(site, dict(person["cookies"]))
    filing.file_one(client, person)
    client.counting = False
    for _ in range(count + 2):
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
    with redirect_stdout(out):
        if sys.argv[1] == "queries":
            queries(plan["site"], plan["person"])
        elif sys.argv[1] == "profile":
            profile(plan["site"], plan["person"], sys.argv[2] if len(sys.argv) > 2 else "", 30)
        elif sys.argv[1] == "pages":
            pages(plan["site"], plan["pages"])
        else:
            timed(plan["site"], plan["person"], 30)
