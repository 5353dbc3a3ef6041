"""The round trip of a form: dossiers from opening to the receipt page over HTTP, then until they are processed; the skeleton
beside the portal, in turn, in the same run."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg

from bench import processes
from bench.figures import percentile
from bench.house import ROOT, House
from monespace.cli.supervisor import Child
from tests.ops.harness import free_port

OURS, SKELETON = "Mon Espace", "skeleton"
WAITING = """SELECT (SELECT count(*) FROM dossiers_paper WHERE kind = 'receipt' AND made_at IS NOT NULL),
                    (SELECT count(*) FROM notices_mail WHERE sent_at IS NOT NULL)"""
PATIENCE = 900  # seconds for the worker, whatever happens


class Lost(Exception):
    """A dossier that was counted is not where it should be."""


@dataclass
class Server:
    """One of the two that are measured."""

    name: str
    site: str
    pid: int
    people: list[dict]


@dataclass
class Level:
    """What one level of one server gave."""

    server: str
    clients: int
    dossiers: list[tuple[str, float, float]]
    web: float  # seconds of CPU
    database: float
    load: float  # of the machine, before
    pages: list[float] = field(default_factory=list)  # seconds of the first page of questions, where there is one

    @property
    def rate(self) -> float:
        """Dossiers a second, from the first begun to the last ended."""
        return len(self.dossiers) / (max(one[2] for one in self.dossiers) - min(one[1] for one in self.dossiers))

    def milliseconds(self, share: float) -> float:
        """How long a whole dossier took."""
        return 1000 * percentile([ended - begun for _number, begun, ended in self.dossiers], share)

    @property
    def web_each(self) -> float:
        """Milliseconds of web CPU a dossier."""
        return 1000 * self.web / len(self.dossiers)

    def row(self) -> list[str]:
        """Its line of the table."""
        figures = [
            self.milliseconds(0.5),
            self.milliseconds(0.95),
            self.web_each,
            1000 * self.database / len(self.dossiers),
        ]
        told = [f"{self.rate:.1f}", *(f"{figure:.0f}" for figure in figures), f"{self.load:.1f}"]
        told += [f"{1000 * percentile(self.pages, 0.5):.1f}"] if self.pages else []
        return [f"{self.server}, {self.clients} client{'s'[: self.clients > 1]}", str(len(self.dossiers)), *told]


@dataclass
class Work:
    """What the worker did."""

    name: str
    dossiers: int
    seconds: float
    cpu: float
    load: float

    def row(self) -> list[str]:
        """Its line of the table."""
        each = f"{1000 * self.cpu / self.dossiers:.0f}"
        return [self.name, str(self.dossiers), f"{self.dossiers / self.seconds:.1f}", each, f"{self.load:.1f}"]


@dataclass
class Result:
    """Everything of one run."""

    levels: list[Level]
    works: list[Work]
    memory: dict[str, list[float]]
    found: int  # dossiers, each in journal, receipt and mail


def measure(house: House, clients: list[int], seconds: float, most: int = 0, *, skeleton: bool = True) -> Result:
    """Runs every level, then the worker, then looks for every dossier; raises Lost. `most` dossiers a client when not 0."""
    people = house.people(max(clients))
    with house.portal() as web, skeleton_beside(house, max(clients)) if skeleton else nothing() as beside:
        servers = [Server(OURS, house.site, web, people), *beside]
        for server in servers:
            file(house, server, 2, 30, min(most or 4, 4))  # does not count: both are warm
        levels = [file(house, server, count, seconds, most) for count in clients for server in servers]
        memory = {server.name: processes.workers_memory(server.pid) for server in servers}
        works, more = processed(house, servers[0], max(clients), seconds, most)
    counted = [number for level in levels if level.server == OURS for number, _begun, _ended in level.dossiers] + more
    look_for_all(house, counted, people)
    return Result(levels, works, memory, len(counted))


@contextmanager
def nothing() -> Iterator[list[Server]]:
    """No skeleton."""
    yield []


@contextmanager
def skeleton_beside(house: House, count: int) -> Iterator[list[Server]]:
    """The skeleton in the same database server, with as many people signed in, served as the portal is."""
    owner = house.environment | {"DATABASE_URL": house.owner_url}
    command = [sys.executable, "-m", "bench.skeleton"]
    made = subprocess.run(
        [*command, "tables", str(count)], cwd=ROOT, env=owner, capture_output=True, text=True, check=True
    )
    port = free_port()
    child = Child(SKELETON, [*command, "serve", str(port)], house.environment, house.plan.log(SKELETON))
    with house.running(child, f"http://127.0.0.1:{port}/") as pid:
        yield [Server(SKELETON, f"http://127.0.0.1:{port}", pid, json.loads(made.stdout))]


def file(house: House, server: Server, clients: int, seconds: float, most: int) -> Level:
    """One level of one server: a load process, and the CPU of all web and all database processes before and after."""
    load, plan = (
        os.getloadavg()[0],
        {"site": server.site, "people": server.people[:clients], "seconds": seconds, "most": most},
    )
    before = processes.cpu(server.pid), processes.cpu(house.database)
    dossiers, pages = filed(plan)
    after = processes.cpu(server.pid), processes.cpu(house.database)
    return Level(server.name, clients, dossiers, after[0] - before[0], after[1] - before[1], load, pages)


def filed(plan: dict) -> tuple[list[tuple[str, float, float]], list[float]]:
    """What a load process filed, and how long a page of questions took; raises RuntimeError with what it said when it failed."""
    command = [sys.executable, "-m", "bench.filing"]
    done = subprocess.run(command, cwd=ROOT, input=json.dumps(plan), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    told = json.loads(done.stdout)
    return [tuple(one) for one in told["dossiers"]], told["pages"]


def processed(house: House, server: Server, clients: int, seconds: float, most: int) -> tuple[list[Work], list[str]]:
    """The worker's rate on what waits, nobody else at work; then all at once: filing and processing on the same cores. And
    the numbers of what was filed then."""
    with psycopg.connect(house.portal_database, autocommit=True) as database, house.worker() as worker:
        waiting = done_of(database, all_of_it=True)
        alone = drained(database, worker, waiting, "one worker, nobody filing")
        load, before, begun = os.getloadavg()[0], processes.cpu(worker), time.monotonic()
        told = f"{clients} clients filing and one worker at once, until processed"
        dossiers, _pages = filed(
            {"site": server.site, "people": server.people[:clients], "seconds": seconds, "most": most}
        )
        wait_until(database, done_of(database, all_of_it=True))
        together = Work(told, len(dossiers), time.monotonic() - begun, processes.cpu(worker) - before, load)
    return [alone, together], [number for number, _begun, _ended in dossiers]


def done_of(database: psycopg.Connection, *, all_of_it: bool = False) -> int:
    """How many dossiers are processed, receipt made and mail sent; or how many there will be."""
    if all_of_it:
        return database.execute("SELECT count(*) FROM dossiers_paper WHERE kind = 'receipt'").fetchone()[0]
    return min(database.execute(WAITING).fetchone())


def drained(database: psycopg.Connection, worker: int, until: int, name: str) -> Work:
    """The worker at work alone, from its first dossiers (its start does not count) to the last."""
    load, already = os.getloadavg()[0], done_of(database)
    wait_until(database, min(already + 2, until - 1))
    first, before, begun = done_of(database), processes.cpu(worker), time.monotonic()
    wait_until(database, until)
    return Work(name, until - first, time.monotonic() - begun, processes.cpu(worker) - before, load)


def wait_until(database: psycopg.Connection, wanted: int) -> None:
    """Wait until so many are processed; raises Lost when the worker does not come to it."""
    until = time.monotonic() + PATIENCE
    while done_of(database) < wanted:
        if time.monotonic() > until:
            raise Lost(f"{wanted - done_of(database)} dossiers are not processed after {PATIENCE} s")
        time.sleep(0.05)


def look_for_all(house: House, numbers: list[str], people: list[dict]) -> None:
    """Every dossier that was counted is in the journal, its receipt in the store, its mail at the server; raises Lost."""
    subjects = [mail["subject"] for person in people for mail in mails_to(house.plan.sandbox_url, person["address"])]
    told = json.loads(
        house.run("bench.found", given=json.dumps({"numbers": numbers, "subjects": subjects})).splitlines()[-1]
    )
    if told["missing"]:
        raise Lost(f"{len(told['missing'])} things are missing, first {told['missing'][0]}")


def mails_to(sandbox: str, address: str) -> list[dict]:
    """What the mail server holds for an address."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{sandbox}/api/mails?to={address}", timeout=120) as answer:
        return json.load(answer)
