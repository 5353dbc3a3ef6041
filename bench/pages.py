"""Pages when there is little and when there is much: two databases, one portal each, asked in turn by one process."""

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import psycopg

from bench.figures import percentile
from bench.house import ROOT, House

SMALL = 10_000
AT_ONCE = 50_000  # from here on, two processes fill
REFS = """SELECT ref FROM dossiers_dossier WHERE holder_person_id = %s AND holder_enterprise_id IS NULL AND state = %s
          AND procedure = 'dix-questions' ORDER BY changed_at DESC LIMIT 1"""


@dataclass
class Sizes:
    """What was measured at two sizes."""

    small: int
    large: int
    seconds: float  # to fill the larger one
    bytes: int  # of the larger database
    times: dict[str, list[float]]  # by page and size
    queries: dict[str, tuple[int, int]]
    load: float

    def rows(self) -> list[list[str]]:
        """The table: for each page p50, p95 and statements at both sizes, and the ratios."""
        found = [
            [
                "page",
                f"p50 at {self.small:,}",
                "p95",
                f"p50 at {self.large:,}",
                "p95",
                "p50 ratio",
                "p95 ratio",
                "queries",
            ]
        ]
        for name, counted in self.queries.items():
            few, many = (
                [percentile(self.times[f"{name}|{size}"], share) for share in (0.5, 0.95)] for size in ("few", "many")
            )
            ratios = [f"{after / before:.2f}" for before, after in zip(few, many, strict=True)]
            told = [f"{1000 * one:.1f}" for one in (*few, *many)]
            found.append([name, *told, *ratios, " → ".join(map(str, dict.fromkeys(counted)))])
        return found


def measure(house: House, large: int, rounds: int, seconds: float, small: int = SMALL) -> Sizes:
    """Fills two databases and asks each page of both in turn."""
    people = house.people(2, agent=True)
    told = grown(house, small, 0)
    with house.twin("measured_large") as twin:
        begun = time.monotonic()
        grown(twin, large - small, small)
        filled, held = time.monotonic() - begun, size_of(twin)
        house.vacuum()
        twin.vacuum()
        with house.portal(), twin.portal():
            few, many = (pages_of(one, people, told["enterprise"]) for one in (house, twin))
            load = os.getloadavg()[0]
            both = {f"{name}|few": page for name, page in few.items()} | {
                f"{name}|many": page for name, page in many.items()
            }
            times = sent({"pages": in_pairs(both), "rounds": rounds, "seconds": seconds})
        counted = [counts(one, pages) for one, pages in ((house, few), (twin, many))]
    queries = {name: (counted[0][name], counted[1][name]) for name in few}
    return Sizes(small, large, filled, held, times, queries, load)


def grown(house: House, count: int, first: int) -> dict:
    """Fills the house's database; much of it by two processes at once. Returns what the first says of the probes."""
    if count < AT_ONCE:
        return json.loads(house.run("bench.growth", str(count), str(first)).splitlines()[-1])
    half = count // 2
    with ThreadPoolExecutor() as both:
        more = both.submit(house.run, "bench.growth", str(count - half), str(first + half), "more")
        told = house.run("bench.growth", str(half), str(first))
        more.result()
    return json.loads(told.splitlines()[-1])


def size_of(house: House) -> int:
    """Bytes of its database."""
    with psycopg.connect(house.portal_database) as database:
        return database.execute("SELECT pg_database_size(current_database())").fetchone()[0]


def pages_of(house: House, people: list[dict], enterprise: str) -> dict[str, tuple[str, str]]:
    """Address and cookie of each page: a visitor's, a person's, an enterprise's with a fiftieth of all, an agent's."""
    her, agent = (f"monespace_session={person['cookies']['monespace_session']}" for person in people[:2])
    with psycopg.connect(house.portal_database) as database:
        draft, decided = (
            database.execute(REFS, [people[0]["person"], state]).fetchone()[0] for state in ("draft", "decided")
        )
    site = house.site
    return {
        "procedure page": (f"{site}/demarches/dix-questions/", ""),
        "form page": (f"{site}/espaces/moi/dossiers/{draft}/remplir/vous/qui/", her),
        "space home": (f"{site}/espaces/moi/", her),
        "space home, a fiftieth of all": (f"{site}/espaces/{enterprise}/", her),
        "dossier page": (f"{site}/espaces/moi/dossiers/{decided}/", her),
        "desk inbox": (f"{site}/guichet/", agent),
        "desk, late": (f"{site}/guichet/?retard=1", agent),
        "desk, decided": (f"{site}/guichet/?etat=decides", agent),
    }


def in_pairs(pages: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """The same page at both sizes right after one another, so that a slower moment of the machine falls on both."""
    return {name: pages[name] for name in sorted(pages)}


def counts(house: House, pages: dict[str, tuple[str, str]]) -> dict[str, int]:
    """How many statements each page takes."""
    return json.loads(
        house.run("bench.within", "pages", given=json.dumps({"site": house.site, "pages": pages})).splitlines()[-1]
    )


def sent(plan: dict) -> dict[str, list[float]]:
    """The times of a plan, measured by a process that does nothing else."""
    command = [sys.executable, "-m", "bench.load"]
    done = subprocess.run(command, cwd=ROOT, input=json.dumps(plan), stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)
