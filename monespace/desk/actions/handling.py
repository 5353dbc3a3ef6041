"""What an agent does with a dossier. The verbs of `dossiers` write; here it is decided who may."""

from datetime import date, datetime, timedelta

from django.db import transaction

from monespace import vault
from monespace.desk import queries
from monespace.desk.frozen import sealed_numbers
from monespace.desk.models import Conflict, Look, Team
from monespace.desk.policy import may_handle
from monespace.dossiers import actions as dossiers
from monespace.dossiers.actions import Refused
from monespace.dossiers.actions.common import lock, record
from monespace.dossiers.actions.deciding import Verdict
from monespace.dossiers.models import Content, Document, Dossier
from monespace.identity.models import SignIn

__all__ = [
    "Verdict", "acknowledge", "decide_dossier", "declare_conflict", "journal_document", "look", "show_numbers",
]  # fmt: skip
LOOK_AGAIN = timedelta(minutes=10)  # looks closer together are one entry of the journal


def demand(dossier: Dossier, by: SignIn, at: datetime) -> Team:
    """Decides again, under the lock, with the seats of now: the team for which the agent acts. Raises Refused."""
    excluded = queries.excluded(dossier, by.person, at)
    decision = may_handle(queries.seats_of(by, at), dossier.procedure, dossier.pk, excluded, at=at)
    if not decision.allowed:
        raise Refused(decision.because, decision)
    return Team.objects.get(pk=decision.title)


@transaction.atomic
def acknowledge(dossier: Dossier, *, by: SignIn, due_on: date | None) -> Dossier:
    """Gives the accusé de réception, in the team's name. Raises Refused, lifecycle.NotNow."""
    dossier, at = lock(dossier.pk)
    team = demand(dossier, by, at).in_language(dossier.language)
    see(dossier, by, at)
    return dossiers.acknowledge(dossier, by=by, team=team, signatory=by.person.full_name, due_on=due_on)


@transaction.atomic
def decide_dossier(dossier: Dossier, verdict: Verdict, *, by: SignIn) -> Dossier:
    """Decides, in the team's name, with the remedies that the team's file states. Raises Refused, lifecycle.NotNow."""
    dossier, at = lock(dossier.pk)
    team = demand(dossier, by, at).in_language(dossier.language)
    see(dossier, by, at)
    return dossiers.decide_dossier(dossier, verdict, by=by, team=team, signatory=by.person.full_name)


@transaction.atomic
def declare_conflict(dossier: Dossier, *, by: SignIn, reason: str) -> None:
    """Keeps the agent's word that he cannot handle this dossier; once. Raises Refused."""
    dossier, at = lock(dossier.pk)
    demand(dossier, by, at)
    key = {"person_hash": by.person.national_number_hash, "dossier": dossier}
    Conflict.objects.create(**key, reason=reason, at=at)
    record("dossier.conflict_declared", dossier, by, role="agent", reason=reason)


@transaction.atomic
def look(dossier: Dossier, *, by: SignIn) -> None:
    """Notes that the agent sees the dossier now; journaled in the holder's chain, once in ten minutes."""
    dossier, at = lock(dossier.pk)
    known = Look.objects.filter(person=by.person, dossier=dossier).first()
    recent = known is not None and at - known.journaled_at < LOOK_AGAIN
    see(dossier, by, at, journaled_at=known.journaled_at if known and recent else at)
    if not recent:
        record("dossier.looked", dossier, by, role="agent")


def see(dossier: Dossier, by: SignIn, at: datetime, *, journaled_at: datetime | None = None) -> None:
    """The agent has seen the dossier as it is now: it is not bold in his list."""
    seen = {"seen_at": at, **({"journaled_at": journaled_at} if journaled_at else {})}
    Look.objects.update_or_create(
        person=by.person,
        dossier=dossier,
        defaults=seen,
        create_defaults={"seen_at": at, "journaled_at": journaled_at or at},
    )


@transaction.atomic
def show_numbers(dossier: Dossier, *, by: SignIn, reason: str) -> tuple[str, dict[str, list[str]]]:
    """Opens the dossier's national numbers for an agent who says why; journaled before they are seen. Raises Refused.

    Returns the number of the person who filed, and those of the answers by question, in the order of the answers.
    """
    dossier, at = lock(dossier.pk)
    demand(dossier, by, at)
    answers = Content.objects.values_list("answers", flat=True).get(pk=dossier.pk)
    filed = vault.open_sealed(dossier.submitted_by.national_number_sealed) if dossier.submitted_by else ""
    found = {name: [vault.open_sealed(token) for token in tokens] for name, tokens in sealed_numbers(answers).items()}
    record("dossier.numbers_shown", dossier, by, role="agent", reason=reason)
    return filed, found


@transaction.atomic
def journal_document(document: Document, *, by: SignIn) -> None:
    """Notes that the agent opens a file. Raises Refused."""
    dossier, at = lock(document.dossier_id)
    demand(dossier, by, at)
    record("dossier.document_opened", dossier, by, role="agent", document=str(document.pk))
