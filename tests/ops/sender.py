"""Claire at her browser, sending requests to a running demonstration that is being killed; and what became of them."""

import json
import re
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import requests

from tests.ops.harness import Demo, eventually

EMAIL = "claire.dubois@courrier.example"
FACTS = """
    SELECT d.number,
           (SELECT count(*) FROM dossiers_event e WHERE e.dossier_id = d.id AND e.code = 'submitted'),
           (SELECT count(*) FROM journal_entry j WHERE j.act = 'dossier.submitted' AND j.on_id = d.id::text),
           (SELECT p.path FROM dossiers_paper p WHERE p.dossier_id = d.id AND p.made_at IS NOT NULL)
    FROM dossiers_dossier d WHERE d.ref = %s
"""


@dataclass(frozen=True)
class Known:
    """What the database knows of a dossier: number, how often it was sent, entries of the journal, the receipt's path."""

    number: str | None
    times_sent: int
    acts: int
    receipt: str | None


@dataclass
class Sender:
    """One person with complete drafts, signed in."""

    demo: Demo
    count: int
    browser: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        told = self.demo.scene(email=EMAIL, complete=self.count)
        self.drafts = told["complete"]
        for name, value in (("monespace_session", told["cookie"]), ("monespace_langue", "fr")):
            self.browser.cookies.set(name, value, domain="localhost.local")

    def address(self, ref: str, part: str = "remplir/verifier/") -> str:
        """A page of a dossier; the one that sends it, unless told otherwise."""
        return f"{self.demo.portal_url}/espaces/moi/dossiers/{ref}/{part}"

    def form(self, ref: str) -> dict[str, str]:
        """What the form of the check page would send; nothing when the dossier is sent already."""
        page = self.browser.get(self.address(ref), timeout=30)
        assert page.status_code == 200, (page.status_code, page.text[:300])
        return dict(re.findall(r'name="(csrfmiddlewaretoken)" value="(\w+)"', page.text)[:1])

    def send(self, ref: str, form: dict[str, str]) -> requests.Response | None:
        """Send; None when the connection was cut."""
        try:
            return self.browser.post(self.address(ref), data=form, timeout=30, allow_redirects=False)
        except requests.RequestException:
            return None

    @contextmanager
    def while_sending(self, ref: str) -> Iterator[None]:
        """The body runs while the portal's transaction stands in the middle: it waits for the row, which we hold."""
        form = self.form(ref)
        sending = threading.Thread(target=self.send, args=(ref, form))
        link = self.connect()
        link.execute("BEGIN")
        link.execute("SELECT 1 FROM dossiers_dossier WHERE ref = %s FOR UPDATE", [ref])
        sending.start()
        with self.connect() as watch:
            waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND usename = current_user"
            eventually(lambda: watch.execute(waiting).fetchone()[0], 20, "the request never reached the database")
        yield
        link.close()
        sending.join()

    def connect(self) -> psycopg.Connection:
        """The demonstration's database, as the portal's role."""
        return psycopg.connect(self.demo.environment_of_portal()["DATABASE_URL"], autocommit=True)

    def known(self, ref: str) -> Known:
        """What became of a dossier."""
        with self.connect() as link:
            row = link.execute(FACTS, [ref]).fetchone()
        assert row is not None
        return Known(*row)

    def receipt_of(self, known: Known) -> bytes:
        """The receipt as it lies in the document store."""
        return Path(self.demo.data, "documents", known.receipt or "").read_bytes()

    def mails_about(self, number: str | None) -> list[dict]:
        """The mails that arrived and name this number."""
        with urllib.request.urlopen(f"{self.demo.sandbox_url}/api/mails?to={EMAIL}", timeout=10) as answer:
            return [mail for mail in json.load(answer) if f"{number}" in mail["subject"]]
