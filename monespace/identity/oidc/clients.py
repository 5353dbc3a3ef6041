"""What was agreed with each provider. Everything is pinned for each: issuer, algorithms, encryption, how we prove who we are."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

KINDS = {"fas", "itsme"}
AUTHENTICATIONS = {"client_secret_basic", "client_secret_post", "private_key_jwt"}
SIGNATURES = {f"{family}{bits}" for family in ("RS", "PS", "ES") for bits in (256, 384, 512)}
RETURN = {"fas": "identity:callback"}  # the others: identity:callback_<name>; each issuer has its own (against mix-up)


@dataclass(frozen=True)
class Client:
    """Us at one provider. `encryption` is (alg, enc) when what the provider signs is also encrypted to us, else empty."""

    name: str
    kind: str
    issuer: str
    client_id: str
    authentication: str
    client_secret: str
    key_hosts: tuple[str, ...]
    algorithms: tuple[str, ...]
    encryption: tuple[str, ...]
    acr: str
    scope: str

    @property
    def redirect_uri(self) -> str:
        """Our return address, from the one setting and never from the request."""
        return settings.SITE_URL + reverse(RETURN.get(self.name, f"identity:callback_{self.name}"))

    @property
    def own_keys(self) -> bool:
        """Whether this provider needs keys of ours: to believe us, or to answer us."""
        return self.authentication == "private_key_jwt" or bool(self.encryption)

    @property
    def https(self) -> bool:
        """Whether the provider is reached as it must be in production."""
        return urlsplit(self.issuer).scheme == "https"


def client(name: str) -> Client:
    """The client of that name in settings.PROVIDERS; raises ImproperlyConfigured when there is none or it is odd."""
    if name not in settings.PROVIDERS:
        raise ImproperlyConfigured(f"No identity provider is called {name!r} in this portal's settings.")
    said = settings.PROVIDERS[name]
    values: dict[str, Any] = {key: tuple(one) if isinstance(one, list) else one for key, one in said.items()}
    found = Client(name, **values)
    for wrong in problems(found):
        raise ImproperlyConfigured(wrong)
    return found


def clients() -> list[Client]:
    """All of them; raises ImproperlyConfigured."""
    return [client(name) for name in settings.PROVIDERS]


def problems(client: Client) -> list[str]:
    """What is odd in these settings, a sentence each."""
    wrong = {
        f"its kind is {client.kind!r}: fas or itsme.": client.kind not in KINDS,
        f"it knows no client authentication {client.authentication!r}.": client.authentication not in AUTHENTICATIONS,
        "its algorithms must be asymmetric signatures such as RS256.": not client.algorithms
        or not SIGNATURES.issuperset(client.algorithms),
        "its encryption is two names, such as RSA-OAEP-256,A128CBC-HS256.": len(client.encryption) not in (0, 2),
    }
    return [f"Identity provider {client.name}: {sentence}" for sentence, bad in wrong.items() if bad]
