"""Who may handle a dossier, through the one policy of the house: an agent's seats, and what excludes him. Pure.

An agent sits in a team; each procedure of the team is a seat. Nobody handles a dossier that he filed or helped to draft,
whose holder he may act for, or in which he declared a conflict of interest (general principle of impartiality).
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from monespace.spaces.policy import LEAST_LEVEL, Action, Decision, Kind, On, Seat, decide

LEAST = LEAST_LEVEL[Action.HANDLE]


class Excluded(StrEnum):
    """Why an agent may not handle a dossier that his team handles."""

    OWN = "own"  # he filed it, drafted it, or holds it
    MEMBER = "member"  # he may act for its holder
    CONFLICT = "conflict"  # he said so himself


class Reason(StrEnum):
    """Why an agent says that he cannot handle a dossier. No words of his own: they would tell of other people's lives."""

    FAMILY = "family"
    CLOSE = "close"
    INTEREST = "interest"
    INVOLVED = "involved"


class Purpose(StrEnum):
    """Why an agent looks at whole national numbers."""

    IDENTITY = "identity"
    PAYMENT = "payment"
    REGISTER = "register"


def seat(team: str, procedure: str, since: datetime, until: datetime | None, level: int) -> Seat:
    """A seat of a member of a team, for one of its procedures; its title is the team's slug."""
    return Seat(Kind.AGENT, scope=f"procedure:{procedure}", since=since, until=until, title=team, level=level)


def procedures_of(seats: Iterable[Seat]) -> list[str]:
    """The procedures that the seats reach: the list's twin of `may_handle`."""
    return sorted({seat.scope.removeprefix("procedure:") for seat in seats if seat.kind == Kind.AGENT})


def may_handle(seats: Iterable[Seat], procedure: str, dossier: UUID, excluded: str, *, at: datetime) -> Decision:
    """Whether an agent may handle a dossier now. because: seat | excluded | level | scope | ended | stranger."""
    scopes = frozenset({f"procedure:{procedure}", f"dossier:{dossier}"})
    return decide(seats, Action.HANDLE, On(scopes, excluded=excluded), at=at)
