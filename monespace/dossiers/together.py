"""Several people in one draft: what a page showed, what somebody else changed since, who is there now."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from hmac import HMAC
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from django.db import connection
from django.utils.crypto import salted_hmac

from monespace import engine
from monespace.dossiers.models import Content, Dossier, Visit
from monespace.dossiers.words import changed_by_other
from monespace.identity.models import Person, SignIn

STAMP = "stamp"  # hidden field of a form: what its fields held when it was shown
YIELD = "yield"  # button: a field in which the person takes over what stands
CLASH = "clash"  # hidden field: one of the fields in which both answers were shown


class Shown:
    """What the fields of a page held when it was shown, as keyed fingerprints (plain ones of a national number could be
    searched). A field that held nothing is not named."""

    def __init__(self, dossier_id: UUID, held: Mapping[str, frozenset[str]], yielded: frozenset[str] = frozenset(),
                 open_: frozenset[str] = frozenset()):  # fmt: skip
        self.key = salted_hmac(STAMP, dossier_id.bytes)
        self.held, self.yielded, self.open = held, yielded, open_

    @classmethod
    def of(cls, dossier: Dossier, walk: engine.Walk, address: str) -> "Shown":
        """As a page holds it now."""
        shown = cls(dossier.pk, {})
        shown.held = {
            name: frozenset(shown.print_of(value) for value in values) for name, values in walk.held(address).items()
        }
        return shown

    @classmethod
    def sent(cls, dossier: Dossier, posted: Mapping[str, list[str]]) -> "Shown | None":
        """As a posted page says that it was; None when it says nothing. A button that settles one clash leaves the others open."""
        if STAMP not in posted:
            return None
        pairs = [each.partition(":") for each in posted[STAMP][-1].split()]
        held = {name: frozenset(prints.split(",")) for name, _, prints in pairs}
        yielded = frozenset(filter(None, posted.get(YIELD, [])))
        return cls(dossier.pk, held, yielded, frozenset(posted.get(CLASH, [])) - yielded if yielded else frozenset())

    def print_of(self, value: Any) -> str:
        """The fingerprint of one value; of none it is empty."""
        if value is None:
            return ""
        keyed: HMAC = self.key.copy()
        keyed.update(msgspec.json.encode(value, order="deterministic"))
        return keyed.hexdigest()[:12]

    def untouched(self, name: str, value: Any) -> bool:
        """Whether a field held this value when it was shown."""
        return name not in self.open and self.print_of(value) in self.held.get(name, {""})

    def written(self, before: "Shown | None" = None, still: frozenset[str] = frozenset()) -> str:
        """For the hidden field. Of the fields in `still`, which were not saved, what they held `before` goes on to count."""
        held = {name: prints for name, prints in self.held.items() if not (before and within(name, still))}
        held |= {name: prints for name, prints in before.held.items() if within(name, still)} if before else {}
        return " ".join(f"{name}:{','.join(sorted(prints))}" for name, prints in held.items())


def within(name: str, places: Iterable[str]) -> bool:
    """Whether a field is one of these, or a cell or part of one."""
    return any(name == each or name.startswith(f"{each}.") for each in places)


def stamp_of(walk: engine.Walk, dossier: Dossier, address: str, reading: engine.Reading | None) -> str:
    """The hidden field of a page. Where it shows again what was typed and not saved, what stood there at first goes on to
    count; but not for a clash, which the person has read."""
    now = Shown.of(dossier, walk, address)
    if reading is None or STAMP not in reading.typed:
        return now.written()
    if not reading.errors:  # nothing was saved: the session had ended
        return reading.typed[STAMP][-1]
    return now.written(Shown.sent(dossier, reading.typed), frozenset(reading.errors.keys() - reading.clashes.keys()))


def settle(walk: engine.Walk, content: Content, address: str, sound: dict, reading: engine.Reading, shown: Shown, *,
           by: SignIn, language: str) -> dict:  # fmt: skip
    """What to write of a page's sound values beside what others changed since it was shown.

    One's own second tab is no stranger: there the last word counts. Clashes become errors of the reading, with who and when.
    A field in which what stands was taken shows that, should the page be shown again.
    """
    start = "/".join(address.split("/")[1:-1])
    start = f"{start}/" if start else ""

    def untouched(name: str, value: Any) -> bool:
        author = content.traces.get(start + name, [""])[0]
        return author in {"", str(by.person_id)} or shown.untouched(name, value)

    _fresh, standing = engine.opened(walk.state.answers, address)
    merged = engine.merge(walk.form, standing, sound, untouched, shown.yielded)
    now: dict[str, Any] = {}
    for name in standing:
        now |= engine.leaves(walk.form, name, standing[name])
    forget(reading, {*merged.taken, *shown.yielded, *left_alone(reading, shown, now)})
    for name in merged.clashes:
        reading.clashes[name] = walk.said(address, name, language)
        reading.errors[name] = changed_by_other(*trace(content, start + name), reading.clashes[name])
    return merged.values


def left_alone(reading: engine.Reading, shown: Shown, now: Mapping[str, Any]) -> list[str]:
    """The faulty fields that hold what they held when the page was shown, nothing or a mask, and that somebody answered since."""
    found = []
    for name in reading.errors.keys() & now.keys():
        texts = [text.strip() for each in reading.typed if within(each, [name]) for text in reading.typed[each]]
        typed = next(filter(None, texts), None)
        if shown.untouched(name, typed) and not shown.untouched(name, now[name]):
            found.append(name)
    return found


def forget(reading: engine.Reading, names: Iterable[str]) -> None:
    """What was typed in these fields does not count any more, sound or not."""
    reading.errors = {name: text for name, text in reading.errors.items() if not within(name, names)}
    reading.typed = {name: texts for name, texts in reading.typed.items() if not within(name, names)}


def trace(content: Content, place: str) -> tuple[str, datetime]:
    """The name of who changed an answer last, and when."""
    who, at = content.traces[place]
    person = Person.objects.only("given_names", "family_name").filter(pk=who).first()
    return (person.full_name if person else ""), datetime.fromisoformat(at)


class Other(NamedTuple):
    """Somebody else who is in the draft now."""

    name: str
    address: str  # of the page; empty for the task list
    at: datetime


class Around(NamedTuple):
    """Who else is in a draft now, and when one's own visit before this one ended (None: this is the first)."""

    others: list[Other]
    before: datetime | None


