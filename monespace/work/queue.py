"""Registering and enqueuing by name, so that actions never import job bodies."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

# A mail server or scanner that is down for a night must not cost a message: 10 s, 20 s, 40 s … about 11 hours in all.
RETRY = RetryStrategy(max_attempts=12, exponential_wait=2)


def job(name: str, *, retry: RetryStrategy = RETRY) -> Callable[[Callable], Callable]:
    """Registers a function as the body of the job `name`. It receives ids and may run twice: it must be idempotent."""

    def register(body: Callable) -> Callable:
        @wraps(body)
        def run(ids: list) -> None:
            body(*ids)

        app.task(name=name, retry=retry, queue="default")(run)
        return body

    return register


def enqueue(name: str, *ids: int | str | UUID, at: datetime | None = None) -> None:
    """Puts a job in the queue, in the caller's transaction. `ids` are the body's arguments; `at` waits until then."""
    values = [str(value) if isinstance(value, UUID) else value for value in ids]
    app.configure_task(name, schedule_at=at, queue="default").defer(ids=values)
