"""The life of a dossier: states, moves and who makes them, as a table. Pure.

Few states, because each is one sentence for the applicant. What agents do between two of them are steps of the desk.
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """Where a dossier stands."""

    DRAFT = "draft"
    VALIDATED = "validated"  # a draft whose answers stand still, to be declared and sent
    SUBMITTED = "submitted"
    ACKNOWLEDGED = "acknowledged"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"  # a draft that nobody continued: its answers are gone


class Move(StrEnum):
    """What changes the state."""

    VALIDATE = "validate"
    REOPEN = "reopen"
    SUBMIT = "submit"
    ACKNOWLEDGE = "acknowledge"
    DECIDE = "decide"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


class Outcome(StrEnum):
    """What a decision says."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"
    NO_FURTHER_ACTION = "no_further_action"


class Side(StrEnum):
    """Who makes a move."""

    APPLICANT = "applicant"
    AGENT = "agent"
    CLOCK = "clock"


MOVES: dict[tuple[State, Move], tuple[State, Side]] = {
    (State.DRAFT, Move.SUBMIT): (State.SUBMITTED, Side.APPLICANT),
    (State.DRAFT, Move.VALIDATE): (State.VALIDATED, Side.APPLICANT),
    (State.VALIDATED, Move.REOPEN): (State.DRAFT, Side.APPLICANT),
    (State.VALIDATED, Move.SUBMIT): (State.SUBMITTED, Side.APPLICANT),
    (State.VALIDATED, Move.EXPIRE): (State.EXPIRED, Side.CLOCK),
    (State.DRAFT, Move.EXPIRE): (State.EXPIRED, Side.CLOCK),
    (State.SUBMITTED, Move.ACKNOWLEDGE): (State.ACKNOWLEDGED, Side.AGENT),
    (State.SUBMITTED, Move.WITHDRAW): (State.WITHDRAWN, Side.APPLICANT),
    (State.ACKNOWLEDGED, Move.DECIDE): (State.DECIDED, Side.AGENT),
    (State.ACKNOWLEDGED, Move.WITHDRAW): (State.WITHDRAWN, Side.APPLICANT),
}
UNSENT = (State.DRAFT, State.VALIDATED)
IN_PROGRESS = (State.SUBMITTED, State.ACKNOWLEDGED)
CLOSED = (State.DECIDED, State.WITHDRAWN)
STEPS = (State.DRAFT, State.SUBMITTED, State.ACKNOWLEDGED, State.DECIDED)  # the four steps of the timeline


class NotNow(Exception):
    """The move is not possible from this state."""

    def __init__(self, state: str, move: str):
        super().__init__(f"{move} from {state}")
        self.state, self.move = state, move


class Step(NamedTuple):
    """One step of the timeline."""

    state: State
    done: bool
    current: bool


def after(state: str, move: Move, *, side: Side) -> State:
    """The state after a move; raises NotNow when the table has no such move for this side."""
    target, mover = MOVES.get((State(state), move), (None, None))
    if target is None or mover is not side:
        raise NotNow(state, move)
    return target


def may_move(state: str, move: Move) -> bool:
    """Whether a move exists from a state."""
    return (State(state), move) in MOVES


def timeline(state: str) -> list[Step]:
    """The four steps as the applicant sees them; a withdrawn dossier stops where it was."""
    place = STEPS.index(State(state)) if state in STEPS else 0 if state in UNSENT else 1
    return [
        Step(step, done=number < place or state == State.DECIDED, current=number == place)
        for number, step in enumerate(STEPS)
    ]


def is_open(opens: str, closes: str, day: date) -> bool:
    """Whether a procedure takes requests on a day; its first and last day as YYYY-MM-DD, empty where there is none."""
    return (not opens or date.fromisoformat(opens) <= day) and (not closes or day <= date.fromisoformat(closes))
