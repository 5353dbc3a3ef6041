"""A very short run of the measures: one client, two dossiers, two hundred generated ones. Nothing is timed."""

import json
from collections.abc import Iterator

import psycopg
import pytest

from bench import pages, roundtrip
from bench.__main__ import ratios
from bench.house import House, house

COUNTED = """SELECT count(*), count(number), count(frozen) FROM dossiers_dossier
             LEFT JOIN dossiers_content ON dossier_id = id"""


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("bench") / "data") as made:
        yield made


def statements(measured: House, environment: dict, person: dict) -> dict[str, list[str]]:
    """What each request asks of the database, in one process with this environment."""
    told = House(measured.supervisor, measured.plan, environment).run(
        "bench.within", "queries", given=json.dumps({"site": measured.site, "person": person})
    )
    return json.loads(told.splitlines()[-1])


def test_each_dossier_that_is_counted_is_in_journal_receipt_and_mail(measured: House) -> None:
    found = roundtrip.measure(measured, [1], 60, most=2)

    assert found.found == 4  # two while they were timed, two with the worker
    assert [(level.server, len(level.dossiers)) for level in found.levels] == [
        (roundtrip.OURS, 2),
        (roundtrip.SKELETON, 2),
    ]
    assert "at 1 " in ratios(found.levels)

    people = measured.people(1)
    with pytest.raises(roundtrip.Lost, match="2026-0000000-00"):
        roundtrip.look_for_all(measured, ["2026-0000000-00"], people)


def test_the_skeleton_asks_as_much_of_the_database_as_the_portal(measured: House) -> None:
    ours = statements(measured, measured.environment, measured.people(1)[0])
    with roundtrip.skeleton_beside(measured, 1) as [server]:
        told = measured.environment | {"DJANGO_SETTINGS_MODULE": "bench.skeleton.settings"}
        theirs = statements(measured, told, server.people[0])

    assert {step: len(asked) for step, asked in theirs.items()} == {step: len(asked) for step, asked in ours.items()}


def test_a_grown_database_is_whole(measured: House) -> None:
    people = measured.people(2, agent=True)
    with psycopg.connect(measured.portal_database, autocommit=True) as database:
        before = database.execute(COUNTED).fetchone()
        told = pages.grown(measured, 200, 0)
        count, sent, frozen = (
            now - then for now, then in zip(database.execute(COUNTED).fetchone(), before, strict=True)
        )

    assert (count, sent, 100 < sent < 200) == (200, frozen, True)
    assert "not altered" in measured.run("monespace.cli.main", "journal")
    assert {"form page", "desk inbox", "dossier page"} <= set(pages.pages_of(measured, people, told["enterprise"]))
