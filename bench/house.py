"""The house that is measured: all that a demonstration has, each part started when its measure begins."""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg

from monespace.cli import databases, demo
from monespace.cli.folder import Folder
from monespace.cli.supervisor import Child, Supervisor, end_process
from tests.ops.harness import free_port

ROOT = Path(__file__).resolve().parents[1]
OURS, SLUGS = Path(__file__).parent / "content", ["dix-questions", "dix-questions-b", "dix-questions-c"]
SETTINGS = {"RATE_LIMITS": "no"}  # of one visitor only; all else is as the demonstration and a server have it


@dataclass
class House:
    """Database and sandbox run; portal, worker and other servers are started and ended by the measures."""

    supervisor: Supervisor
    plan: demo.House
    environment: dict[str, str]

    @property
    def site(self) -> str:
        """The portal's address."""
        return self.plan.portal_url

    @property
    def database(self) -> int:
        """The process that leads PostgreSQL."""
        assert self.supervisor.database is not None
        return self.supervisor.database.process.pid

    @property
    def owner_url(self) -> str:
        """The database as its owner sees it."""
        assert self.supervisor.database is not None
        return self.supervisor.database.url_owner

    @property
    def portal_database(self) -> str:
        """The database as the portal sees it."""
        return self.environment["DATABASE_URL"]

    def run(self, module: str, *words: str, given: str = "") -> str:
        """What a module of the bench prints, run with the environment of the portal's processes."""
        done = subprocess.run(
            [sys.executable, "-m", module, *words], cwd=ROOT, env=self.environment,
            input=given, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{module} failed: {done.stderr[-3000:]}")
        return done.stdout

    def people(self, count: int, *, agent: bool = False) -> list[dict]:
        """People signed in; with `agent` the second has a place in the bench's team."""
        return json.loads(self.run("bench.people", str(count), *["agent"][: int(agent)]).splitlines()[-1])

    @contextmanager
    def running(self, child: Child, address: str = "") -> Iterator[int]:
        """Keeps a process running, and waits until its address answers; gives its number."""
        self.supervisor.start(child)
        assert child.process is not None
        try:
            if address:
                self.supervisor.wait_for(child, lambda: demo.answers(address))
            yield child.process.pid
        finally:
            end_process(child.process)
            self.supervisor.children.remove(child)

    @contextmanager
    def twin(self, name: str) -> Iterator["House"]:
        """The same house with a copy of its database, to be made larger; no one may be in the database meanwhile. The copy goes
        at the end."""
        assert self.supervisor.database is not None
        root, port = self.supervisor.database.url_superuser, free_port()
        databases.make(root, name, template="monespace")
        address = self.portal_database.replace("/monespace?", f"/{name}?")
        plan = replace(self.plan, portal=port)
        told = self.environment | {"DATABASE_URL": address, "SITE_URL": plan.portal_url}
        try:
            yield House(self.supervisor, plan, told)
        finally:
            databases.drop(root, name)

    def vacuum(self) -> None:
        """What autovacuum does in a night, now."""
        assert self.supervisor.database is not None
        name = psycopg.conninfo.conninfo_to_dict(self.portal_database)["dbname"]
        with psycopg.connect(self.supervisor.database.url_superuser, dbname=name, autocommit=True) as link:
            link.execute("VACUUM ANALYZE")

    @contextmanager
    def portal(self) -> Iterator[int]:
        """The web server, with the settings of `serve`."""
        with self.running(demo.portal_of(self.plan, self.environment), f"{self.site}/sante/") as pid:
            yield pid

    @contextmanager
    def worker(self) -> Iterator[int]:
        """One worker."""
        with self.running(demo.worker_of(self.plan, self.environment)) as pid:
            yield pid


@contextmanager
def house(folder: Path) -> Iterator[House]:
    """A house in this folder, its database made when there is none, the bench's procedure published in it."""
    os.environ.update(SETTINGS)
    folder.mkdir(parents=True, exist_ok=True)
    kept = Folder(folder)
    supervisor = Supervisor(kept)
    try:
        plan = demo.House.plan(argparse.Namespace(host="127.0.0.1", port=free_port()), kept)
        made = House(supervisor, plan, demo.bring_up(supervisor, plan, empty=True))
        publish(made)
        yield made
    finally:
        supervisor.end()


def publish(made: House) -> None:
    """Publishes, by the real verbs, a copy of this house's content to which the bench's procedure and its team are added."""
    content = made.plan.folder.path / "content-measured"
    shutil.copytree(made.environment["CONTENT_DIR"], content, dirs_exist_ok=True)
    for slug in SLUGS:
        shutil.copy(OURS / "dix-questions.yaml", content / "procedures" / f"{slug}.yaml")
    with (content / "teams.yaml").open("a", encoding="utf-8") as teams:
        teams.write((OURS / "team.yaml").read_text(encoding="utf-8"))
    made.environment["CONTENT_DIR"] = str(content)
    made.run("monespace.cli.main", "procedures", "publish")
    made.run("monespace.cli.main", "team", "load")
