"""An identity provider that costs as little as it can: python -m bench.provider SITE, its issuers as JSON on standard output.

Two issuers in one process, signing and encrypting as the federal service and itsme do. Nobody types anything: whoever is named
by `who` in the address is identified at once. Ends with its standard input.
"""

import json
import sys
import urllib.request
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc.jwk import RSAKey

from bench.load import refuse_outside
from bench.people import number_of
from tests.cast import Somebody
from tests.identity.provider import Provider


class Instant(Provider):
    """The tests' small provider, with an authorization endpoint at which everybody is known."""

    def __init__(self, kind: str, site: str) -> None:
        super().__init__(kind)
        self.site = site
        if kind == "fas":  # which signs so in reality
            self.signing = RSAKey.generate_key(2048, {"kid": "first", "use": "sig", "alg": "RS256"})
            self.keys = [self.signing]
        handler: type[BaseHTTPRequestHandler] = self.server.RequestHandlerClass  # type: ignore[assignment]
        self.server.RequestHandlerClass = with_door(self, handler)

    def encrypted(self, token: str) -> str:
        """To the portal's key, read once."""
        if not self.key_set["keys"]:
            with urllib.request.urlopen(f"{self.site}/connexion/cles.json", timeout=20) as answer:
                self.key_set = json.load(answer)
        return super().encrypted(token)


def with_door(provider: Instant, handler: type[BaseHTTPRequestHandler]) -> type[BaseHTTPRequestHandler]:
    """The handler, with the authorization endpoint."""

    class Door(handler):  # type: ignore[misc, valid-type]
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if not parts.path.endswith("/authorization"):
                return super().do_GET()
            asked = dict(parse_qsl(parts.query))
            place = int(asked["who"])
            who = Somebody("Claire Marie", f"Mesure {place}", number_of(place))
            level = 450 if provider.kind == "itsme" else 500
            address = f"{asked['redirect_uri']}?{urlencode(provider.approve(who, asked, level))}"
            return self.answer(302, "", address=address)

    return Door


def main(site: str) -> None:
    """Serve until nobody listens any more."""
    refuse_outside(site)
    issuers = {kind: Instant(kind, site).issuer for kind in ("fas", "itsme")}
    print(json.dumps(issuers), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1])
