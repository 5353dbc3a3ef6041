"""Sign-ins a second and the web CPU of each, with a provider in a process of its own: once as the federal service, once as itsme."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bench import processes
from bench.house import ROOT, House
from bench.roundtrip import Level

WAYS = "ways:\n- {id: fas, by: fas, method: eid, level: 500}\n- {id: itsme, by: itsme, method: itsme, level: 450}\n"
NAMES = {"fas": "FAS (signed)", "itsme": "itsme (key of ours, encrypted)"}


def measure(house: House, clients: list[int], seconds: float) -> list[Level]:
    """Every level of both; the people have been here before."""
    house.people(max(clients))
    with provider(house.site) as issuers:
        tell(house, issuers)
        house.run("monespace.cli.main", "keys", "rotate", "--at-once")
        with house.portal() as web:
            for way in NAMES:
                entered(house, web, way, 2, 5)  # does not count: both are warm
            return [entered(house, web, way, count, seconds) for count in clients for way in NAMES]


def tell(house: House, issuers: dict[str, str]) -> None:
    """Tell the portal of its providers, and that both ways are offered."""
    file = house.plan.folder.path / "sign-in.yaml"
    file.write_text(WAYS, encoding="utf-8")
    house.environment |= {
        "OIDC_ISSUER": issuers["fas"],
        "OIDC_CLIENT_SECRET": "only-for-tests",
        "ITSME_ISSUER": issuers["itsme"],
        "SIGN_IN_FILE": str(file),
    }
    house.environment.pop("OIDC_CLIENT_SECRET_FILE", None)


@contextmanager
def provider(site: str) -> Iterator[dict[str, str]]:
    """The provider's process; gives its issuers."""
    command = [sys.executable, "-m", "bench.provider", site]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        try:
            yield json.loads(child.stdout.readline())
        finally:
            child.terminate()


def entered(house: House, web: int, way: str, clients: int, seconds: float) -> Level:
    """One level of one way: a load process, and the CPU of all web and all database processes before and after."""
    load, before = os.getloadavg()[0], (processes.cpu(web), processes.cpu(house.database))
    plan = json.dumps({"site": house.site, "way": way, "clients": clients, "seconds": seconds})
    command = [sys.executable, "-m", "bench.entering"]
    done = subprocess.run(command, cwd=ROOT, input=plan, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    after = processes.cpu(web), processes.cpu(house.database)
    found = [tuple(one) for one in json.loads(done.stdout)["dossiers"]]
    return Level(NAMES[way], clients, found, after[0] - before[0], after[1] - before[1], load)
