"""Counts for the operator's Prometheus. The library is loaded by the first count, not by every process."""

import os
from functools import cache

LABELS = ["way", "outcome"]


@cache
def sign_ins():
    """The counter of sign-ins, by way and outcome («ok», or the code of the refusal)."""
    from prometheus_client import Counter

    return Counter("monespace_sign_ins", "Sign-ins, by way and outcome", LABELS)


def count_sign_in(way: str, outcome: str) -> None:
    """One more."""
    sign_ins().labels(way=way, outcome=outcome).inc()


def page() -> bytes:
    """Every count of every process of this machine, as Prometheus reads it (text format 0.0.4)."""
    from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    together = CollectorRegistry()
    MultiProcessCollector(together)
    return generate_latest(together)
