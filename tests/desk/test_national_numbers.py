"""National numbers are masked; an agent sees them by a journaled act, and they stand nowhere else (law 12)."""

import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from monespace.desk.frozen import sealed_numbers
from monespace.journal.models import Entry
from tests.desk import scene
from tests.desk.scene import CLAIRE, FOREIGN, right

WHOLE = "72.04.04-998"  # the witness named in the answers


def test_masked_until_the_agent_says_why(isabelle):
    dossier, browser = scene.dossier(), scene.client(isabelle)
    here = f"/guichet/{dossier.ref}/"

    masked = browser.get(here).content.decode()
    assert "72.04.04-***.**" in masked
    assert "85.03.14-***.**" in masked
    assert WHOLE not in masked

    shown = browser.post(here + "numeros/", {"reason": "payment"})
    assert shown.status_code == 200
    assert WHOLE in shown.content.decode()
    assert "85.03.14-998" in shown.content.decode()
    assert shown["Cache-Control"] == "no-store, private"

    entry = Entry.objects.get(act="dossier.numbers_shown")
    assert (entry.person, entry.chain, entry.detail["reason"]) == (isabelle.pk, dossier.journal_key, "payment")
    assert WHOLE not in browser.get(here).content.decode()
    assert WHOLE not in browser.get(here + "numeros/").content.decode()


def test_no_number_in_journal_jobs_notices_or_logs(isabelle, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    dossier, browser = scene.dossier(), scene.client(isabelle)
    here = f"/guichet/{dossier.ref}/"
    browser.post(here + "numeros/", {"reason": "identity"})
    due = timezone.localdate() + timedelta(days=60)
    browser.post(here + "accuse/", {"due_on.day": due.day, "due_on.month": due.month, "due_on.year": due.year})
    browser.post(here + "decider/", {**scene.VERDICT, "send": "1"})
    dossier.refresh_from_db()
    assert dossier.state == "decided"

    with connection.cursor() as cursor:
        said = caplog.text + "".join(capfd.readouterr())
        for table in (
            "journal_entry",
            "procrastinate_jobs",
            "notices_mail",
            "notices_notice",
            "desk_membership",
            "desk_look",
        ):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
            said += cursor.fetchone()[0]
    for number in (right(CLAIRE), right(FOREIGN), right(scene.ISABELLE)):
        spellings = {number, f"{number[:2]}.{number[2:4]}.{number[4:6]}-{number[6:9]}.{number[9:]}"}
        assert not any(spelling in said for spelling in spellings)


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({}, {}),
        ({"a": "v1.k.x", "b": "text"}, {"a": ["v1.k.x"]}),
        ({"people": [{"row": "1", "who": "v1.k.1"}, {"row": "2", "who": "v1.k.2"}]}, {"who": ["v1.k.1", "v1.k.2"]}),
        ({"who": ["v1.k.1", "v1.k.2"]}, {"who": ["v1.k.1", "v1.k.2"]}),
    ],
)
def test_sealed_answers_are_found_by_question_in_order(answers, found):
    assert sealed_numbers(answers) == found
