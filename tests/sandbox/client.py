"""A relying party and a browser in one, as thin as can be: what the portal and a person do."""

import base64
import hashlib
import re
import secrets
from urllib.parse import parse_qs, quote_plus, urlsplit

import requests
from joserfc import jwt
from joserfc.jwk import KeySet

LEVEL = "urn:be:fedict:iam:fas:citizen:Level"


class Client:
    def __init__(self, sandbox) -> None:
        self.sandbox, self.browser = sandbox, requests.Session()
        self.state, self.nonce, self.verifier = (secrets.token_urlsafe(32) for _ in range(3))

    @property
    def parameters(self) -> dict:
        challenge = base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()
        return {
            "client_id": "monespace",
            "redirect_uri": self.sandbox.redirect_uri,
            "response_type": "code",
            "scope": "openid profile egovnrn",
            "state": self.state,
            "nonce": self.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }

    def authorize(self, level: int = 400, **changes: object) -> requests.Response:
        """Ask to authenticate; follows redirects inside the sandbox. A change to None removes the parameter."""
        asked = {**self.parameters, "acr_values": f"{LEVEL}{level}", **changes}
        asked = {name: value for name, value in asked.items() if value is not None}
        return self.follow(self.browser.get(f"{self.sandbox.issuer}/authorize", params=asked, allow_redirects=False))

    def post(self, page: requests.Response, path: str = "", **fields: str) -> requests.Response:
        address = page.url if not path else f"{self.sandbox.url}{path}"
        return self.follow(self.browser.post(address, data=fields, allow_redirects=False))

    def follow(self, answer: requests.Response) -> requests.Response:
        """Follow to the next page of the sandbox; an answer that leads to the portal is handed back as it is."""
        while answer.is_redirect and not answer.headers["Location"].startswith(self.sandbox.redirect_uri):
            address = requests.compat.urljoin(answer.url, answer.headers["Location"])
            if not address.startswith(self.sandbox.url):
                return answer
            answer = self.browser.get(address, allow_redirects=False)
        return answer

    def by_card(self, person: str = "claire-dubois", level: int = 500, **changes: object) -> dict:
        page = self.authorize(level, **changes)
        if not page.url.endswith("/eid/"):
            page = self.post(page, action="eid")
        return callback(self.post(page, action="check", person=person, pin="1234"))

    def token(self, code: str, **changes: str) -> requests.Response:
        body = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.sandbox.redirect_uri,
            "code_verifier": self.verifier,
            **changes,
        }
        basic = (quote_plus("monespace"), quote_plus(self.sandbox.secret))
        return requests.post(f"{self.sandbox.issuer}/access_token", data=body, auth=basic, timeout=10)

    def claims(self, token: str) -> dict:
        """The claims of a token whose signature a published key verifies."""
        jwks = requests.get(f"{self.sandbox.issuer}/connect/jwk_uri", timeout=5).json()
        return jwt.decode(token, KeySet.import_key_set(jwks), algorithms=["RS256", "ES256"]).claims

    def userinfo(self, access_token: str) -> requests.Response:
        header = {"Authorization": f"Bearer {access_token}"}
        return requests.get(f"{self.sandbox.issuer}/userinfo", headers=header, timeout=5)


def callback(answer: requests.Response) -> dict:
    """What came back to the client's address."""
    assert answer.status_code == 303, (answer.status_code, text_of(answer))
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def text_of(page: requests.Response) -> str:
    """The words of a page's main part."""
    main = re.search(r"<main.*</main>", page.text, re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main[0] if main else page.text))
