"""Holders and their dossiers as rows, and the COPY that writes them: for bench.growth."""

import datetime as dt
import hashlib
import json
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace

from bench.invented import COLUMNS, enterprise_number, national_number, ref_of
from bench.known import FAMILIES, NAMES, SLUGS, Known

STATES = {"draft": 7, "expired": 1, "submitted": 4, "acknowledged": 8, "decided": 75, "withdrawn": 5}
OUTCOMES = {"granted": 70, "partly": 10, "refused": 15, "no_further_action": 5}
UNSENT = ("draft", "expired")
CO_HELD = 0.05  # of all dossiers
TOWNS = [
    ("5000", "Namur"),
    ("4000", "Liège"),
    ("6000", "Charleroi"),
    ("7000", "Mons"),
    ("4700", "Eupen"),
    ("1300", "Wavre"),
]


@dataclass
class Holder:
    """Whose dossiers: a person, or an enterprise and the person who files for it; and where their chain of the journal stands."""

    person: uuid.UUID
    name: str
    enterprise: uuid.UUID | None = None
    number: str = ""
    position: int = 0
    digest: str = ""

    @property
    def chain(self) -> str:
        """The key of the space in the journal."""
        return f"enterprise:{self.enterprise}" if self.enterprise else f"person:{self.person}"


