"""Looks for what must never be written: national numbers and codes, in all that a running demonstration has written."""

import json
import re
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path

import psycopg
import yaml
from psycopg import sql

from tests.ops.harness import ROOT, Demo

APART = {"django_session"}  # holds the provider's own token until the session ends
CODES_IN = {"procrastinate_jobs", "procrastinate_events", "journal_entry", "notices_notice"}
TABLES = """
    SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
    AND has_table_privilege(c.oid, 'SELECT') ORDER BY 1
"""


def leaks(demo: Demo) -> list[str]:
    """Where a number of the cast or a code that was sent stands in logs or tables; [] when nowhere. Never the thing itself."""
    numbers, codes = national_numbers(), codes_sent(demo)
    found = [where for where, text in logs(demo) if holds(text, numbers) or holds(text, codes)]
    for table, row in rows(demo):
        if holds(row, numbers) or (table in CODES_IN and holds(row, codes)):
            found.append(f"table {table}")
    return sorted(set(found))


def national_numbers() -> re.Pattern[str]:
    """Every national number of the cast, with or without its dots and dash."""
    cast = yaml.safe_load((ROOT / "sandbox" / "cast.yaml").read_text(encoding="utf-8"))
    numbers = [re.sub(r"\D", "", str(person["national_number"])) for person in cast["people"]]
    return pattern(r"[.\s/-]?".join(number) for number in numbers)


def codes_sent(demo: Demo) -> re.Pattern[str]:
    """Every six-digit code that reached a telephone or a mailbox of the sandbox."""
    texts = [sms["text"] for sms in asked(demo, "/api/sms")] + [mail["text"] for mail in asked(demo, "/api/mails")]
    return pattern(code for text in texts for code in re.findall(r"(?<![\w.-])\d{6}(?![\w-])", text))


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all of them, as words of their own: not inside a longer number, a hash or a fraction of a second."""
    return re.compile(r"(?<![\w.])(?:" + ("|".join(sorted(set(words))) or "(?!)") + r")(?!\w)")


def holds(text: str, wanted: re.Pattern[str]) -> bool:
    """Whether one of them stands in a text."""
    return wanted.search(text) is not None


def logs(demo: Demo) -> Iterator[tuple[str, str]]:
    """All that the processes printed, and the database's own messages."""
    yield "what the demonstration printed", demo.said()
    for path in [*Path(demo.data, "logs").iterdir(), *Path(demo.data, "postgresql").glob("*.log")]:
        yield f"log {path.name}", path.read_text(encoding="utf-8", errors="replace")


def rows(demo: Demo) -> Iterator[tuple[str, str]]:
    """Every row of every table as text."""
    with psycopg.connect(demo.environment_of_portal()["DATABASE_URL"], autocommit=True) as link:
        for (table,) in link.execute(TABLES).fetchall():
            if table not in APART:
                query = sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(table))
                yield from ((table, text) for (text,) in link.execute(query))


def asked(demo: Demo, path: str) -> list[dict]:
    """What the sandbox received."""
    with urllib.request.urlopen(demo.sandbox_url + path, timeout=10) as answer:
        return json.load(answer)
