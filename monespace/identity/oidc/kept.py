"""What is fetched from a provider and kept in this process: fresh for minutes, served stale for hours while it is down."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import structlog

from monespace.identity.oidc.wire import ProviderDown

log = structlog.get_logger("monespace.identity")

FRESH = 600  # seconds without asking again
STALE = 12 * 3600  # seconds during which an outage of discovery or keys is bridged
PAUSE = 10  # seconds between two tries, whoever asks: nobody drives our look-ups, and no outage holds our threads


@dataclass
class Kept:
    """One value; `at` is when it came, `tried` when it was last asked for."""

    value: Any = None
    at: float = float("-inf")
    tried: float = float("-inf")
    why: str = ""
    asking: threading.Lock = field(default_factory=threading.Lock)

    def usable(self, now: float) -> bool:
        """Whether the value may be served while no newer one is to be had."""
        return self.value is not None and now - self.at < STALE


_all: dict[str, Kept] = {}


def forget() -> None:
    """Forget everything (tests, and a change of settings)."""
    _all.clear()


def kept(name: str, fetch: Callable[[], Any], *, fresh: bool = False) -> Any:
    """The value of that name; `fresh` asks again although it is young (at most every PAUSE seconds). Raises ProviderDown."""
    held = _all.setdefault(name, Kept())
    if not wants(held, fresh):
        return served(held)
    waits = not held.usable(time.monotonic()) or fresh
    if not held.asking.acquire(blocking=waits):
        return held.value  # another thread is asking: what we have will do
    try:
        if wants(held, fresh):
            renew(name, held, fetch)
    finally:
        held.asking.release()
    return served(held)


def wants(held: Kept, fresh: bool) -> bool:
    """Whether it is time to ask."""
    now = time.monotonic()
    return now - held.tried >= PAUSE and (fresh or now - held.at >= FRESH)


def renew(name: str, held: Kept, fetch: Callable[[], Any]) -> None:
    """Ask; a failure is said in the log and leaves what there is. `tried` is set at the end: until then others wait."""
    try:
        held.value, held.why = fetch(), ""
        held.at = time.monotonic()
    except ProviderDown as error:
        held.why = str(error)
        age = round(time.monotonic() - held.at) if held.value is not None else None
        log.warning("provider.unreachable", what=name, why=held.why, serving_seconds_old=age)
    finally:
        held.tried = time.monotonic()


def served(held: Kept) -> Any:
    """What there is, if it is not too old; raises ProviderDown."""
    if held.usable(time.monotonic()):
        return held.value
    raise ProviderDown(held.why or "not reached yet")