NOBODY = Around([], None)
# One's own place is written only when it changed, or is a quarter of a minute old; the rows are read as they were before.
LOOK_IN = """
WITH mine AS (
  INSERT INTO dossiers_visit AS v (dossier_id, person_id, address, at, before)
  VALUES (%(dossier)s, %(person)s, %(address)s, %(at)s, NULL)
  ON CONFLICT (dossier_id, person_id) DO UPDATE SET address = excluded.address, at = excluded.at,
    before = CASE WHEN v.at < %(break)s THEN v.at ELSE v.before END
  WHERE v.address <> excluded.address OR v.at < %(stale)s
)
SELECT v.person_id, p.given_names || ' ' || p.family_name, v.address, v.at, v.before
FROM dossiers_visit v JOIN identity_person p ON p.id = v.person_id
WHERE v.dossier_id = %(dossier)s AND (v.person_id = %(person)s OR v.at >= %(present)s) ORDER BY v.at DESC
"""


def look_in(dossier: Dossier, person: Person, address: str, at: datetime) -> Around:
    """Notes that a person looks at a page of a draft (empty address: its task list) and says who else is there. One statement;
    none for a draft that nobody else can open."""
    if dossier.holder_enterprise_id is None and not dossier.shared:
        return NOBODY
    values: dict[str, Any] = {
        "dossier": dossier.pk, "person": person.pk, "address": address, "at": at, "break": at - Visit.BREAK,
        "stale": at - timedelta(seconds=15), "present": at - Visit.PRESENT,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(LOOK_IN, values)
        found = cursor.fetchall()
    mine = next((row for row in found if row[0] == person.pk), None)
    others = [Other(name.strip(), where, seen) for who, name, where, seen, _before in found if who != person.pk]
    return Around(others, mine and (mine[3] if mine[3] < at - Visit.BREAK else mine[4]))


class Changed(NamedTuple):
    """An answer that a colleague changed: where, what it is called, who, when."""

    address: str
    label: str
    who: str
    at: datetime


def changed_since(
    dossier: Dossier, walk: engine.Walk, person: Person, since: datetime | None, language: str
) -> list[Changed]:
    """What others changed since an instant, in the order of the form; nothing on a first visit."""
    if since is None:
        return []
    traces = Content.objects.values_list("traces", flat=True).get(pk=dossier.pk)
    new = {
        place: (who, datetime.fromisoformat(at)) for place, (who, at) in traces.items()
        if who != str(person.pk) and datetime.fromisoformat(at) > since
    }  # fmt: skip
    if not new:
        return []
    names = {str(one.pk): one.full_name for one in Person.objects.filter(pk__in={who for who, _at in new.values()})}
    named = walk.named(set(new), language)
    return [Changed(*place, names.get(new[where][0], ""), new[where][1]) for where, place in named.items()]