@dataclass
class Filler:
    """Rows that wait to be written, table by table in the order that foreign keys ask."""

    known: Known
    dice: random.Random
    numbers: Iterator[int]
    place: int  # of the next dossier
    rows: dict[str, list[tuple]] = field(default_factory=lambda: {table: [] for table in COLUMNS})

    def write(self, database) -> None:
        """COPY of all that waits, in one transaction."""
        with database.transaction(), database.cursor() as cursor:
            for table, rows in self.rows.items():
                with cursor.copy(f"COPY {table} ({COLUMNS[table]}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
                rows.clear()

    def add(self, table: str, *values) -> None:
        """One row."""
        self.rows[table].append(values)

    def key(self) -> uuid.UUID:
        """A random id."""
        return uuid.UUID(int=self.dice.getrandbits(128), version=4)

    def chosen(self, shares: dict[str, int]) -> str:
        """One of these, as often as its share says."""
        return self.dice.choices(list(shares), list(shares.values()))[0]

    # --- Holders ------------------------------------------------------------------------------------------------------
    def person(self, place: int) -> Holder:
        """A new person, their number invented."""
        from monespace import vault

        given, family = self.dice.choice(NAMES), self.dice.choice(FAMILIES)
        key, number = self.key(), national_number(place)
        then = self.known.now - dt.timedelta(days=2000)
        address = f"personne-{place}@exemple.be"
        self.add(
            "identity_person",
            key,
            given,
            family,
            vault.seal(number),
            vault.lookup_hash(number),
            "fr",
            address,
            "",
            then,
            then,
        )
        return Holder(key, f"{given} {family}")

    def enterprise(self, place: int, person: Holder) -> Holder:
        """A new enterprise, and the title by which this person files for it."""
        key, (postcode, town) = self.key(), self.dice.choice(TOWNS)
        number, then = enterprise_number(place), self.known.now.date()
        name = f"{self.dice.choice(FAMILIES)} {self.dice.choice(['Toitures', 'Chauffage', 'Menuiserie', 'Bois'])} {place} SRL"
        self.add("registry_enterprise", key, number, "company", name, "", "610", "000", "Rue du Pont", str(place % 300 + 1), "",
                 postcode, town, dt.date(2010, 1, 1), then)  # fmt: skip
        self.title(key, person)
        return Holder(person.person, name, key, number)

    def title(self, enterprise: uuid.UUID, person: Holder) -> None:
        """The role to prepare and send."""
        since = f"[{(self.known.now - dt.timedelta(days=1900)).isoformat()},)"
        self.add(
            "spaces_title",
            self.key(),
            enterprise,
            person.person,
            "role",
            "submit",
            "*",
            since,
            "built_in",
            "gap",
            500,
            "",
        )

    # --- Dossiers -----------------------------------------------------------------------------------------------------
    def dossiers(self, holder: Holder, states: list[str]) -> None:
        """These dossiers of one holder, oldest first, so that the chain of the journal follows time."""
        told = sorted((self.begun_at(state), state) for state in states)
        entries: list[tuple] = []
        for at, state in told:
            self.dossier(holder, state, at, entries)
        for entry in sorted(entries, key=lambda one: one[0]):
            self.journal(holder, *entry)

    def begun_at(self, state: str) -> dt.datetime:
        """What is open began lately; the rest within five years."""
        first, last = {"draft": (0, 80), "submitted": (2, 12), "acknowledged": (12, 70)}.get(state, (120, 1800))
        return self.known.now - dt.timedelta(days=self.dice.uniform(first, last))

    def dossier(self, holder: Holder, state: str, at: dt.datetime, entries: list[tuple]) -> None:
        """One dossier with all that belongs to it; its journal entries are added to `entries`."""
        known, key, slug = self.known, self.key(), self.chosen(SLUGS)
        acts = dict(self.acts(state, at))
        sent, closed = acts.get("submitted"), acts.get("decided") or acts.get("withdrawn")
        number = self.number(sent) if sent else None
        outcome = self.chosen(OUTCOMES) if state == "decided" else ""
        due = (
            (acts["acknowledged"] + dt.timedelta(days=self.dice.choice([30, 60]))).date()
            if "acknowledged" in acts
            else None
        )
        ref, self.place = ref_of(self.place), self.place + 1
        changed = max(acts.values())
        proof = (holder.person, "submit" if holder.enterprise else "self", "eid", 500) if sent else (None, "", "", None)
        title, person = json.dumps(known.title), None if holder.enterprise else holder.person
        self.add("dossiers_dossier", key, ref, slug, known.versions[slug], title, person, holder.enterprise, "fr", state, self.key(),
                 holder.person, at, holder.person, changed,
                 changed + dt.timedelta(days=90), number, sent, *proof, due, outcome, closed,
                 holder.person if holder.enterprise else None, False)  # fmt: skip
        if state != "expired":
            self.content(holder, key, sent, number)
        for code, moment in acts.items():
            by = known.agent if code in {"acknowledged", "decided"} else holder.person
            detail = json.dumps({"team": known.team, "signatory": "Agente Mesure"}) if code == "acknowledged" else "{}"
            if code != "expired":
                self.add("dossiers_event", key, code, moment, detail, by if by == holder.person else None)
            told = {"procedure": slug} | ({"number": number} if code == "submitted" else {})
            entries.append((moment, f"dossier.{code}", None if code == "expired" else by, key, told))
        self.papers(holder, key, acts, number, ref)
        if self.dice.random() < CO_HELD:
            who = f"{self.dice.getrandbits(256):064x}"
            answer = "confirmed" if sent else ""
            self.add("dossiers_participant", self.key(), key, "", "Co-titulaire", who, False, holder.person, at, answer, sent, "",
                     "", "eid" if sent else "", closed)  # fmt: skip
        if state == "decided":
            text = "Les conditions sont remplies au vu des pièces du dossier."
            self.add("dossiers_decision", key, outcome, 1500 if outcome in {"granted", "partly"} else None, text, text,
                     "Conseil d'État, 60 jours.", 60, json.dumps(known.team), known.agent, "Agente Mesure", closed)  # fmt: skip

    def acts(self, state: str, at: dt.datetime) -> Iterator[tuple[str, dt.datetime]]:
        """What happened to it, and when."""
        yield "started", at
        if state == "expired":
            yield "expired", at + dt.timedelta(days=90)
        if state in UNSENT:
            return
        yield "submitted", (sent := at + dt.timedelta(days=self.dice.uniform(0.01, 1.5)))
        if state in {"acknowledged", "decided"}:
            yield "acknowledged", (sent := sent + dt.timedelta(days=self.dice.uniform(1, 9)))
        if state in {"decided", "withdrawn"}:
            yield state, sent + dt.timedelta(days=self.dice.uniform(5, 60))

    def number(self, at: dt.datetime) -> str:
        """A number from the room's own sequence."""
        from monespace.dossiers.numbers import with_check

        return with_check(at.year, next(self.numbers))

    def content(self, holder: Holder, key: uuid.UUID, sent: dt.datetime | None, number: str | None) -> None:
        """The answers, and of what was sent the frozen copy with its digest."""
        answers, summary = self.dice.choice(self.known.samples)
        if not sent:
            return self.add("dossiers_content", key, answers, 2, "{}", None, "")
        frozen = {
            "procedure": self.known.title["fr"], "language": "fr", "sent_at": sent.isoformat(),
            "filed_by": {"name": holder.name, "method": "eid", "level": 500, "role": "submit" if holder.enterprise else "self"},
            "for": {"kind": "company" if holder.enterprise else "citizen", "name": holder.name, "number": holder.number},
            "version": 1, "summary": summary, "documents": [],
        }  # fmt: skip
        text = json.dumps(frozen, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return self.add("dossiers_content", key, answers, 2, "{}", text, hashlib.sha256(text.encode()).hexdigest())

    def papers(self, holder: Holder, key: uuid.UUID, acts: dict, number: str | None, ref: str) -> None:
        """Receipt and letters, and how the applicant was told of each."""
        kinds = {"submitted": "receipt", "acknowledged": "acknowledgement", "decided": "decision"}
        space = holder.number or "moi"
        for code, kind in kinds.items():
            if (at := acts.get(code)) is None:
                continue
            self.add(
                "dossiers_paper",
                self.key(),
                key,
                kind,
                f"{key}/{kind}.pdf",
                f"{self.dice.getrandbits(256):064x}",
                at,
                at,
            )
            self.add(
                "notices_notice",
                holder.person,
                f"Demande {number} : {kind}",
                "fr",
                f"/espaces/{space}/dossiers/{ref}/",
                at,
                at,
            )
            self.add("notices_mail", self.key(), "", "", "", "fr", "[]", at, at)

    def journal(
        self, holder: Holder, at: dt.datetime, act: str, person: uuid.UUID | None, key: uuid.UUID, detail: dict
    ) -> None:
        """The next entry of the holder's chain."""
        from monespace.journal.actions import digest_of

        holder.position += 1
        role, method, level = (
            ("", "", None) if person is None else ("agent" if person == self.known.agent else "submit", "eid", 500)
        )
        entry = SimpleNamespace(
            previous=holder.digest, chain=holder.chain, position=holder.position, at=at, act=act, person=person,
            space=holder.chain, on_kind="dossier", on_id=str(key), role=role, method=method, level=level, detail=detail,
        )  # fmt: skip
        digest = digest_of(entry)  # type: ignore[arg-type]
        self.add("journal_entry", at, holder.chain, holder.position, act, person, holder.chain, "dossier", str(key), role, method,
                 level, json.dumps(detail), holder.digest, digest)  # fmt: skip
        holder.digest = digest
