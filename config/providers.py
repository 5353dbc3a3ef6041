"""The OpenID Connect providers of this portal, from the environment (docs/sign-in-oidc.md). What is agreed is pinned here."""

from typing import Any

from config import env

SIGNED_BY_FAS = "RS256,PS256,ES256"  # what its discovery may name; narrow it to the one that was agreed


def read() -> dict[str, dict[str, Any]]:
    """By name: FAS always, itsme when it has an issuer."""
    found = {"fas": fas()}
    if env.text("ITSME_ISSUER", ""):
        found["itsme"] = itsme()
    return found


def fas() -> dict[str, Any]:
    """The federal service (or whoever stands for it)."""
    return {
        "kind": "fas",
        "issuer": env.text("OIDC_ISSUER", "http://127.0.0.1:8001/idp"),
        "client_id": env.text("OIDC_CLIENT_ID", "monespace"),
        "authentication": env.text("OIDC_AUTHENTICATION", "client_secret_basic"),
        "client_secret": env.text("OIDC_CLIENT_SECRET", "only-for-development"),
        "key_hosts": env.names("OIDC_KEY_HOSTS"),  # hosts, beside the issuer's, that may hold its keys
        "algorithms": env.names("OIDC_ALGORITHMS", SIGNED_BY_FAS),
        "encryption": env.names("OIDC_ENCRYPTION"),  # empty, or two names: RSA-OAEP-256,A128CBC-HS256
        "acr": env.text("OIDC_ACR", "urn:be:fedict:iam:fas:citizen:Level{level}"),
        "scope": env.text("OIDC_SCOPE", "openid profile egovnrn"),
    }


def itsme() -> dict[str, Any]:
    """itsme by a contract of one's own: signed with our key, answered to our key."""
    return {
        "kind": "itsme",
        "issuer": env.text("ITSME_ISSUER"),
        "client_id": env.text("ITSME_CLIENT_ID"),
        "authentication": env.text("ITSME_AUTHENTICATION", "private_key_jwt"),
        "client_secret": env.text("ITSME_CLIENT_SECRET", ""),
        "key_hosts": env.names("ITSME_KEY_HOSTS"),
        "algorithms": env.names("ITSME_ALGORITHMS", "RS256"),
        "encryption": env.names("ITSME_ENCRYPTION", "RSA-OAEP-256,A128CBC-HS256"),
        "acr": "http://itsme.services/v2/claim/" + env.text("ITSME_ACR", "acr_basic"),
        "scope": f"openid profile eid service:{env.text('ITSME_SERVICE_CODE')}",
    }
