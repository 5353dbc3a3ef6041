"""However many dossiers the portal holds, a page of the inbox is read in order from an index: nothing is sorted first."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monespace.desk import queries
from monespace.desk.models import Team
from monespace.desk.queries import Filters, Place
from tests.desk import scene


def plan(dossiers) -> str:
    """How PostgreSQL reads these rows when it sorts and reads whole tables only if no index serves."""
    with connection.cursor() as cursor:
        for way in ("sort", "incremental_sort", "seqscan", "bitmapscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    return dossiers.explain()


@pytest.mark.parametrize("step", queries.STEPS)
@pytest.mark.parametrize("backwards", [False, True], ids=["forwards", "backwards"])
def test_a_page_of_each_tab_is_read_in_the_order_of_an_index(isabelle, step, backwards):
    entered, at = scene.sign_in(isabelle), timezone.now()
    found = queries.in_order(queries.inbox(entered, queries.seats_of(entered, at), Filters(step=step), at))

    read = plan((found.reverse() if backwards else found)[: queries.PAGE])

    assert re.search(r"using dossiers_(in_progress|of_procedure)", read)
    assert "Sort" not in read


def test_so_is_the_first_tab_of_a_team_that_handles_several_procedures(isabelle):
    Team.objects.update(procedures=[scene.SLUG, "autre"])
    entered, at = scene.sign_in(isabelle), timezone.now()
    found = queries.inbox(entered, queries.seats_of(entered, at), Filters(), at)

    read = plan(queries.in_order(found)[: queries.PAGE])

    assert "using dossiers_in_progress" in read
    assert "Sort" not in read


@pytest.mark.parametrize("filters", [Filters(step="decides"), Filters(step="recus"), Filters(late=True)], ids=str)
def test_what_is_closed_or_late_of_several_procedures_is_read_procedure_by_procedure(isabelle, filters):
    Team.objects.update(procedures=[scene.SLUG, "autre"])
    entered, at = scene.sign_in(isabelle), timezone.now()
    found, slugs = queries.inbox(entered, queries.seats_of(entered, at), filters, at), [scene.SLUG, "autre"]

    with CaptureQueriesContext(connection) as asked:
        queries.page_of(found, Place(), parts=queries.parts(filters, slugs))
    first = next(one["sql"] for one in asked.captured_queries if "UNION ALL" in one["sql"])
    with connection.cursor() as cursor:
        for way in ("sort", "seqscan", "bitmapscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN {first}")
        read = "\n".join(row[0] for row in cursor.fetchall())

    assert len(re.findall("using dossiers_(?:of_procedure|in_progress)", read)) == len(queries.parts(filters, slugs))
    assert read.count("Sort Key") <= 1  # of the few that each part gave
