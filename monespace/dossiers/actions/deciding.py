"""What an agent does to a dossier. Who may is decided by the desk, which calls these with the seat that it built."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from monespace.dossiers.actions.common import lock, note, record
from monespace.dossiers.actions.telling import tell_applicant
from monespace.dossiers.lifecycle import Move, Outcome, Side, after
from monespace.dossiers.models import Decision, Dossier, Paper
from monespace.identity.models import SignIn
from monespace.work import enqueue

PAYING = frozenset({Outcome.GRANTED, Outcome.PARTLY})
ACKNOWLEDGED, DECIDED = (
    _("Your request %(number)s: acknowledgement of receipt"),
    _("Your request %(number)s: the decision is here"),
)
ACKNOWLEDGED_FACT = _(
    "The administration acknowledges receipt of your request %(number)s, “%(title)s”, made in the name of %(name)s, "
    "and examines it."
)
DECIDED_FACT = _("A decision has arrived in your request %(number)s, “%(title)s”, made in the name of %(name)s.")


@dataclass(frozen=True)
class Verdict:
    """What an agent decides: outcome, amount in euro, reasons in fact and in law, remedies with their time limit in days."""

    outcome: str
    amount: Decimal | None
    facts: str
    law: str
    remedies: str
    remedy_days: int

    def __post_init__(self) -> None:
        """Raises ValueError for what no letter may carry, whoever calls."""
        if self.outcome not in set(Outcome):
            raise ValueError("unknown outcome")
        if not (self.facts.strip() and self.law.strip() and self.remedies.strip() and self.remedy_days > 0):
            raise ValueError("a decision states its reasons in fact and in law, and its remedies")
        if self.amount is not None and (self.amount <= 0 or self.outcome not in PAYING):
            raise ValueError("only an outcome that grants has an amount")


@transaction.atomic
def acknowledge(dossier: Dossier, *, by: SignIn, team: dict, signatory: str, due_on: date | None) -> Dossier:
    """The accusé de réception: the administration has the dossier, and says by when it means to decide. Raises NotNow.

    `team` in the dossier's language: id, name, authority, address (lines), phone, mail, remedy_authority.
    """
    dossier, at = lock(dossier.pk)
    dossier.state = after(dossier.state, Move.ACKNOWLEDGE, side=Side.AGENT)
    dossier.due_on, dossier.changed_at = due_on, at
    dossier.save(update_fields=["state", "due_on", "changed_at"])
    note(dossier, "acknowledged", at, team=team, signatory=signatory)
    ask_paper(dossier, Paper.Kind.ACKNOWLEDGEMENT)
    tell_applicant(dossier, ACKNOWLEDGED, ACKNOWLEDGED_FACT)
    record("dossier.acknowledged", dossier, by, role="agent", team=str(team["id"]))
    return dossier


@transaction.atomic
def decide_dossier(dossier: Dossier, verdict: Verdict, *, by: SignIn, team: dict, signatory: str) -> Dossier:
    """Decides, with reasons in fact and in law (law of 29 July 1991, articles 2 and 3) and the remedies. Raises NotNow."""
    dossier, at = lock(dossier.pk)
    dossier.state = after(dossier.state, Move.DECIDE, side=Side.AGENT)
    dossier.outcome, dossier.closed_at, dossier.changed_at = verdict.outcome, at, at
    dossier.save(update_fields=["state", "outcome", "closed_at", "changed_at"])
    Decision.objects.create(
        dossier=dossier, outcome=verdict.outcome, amount=verdict.amount, facts=verdict.facts, law=verdict.law, remedies=verdict.remedies,
        remedy_days=verdict.remedy_days, team=team, decided_by=by.person, signatory=signatory, decided_at=at,
    )  # fmt: skip
    note(dossier, "decided", at)
    ask_paper(dossier, Paper.Kind.DECISION)
    tell_applicant(dossier, DECIDED, DECIDED_FACT)
    record("dossier.decided", dossier, by, role="agent", team=str(team["id"]), outcome=verdict.outcome)
    return dossier


def ask_paper(dossier: Dossier, kind: Paper.Kind) -> None:
    """Asks the worker for a paper."""
    Paper.objects.get_or_create(dossier=dossier, kind=kind)
    enqueue("dossiers.make_paper", dossier.pk, kind.value)
