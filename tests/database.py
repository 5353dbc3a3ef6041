"""The tests' database: a private PostgreSQL, or the one of TEST_OWNER_URL and TEST_PORTAL_URL, with both roles.

A template is migrated once, as the owner; each process of the run gets a copy and works in it as the portal's role.
"""

import atexit
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from shutil import rmtree

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from monespace.cli import databases, postgres

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Place:
    """Where the run's databases are: an address that may create them, the two roles' addresses, the template's name."""

    url_maker: str
    url_owner: str
    url_portal: str
    template: str

    def owner_of(self, name: str) -> str:
        """The owner's address of one database."""
        return make_conninfo(self.url_owner, dbname=name)

    def portal_of(self, name: str) -> str:
        """The portal's address of one database."""
        return make_conninfo(self.url_portal, dbname=name)

    def as_dict(self) -> dict[str, str]:
        """What a worker of the run is sent."""
        return asdict(self)


def prepare() -> Place:
    """Start or reach PostgreSQL and migrate the run's template; all is removed when this process ends."""
    template = f"test_{os.getpid()}"
    if os.environ.get("TEST_OWNER_URL") and os.environ.get("TEST_PORTAL_URL"):
        owner, portal = os.environ["TEST_OWNER_URL"], os.environ["TEST_PORTAL_URL"]
        place = Place(owner, owner, portal, template)
    else:
        place = _private(template)
    _make_template(place)
    return place


def _private(template: str) -> Place:
    folder = Path(tempfile.mkdtemp(prefix="monespace-tests-"))
    server = postgres.start(folder)

    def clean() -> None:
        postgres.stop(server)
        rmtree(folder, ignore_errors=True)

    atexit.register(clean)
    for number in (signal.SIGTERM, signal.SIGHUP):  # a run that is told to stop cleans up too
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, lambda received, _: sys.exit(128 + received))
    return Place(server.url_superuser, server.url_owner, server.url_portal, template)


def _make_template(place: Place) -> None:
    owner, portal = (str(conninfo_to_dict(url)["user"]) for url in (place.url_owner, place.url_portal))
    drop(place, place.template)
    databases.make(place.url_maker, place.template, owner=owner, portal=portal)
    atexit.register(drop, place, place.template)
    addresses = {"DATABASE_OWNER_URL": place.owner_of(place.template), "DATABASE_URL": place.portal_of(place.template)}
    done = subprocess.run(
        [sys.executable, "-m", "monespace.cli.main", "migrate"],
        env={**os.environ, **addresses}, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"The tests' database could not be migrated:\n{done.stdout}{done.stderr}")


def copy(place: Place, name: str) -> None:
    """(Re)make this database from the template."""
    owner, portal = (str(conninfo_to_dict(url)["user"]) for url in (place.url_owner, place.url_portal))
    drop(place, name)
    databases.make(place.url_maker, name, template=place.template, owner=owner, portal=portal)


def drop(place: Place, name: str) -> None:
    """Remove this database; a server already stopped has nothing to remove."""
    with suppress(psycopg.OperationalError):
        databases.drop(place.url_maker, name)


def use(url: str) -> None:
    """Make Django's default connection this address, without a pool, in every thread that connects from now on."""
    os.environ["DATABASE_POOLED"] = "no"
    from django.db import connections

    from config.settings import database

    connections["default"].close()
    connections.settings["default"].update({**database(url), "CONN_MAX_AGE": 0})
    del connections["default"]
