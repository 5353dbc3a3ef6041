"""Web eID validations per second of one core, beside two bare P-384 verifications in turn with them: the least that a card's
token can cost (its certificate's signature and its own). Without OCSP, nothing kept from one validation to the next."""

import statistics
import time
from collections.abc import Callable

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from bench.figures import laid_out
from tests.webeid.cards import Authority, checked

ROUNDS, EACH = 15, 60
AIM = 0.85


def report() -> str:
    """The table, as text. CPU time of this process: what else the machine does counts little."""
    authority = Authority.made("eID bench CA")
    tokens = {f"token, {one}": authority.card(one).token() for one in ("ES384", "RS256")}
    works: dict[str, Callable[[], object]] = {"two bare P-384 verifications": bare()}
    works |= {name: lambda token=token: checked(token, authority) for name, token in tokens.items()}
    times = measured(works)
    base = statistics.median(times["two bare P-384 verifications"])
    rows = [["Web eID", "/s per core", "ms", "of the bare rate"]]
    for name, found in times.items():
        middle = statistics.median(found)
        rows.append([name, f"{1 / middle:.0f}", f"{1000 * middle:.2f}", f"{base / middle:.2f}"])
    return f"{laid_out(rows)}\naim for ES384: {AIM} of the bare rate"


def measured(works: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    """Seconds of CPU of one call, round by round, the works in turn."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            begun = time.process_time()
            for _ in range(EACH):
                work()
            times[name].append((time.process_time() - begun) / EACH)
    return times


def bare() -> Callable[[], None]:
    """Two verifications with keys that are already loaded."""
    key = ec.generate_private_key(ec.SECP384R1())
    how, data = ec.ECDSA(hashes.SHA384()), bytes(96)
    signature, public = key.sign(data, how), key.public_key()

    def twice() -> None:
        public.verify(signature, data, how)
        public.verify(signature, data, how)

    return twice


if __name__ == "__main__":
    print(report())
