"""Who takes part in a draft without being its holder: those who have to agree to it, and those who help to fill it in."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from monespace import engine
from monespace.dossiers.context import context_for, fingerprint
from monespace.dossiers.lifecycle import UNSENT
from monespace.dossiers.models import Dossier, Participant
from monespace.identity.models import Person
from monespace.spaces.policy import Kind, Seat
from monespace.spaces.space import Space, own_space


@dataclass(frozen=True)
class Agreement:
    """Where one person stands who has to agree. state: none, asked, confirmed, refused, changed (confirmed something else)."""

    who: engine.Confirmer
    part: Participant | None
    state: str


def digest_of(what: object) -> str:
    """SHA-256 over JSON with sorted keys, so that anyone can work it out again."""
    text = json.dumps(what, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def read_by(walk: engine.Walk, who: engine.Confirmer, language: str) -> dict:
    """What a person who has to agree reads of the request: the sections that its form shows them."""
    summary = walk.summary(language)
    shown = [each for each in summary["sections"] if not who.sections or each["id"] in who.sections]
    return {**summary, "sections": shown}


def said_by(walk: engine.Walk, who: engine.Confirmer, language: str) -> str:
    """The digest of what a person agrees to: what they read, and their own sentence."""
    return digest_of({"summary": read_by(walk, who, language), "text": who.text})


def walk_to_agree(dossier: Dossier, answers: dict, at: datetime) -> engine.Walk:
    """The draft as all who agree to it see it: with the facts of its holder (else of who began it), whoever looks."""
    person = dossier.holder_person or dossier.created_by
    context = context_for(Space(person, dossier.holder_enterprise, (), at), at, validated=dossier.is_validated)
    return engine.Walk(dossier.version.form, answers, context)


def agreements(dossier: Dossier, walk: engine.Walk, at: datetime) -> list[Agreement]:
    """Everybody who has to agree to a draft as it stands, with what they said. One query, none when nobody has to."""
    if not walk.confirmers(dossier.language):
        return []
    walk = walk_to_agree(dossier, engine.applicable_answers(walk.form, walk.state.answers, walk.context), at)
    asked = persons(walk, dossier.language)
    parts = {part.national_number_hash: part for part in Participant.objects.filter(dossier=dossier, ended_at=None)}
    return [agreement(walk, who, parts.get(fingerprint(who.person)), dossier.language) for who in asked]


def persons(walk: engine.Walk, language: str) -> list[engine.Confirmer]:
    """Those who have to agree, each once, by the first row that names them: they agree to the whole, however often it names them."""
    found: dict[str, engine.Confirmer] = {}
    for who in walk.confirmers(language):
        found.setdefault(fingerprint(who.person), who)
    return list(found.values())


def agreement(walk: engine.Walk, who: engine.Confirmer, part: Participant | None, language: str) -> Agreement:
    """Where one person stands."""
    if part is None or part.place != who.place:
        return Agreement(who, part, "none")
    if part.answer == Participant.Answer.CONFIRMED and part.digest != said_by(walk, who, language):
        return Agreement(who, part, "changed")
    return Agreement(who, part, part.answer or "asked")


def part_of(dossier: Dossier, person: Person) -> Participant | None:
    """The part that a person has in a draft."""
    return Participant.objects.filter(
        dossier=dossier, national_number_hash=person.national_number_hash, ended_at=None
    ).first()


def parts_of(person: Person) -> QuerySet[Participant]:
    """The drafts of others in which a person has a part, last asked first."""
    found = Participant.objects.filter(national_number_hash=person.national_number_hash, ended_at=None)
    return (
        found.filter(dossier__state__in=UNSENT, dossier__shared=True)
        .exclude(dossier__holder_person=person)
        .select_related("dossier", "dossier__holder_person", "dossier__holder_enterprise")
        .order_by("-asked_at", "id")
    )


def is_guest(dossier: Dossier, person: Person) -> bool:
    """Whether a person's draft is another's: who helps to fill it in neither sends nor deletes it."""
    return dossier.holder_person_id is not None and dossier.holder_person_id != person.pk


def guest_seats(dossier: Dossier, person: Person, level: int, at: datetime) -> tuple[Seat, ...]:
    """The seat of somebody who helps to fill in another person's draft, as long as it is not sent."""
    if not (dossier.shared and dossier.is_draft):
        return ()
    part = part_of(dossier, person)
    if part is None or not part.may_fill:
        return ()
    return (Seat(Kind.ROLE, "prepare", f"dossier:{dossier.pk}", part.asked_at, None, part.pk, level),)


def for_holder(space: Space, dossier: Dossier) -> Space:
    """The space whose facts fill in a draft: of a guest, the holder's (its seats are not used)."""
    holder = dossier.holder_person
    if holder is None or holder.pk == space.person.pk:
        return space
    return own_space(holder, level=0, at=space.at)
