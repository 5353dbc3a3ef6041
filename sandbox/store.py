"""What the sandbox must not lose: one SQLite file, written before anything is answered; a killed process resumes."""

import json
import sqlite3
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS thing (kind TEXT, key TEXT, value TEXT NOT NULL, expires REAL, PRIMARY KEY (kind, key));
CREATE TABLE IF NOT EXISTS mail (id INTEGER PRIMARY KEY, at REAL NOT NULL, sender TEXT NOT NULL, raw BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS mail_recipient (mail INTEGER REFERENCES mail ON DELETE CASCADE, address TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS mail_recipient_address ON mail_recipient (address);
CREATE TABLE IF NOT EXISTS sms (id INTEGER PRIMARY KEY, at REAL NOT NULL, phone TEXT NOT NULL, text TEXT NOT NULL);
"""


class Store:
    """Things by kind and key (sessions, codes, keys), with an optional end; mails and SMS in order of arrival."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.db = sqlite3.connect(folder / "sandbox.sqlite3", isolation_level=None, check_same_thread=False)
        self.db.row_factory = sqlite3.Row
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA foreign_keys = ON")
        self.db.executescript(SCHEMA)

    def put(self, kind: str, key: str, value: dict, expires: float | None = None) -> None:
        self.db.execute("INSERT OR REPLACE INTO thing VALUES (?, ?, ?, ?)", (kind, key, json.dumps(value), expires))

    def get(self, kind: str, key: str, now: float) -> dict | None:
        """The thing, or None when there is none or its life ended before `now`."""
        row = self.db.execute(
            "SELECT value FROM thing WHERE kind = ? AND key = ? AND (expires IS NULL OR expires > ?)", (kind, key, now)
        ).fetchone()
        return json.loads(row["value"]) if row else None

    def take(self, kind: str, key: str, now: float) -> dict | None:
        """Like get, but only the first who asks receives it."""
        value = self.get(kind, key, now)
        self.drop(kind, key)
        return value

    def drop(self, kind: str, key: str) -> None:
        self.db.execute("DELETE FROM thing WHERE kind = ? AND key = ?", (kind, key))

    def all(self, kind: str, now: float) -> dict[str, dict]:
        rows = self.db.execute(
            "SELECT key, value FROM thing WHERE kind = ? AND (expires IS NULL OR expires > ?) ORDER BY rowid",
            (kind, now),
        )
        return {row["key"]: json.loads(row["value"]) for row in rows}

    def sweep(self, now: float) -> None:
        """Forget what has ended."""
        self.db.execute("DELETE FROM thing WHERE expires <= ?", (now,))

    def add_mail(self, sender: str, recipients: list[str], raw: bytes, at: float) -> int:
        """Keep one received message; all its recipients in the same transaction."""
        with self.db:
            self.db.execute("BEGIN")
            number = self.db.execute("INSERT INTO mail (at, sender, raw) VALUES (?, ?, ?)", (at, sender, raw)).lastrowid
            pairs = [(number, address.lower()) for address in dict.fromkeys(recipients)]
            self.db.executemany("INSERT INTO mail_recipient VALUES (?, ?)", pairs)
        return int(number or 0)

    def mails(self, address: str = "", after: int = 0) -> list[sqlite3.Row]:
        """Messages to that address, or all, newest first, numbered above `after`."""
        return self.db.execute(
            "SELECT DISTINCT mail.* FROM mail JOIN mail_recipient r ON r.mail = mail.id"
            " WHERE (?1 = '' OR r.address = ?1) AND mail.id > ?2 ORDER BY mail.id DESC",
            (address.lower(), after),
        ).fetchall()

    def mail(self, number: int) -> sqlite3.Row | None:
        return self.db.execute("SELECT * FROM mail WHERE id = ?", (number,)).fetchone()

    def recipients(self, number: int) -> list[str]:
        rows = self.db.execute("SELECT address FROM mail_recipient WHERE mail = ?", (number,))
        return [row["address"] for row in rows]

    def mailboxes(self) -> dict[str, int]:
        rows = self.db.execute("SELECT address, COUNT(*) AS n FROM mail_recipient GROUP BY address ORDER BY address")
        return {row["address"]: row["n"] for row in rows}

    def empty_mailbox(self, address: str) -> None:
        """Remove the messages of one address, or of all when it is empty."""
        self.db.execute(
            "DELETE FROM mail WHERE ?1 = '' OR id IN (SELECT mail FROM mail_recipient WHERE address = ?1)",
            (address.lower(),),
        )

    def add_sms(self, phone: str, text: str, at: float) -> int:
        cursor = self.db.execute("INSERT INTO sms (at, phone, text) VALUES (?, ?, ?)", (at, phone, text))
        return int(cursor.lastrowid or 0)

    def sms(self, phone: str = "", after: int = 0) -> list[sqlite3.Row]:
        """SMS to that number, or all, newest first, numbered above `after`."""
        return self.db.execute(
            "SELECT * FROM sms WHERE (?1 = '' OR phone = ?1) AND id > ?2 ORDER BY id DESC", (phone, after)
        ).fetchall()
