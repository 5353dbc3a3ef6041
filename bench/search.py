"""python -m bench.search: how well and how fast the Portal finds, on queries that people wrote (docs/search.md).

A database of its own is made and removed. Quality: `hit@1`, `hit@5` are the shares of queries whose first result, or one
of the first five, is among the accepted ones. Time: `search()` in this process, four rounds, the first not counted;
`quickest` is the median of each query's quickest turn. Then
the same beside seventeen noisy copies of every procedure (`Noise`): about 2 000.
"""

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.figures import laid_out, percentile

ROOT = Path(__file__).resolve().parents[1]
QUERIES = Path(__file__).resolve().parent / "queries"
COPIES = 17
COMMON = 5  # procedures that use a word which the copies keep
TEXTS = ("title", "summary", "search", "about", "documents", "conditions", "steps")
ROUNDS = 4
NOWHERE = 1000  # the place of what is not on the first page


@dataclass(frozen=True)
class Query:
    """What somebody typed, and the procedures any of which answers it."""

    words: str
    language: str
    accepted: frozenset[str]


@dataclass(frozen=True)
class Figures:
    """What came out for one set in one language."""

    queries: int
    hit_1: float
    hit_5: float
    p50: float  # milliseconds
    p95: float
    quickest: float  # the median of each query's quickest turn: what a busy machine changes least


def report(copies: int = COPIES) -> str:
    """The table, as text, measured in a process of its own; raises CalledProcessError. `copies` of 0: the catalogue only."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-m", "bench.search", "--copies", str(copies)]
    return subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
    ).stdout.strip()


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument(
        "--copies", type=int, default=COPIES, help=f"noisy copies of each procedure ({COPIES}; 0: none)"
    )
    parser.add_argument("--set", type=Path, action="append", default=[], help="a file of queries more")
    parser.add_argument("--missed", action="store_true", help="name the queries whose first result is not accepted")
    wanted = parser.parse_args()
    maker = started()
    sets = read_sets([*sorted(QUERIES.glob("*.tsv")), *wanted.set])
    rows = [["queries", "procedures", "number", "hit@1", "hit@5", "ms p50", "ms p95", "quickest"]]
    for filled in (published, lambda: with_copies(wanted.copies)) if wanted.copies else (published,):
        procedures = filled()
        gather_statistics(maker)
        rows += measured(sets, procedures)
    print(laid_out(rows))
    print(f"\n{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    if wanted.missed:
        print("\n".join(missed(sets)))
    return 0


def read_sets(paths: list[Path]) -> dict[str, list[Query]]:
    """Each file's queries by language: «a fr». Lines that begin with # say who wrote them."""
    sets: dict[str, list[Query]] = {}
    for path in paths:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        for row in csv.DictReader(lines, delimiter="\t"):
            query = Query(row["query"], row["language"], frozenset(row["accepted"].split(",")))
            sets.setdefault(f"{path.stem} {query.language}", []).append(query)
    return sets


def figures(queries: list[Query], find: Callable[[str, str], list[str]], rounds: int = ROUNDS) -> Figures:
    """Ask every query; `find` gives the slugs found, best first."""
    times: list[list[float]] = [[] for _ in queries]
    for turn in range(rounds):
        places = []
        for query, mine in zip(queries, times, strict=True):
            before = time.perf_counter()
            found = find(query.words, query.language)
            mine += [1000 * (time.perf_counter() - before)] if turn or rounds == 1 else []
            places.append(next((place for place, slug in enumerate(found) if slug in query.accepted), NOWHERE))
    hits = [sum(place < count for place in places) / len(places) for count in (1, 5)]
    together = [each for mine in times for each in mine]
    quickest = percentile([min(mine) for mine in times], 0.5)
    return Figures(len(queries), *hits, percentile(together, 0.5), percentile(together, 0.95), quickest)


def slugs(words: str, language: str) -> list[str]:
    """What the portal's search finds, best first."""
    from monespace.procedures.queries import search

    return [hit.slug for hit in search(words, language).hits]


