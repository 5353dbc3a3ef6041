"""What bench.growth reads once: versions, the team, and answers as the engine sums them up."""

import datetime as dt
import json
import random
import uuid
from dataclasses import dataclass

SLUGS = {"dix-questions": 60, "dix-questions-b": 30, "dix-questions-c": 10}
NAMES = [
    "Anne",
    "Benoît",
    "Chantal",
    "Dieter",
    "Élise",
    "Fatima",
    "Georges",
    "Hélène",
    "Ingrid",
    "Joseph",
    "Karim",
    "Luc",
]
FAMILIES = [
    "Lambert",
    "Dubois",
    "Martin",
    "Schmitz",
    "Peeters",
    "Janssens",
    "Renard",
    "Leroy",
    "Maes",
    "Claes",
    "Meyer",
]


@dataclass
class Known:
    """What is read once: versions of the procedures, answers with their summaries, the team, the agent, names of columns."""

    versions: dict[str, int]
    title: dict[str, str]
    samples: list[tuple[str, list]]  # answers as JSON, their summary
    team: dict
    agent: uuid.UUID
    now: dt.datetime


def known_now() -> Known:
    """Versions, samples of answers as the engine sums them up, and the two probes who act."""
    from django.utils import timezone

    from monespace.desk.models import Team
    from monespace.identity.models import Person
    from monespace.procedures.queries import current_version

    versions = {slug: current_version(slug) for slug in SLUGS}
    version = versions["dix-questions"]
    agent = Person.objects.get(family_name="Mesure 1")
    return Known(
        {slug: found.pk for slug, found in versions.items()}, dict(version.form.definition.title), samples(version.form),
        Team.objects.get(pk="mesure").in_language("fr"), agent.pk, timezone.now(),
    )  # fmt: skip


def samples(form, count: int = 300) -> list[tuple[str, list]]:
    """Answers that differ in names, numbers, days and choices, and what the engine says of them."""
    from django.core.serializers.json import DjangoJSONEncoder

    from monespace import engine

    dice, found = random.Random(7), []
    context = engine.Context(dt.date(2026, 1, 1), {"kind": "citizen"}, {}, {})
    for place in range(count):
        answers = dict(form.examples[0].answers) | {
            "given_names": dice.choice(NAMES), "family_name": dice.choice(FAMILIES), "people": str(dice.randint(1, 9)),
            "contact": f"personne-{place}@exemple.be", "since": f"20{dice.randint(10, 25)}-0{dice.randint(1, 9)}-15",
            "aid": dice.choice(["grant", "loan", "advice"]), "story": "Isoler le toit et remplacer la chaudière. " * dice.randint(1, 12),
        }  # fmt: skip
        summary = json.loads(json.dumps(engine.Walk(form, answers, context).summary("fr"), cls=DjangoJSONEncoder))
        found.append((json.dumps(answers), summary))
    return found
