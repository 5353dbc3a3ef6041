"""A small OpenID provider for tests: real HTTP, real keys; each test bends one thing and the portal must refuse it."""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from tests.cast import Somebody

CLIENT, SECRET = "monespace", "only-for-tests"
AMR = {500: "eid", 450: "bmid", 400: "sms"}


class Provider:
    """Listens on a port of its own. `id_token` and `userinfo` are what it will sign; `bend` changes its answers."""

    def __init__(self) -> None:
        self.keys = [ECKey.generate_key("P-256", {"kid": "first", "use": "sig", "alg": "ES256"})]
        self.signing = self.keys[0]
        self.codes: dict[str, dict] = {}
        self.tokens: dict[str, dict] = {}
        self.bend_id: Callable[[dict], object] = lambda claims: None
        self.bend_userinfo: Callable[[dict], object] = lambda claims: None
        self.sign = self.sign_well
        self.down: set[str] = set()
        self.extra: dict = {}
        self.fetched_keys = 0
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        self.issuer = f"http://127.0.0.1:{self.server.server_port}/idp"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def approve(self, who: Somebody, asked: dict, level: int) -> dict[str, str]:
        """The person agrees: the parameters that come back to the portal."""
        code = secrets.token_urlsafe(8)
        self.codes[code] = {"who": who, "asked": asked, "level": level}
        return {"code": code, "state": asked["state"], "iss": self.issuer}

    def exchange(self, form: dict, header: str) -> tuple[int, dict]:
        """The token endpoint: client_secret_basic, PKCE, each code once."""
        held = self.codes.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        right = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if header != right or not held or held["asked"]["code_challenge"] != challenge.rstrip(b"=").decode():
            return 400, {"error": "invalid_grant"}
        access = secrets.token_urlsafe(16)
        self.tokens[access] = held
        return 200, {"access_token": access, "token_type": "Bearer", "id_token": self.id_token(held, access)}

    def id_token(self, held: dict, access: str) -> str:
        half = hashlib.sha256(access.encode()).digest()[:16]
        claims = {
            "iss": self.issuer, "aud": CLIENT, "sub": held["who"].family_name, "iat": int(time.time()),
            "auth_time": int(time.time()), "exp": int(time.time()) + 300, "nonce": held["asked"]["nonce"], "amr": [AMR[held["level"]]],
            "acr": f"urn:be:fedict:iam:fas:Level{held['level']}",
            "at_hash": base64.urlsafe_b64encode(half).rstrip(b"=").decode(),
        }  # fmt: skip
        self.bend_id(claims)
        return self.sign(claims)

    def userinfo(self, access: str) -> str:
        who: Somebody = self.tokens[access]["who"]
        claims = {
            "iss": self.issuer, "aud": CLIENT, "sub": who.family_name, "egovNRN": who.national_number,
            "givenName": who.given_names, "surname": who.family_name, "prefLanguage": who.language,
        }  # fmt: skip
        self.bend_userinfo(claims)
        return self.sign(claims)

    def sign_well(self, claims: dict) -> str:
        return jwt.encode({"alg": "ES256", "kid": self.signing.kid}, claims, self.signing)

    def sign_not(self, claims: dict) -> str:
        """alg none: nothing signed at all."""
        return f"{part({'alg': 'none'})}.{part(claims)}."

    def sign_with_public_key(self, claims: dict) -> str:
        """HS256 with the public key as its secret: the classic confusion of algorithms."""
        head = f"{part({'alg': 'HS256', 'kid': self.signing.kid})}.{part(claims)}"
        digest = hmac.new(self.signing.as_pem(private=False), head.encode(), hashlib.sha256).digest()
        return f"{head}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"

    def sign_with_stranger(self, claims: dict) -> str:
        """A key that the provider never published, under the name of one that it did."""
        key = ECKey.generate_key("P-256", {"kid": self.signing.kid})
        return jwt.encode({"alg": "ES256", "kid": key.kid}, claims, key)

    def rotate(self) -> None:
        """From now on another key signs; the old one is no longer published."""
        self.signing = RSAKey.generate_key(2048, {"kid": "second", "use": "sig", "alg": "RS256"})
        self.keys = [self.signing]
        self.sign = lambda claims: jwt.encode({"alg": "RS256", "kid": "second"}, claims, self.signing)

    def metadata(self) -> dict:
        return {
            "issuer": self.issuer,
            **{
                f"{name}_endpoint": f"{self.issuer}/{name}"
                for name in ("authorization", "token", "userinfo", "end_session")
            },
            "jwks_uri": f"{self.issuer}/keys",
            **self.extra,
        }

    def published(self) -> dict:
        self.fetched_keys += 1
        return {"keys": [key.as_dict(private=False) for key in self.keys]}


def part(content: dict) -> str:
    """One part of a token, as it is written."""
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def handler_of(provider: Provider) -> type[BaseHTTPRequestHandler]:
    """The HTTP face of a provider."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.rsplit("/", 1)[-1]
            if name in provider.down:
                return self.answer(503, "{}")
            if name == "userinfo":
                token = self.headers["Authorization"].removeprefix("Bearer ")
                return self.answer(200, provider.userinfo(token), "application/jwt")
            content = provider.metadata() if name == "openid-configuration" else provider.published()
            return self.answer(200, json.dumps(content))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            if "token" in provider.down:
                return self.answer(503, "{}")
            status, content = provider.exchange(form, self.headers["Authorization"] or "")
            return self.answer(status, json.dumps(content))

        def answer(self, status: int, text: str, kind: str = "application/json") -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *args: object) -> None:
            """Quiet."""

    return Handler
