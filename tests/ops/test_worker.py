"""Jobs are lost neither with their worker nor with the transaction that enqueued them, and never leave without it."""

import asyncio
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app, procrastinate_app

from monespace.cli import worker
from monespace.work import RETRY, enqueue, job

pytestmark = pytest.mark.usefixtures("committed")
ran: list[str] = []


@pytest.fixture(autouse=True)
def queue(settings, portal_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.DATABASE_URL = portal_url
    monkeypatch.setattr(procrastinate_app.current_app, "import_paths", [])
    ran.clear()
    yield
    for name in [name for name in app.tasks if name.startswith("probe.")]:
        del app.tasks[name]


def work_until_done() -> None:
    """A worker that does not wait ends when it sees nothing to do, even while a job that will enqueue another runs."""
    while waiting():
        asyncio.run(worker._work(alone=False, wait=False, at_once=2))


def waiting() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE task_name LIKE 'probe.%%' ORDER BY id")
        return [name for (name,) in cursor.fetchall()]


def test_a_job_runs_once_its_transaction_is_kept_and_leaves_no_trace() -> None:
    job("probe.note")(ran.append)
    with transaction.atomic():
        enqueue("probe.note", uuid := str(uuid4()))
    work_until_done()
    assert ran == [uuid]
    assert waiting() == []


def test_what_a_job_enqueues_is_lost_with_the_jobs_own_transaction() -> None:
    @job("probe.outer")
    def outer(key: str) -> None:
        ran.append(key)
        try:
            with transaction.atomic():
                enqueue("probe.inner", key)
                raise LookupError
        except LookupError:
            enqueue("probe.kept", key)

    job("probe.inner")(lambda key: ran.append("inner"))
    job("probe.kept")(lambda key: ran.append("kept"))
    enqueue("probe.outer", "key")
    work_until_done()
    assert ran == ["key", "kept"]


def test_the_job_of_a_killed_worker_goes_back_to_the_queue() -> None:
    job("probe.note")(ran.append)
    enqueue("probe.note", "again")

    async def take_it_and_die() -> int:
        with app.replace_connector(worker._connector()) as working:
            async with working.open_async():
                number = await working.job_manager.register_worker()
                taken = await working.job_manager.fetch_job(queues=None, worker_id=number)
                assert taken.task_name == "probe.note"
                assert await worker.retry_jobs_of_dead_workers(working, silent_for=60) == 0
                return await worker.retry_jobs_of_dead_workers(working, silent_for=0)

    assert asyncio.run(take_it_and_die()) == 1
    work_until_done()
    assert ran == ["again"]


def test_a_job_that_kills_each_worker_who_takes_it_is_given_up() -> None:
    job("probe.poison")(ran.append)
    enqueue("probe.poison", "key")

    async def take_it_and_die() -> int:
        with app.replace_connector(worker._connector()) as working:
            async with working.open_async():
                for _ in range(RETRY.max_attempts):
                    number = await working.job_manager.register_worker()
                    await working.job_manager.fetch_job(queues=None, worker_id=number)
                    back = await worker.retry_jobs_of_dead_workers(working, silent_for=0)
                return back

    assert asyncio.run(take_it_and_die()) == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE task_name = 'probe.poison'")
        assert cursor.fetchall() == [("failed",)]
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'probe.poison'")
