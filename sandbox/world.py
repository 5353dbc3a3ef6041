"""What every part of the sandbox shares: who exists, what is kept, what misbehaves, what time it is."""

import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox.cast import Cast, load_cast
from sandbox.faults import Faults
from sandbox.store import Store

if TYPE_CHECKING:
    from sandbox.registry.model import Registry


@dataclass(frozen=True)
class Options:
    """How the process was started."""

    public_url: str
    portal_url: str
    data: Path
    client_id: str
    client_secret: str
    service_secret: str
    callback_path: str = "/connexion/retour/"
    direct_client_id: str = "monespace-itsme"
    today: date = field(default_factory=date.today)

    @property
    def issuer(self) -> str:
        return f"{self.public_url}/idp"

    @property
    def direct_issuer(self) -> str:
        """itsme by a contract of one's own, beside the federal service."""
        return f"{self.public_url}/itsme/v2"

    @property
    def direct_redirect_uri(self) -> str:
        return f"{self.portal_url}{self.callback_path}itsme/"

    @property
    def client_keys(self) -> str:
        """Where the portal publishes its keys."""
        return f"{self.portal_url}/connexion/cles.json"

    @property
    def redirect_uri(self) -> str:
        return self.portal_url + self.callback_path

    @property
    def after_logout(self) -> list[str]:
        return [self.portal_url + path for path in ("/", "/connexion/", "/deconnexion/")]


class World:
    """`ahead` moves its clock forward for everything that ends (codes, sessions), never for token dates."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.cast: Cast = load_cast()
        self.store = Store(options.data)
        self.faults = Faults()
        self.ahead = 0.0
        self._registry: Registry | None = None

    def now(self) -> float:
        return time.time() + self.ahead

    def day(self) -> date:
        """The day the demonstration was first started here: a restart tells the same story."""
        kept = self.store.get("setting", "day", 0)
        if kept is None:
            kept = {"day": self.options.today.isoformat()}
            self.store.put("setting", "day", kept)
        return date.fromisoformat(kept["day"])

    @property
    def registry(self) -> "Registry":
        if self._registry is None:
            from sandbox.registry.build import build_registry

            self._registry = build_registry(self.cast, self.day())
        return self._registry
