"""Registering and enqueuing by name, so that actions never import job bodies."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

# A mail server or scanner that is down for a night must not cost a message: 10 s, 20 s, 40 s … about 11 hours in all.
RETRY = RetryStrategy(max_attempts=12, exponential_wait=2)
KEPT_HOURS = 60 * 24  # of a job that failed to the end


def job(name: str, *, retry: RetryStrategy = RETRY) -> Callable[[Callable], Callable]:
    """Registers a function as the body of the job `name`. It receives ids and may run twice: it must be idempotent."""

    def register(body: Callable) -> Callable:
        @wraps(body)
        def run(ids: list) -> None:
            body(*ids)

        app.task(name=name, retry=retry, queue="default")(run)
        return body

    return register


def nightly(name: str, *, cron: str = "20 2 * * *") -> Callable[[Callable], Callable]:
    """Registers a function without arguments as a job that one of the workers runs each night (`cron`, in UTC)."""

    def register(body: Callable) -> Callable:
        @wraps(body)
        def run(timestamp: int) -> None:
            body()

        app.periodic(cron=cron)(app.task(name=name, retry=RETRY, queue="default", queueing_lock=name)(run))
        return body

    return register


def enqueue(name: str, *ids: int | str | UUID, at: datetime | None = None, urgent: bool = False) -> None:
    """Puts a job in the queue, in the caller's transaction. `ids` are the body's arguments; `at` waits until then; an `urgent`
    one, for which somebody waits at a screen, goes before all that is not."""
    values: list = [str(value) if isinstance(value, UUID) else value for value in ids]
    app.configure_task(name, schedule_at=at, queue="default", priority=10 if urgent else 0).defer(ids=values)


@app.periodic(cron="50 2 * * *")
@app.task(name="work.purge", queue="default", queueing_lock="work.purge")
async def purge(timestamp: int) -> None:
    """Deletes jobs that ended long ago. Those that succeeded go at once (the worker's setting); failures stay to be looked at."""
    await app.job_manager.delete_old_jobs(KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True)
