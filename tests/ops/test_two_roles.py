"""The portal's role owns nothing and cannot rewrite the journal (law 8)."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from monespace.cli import migrate

FORBIDDEN = [
    "UPDATE journal_probe SET act = 'x'",
    "DELETE FROM journal_probe",
    "TRUNCATE journal_probe",
    "DROP TABLE journal_probe",
    "ALTER TABLE journal_probe DISABLE TRIGGER ALL",
    "CREATE TABLE mine (id int)",
    "DELETE FROM django_migrations",
    "SET ROLE monespace_owner",
]


@pytest.fixture
def portal(owner_url: str, portal_url: str) -> Iterator[psycopg.Connection]:
    """The portal's own connection, beside two tables that the owner made and granted as a migration does."""
    role = psycopg.conninfo.conninfo_to_dict(portal_url)["user"]
    with psycopg.connect(owner_url, autocommit=True) as owner:
        for name in ("journal_probe", "notebook_probe"):
            owner.execute(sql.SQL("CREATE TABLE {} (id bigserial PRIMARY KEY, act text)").format(sql.Identifier(name)))
        migrate.grant(owner, str(role))
        with psycopg.connect(portal_url, autocommit=True) as link:
            yield link
        owner.execute("DROP TABLE journal_probe, notebook_probe")


def test_the_portal_adds_to_the_journal_and_reads_it(portal: psycopg.Connection) -> None:
    portal.execute("INSERT INTO journal_probe (act) VALUES ('dossier.submitted')")
    assert portal.execute("SELECT act FROM journal_probe").fetchall() == [("dossier.submitted",)]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_portal_can_neither_rewrite_the_journal_nor_change_the_house(
    portal: psycopg.Connection, statement: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        portal.execute(statement)


def test_other_tables_are_the_portals_to_write(portal: psycopg.Connection) -> None:
    portal.execute("INSERT INTO notebook_probe (act) VALUES ('a')")
    portal.execute("UPDATE notebook_probe SET act = 'b'")
    assert portal.execute("DELETE FROM notebook_probe").rowcount == 1


@pytest.mark.django_db
def test_tests_and_pages_work_as_the_portals_role() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT 'ÉCOLE' ILIKE 'école'")
        assert cursor.fetchone() == (True,)


def test_the_owner_and_the_portal_must_be_two_roles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://one@/monespace")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://one@/monespace")
    with pytest.raises(migrate.Trouble, match="two different roles"):
        migrate.run(None)
