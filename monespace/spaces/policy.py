"""The access policy: one pure function answers every question of «who may do what, here, now».

A person acts by *seats*: being oneself, a title held in an enterprise, a function in the register, an agent's place in a
team. Each seat allows some actions on some objects for some time. Managing access is not acting: a GAP or a representative
reads no dossier until he takes a role (law 4). Nothing is allowed that no seat allows.

Read in this order: ALLOWS (which seat allows what), LEAST_LEVEL (how strongly one must be identified), decide().
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from monespace.identity.assurance import HIGH, SUBSTANTIAL


class Action(StrEnum):
    """What can be done in a space."""

    SEE_SPACE = "see_space"  # its home, and who may help
    READ = "read"
    PREPARE = "prepare"
    SUBMIT = "submit"
    SIGN = "sign"
    PAY = "pay"
    SEE_ACCESS = "see_access"  # who can do what
    GIVE_ROLE = "give_role"  # invite, confirm, withdraw roles
    GIVE_CO_GAP = "give_co_gap"
    GIVE_GAP = "give_gap"  # designate or replace the main access manager
    HANDLE = "handle"  # an agent's work on a dossier


class Kind(StrEnum):
    """What a seat rests on."""

    SELF = "self"
    ROLE = "role"
    GAP = "gap"
    CO_GAP = "co_gap"
    REPRESENTATIVE = "representative"
    AGENT = "agent"


ROLES: dict[str, frozenset[Action]] = {
    "read": frozenset({Action.READ}),
    "prepare": frozenset({Action.READ, Action.PREPARE}),
    "submit": frozenset({Action.READ, Action.PREPARE, Action.SUBMIT}),
    "sign": frozenset({Action.READ, Action.SIGN}),
    "pay": frozenset({Action.READ, Action.PAY}),
}
SELF = frozenset({Action.READ, Action.PREPARE, Action.SUBMIT, Action.SIGN, Action.PAY})
ALLOWS: dict[str, frozenset[Action]] = {
    Kind.SELF: SELF,
    Kind.GAP: frozenset({Action.SEE_ACCESS, Action.GIVE_ROLE, Action.GIVE_CO_GAP}),
    Kind.CO_GAP: frozenset({Action.SEE_ACCESS, Action.GIVE_ROLE}),
    Kind.REPRESENTATIVE: frozenset({Action.SEE_ACCESS, Action.GIVE_GAP}),
    Kind.AGENT: frozenset({Action.HANDLE}),
}
# How strongly one must be identified, act by act; a procedure may ask for more than this. All three means of the mission reach
# «substantial» through the federal service. An agent sees national numbers, which asks for «high».
LEAST_LEVEL: dict[str, int] = {
    Action.SEE_SPACE: SUBSTANTIAL,
    Action.READ: SUBSTANTIAL,
    Action.PREPARE: SUBSTANTIAL,
    Action.SUBMIT: SUBSTANTIAL,
    Action.PAY: SUBSTANTIAL,
    Action.SEE_ACCESS: SUBSTANTIAL,
    Action.SIGN: HIGH,
    Action.GIVE_ROLE: HIGH,
    Action.GIVE_CO_GAP: HIGH,
    Action.GIVE_GAP: HIGH,
    Action.HANDLE: HIGH,
}
# To accept what an invitation offers: a role; the power to give roles.
ACCEPT_LEVEL: dict[str, int] = {"role": SUBSTANTIAL, "co_gap": HIGH, "gap": HIGH}
WINDING_UP = "winding_up"  # how a title was given by whoever winds the enterprise up (bankruptcy trustee, liquidator)
READ_ONLY = frozenset({Action.SEE_SPACE, Action.READ, Action.SEE_ACCESS})
EVERYTHING = "*"


class Seat(NamedTuple):
    """One reason why a person may act: a role in words of the table, for a scope, for a time."""

    kind: str
    role: str = ""
    scope: str = EVERYTHING
    since: datetime | None = None
    until: datetime | None = None
    title: object = None  # id of the title or function it rests on
    level: int = 0  # how strongly the person is identified now
    winds_up: bool = (
        False  # rests on the power of a bankruptcy trustee or liquidator: the only one left in a frozen enterprise
    )

    def holds_at(self, at: datetime) -> bool:
        """Whether the seat is held at an instant."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)

    def covers(self, scopes: frozenset[str]) -> bool:
        """Whether the seat reaches an object that lies in these scopes."""
        return self.scope == EVERYTHING or self.scope in scopes


class On(NamedTuple):
    """The object of an act: the scopes in which it lies («procedure:<slug>», «dossier:<id>»), what it demands, its limits."""

    scopes: frozenset[str] = frozenset()
    least_level: int = 0
    frozen: bool = False  # the enterprise is bankrupt, dissolved or stopped
    excluded: str = ""  # why this agent may not handle this dossier


class Decision(NamedTuple):
    """The answer: allowed or not, why (a code), by which seat, and what would help («role:submit», «level:450»)."""

    allowed: bool
    because: str
    title: object = None
    remedy: str = ""
    role: str = ""


def decide(acts_as: Iterable[Seat], action: Action, on: On = On(), *, at: datetime) -> Decision:  # noqa: B008 (immutable)
    """Decides whether a person holding these seats may do `action` on `on` at the instant `at`.

    because: seat | excluded | frozen | level | ended | scope | role | stranger. The remedy names the least role that would do.
    """
    seats = list(acts_as)
    held = [seat for seat in seats if seat.holds_at(at)]
    if not held:
        return Decision(False, "ended" if seats else "stranger", remedy=least_role(action))
    if action is Action.SEE_SPACE:
        return strong_enough(held, action, on)
    if on.excluded:
        return Decision(False, "excluded", remedy=on.excluded)
    if on.frozen and action not in READ_ONLY:
        held = [seat for seat in held if seat.winds_up]
        if not held:
            return Decision(False, "frozen")
    return decide_among(held, seats, action, on)


def decide_among(held: list[Seat], seats: list[Seat], action: Action, on: On) -> Decision:
    """The decision among seats that are held now: does one allow the action, reach the object, and suffice in level?"""
    able = [seat for seat in held if action in allowed_by(seat)]
    if not able:
        ended = any(action in allowed_by(seat) for seat in seats)
        return Decision(False, "ended" if ended else "role", remedy=least_role(action))
    reaching = [seat for seat in able if seat.covers(on.scopes)]
    if not reaching:
        return Decision(False, "scope", remedy=least_role(action))
    return strong_enough(reaching, action, on)


def strong_enough(able: list[Seat], action: Action, on: On) -> Decision:
    """The last question: is the person identified strongly enough for this act on this object?"""
    best = max(able, key=lambda seat: seat.level)
    needed = max(LEAST_LEVEL[action], on.least_level)
    if best.level < needed:
        return Decision(False, "level", best.title, remedy=f"level:{needed}")
    return Decision(True, "seat", best.title, role=best.role or best.kind)


def allowed_by(seat: Seat) -> frozenset[Action]:
    """The actions that a seat allows."""
    return ROLES.get(seat.role, frozenset()) if seat.kind == Kind.ROLE else ALLOWS.get(seat.kind, frozenset())


def least_role(action: Action) -> str:
    """The role that would allow the action and nothing needless: what the refusal tells the person to ask for."""
    for role, actions in ROLES.items():
        if action in actions:
            return f"role:{role}"
    return "gap" if action in ALLOWS[Kind.GAP] else "representative"
