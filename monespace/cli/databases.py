"""The two roles and the databases of a private PostgreSQL."""

import psycopg
from psycopg import sql

from monespace.cli.trouble import Trouble

OWNER, PORTAL = "monespace_owner", "monespace"
EXTENSIONS = ("unaccent", "pg_trgm", "btree_gist")


def make(maker_url: str, name: str, *, template: str = "template0", owner: str = OWNER, portal: str = PORTAL) -> None:
    """Create the database unless it is there: the owner owns it, the portal's role may only enter it.

    The address is that of a role that may create databases; extensions are made unless a template brings them.
    """
    parts = {"name": name, "template": template, "owner": owner, "portal": portal}
    ids = {key: sql.Identifier(value) for key, value in parts.items()}
    with psycopg.connect(maker_url, autocommit=True) as link:
        if not link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            link.execute(sql.SQL("CREATE DATABASE {name} OWNER {owner} TEMPLATE {template}").format(**ids))
        link.execute(sql.SQL("REVOKE ALL ON DATABASE {name} FROM PUBLIC").format(**ids))
        link.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {name} TO {portal}").format(**ids))
    if template == "template0":
        _make_extensions(maker_url, name)


def _make_extensions(maker_url: str, name: str) -> None:
    with psycopg.connect(maker_url, dbname=name, autocommit=True) as link:
        for extension in EXTENSIONS:
            try:
                link.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
            except psycopg.errors.UndefinedFile:
                raise Trouble(
                    f"PostgreSQL's extension {extension} is missing: install PostgreSQL's contrib package."
                ) from None


def drop(url_superuser: str, name: str) -> None:
    """Remove the database, whoever is still in it."""
    with psycopg.connect(url_superuser, autocommit=True) as link:
        link.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def make_roles(url_superuser: str, passwords: dict[str, str]) -> None:
    """Make the owner's and the portal's role, or give them these passwords again; neither has power over others."""
    with psycopg.connect(url_superuser, autocommit=True) as link:
        for key, role in (("owner", OWNER), ("portal", PORTAL)):
            if not link.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                link.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
            change = "ALTER ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD {}"
            link.execute(sql.SQL(change).format(sql.Identifier(role), sql.Literal(passwords[key])))
