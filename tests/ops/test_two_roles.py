"""The portal's role owns nothing and cannot rewrite the journal (law 8)."""

from collections.abc import Iterator

import psycopg
import pytest

from monespace.cli import migrate
from monespace.cli.trouble import Trouble

JOURNAL_ENTRY = """
    INSERT INTO journal_entry (at, chain, position, act, space, on_kind, on_id, role, method, detail, previous, digest)
    VALUES (now(), 'probe', 1, 'dossier.submitted', '', '', '', '', '', '{}', '', '')
"""
FORBIDDEN = [
    "UPDATE journal_entry SET act = 'x'",
    "DELETE FROM journal_entry",
    "TRUNCATE journal_entry",
    "DROP TABLE journal_entry",
    "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
    "CREATE TABLE mine (id int)",
    "DELETE FROM django_migrations",
    "SET ROLE monespace_owner",
    "SET session_replication_role = replica",
]


@pytest.fixture
def portal(portal_url: str) -> Iterator[psycopg.Connection]:
    """The portal's own connection; nothing it writes is kept."""
    with psycopg.connect(portal_url) as link:
        yield link
        link.rollback()


def test_the_portal_adds_to_the_journal_and_reads_it(portal: psycopg.Connection) -> None:
    portal.execute(JOURNAL_ENTRY)
    assert portal.execute("SELECT act FROM journal_entry").fetchall() == [("dossier.submitted",)]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_portal_can_neither_rewrite_the_journal_nor_change_the_house(
    portal: psycopg.Connection, statement: str
) -> None:
    portal.execute(JOURNAL_ENTRY)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        portal.execute(statement)


def test_every_table_of_the_journal_only_grows_and_every_other_one_is_writable(portal: psycopg.Connection) -> None:
    rights = portal.execute(
        "SELECT table_name, array_agg(privilege_type::text ORDER BY privilege_type) "
        "FROM information_schema.table_privileges WHERE table_schema = 'public' AND grantee = current_user GROUP BY 1"
    ).fetchall()
    given = {name: rights for name, rights in rights if not name.startswith("pg_stat")}
    assert given["journal_entry"] == ["INSERT", "SELECT"]
    assert given["django_migrations"] == ["SELECT"]
    others = {tuple(rights) for name, rights in given.items() if not name.startswith(("journal_", "django_migrations"))}
    assert others == {("DELETE", "INSERT", "SELECT", "UPDATE")}


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
    with pytest.raises(Trouble, match="two different roles"):
        migrate.run(None)


def test_a_portal_with_power_over_the_house_is_refused(owner_url: str) -> None:
    with (
        psycopg.connect(owner_url) as owner,
        pytest.raises(Trouble, match="superuser"),
    ):
        migrate.refuse_unfit(owner, "monespace_root")
