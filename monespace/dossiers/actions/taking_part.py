"""Asking others to agree to a draft, their answer, and sharing a draft of one's own with somebody who helps to fill it in."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from monespace import engine, vault
from monespace.dossiers.actions.common import Incomplete, Refused, demand, demand_draft, lock, record
from monespace.dossiers.actions.telling import key_of, tell_one
from monespace.dossiers.context import fingerprint
from monespace.dossiers.models import Content, Dossier, Participant
from monespace.dossiers.taking_part import Agreement, agreements, is_guest, part_of, persons, said_by, walk_to_agree
from monespace.identity.limits import count_try
from monespace.identity.models import Person, SignIn
from monespace.notices.actions import letter, mail, tell
from monespace.spaces.policy import Action
from monespace.spaces.space import own_space

AGAIN = timedelta(hours=1)  # who was asked is not written to again before
MOST_HELPERS = 20  # a day and person: nobody's mailbox is filled from here
MOST_ASKED = 30  # likewise, whatever rows are removed and written again
ASKED = gettext_lazy("%(holder)s asks for your agreement to a request")
HELPS = gettext_lazy("%(holder)s asks you to help with a request")
CONFIRMED = gettext_lazy("Somebody agreed to your request “%(title)s”")
DECLINED = gettext_lazy("Somebody does not agree to your request “%(title)s”")


@transaction.atomic
def ask(dossier: Dossier, *, by: SignIn) -> int:
    """Asks everybody who has to agree and did not yet; returns how many are written to. Raises Refused, Incomplete, TooMany."""
    dossier, at = lock(dossier.pk)
    demand_draft(dossier, at)
    standing = demand(dossier, by, Action.PREPARE, at)
    if is_guest(dossier, by.person):  # whoever is asked hears it from the holder
        raise Refused("guest")
    walk = walk_as_agreed(dossier, at)
    if not walk.is_complete:
        raise Incomplete
    open_ = [each for each in agreements(dossier, walk, at) if each.state != "confirmed"]
    written = sum(_ask_one(dossier, each, by, at) for each in open_)
    if written:
        dossier.shared = True
        dossier.save(update_fields=["shared"])
        record("dossier.agreement_asked", dossier, by, role=standing.role, count=written)
    return written


def _ask_one(dossier: Dossier, each: Agreement, by: SignIn, at: datetime) -> bool:
    """Asks one person, unless that was done lately and nothing changed since."""
    if each.state == "asked" and each.part and each.part.asked_at > at - AGAIN:
        return False
    count_try("agreement", by.person_id, limit=MOST_ASKED, seconds=86400)
    part, _new = Participant.objects.update_or_create(
        dossier=dossier, national_number_hash=fingerprint(each.who.person), ended_at=None,
        defaults={"place": each.who.place, "name": each.who.name[:200], "asked_by": by.person, "asked_at": at, "answer": "",
                  "answered_by": None,
                  "answered_at": None, "digest": "", "reason": "", "method": "", "level": None},
    )  # fmt: skip
    write_to(dossier, part, each.who.email, ASKED, "dossiers:confirm")
    return True


def write_to(dossier: Dossier, part: Participant, email: str, fact: Promise, page: str) -> None:
    """A mail, and a line in the inbox of a person who is known: who asks, for which procedure; never an answer."""
    with override(dossier.language):
        path = reverse(page, args=["moi", dossier.ref])
        subject = str(fact) % {"holder": dossier.holder_name}
        text = letter(f"{_('Hello,')}\n\n{subject}.\n\n{dossier.title[dossier.language]}", path)
        mail(email, subject, text, language=dossier.language)
        person = Person.objects.filter(national_number_hash=part.national_number_hash).only("pk").first()
        if person:
            tell(person.pk, subject, language=dossier.language, path=path)


@transaction.atomic
def answer(dossier: Dossier, *, by: SignIn, seen: str, reason: str | None = None) -> None:
    """A person agrees to a draft as they saw it (`seen`: its digest), or says why not; the same answer again changes nothing and
    tells nobody. Raises Refused: stranger, sent, expired, level; changed, when it is no longer what they saw."""
    dossier, at = lock(dossier.pk)
    demand_draft(dossier, at)
    part, mine = mine_of(dossier, by.person, at)
    demand_level(dossier, by, at)
    if reason is None and mine[1] != seen:
        raise Refused("changed")
    before = (part.answer, part.digest, part.reason)
    part.answer = Participant.Answer.CONFIRMED if reason is None else Participant.Answer.REFUSED
    part.digest, part.reason = (seen, "") if reason is None else ("", reason)
    if before == (part.answer, part.digest, part.reason):
        return
    part.answered_by, part.answered_at, part.method, part.level = by.person, at, by.method, by.level
    part.save()
    _tell_back(dossier, part, CONFIRMED if reason is None else DECLINED)
    record("dossier.agreed" if reason is None else "dossier.declined", dossier, by)


def demand_level(dossier: Dossier, by: SignIn, at: datetime) -> None:
    """Who agrees proves who they are as strongly as who sends; raises Refused."""
    least = dossier.version.form.definition.assurance.submit
    decision = own_space(by.person, level=by.level, at=at).decide(Action.SUBMIT, least_level=least)
    if not decision.allowed:
        raise Refused(decision.because, decision)


def mine_of(dossier: Dossier, person: Person, at: datetime) -> tuple[Participant, tuple[engine.Confirmer, str]]:
    """The part of a person who has to agree, with what they would declare and its digest. Raises Refused: stranger."""
    part = part_of(dossier, person)
    if part is None or not dossier.is_draft or dossier.has_expired(at):
        raise Refused("stranger")
    walk = walk_as_agreed(dossier, at)
    who = {each.place: each for each in persons(walk, dossier.language)}.get(part.place)
    if who is None or fingerprint(who.person) != part.national_number_hash:
        raise Refused("stranger")
    return part, (who, said_by(walk, who, dossier.language))


def walk_as_agreed(dossier: Dossier, at: datetime) -> engine.Walk:
    """The answers that count, as all who agree to them see them: what they are shown, and what the digest is of."""
    walk = walk_to_agree(dossier, Content.objects.only("answers").get(pk=dossier.pk).answers, at)
    return walk_to_agree(dossier, walk.applicable_answers(), at)


def _tell_back(dossier: Dossier, part: Participant, fact: Promise) -> None:
    """Tells whoever asked."""
    with override(dossier.language):
        path = reverse("dossiers:check", args=[key_of(dossier), dossier.ref])
        tell_one(part.asked_by, str(fact) % {"title": dossier.title[dossier.language]}, path, dossier.language)


@transaction.atomic
def invite_helper(dossier: Dossier, name: str, number: str, email: str, *, by: SignIn) -> None:
    """A person, by national number (eleven digits), may fill in a draft of one's own, not send it; an address identifies
    nobody. Raises Refused, TooMany."""
    dossier, at, role = _own(dossier, by)
    count_try("helper", by.person_id, limit=MOST_HELPERS, seconds=86400)
    part, _new = Participant.objects.update_or_create(
        dossier=dossier, national_number_hash=vault.lookup_hash(number), ended_at=None,
        defaults={"may_fill": True, "name": name},
        create_defaults={"may_fill": True, "name": name, "asked_by": by.person, "asked_at": at},
    )  # fmt: skip
    dossier.shared = True
    dossier.save(update_fields=["shared"])
    write_to(dossier, part, email, HELPS, "dossiers:tasks")
    record("dossier.shared", dossier, by, role=role, part=str(part.pk))


@transaction.atomic
def end_part(dossier: Dossier, part_id: UUID, *, by: SignIn) -> None:
    """Who helped does not fill in the draft any more; whoever also has to agree to it goes on agreeing. A part that ended is
    no fault. Raises Refused."""
    dossier, at, role = _own(dossier, by)
    helping = Participant.objects.filter(dossier=dossier, pk=part_id, may_fill=True, ended_at=None)
    ended = helping.filter(place="").update(ended_at=at)
    if helping.update(may_fill=False) or ended:
        record("dossier.share_ended", dossier, by, role=role, part=str(part_id))


def let_go(dossier: Dossier, walk: engine.Walk, at: datetime) -> None:
    """Whom a draft does not name any more is not asked any more, and no longer sees that it exists; who also helps goes on."""
    for part in Participant.objects.filter(dossier=dossier, ended_at=None).exclude(place=""):
        person = walk.person_at(part.place)
        if not person or fingerprint(person) != part.national_number_hash:
            part.place, part.answer, part.ended_at = "", "", None if part.may_fill else at
            part.save(update_fields=["place", "answer", "ended_at"])


def _own(dossier: Dossier, by: SignIn) -> tuple[Dossier, datetime, str]:
    """One's own draft, under its lock; raises Refused."""
    dossier, at = lock(dossier.pk)
    demand_draft(dossier, at)
    if dossier.holder_person_id is None or is_guest(dossier, by.person):
        raise Refused("guest")
    return dossier, at, demand(dossier, by, Action.PREPARE, at).role
