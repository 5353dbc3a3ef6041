"""`monespace migrate`: the owner changes the tables, then gives the portal's role exactly what it needs."""

import argparse
import os

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from monespace.cli.trouble import Trouble, say

LOCK = 7301955  # any number: two nodes that migrate at once wait for each other
READ_AND_ADD, READ, ALL = "SELECT, INSERT", "SELECT", "SELECT, INSERT, UPDATE, DELETE"
TABLES = """
    SELECT c.relname, c.relkind = 'S' FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') ORDER BY 1
"""


def add(subparsers: argparse._SubParsersAction) -> None:
    """Declare the verb."""
    parser = subparsers.add_parser("migrate", help="bring the database to this version, as its owner")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Migrate with DATABASE_OWNER_URL and grant to the role of DATABASE_URL; raises Trouble."""
    from config import env

    owner, portal = env.text("DATABASE_OWNER_URL", ""), env.text("DATABASE_URL", "")
    if not owner or not portal:
        raise Trouble("Set DATABASE_OWNER_URL (the role that owns the tables) and DATABASE_URL (the portal's role).")
    role = conninfo_to_dict(portal).get("user")
    if not role or role == conninfo_to_dict(owner).get("user"):
        raise Trouble("DATABASE_URL and DATABASE_OWNER_URL must name two different roles: the portal owns nothing.")
    migrate(owner, str(role))
    return 0


def migrate(owner_url: str, role: str) -> None:
    """Apply every migration as the owner, then set the rights of the portal's role; once at a time."""
    with psycopg.connect(owner_url, autocommit=True) as link:
        link.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        refuse_unfit(link, role)
        _apply(owner_url)
        grant(link, role)


def refuse_unfit(link: psycopg.Connection, role: str) -> None:
    """Raise Trouble when searches would miss accented capitals, or when the portal's role has too much power."""
    if not link.execute("SELECT 'ÉCOLE' ILIKE 'école'").fetchone()[0]:  # type: ignore[index]
        raise Trouble("This database does not know that É and é are one letter: create it with LC_CTYPE C.UTF-8.")
    if link.info.server_version < 150000:
        raise Trouble("PostgreSQL 15 or newer is needed.")
    found = link.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    if found is None:
        raise Trouble(f"The portal's role {role} does not exist: see docs/deploy.md.")
    if found[0]:
        raise Trouble(f"The portal's role {role} is a superuser or may create roles: take that from it.")


def _apply(owner_url: str) -> None:
    os.environ["DATABASE_URL"], os.environ["DATABASE_POOLED"] = owner_url, "no"
    os.environ.pop("DATABASE_URL_FILE", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    say("Database: every migration is applied.")


def rights_on(table: str) -> str:
    """What the portal's role may do on this table: the journal only grows, the list of migrations is only read."""
    if table.startswith("journal_"):
        return READ_AND_ADD
    return READ if table == "django_migrations" else ALL


def grant(link: psycopg.Connection, role: str) -> None:
    """Set the rights of the portal's role on every table and sequence, taking back what it should not have."""
    who = sql.Identifier(role)
    link.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(who))
    place = sql.Identifier(link.info.dbname)  # the register is loaded through temporary tables
    link.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(place, who))
    for name, is_sequence in link.execute(TABLES).fetchall():
        table = sql.Identifier(name)
        kind, rights = ("SEQUENCE", "USAGE, SELECT") if is_sequence else ("TABLE", rights_on(name))
        link.execute(sql.SQL("REVOKE ALL ON {} {} FROM {}, PUBLIC").format(sql.SQL(kind), table, who))
        link.execute(sql.SQL("GRANT {} ON {} {} TO {}").format(sql.SQL(rights), sql.SQL(kind), table, who))
