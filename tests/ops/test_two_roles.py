"""The portal's role owns nothing and cannot rewrite the journal (law 8)."""

import psycopg
import pytest
from django.db import ProgrammingError, connection

from monespace.cli import migrate

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(owner_url: str):
    """A table named as the journal's are, made by the owner in a migration's way, with the rights migrations give."""
    with psycopg.connect(owner_url, autocommit=True) as link:
        link.execute("CREATE TABLE journal_probe (id bigserial PRIMARY KEY, act text)")
        link.execute("CREATE TABLE notebook_probe (id bigserial PRIMARY KEY, act text)")
        migrate.grant(link, "monespace")
        yield
        connection.rollback() if not connection.in_atomic_block else None
        connection.close()
        link.execute("DROP TABLE journal_probe, notebook_probe")
