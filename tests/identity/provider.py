"""A small OpenID provider for tests: real HTTP, real keys; each test bends one thing and the portal must refuse it."""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from joserfc import jwe, jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from tests.cast import Somebody

CLIENT, SECRET = "monespace", "only-for-tests"
AMR = {500: "eid", 450: "bmid", 400: "sms"}
LEVELS = {"eid": 500, "itsme": 450, "sms": 400}
ITSME = "http://itsme.services/v2/claim/"


class Provider:
    """Listens on a port of its own; `bend_…` change what it signs, `wrap` how that is encrypted (itsme does, to the keys that
    `key_set` holds of ours)."""

    def __init__(self, kind: str = "fas") -> None:
        self.kind, self.client = kind, CLIENT if kind == "fas" else "monespace-itsme"
        self.keys = [first_key(kind)]
        self.key_set: dict = {"keys": []}
        self.wrap = self.encrypted if kind == "itsme" else str
        self.bend_metadata: Callable[[dict], object] = lambda metadata: None
        self.assertions: list[str] = []
        self.signing = self.keys[0]
        self.codes: dict[str, dict] = {}
        self.tokens: dict[str, dict] = {}
        self.bend_id: Callable[[dict], object] = lambda claims: None
        self.bend_userinfo: Callable[[dict], object] = lambda claims: None
        self.sign = self.sign_well
        self.down: set[str] = set()
        self.extra: dict = {}
        self.fetched_keys = 0
        self.bodies: dict[str, bytes] = {}  # answers by the last word of their address, in the place of the right ones
        self.redirect: dict[str, str] = {}
        self.drip = False
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        self.issuer = f"http://127.0.0.1:{self.server.server_port}/idp"
        threading.Thread(target=self.server.serve_forever, args=[0.02], daemon=True).start()

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
        if (
            not self.knows(form, header)
            or not held
            or held["asked"]["code_challenge"] != challenge.rstrip(b"=").decode()
        ):
            return 400, {"error": "invalid_grant"}
        access = secrets.token_urlsafe(16)
        self.tokens[access] = held
        return 200, {"access_token": access, "token_type": "Bearer", "id_token": self.id_token(held, access)}

    def knows(self, form: dict, header: str) -> bool:
        """Whether it is our client who asks."""
        if self.kind == "itsme":
            self.assertions.append(form.get("client_assertion", ""))
            return bool(self.assertions[-1])
        return header == "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()

    def id_token(self, held: dict, access: str) -> str:
        bits = str(self.signing.as_dict(private=False)["alg"])[-3:]
        half = hashlib.new(f"sha{bits}", access.encode()).digest()[: int(bits) // 16]
        claims = {
            "iss": self.issuer, "aud": self.client, "sub": subject_of(held["who"]), "iat": int(time.time()),
            "auth_time": int(time.time()), "exp": int(time.time()) + 300, "nonce": held["asked"]["nonce"], "amr": [AMR[held["level"]]],
            "acr": f"urn:be:fedict:iam:fas:Level{held['level']}",
            "at_hash": base64.urlsafe_b64encode(half).rstrip(b"=").decode(),
        }  # fmt: skip
        if self.kind == "itsme":
            claims |= {"acr": f"{ITSME}acr_basic"}
        self.bend_id(claims)
        return self.wrap(self.sign(claims))

    def userinfo(self, access: str) -> str:
        who: Somebody = self.tokens[access]["who"]
        names = NAMES[self.kind]
        told = (who.national_number, who.given_names, who.family_name, who.language)
        claims = {"iss": self.issuer, "aud": self.client, "sub": subject_of(who), **dict(zip(names, told, strict=True))}
        self.bend_userinfo(claims)
        return self.wrap(self.sign(claims))

    def logout_token(self, who: Somebody, *, bent: dict | None = None, header: dict | None = None) -> str:
        """A logout token; `bent` changes its claims (None removes one)."""
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": self.client, "sub": subject_of(who), "iat": now, "exp": now + 120,
            "jti": secrets.token_urlsafe(8), "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
        }  # fmt: skip
        claims = {name: value for name, value in {**claims, **(bent or {})}.items() if value is not None}
        return self.wrap(self.sign_well(claims, {"typ": "logout+jwt", **(header or {})}))

    def encrypted(self, token: str) -> str:
        """The token, encrypted to our published key."""
        key = next(key for key in KeySet.import_key_set(self.key_set).keys if key.as_dict().get("use") == "enc")
        header = {"alg": "RSA-OAEP-256", "enc": "A128CBC-HS256", "cty": "JWT", "kid": key.kid}
        return jwe.encrypt_compact(header, token.encode(), key, algorithms=["RSA-OAEP-256", "A128CBC-HS256"])

    def sign_well(self, claims: dict, header: dict | None = None) -> str:
        algorithm = self.signing.as_dict(private=False)["alg"]
        return jwt.encode(
            {"alg": algorithm, "kid": self.signing.kid, **(header or {})}, claims, self.signing, [algorithm]
        )

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
        self.signing = ECKey.generate_key("P-384", {"kid": "second", "use": "sig", "alg": "ES384"})
        self.keys = [self.signing]

    def metadata(self) -> dict:
        made = {
            "issuer": self.issuer,
            **{
                f"{name}_endpoint": f"{self.issuer}/{name}"
                for name in ("authorization", "token", "userinfo", "end_session")
            },
            "jwks_uri": f"{self.issuer}/keys",
            "authorization_response_iss_parameter_supported": True,
            **self.extra,
        }
        self.bend_metadata(made)
        return made

    def published(self) -> dict:
        self.fetched_keys += 1
        return {"keys": [key.as_dict(private=False) for key in self.keys]}


NAMES = {
    "fas": ("egovNRN", "givenName", "surname", "prefLanguage"),
    "itsme": (f"{ITSME}BENationalNumber", "given_name", "family_name", "locale"),
}


@cache
def first_key(kind: str) -> ECKey | RSAKey:
    """The key with which a provider begins; made once a run."""
    if kind == "itsme":
        return RSAKey.generate_key(2048, {"kid": "first", "use": "sig", "alg": "RS256"})
    return ECKey.generate_key("P-256", {"kid": "first", "use": "sig", "alg": "ES256"})


def subject_of(who: Somebody) -> str:
    """The provider's name for a person."""
    return who.family_name.encode("ascii", "ignore").decode()


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
            if name in provider.redirect:
                return self.answer(302, "", address=provider.redirect[name])
            if name in provider.bodies:
                return self.answer(200, provider.bodies[name])
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
            if "token" in provider.bodies:
                return self.answer(200, provider.bodies["token"])
            status, content = provider.exchange(form, self.headers["Authorization"] or "")
            return self.answer(status, json.dumps(content))

        def answer(self, status: int, text: str | bytes, kind: str = "application/json", address: str = "") -> None:
            self.send_response(status)
            if address:
                self.send_header("Location", address)
            self.send_header("Content-Type", kind)
            self.end_headers()
            with suppress(OSError):  # whoever asked may have heard enough
                whole = text if isinstance(text, bytes) else text.encode()
                for part in [whole[place : place + 1] for place in range(len(whole))] if provider.drip else [whole]:
                    self.wfile.write(part)
                    time.sleep(0.05 if provider.drip else 0)

        def log_message(self, *args: object) -> None:
            """Quiet."""

    return Handler
