"""The portal's side in these tests: its settings for a provider, and its two halves without a browser."""

from urllib.parse import parse_qsl, urlsplit

from monespace.identity import oidc
from tests.cast import CLAIRE, Somebody
from tests.identity.provider import CLIENT, LEVELS, SECRET, Provider

FAS = {
    "kind": "fas", "client_id": CLIENT, "authentication": "client_secret_basic", "client_secret": SECRET, "key_hosts": [],
    "algorithms": ["RS256", "ES256", "ES384"], "encryption": [], "acr": "urn:be:fedict:iam:fas:citizen:Level{level}",
    "scope": "openid profile egovnrn",
}  # fmt: skip
ITSME = {
    "kind": "itsme", "client_id": "monespace-itsme", "authentication": "private_key_jwt", "client_secret": "", "key_hosts": [],
    "algorithms": ["RS256"], "encryption": ["RSA-OAEP-256", "A128CBC-HS256"],
    "acr": "http://itsme.services/v2/claim/acr_basic", "scope": "openid profile eid service:MONESPACE",
}  # fmt: skip


def fas_settings(issuer: str, secret: str = SECRET, **also: object) -> dict:
    """Settings of the portal for a federal service."""
    return {**FAS, "issuer": issuer, "client_secret": secret, **also}


def itsme_settings(issuer: str, **also: object) -> dict:
    """Settings of the portal for itsme by a contract of its own."""
    return {**ITSME, "issuer": issuer, **also}


def leave(method: str = "eid", provider: str = "fas", **also) -> tuple[dict, dict]:
    """What the portal asked of the provider, and what it kept."""
    address, pending = oidc.begin(provider, level=LEVELS[method], language="fr", **also)
    return dict(parse_qsl(urlsplit(address).query)), pending


def come_back(
    provider: Provider, method: str = "eid", level: int = 500, who: Somebody = CLAIRE, name: str = "fas"
) -> oidc.Proof:
    """A whole sign-in with the small provider."""
    asked, pending = leave(method, name)
    return oidc.finish(provider.approve(who, asked, level), pending, provider=name)
