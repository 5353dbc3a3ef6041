"""The certified peers as a process, the person in front of them, and our side of what they fetch and send."""

import json
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlsplit

import requests

from tests.cast import Somebody

HERE = Path(__file__).parent
SECRET = "a secret with : and spaces, only for tests"
SERVICE = "MONESPACE"
FAS = "urn:be:fedict:iam:fas:citizen:Level"
ITSME = "http://itsme.services/v2/claim/"
AMR = {500: "eid", 450: "bmid", 400: "sms"}


class OurSide:
    """What the peers reach of us: the key set that they fetch, and the address at which they tell of a logout."""

    def __init__(self) -> None:
        self.key_set: dict = {"keys": []}
        self.fetched = 0
        self.logout_tokens: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=[0.02], daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def handler_of(ours: OurSide) -> type[BaseHTTPRequestHandler]:
    """The HTTP face of our side."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            ours.fetched += 1
            self.answer(json.dumps(ours.key_set).encode())

        def do_POST(self) -> None:
            said = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            ours.logout_tokens.append(said["logout_token"][0])
            self.answer(b"")

        def answer(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Quiet."""

    return Handler


class Peers:
    """One node process with both issuers; it ends with this object."""

    def __init__(self, site: str) -> None:
        self.ours = OurSide()
        told = {
            "secret": SECRET, "fas_return": f"{site}/connexion/retour/", "itsme_return": f"{site}/connexion/retour/itsme/",
            "after_logout": f"{site}/", "told_of_logout": f"{self.ours.url}/logout", "jwks_uri": f"{self.ours.url}/keys",
        }  # fmt: skip
        self.site, self.secret = site, SECRET
        self.child = subprocess.Popen(
            [shutil.which("node") or "node", str(HERE / "providers.mjs")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.child.stdin
        assert self.child.stdout
        self.child.stdin.write(json.dumps(told) + "\n")
        self.child.stdin.flush()
        line = self.child.stdout.readline()
        assert line, self.child.stderr and self.child.stderr.read()
        self.issuers: dict[str, str] = json.loads(line)
        self.drain = threading.Thread(target=lambda: self.child.stderr and self.child.stderr.read(), daemon=True)
        self.drain.start()

    def stop(self) -> None:
        self.child.communicate(timeout=10)
        self.ours.stop()

    def person(self) -> "Person":
        """Somebody with a browser of their own."""
        return Person(self)


class Person:
    """A person in front of a peer's pages."""

    def __init__(self, peers: Peers) -> None:
        self.peers, self.browser = peers, requests.Session()
        self.asked: dict = {}

    def meet(self, address: str) -> str:
        """Follow the portal's redirect to the peer's own page; its address. `asked` is what the peer was asked."""
        page = self.follow(self.browser.get(address, allow_redirects=False))
        assert page.status_code == 200, page.text
        self.asked = page.json()["asked"]
        return page.url

    def identify(self, address: str, who: Somebody, claims: dict, *, acr: str, amr: str = "") -> dict[str, str]:
        """Prove who one is there; what comes back to the portal."""
        said = {
            "who": f"pseudonym-of-{who.family_name}".encode("ascii", "ignore").decode(),
            "claims": json.dumps(claims),
        }
        return self.post(self.meet(address), said | {"acr": acr, "amr": amr})

    def by_fas(self, address: str, who: Somebody, level: int = 500, acr: str = "", amr: str | None = None) -> dict:
        """Identify as FAS does; the acr may be lower than what was asked."""
        claims = {
            "egovNRN": who.national_number, "givenName": who.given_names, "surname": who.family_name, "prefLanguage": who.language,
        }  # fmt: skip
        return self.identify(address, who, claims, acr=acr or f"{FAS}{level}", amr=AMR[level] if amr is None else amr)

    def by_itsme(self, address: str, who: Somebody, acr: str = "acr_basic", **bent: object) -> dict:
        """Identify as itsme does."""
        claims = {
            f"{ITSME}BENationalNumber": who.national_number, "given_name": who.given_names, "family_name": who.family_name,
            "name": f"{who.given_names} {who.family_name}", "locale": who.language.upper(), **bent,
        }  # fmt: skip
        return self.identify(
            address, who, {key: one for key, one in claims.items() if one is not None}, acr=ITSME + acr
        )

    def cancel(self, address: str) -> dict:
        """Think better of it."""
        return self.post(self.meet(address), {"cancel": "1"})

    def post(self, page: str, form: dict) -> dict[str, str]:
        """What comes back to the portal after a form of the peer; `came_to` is where."""
        answer = self.follow(self.browser.post(page, data=form, allow_redirects=False))
        address = answer.headers.get("Location", "")
        assert address.startswith(self.peers.site), (answer.status_code, answer.text)
        self.came_to = urlsplit(address).path
        return dict(parse_qsl(urlsplit(address).query))

    def follow(self, answer: requests.Response) -> requests.Response:
        """Redirects inside the peer."""
        while answer.is_redirect:
            address = requests.compat.urljoin(answer.url, answer.headers["Location"])
            if not address.startswith(tuple(self.peers.issuers.values())):
                break
            answer = self.browser.get(address, allow_redirects=False)
        return answer

    def sign_out(self, address: str) -> str:
        """Follow the portal to the peer's logout page and confirm; where it leads afterwards."""
        page = self.browser.get(address, allow_redirects=False)
        action = page.text.split('action="')[1].split('"')[0]
        token = page.text.split('name="xsrf" value="')[1].split('"')[0]
        answer = self.browser.post(action, data={"xsrf": token, "logout": "yes"}, allow_redirects=False)
        return answer.headers.get("Location", "")
