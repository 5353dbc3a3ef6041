"""The Space: a value that says for whom a person acts, and by which seats. Never stored, never cached in a session (law 1)."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from monespace.identity.models import Person
from monespace.journal.actions import key_of_space
from monespace.registry.models import Enterprise
from monespace.registry.policy import is_frozen
from monespace.spaces.policy import EVERYTHING, Action, Decision, Kind, On, Seat, decide
from monespace.spaces.words import seat_label

MINE = "moi"


@dataclass(frozen=True)
class Space:
    """One's own space, or an enterprise's as one person sees it."""

    person: Person
    enterprise: Enterprise | None
    seats: tuple[Seat, ...]
    at: datetime
    functions: tuple = field(default=())  # codes of the register's functions by which the person represents
    alone: bool = False  # one of these functions suffices without a second signature

    @property
    def is_personal(self) -> bool:
        """Whether it is the person's own space."""
        return self.enterprise is None

    @property
    def its_enterprise(self) -> Enterprise:
        """The enterprise, on pages that only an enterprise's space has; raises LookupError in one's own space."""
        if self.enterprise is None:
            raise LookupError("one's own space has no enterprise")
        return self.enterprise

    @property
    def key(self) -> str:
        """The part of the address: «moi» or the enterprise number."""
        return self.enterprise.number if self.enterprise else MINE

    @property
    def journal_key(self) -> str:
        """The key of the space's chain in the journal."""
        return key_of_space(enterprise=self.enterprise.pk if self.enterprise else None, person=self.person.pk)

    @property
    def holder_kind(self) -> str:
        """citizen, or the enterprise's kind: what procedures open to."""
        return self.enterprise.kind if self.enterprise else "citizen"

    @property
    def name(self) -> str:
        """The enterprise's name, or the person's."""
        return self.enterprise.name if self.enterprise else self.person.full_name

    @property
    def number_text(self) -> str:
        """0123.456.749, or nothing for a personal space."""
        number = self.enterprise.number if self.enterprise else ""
        return f"{number[:4]}.{number[4:7]}.{number[7:]}" if number else ""

    @property
    def role_text(self) -> str:
        """The seats held now, in words."""
        labels = [seat_label(seat.kind, seat.role) for seat in self.seats if seat.holds_at(self.at)]
        return ", ".join(dict.fromkeys(labels))

    @property
    def home_url(self) -> str:
        """The address of its home."""
        return reverse("dossiers:home", args=[self.key])

    @property
    def is_frozen(self) -> bool:
        """Bankrupt, dissolved or stopped: read only."""
        enterprise = self.enterprise
        return enterprise is not None and is_frozen(enterprise.situation, enterprise.gone_on is not None)

    def decide(
        self, action: Action, *, scopes: frozenset[str] = frozenset(), least_level: int = 0, at: datetime | None = None
    ) -> Decision:
        """The policy's answer for this person in this space."""
        return decide(self.seats, action, On(scopes, least_level, self.is_frozen), at=at or self.at)

    def may(self, action: str, **scope) -> bool:
        """Whether an action is allowed: for templates and short checks."""
        return self.decide(Action(action), **scope).allowed

    @property
    def can_manage(self) -> bool:
        """Whether the person sees who has access (assurance aside)."""
        return self.may(Action.SEE_ACCESS)

    @property
    def can_take_role(self) -> bool:
        """Whether the person may take a service role themselves (assurance aside): a GAP, or who alone represents the enterprise."""
        kinds = {seat.kind for seat in self.seats if seat.holds_at(self.at)}
        return Kind.GAP in kinds or (self.alone and Kind.REPRESENTATIVE in kinds)

    def readable_scopes(self) -> frozenset[str] | None:
        """The scopes whose dossiers the person may read: None for all, an empty set for none. The list's twin of `decide`."""
        reading = [
            seat
            for seat in self.seats
            if seat.holds_at(self.at) and decide([seat], Action.READ, On(frozenset({seat.scope})), at=self.at).allowed
        ]
        scopes = frozenset(seat.scope for seat in reading)
        return None if EVERYTHING in scopes else scopes


def own_space(person: Person, *, level: int, at: datetime) -> Space:
    """A person's own space."""
    return Space(person, None, (Seat(Kind.SELF, level=level, title=person.pk),), at)


def procedure_scope(slug: str) -> frozenset[str]:
    """The scopes of something that belongs to a procedure."""
    return frozenset({f"procedure:{slug}"})


def dossier_scope(slug: str, dossier_id: UUID) -> frozenset[str]:
    """The scopes in which a dossier lies."""
    return frozenset({f"procedure:{slug}", f"dossier:{dossier_id}"})


__all__ = ["MINE", "Space", "dossier_scope", "own_space", "procedure_scope"]
