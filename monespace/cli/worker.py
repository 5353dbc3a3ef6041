"""`monespace worker`: runs the jobs (mails, seals, scans), and takes up those of workers that were killed.

A worker runs JOBS_AT_ONCE jobs at a time (2 by default); start as many workers as the work needs, on as many machines.
"""

import argparse
import asyncio
import os

from monespace.cli import check

HEARTBEAT, DEAD_AFTER = 5, 30  # seconds: a worker silent for so long is taken for dead, its jobs start again


def add(subparsers: argparse._SubParsersAction) -> None:
    """Declare the verb."""
    parser = subparsers.add_parser("worker", help="run the jobs: mails, receipts, scans")
    parser.add_argument("--alone", action="store_true", help="no other worker runs: take up at once what one left")
    parser.add_argument("--until-done", action="store_true", help="stop when no job waits")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Work until told to stop: a job in hand is finished first. Raises Trouble without secrets."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["DATABASE_POOLED"] = "no"  # each job's thread has its own connection, closed after the job
    import django

    from config import env

    check.refuse_unsafe()
    django.setup()
    asyncio.run(_work(alone=args.alone, wait=not args.until_done, at_once=env.number("JOBS_AT_ONCE", 2)))
    return 0


def _connector():
    """The worker's own connection for fetching jobs; what a job enqueues goes through Django's, in its transaction."""
    from django.conf import settings
    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django.django_connector import DjangoConnector

    class Connector(PsycopgConnector):
        def get_sync_connector(self):
            return DjangoConnector()

    return Connector(conninfo=settings.DATABASE_URL, min_size=1, max_size=4)


async def _work(*, alone: bool, wait: bool, at_once: int) -> None:
    from procrastinate.contrib.django import app

    _register_sweep(app)
    with app.replace_connector(_connector()) as working:
        async with working.open_async():
            if alone:
                await retry_jobs_of_dead_workers(working, silent_for=0)
            await working.run_worker_async(
                wait=wait,
                concurrency=at_once,
                delete_jobs="successful",  # those that failed to the end stay, for the operator to see
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=DEAD_AFTER,
                shutdown_graceful_timeout=20,
            )


def _register_sweep(app) -> None:
    """Each minute one of the workers looks for jobs that a killed one left; procrastinate does not by itself."""
    if "worker.sweep" in app.tasks:
        return

    @app.periodic(cron="* * * * *")
    @app.task(name="worker.sweep", queueing_lock="worker.sweep", queue="default")
    async def sweep(timestamp: int) -> None:
        await retry_jobs_of_dead_workers(app, silent_for=DEAD_AFTER)


async def retry_jobs_of_dead_workers(app, *, silent_for: float) -> int:
    """Put back in the queue each job whose worker gave no sign for so many seconds; returns how many.

    One that was tried as often as a job that fails may be (work.RETRY) is given up: it may itself be what kills the workers.
    """
    from procrastinate.jobs import Status

    from monespace.work import RETRY

    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent_for))
    again = [job for job in stalled if job.attempts + 1 < RETRY.max_attempts]
    for job in stalled:
        if job in again:
            await app.job_manager.retry_job(job)
        else:
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
    return len(again)
