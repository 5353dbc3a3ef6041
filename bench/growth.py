"""Fills a database with dossiers, in minutes: python -m bench.growth COUNT FIRST [more], with the house's environment.

What a portal of some years holds: most people have a few dossiers, most enterprises a handful, one has a fiftieth of all; three
dossiers in four are decided, one in eight waits at a desk. Every table that a dossier has rows in gets them, through COPY, with
every constraint in force; the journal's chains are whole (one for each holder, digests worked out as the room does). Only the
files of receipts and letters are not made: their rows name paths where nothing stands.

`FIRST` is the place of the first holder and dossier: a database is grown again with a higher one. The probes (bench.people) are in
all sizes: one person's 47 dossiers, an enterprise for which she files, and an agent; `more` leaves that enterprise alone, for a
second process at the same time.
"""

import json
import random
import sys

from bench.filler import STATES, Filler, Holder
from bench.invented import enterprise_number
from bench.known import known_now

BATCH = 4000  # dossiers between two writings
PROBE = {"draft": 5, "submitted": 4, "acknowledged": 8, "decided": 26, "withdrawn": 4}
SHARE = 50  # the probe enterprise holds one dossier in so many


def fill(database, count: int, first: int, *, enterprise_too: bool = True) -> dict:
    """Adds `count` dossiers; returns the probes' addresses."""
    known, dice = known_now(), random.Random(first)
    numbers = (
        row[0] for row in database.execute("SELECT nextval('dossiers_number') FROM generate_series(1, %s)", [count])
    )
    filler = Filler(known, dice, numbers, first)
    person, enterprise = probes(filler, first)
    if not first:
        filler.dossiers(person, [state for state, number in PROBE.items() for _ in range(number)])
    last, place = first + count, first
    if enterprise_too:
        filler.dossiers(enterprise, dice.choices(list(STATES), list(STATES.values()), k=count // SHARE))
    while filler.place < last:
        holder, most = filler.person(place), 1 + int(dice.expovariate(0.5))
        if dice.random() < 0.2:
            holder, most = filler.enterprise(place, holder), min(int(3 * dice.paretovariate(1.1)), 3000)
        place += 1
        filler.dossiers(holder, dice.choices(list(STATES), list(STATES.values()), k=min(most, last - filler.place)))
        if len(filler.rows["dossiers_dossier"]) >= BATCH:
            filler.write(database)
    filler.write(database)
    return {"enterprise": enterprise.number, "holders": place - first}


def probes(filler: Filler, first: int) -> tuple[Holder, Holder]:
    """The person who is measured, and the enterprise for which she files, where their chains stand."""
    from monespace.identity.models import Person
    from monespace.registry.models import Enterprise

    her = Person.objects.get(family_name="Mesure 0")
    person = at_its_end(Holder(her.pk, her.full_name))
    known = Enterprise.objects.filter(number=enterprise_number(999_999)).first()
    if known is None:
        return person, filler.enterprise(999_999, person)
    return person, at_its_end(Holder(her.pk, known.name, known.pk, known.number))


def at_its_end(holder: Holder) -> Holder:
    """The holder with the last entry of their chain."""
    from monespace.journal.models import Entry

    if last := Entry.objects.filter(chain=holder.chain).order_by("-position").first():
        holder.position, holder.digest = last.position, last.digest
    return holder


if __name__ == "__main__":
    import os

    import django
    import psycopg

    django.setup()
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as link:
        print(json.dumps(fill(link, int(sys.argv[1]), int(sys.argv[2]), enterprise_too="more" not in sys.argv)))
