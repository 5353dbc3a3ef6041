"""python3 run.py bench: pages against a bare Django view, memory per web worker, start of the demonstration."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import memory
from bench.figures import laid_out, pages_table
from monespace.cli.demo import answers
from tests.ops.harness import Demo, children_of, eventually, free_port

ROOT = Path(__file__).resolve().parents[1]
BARE = "bare Django view"
SETTINGS = {"RATE_LIMITS": "no"}  # of one visitor only; all else is as the demonstration and a server have it


def main() -> int:
    """Measure and print; 0 unless something did not answer."""
    parser = argparse.ArgumentParser(prog="run.py bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="requests for each page (200)")
    parser.add_argument("--seconds", type=float, default=120, help="at most so long for all pages together (120)")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="monespace-bench-") as folder:
        demo = Demo(Path(folder) / "data", environment=SETTINGS)
        try:
            print(report(demo, wanted.rounds, wanted.seconds), flush=True)
        finally:
            if demo.process and demo.process.poll() is None:
                demo.stop()
    return 0


def report(demo: Demo, rounds: int, seconds: float) -> str:
    """All that is measured, as text."""
    first = started(demo)
    demo.stop()
    second = started(demo)
    scene = demo.scene(begun=5)
    with bare_view() as bare:
        pages = {BARE: (bare, "")} | pages_of(demo, scene)
        times = sent({"pages": pages, "rounds": rounds, "seconds": seconds})
    return "\n\n".join(
        [
            laid_out(pages_table(times, BARE)),
            laid_out(workers_table(demo)),
            laid_out([["start of the demonstration", "s"], ["first", f"{first:.1f}"], ["second", f"{second:.1f}"]]),
            f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}; reading: bench/README.md",
        ]
    )


def started(demo: Demo) -> float:
    """Seconds until the portal and the sandbox both answer."""
    begun = time.monotonic()
    demo.start(patience=300)
    return time.monotonic() - begun


def pages_of(demo: Demo, scene: dict) -> dict[str, tuple[str, str]]:
    """Address and cookie of each page: two that a visitor sees, two of a person who is signed in."""
    site, cookie = demo.portal_url, f"monespace_session={scene['cookie']}"
    return {
        "procedure page": (f"{site}/demarches/calamite-indemnisation/", ""),
        "search": (f"{site}/demarches/?q=inondation+cave", ""),
        "space home, 5 drafts": (f"{site}/espaces/moi/", cookie),
        "form page": (f"{site}/espaces/moi/dossiers/{scene['begun'][0]}/remplir/{scene['page']}/", cookie),
    }


@contextmanager
def bare_view() -> Iterator[str]:
    """The address of the bare view, served for as long as the body runs."""
    port = free_port()
    command = [sys.executable, "-m", "bench.bare", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            eventually(lambda: answers(f"http://127.0.0.1:{port}/"), 60, "the bare view does not answer")
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def sent(plan: dict) -> dict[str, list[float]]:
    """The times of a plan, measured by a process that does nothing else."""
    command = [sys.executable, "-m", "bench.load"]
    done = subprocess.run(command, cwd=ROOT, input=json.dumps(plan), stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def workers_table(demo: Demo) -> list[list[str]]:
    """Memory of each web worker and of the job worker, after the requests."""
    portal = demo.pids()["portal"]
    processes = {f"web worker {n}": pid for n, pid in enumerate(children_of(portal), 1)}
    rows = [["memory", "Pss MB", "Rss MB"]]
    for name, pid in [*processes.items(), ("job worker", demo.pids()["worker"])]:
        held = memory.of(pid)
        if held:
            rows.append([name, f"{held['Pss']:.0f}", f"{held['Rss']:.0f}"])
    return rows if len(rows) > 1 else [["memory", "Pss MB", "Rss MB"], ["not told by this system", "-", "-"]]


if __name__ == "__main__":
    sys.exit(main())
