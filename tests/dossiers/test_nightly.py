"""The night: the worker's own clock starts the tidying, and old jobs go."""

from datetime import timedelta

from asgiref.sync import async_to_sync
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from monespace.dossiers import jobs
from monespace.dossiers.models import Dossier
from monespace.procedures.models import Demand
from monespace.work import enqueue
from monespace.work.queue import purge
from tests.dossiers import house


def test_the_worker_starts_the_nights_work_by_itself():
    periodic = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}

    assert periodic[jobs.NIGHTLY] == "20 2 * * *"
    assert purge.name in periodic


def test_each_night_the_catalogue_hears_what_was_begun_in_a_year_and_nothing_of_who(small, claire):
    browser = house.browser(claire)
    for _ in range(2):
        house.begin(browser)
    Dossier.objects.filter(pk=house.begin(browser).pk).update(created_at=timezone.now() - timedelta(days=400))
    jobs.tell_demand()
    jobs.tell_demand()

    assert list(Demand.objects.values()) == [{"slug": "essai", "begun": 2}]


def test_jobs_that_failed_long_ago_are_purged_and_those_that_wait_stay(committed):
    from django.db import connection

    for _ in range(3):
        enqueue("dossiers.erase_file", "nothing")
    old, recent, _waiting = ProcrastinateJob.objects.order_by("id").values_list("id", flat=True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id IN (%s, %s)", [old, recent])
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '90 days' WHERE job_id = %s", [old])
    async_to_sync(purge.func)(0)

    assert old not in ProcrastinateJob.objects.values_list("id", flat=True)
    assert len(house.jobs("dossiers.erase_file")) == 2


def test_the_nights_searches_for_files_are_read_from_an_index(db):
    from django.db import connection

    from monespace.dossiers.models import Document

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    old = Document.objects.filter(added_at__lte=timezone.now(), added_at__gt=timezone.now() - timedelta(days=30))

    assert "documents_by_moment" in old.explain()
    assert "documents_to_check" in old.filter(check_state=Document.Check.WAITING).explain()
