"""python3 run.py bench: the round trip of a form, pages at two sizes, pages against a bare view, memory, start, search, cards, sign-in."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import memory, pages, roundtrip, search, sign_in, webeid
from bench.figures import laid_out, pages_table
from bench.house import ROOT, SETTINGS, house
from monespace.cli.demo import answers
from tests.ops.harness import Demo, children_of, eventually, free_port

BARE = "bare Django view"
CHAPTERS = ("pages", "trip", "sizes", "search", "webeid", "sign-in")
OPEN_FORMS = (
    "Open Forms 3.5.6 on two such cores (published): 283 to 328 ms of web CPU a dossier, 5.7/s at 16 clients, "
    "1.3/s until its PDF is made, 190 MB a web worker"
)
AIM = (
    "The aim: 30 ms of web CPU a dossier or 1.5 times the skeleton's; 57/s; 13/s until processed; 95 MB a web worker; "
    "pages at most 1.2 times slower at a million dossiers"
)


def main() -> int:
    """Measure and print; 1 when a dossier that was counted is not found again."""
    wanted = parser().parse_args()
    with tempfile.TemporaryDirectory(prefix="monespace-bench-") as folder:
        try:
            for chapter in wanted.only or CHAPTERS:
                print(f"{MEASURES[chapter](Path(folder) / chapter, wanted)}\n", flush=True)
        except roundtrip.Lost as lost:
            print(f"LOST: {lost}", file=sys.stderr)
            return 1
    print(f"{OPEN_FORMS}.\n{AIM}.\n{conditions()}")
    return 0


def parser() -> argparse.ArgumentParser:
    """The options."""
    made = argparse.ArgumentParser(prog="run.py bench", description=__doc__)
    made.add_argument("--only", action="append", choices=CHAPTERS, help="one chapter (may be given again)")
    made.add_argument("--rounds", type=int, default=200, help="requests for each page (200)")
    made.add_argument(
        "--seconds", type=float, default=120, help="at most so long for all pages of a chapter together (120)"
    )
    made.add_argument("--clients", type=int, nargs="+", default=[1, 4, 16], help="levels of the round trip (1 4 16)")
    made.add_argument("--each", type=float, default=10, help="seconds of each level of the round trip (10)")
    made.add_argument("--large", type=int, default=100_000, help="dossiers of the larger database (100000)")
    made.add_argument(
        "--million", dest="large", action="store_const", const=1_000_000, help="the same as --large 1000000"
    )
    return made


def conditions() -> str:
    """What the figures were measured on."""
    begun = time.process_time()
    sum(place * place for place in range(3_000_000))
    return (
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}, three million squares in "
        f"{1000 * (time.process_time() - begun):.0f} ms; reading: bench/README.md"
    )


# --- The round trip ---------------------------------------------------------------------------------------------------
def trip_told(folder: Path, wanted: argparse.Namespace) -> str:
    """Levels of the portal and of the skeleton, what the worker does, memory, the ratios."""
    with house(folder) as made:
        found = roundtrip.measure(made, wanted.clients, wanted.each)
    heads = [
        "round trip", "dossiers", "/s", "p50 ms", "p95 ms", "web CPU ms", "database CPU ms", "load", "form page p50 ms"
    ]  # fmt: skip
    works = [
        ["processed (sealed PDF, mail)", "dossiers", "/s", "worker CPU ms", "load"],
        *(work.row() for work in found.works),
    ]
    held = [
        ["memory of web workers, and of what starts them", "Pss MB"],
        *([name, ", ".join(f"{one:.0f}" for one in each)] for name, each in found.memory.items()),
    ]
    told = [
        laid_out([heads, *(level.row() for level in found.levels)]),
        ratios(found.levels),
        laid_out(works),
        laid_out(held),
    ]
    return "\n\n".join([*told, f"{found.found} dossiers counted, each found in journal, receipt and mail."])


def ratios(levels: list[roundtrip.Level]) -> str:
    """Web CPU a dossier as a multiple of the skeleton's, level by level."""
    rows = [["Mon Espace / skeleton", "web CPU", "rate"]]
    for ours in levels:
        for other in levels:
            if (ours.server, other.server, other.clients) == (roundtrip.OURS, roundtrip.SKELETON, ours.clients):
                rows.append(
                    [f"at {ours.clients}", f"{ours.web_each / other.web_each:.2f}", f"{ours.rate / other.rate:.2f}"]
                )
    return laid_out(rows)


# --- Two sizes --------------------------------------------------------------------------------------------------------
def sizes_told(folder: Path, wanted: argparse.Namespace) -> str:
    """Pages at ten thousand dossiers and at many."""
    with house(folder) as made:
        found = pages.measure(made, wanted.large, wanted.rounds, wanted.seconds)
    more, held = f"{found.large - found.small:,} more dossiers in {found.seconds:.0f} s", f"{found.bytes / 1e9:.1f} GB"
    return f"{laid_out(found.rows())}\nfilled with {more}; {held}; load {found.load:.1f}"


# --- Pages against a bare view, memory, start --------------------------------------------------------------------------
def pages_told(folder: Path, wanted: argparse.Namespace) -> str:
    """A demonstration of its own, started twice; its pages and a bare view in turn."""
    demo = Demo(folder, environment=SETTINGS)
    try:
        return report(demo, wanted.rounds, wanted.seconds)
    finally:
        if demo.process and demo.process.poll() is None:
            demo.stop()


def report(demo: Demo, rounds: int, seconds: float) -> str:
    """All that is measured of a demonstration, as text."""
    first = started(demo)
    demo.stop()
    second = started(demo)
    scene = demo.scene(begun=5)
    with bare_view() as bare:
        shown = {BARE: (bare, "")} | pages_of(demo, scene)
        times = pages.sent({"pages": shown, "rounds": rounds, "seconds": seconds})
    starts = [["start of the demonstration", "s"], ["first", f"{first:.1f}"], ["second", f"{second:.1f}"]]
    return "\n\n".join([laid_out(pages_table(times, BARE)), laid_out(workers_table(demo)), laid_out(starts)])


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


def workers_table(demo: Demo) -> list[list[str]]:
    """Memory of each web worker and of the job worker, after the requests."""
    portal = demo.pids()["portal"]
    held_by = {f"web worker {n}": pid for n, pid in enumerate(children_of(portal), 1)}
    rows = [["memory", "Pss MB", "Rss MB"]]
    for name, pid in [*held_by.items(), ("job worker", demo.pids()["worker"])]:
        held = memory.of(pid)
        if held:
            rows.append([name, f"{held['Pss']:.0f}", f"{held['Rss']:.0f}"])
    return rows if len(rows) > 1 else [["memory", "Pss MB", "Rss MB"], ["not told by this system", "-", "-"]]


def search_told(folder: Path, wanted: argparse.Namespace) -> str:
    """How well and how fast the Portal finds; in a database of its own."""
    return search.report()


def webeid_told(folder: Path, wanted: argparse.Namespace) -> str:
    """Validations of a card's token; needs no folder and no house."""
    return webeid.report()


def sign_in_told(folder: Path, wanted: argparse.Namespace) -> str:
    """Sign-ins by the federal service and by itsme."""
    with house(folder) as made:
        found = sign_in.measure(made, wanted.clients, wanted.each)
    heads = ["sign-in", "sign-ins", "/s", "p50 ms", "p95 ms", "web CPU ms", "database CPU ms", "load"]
    return laid_out([heads, *(level.row() for level in found)])


MEASURES = {
    "webeid": webeid_told, "trip": trip_told, "sizes": sizes_told, "pages": pages_told, "search": search_told, "sign-in": sign_in_told,
}  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