def measured(sets: dict[str, list[Query]], procedures: int) -> list[list[str]]:
    """Rows of the table for the catalogue as it is now."""
    rows = []
    for name, queries in sets.items():
        found = figures(queries, slugs)
        shares = [
            f"{found.hit_1:.2f}",
            f"{found.hit_5:.2f}",
            f"{found.p50:.1f}",
            f"{found.p95:.1f}",
            f"{found.quickest:.1f}",
        ]
        rows.append([name, str(procedures), str(found.queries), *shares])
    return rows


def missed(sets: dict[str, list[Query]]) -> list[str]:
    """One line for each query whose first result is not accepted."""
    lines = []
    for name, queries in sets.items():
        for query in queries:
            found = slugs(query.words, query.language)[:5]
            if not found or found[0] not in query.accepted:
                sign = "  " if set(found) & query.accepted else "! "
                lines.append(
                    f"{sign}{name}: {query.words} -> {', '.join(found)} (accepted: {', '.join(query.accepted)})"
                )
    return lines


def gather_statistics(address: str) -> None:
    """As PostgreSQL does by itself within a minute of publishing."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as link:
        link.execute("VACUUM ANALYZE")


def started() -> str:
    """A database of our own, removed when this process ends; its owner's address."""
    import django

    from tests import database

    place = database.prepare()
    database.copy(place, f"{place.template}_bench")
    os.environ["DATABASE_URL"] = place.portal_of(f"{place.template}_bench")
    django.setup()
    database.use(os.environ["DATABASE_URL"])
    return place.owner_of(f"{place.template}_bench")


def published() -> int:
    """Publish content/; how many procedures there are."""
    from monespace.procedures.actions import publish

    publish(ROOT / "content")
    return counted()


def counted() -> int:
    """How many procedures there are."""
    from monespace.procedures.models import Entry

    return Entry.objects.count()


def with_copies(copies: int) -> int:
    """Publish content/ beside noisy copies of all its procedures; how many there are then."""
    from monespace.procedures.actions import publish_content
    from monespace.procedures.reading import Source, read_content

    content = read_content(ROOT / "content")
    common = common_words([source.listing for source in content.sources.values()])
    for slug, source in list(content.sources.items()):
        for number in range(copies):
            noise = Noise(f"{slug}-{number}", common)
            content.sources[f"{slug}-{number}"] = Source(noise.listing(source.listing), None)
    publish_content(content)
    return counted()


class Noise:
    """Makes a copy of a procedure's texts: a subject of its own, in the words that procedures share; the same for the same seed.

    A word keeps its place when several procedures use it; another is replaced by one of four that are made from it, so that
    the vocabulary grows as it does in real texts (eighteen times the text, about four times the words).
    """

    def __init__(self, seed: str, common: set[str]):
        self.random = random.Random(seed)
        self.common = common

    def listing(self, listing):
        """The copy."""
        import msgspec

        plain = msgspec.to_builtins(listing)
        for name in TEXTS:
            plain[name] = self.all_of(plain[name])
        return msgspec.convert({**plain, "successors": []}, type(listing))

    def all_of(self, value):
        """Every text in it made noisy."""
        if isinstance(value, dict):
            return {key: self.all_of(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.all_of(each) for each in value]
        return " ".join(map(self.word, value.split())) if isinstance(value, str) else value

    def word(self, word: str) -> str:
        """The word when it is common, else one that begins like it."""
        if word.lower() in self.common or len(word) < 4:
            return word
        made = random.Random(f"{word}{self.random.randrange(4)}")
        return word[:2] + "".join(made.choice("aeiounrstlmdp") for _ in word[2:])


def common_words(listings: list) -> set[str]:
    """The words that at least five procedures use."""
    import msgspec

    counts = Counter(
        word for listing in listings for word in _words([getattr(listing, name) for name in TEXTS], msgspec)
    )
    return {word for word, count in counts.items() if count >= COMMON}


def _words(value, msgspec) -> set[str]:
    return set(json.dumps(msgspec.to_builtins(value), ensure_ascii=False).replace('"', " ").lower().split())


if __name__ == "__main__":
    raise SystemExit(main())
