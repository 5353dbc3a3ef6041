"""The access policy, on its own: what each seat allows, and what it never does."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monespace.spaces.policy import ALLOWS, READ_ONLY, ROLES, Action, Kind, On, Seat, decide
from monespace.spaces.space import Space

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
SCOPES = ["*", "procedure:a", "procedure:b", "dossier:1"]
# Written by hand from the design: what a person with one seat may do in a space, at the highest assurance.
MATRIX = {
    "self": "see_space read prepare submit sign pay",
    "read": "see_space read",
    "prepare": "see_space read prepare",
    "submit": "see_space read prepare submit",
    "sign": "see_space read sign",
    "pay": "see_space read pay",
    "gap": "see_space see_access give_role give_co_gap",
    "co_gap": "see_space see_access give_role",
    "representative": "see_space see_access give_gap",
}


def seat(name: str, **also) -> Seat:
    kind = Kind.ROLE if name in ROLES else Kind(name)
    return Seat(kind, name if name in ROLES else "", level=500, **also)


@pytest.mark.parametrize("name", MATRIX)
@pytest.mark.parametrize("action", list(Action))
def test_each_seat_allows_what_the_design_says_and_nothing_else(name: str, action: Action) -> None:
    assert decide([seat(name)], action, at=AT).allowed == (action in MATRIX[name].split())


def test_managing_access_is_not_acting() -> None:
    for kind in (Kind.GAP, Kind.CO_GAP, Kind.REPRESENTATIVE):
        assert not ALLOWS[kind] & {Action.READ, Action.PREPARE, Action.SUBMIT, Action.SIGN, Action.PAY}


@pytest.mark.parametrize(
    ("seats", "action", "on", "because", "remedy"),
    [
        ([], Action.READ, On(), "stranger", "role:read"),
        ([seat("read", until=AT)], Action.READ, On(), "ended", "role:read"),
        ([seat("prepare")], Action.SUBMIT, On(), "role", "role:submit"),
        ([seat("gap")], Action.GIVE_GAP, On(), "role", "representative"),
        ([seat("submit", scope="procedure:a")], Action.SUBMIT, On(frozenset({"procedure:b"})), "scope", "role:submit"),
        ([seat("submit")._replace(level=400)], Action.SUBMIT, On(least_level=450), "level", "level:450"),
        ([seat("gap")._replace(level=400)], Action.GIVE_ROLE, On(), "level", "level:450"),
        ([seat("submit")], Action.SUBMIT, On(frozen=True), "frozen", ""),
    ],
)
def test_a_refusal_says_why_and_what_would_help(seats, action, on, because, remedy) -> None:
    decision = decide(seats, action, on, at=AT)
    assert (decision.allowed, decision.because, decision.remedy) == (False, because, remedy)


def test_a_frozen_enterprise_can_be_read_and_only_whoever_winds_it_up_acts() -> None:
    curator = seat("representative", winds_up=True)
    assert decide([seat("submit")], Action.READ, On(frozen=True), at=AT).allowed
    assert decide([curator], Action.GIVE_GAP, On(frozen=True), at=AT).allowed
    assert not decide([seat("representative")], Action.GIVE_GAP, On(frozen=True), at=AT).allowed


kinds = st.sampled_from([*ROLES, "gap", "co_gap", "representative"])
instants = st.one_of(st.none(), st.integers(-3, 3).map(lambda days: AT + timedelta(days=days)))
seats = st.lists(
    st.builds(
        lambda name, scope, since, until, level: seat(name, scope=scope, since=since, until=until)._replace(level=level),
        kinds, st.sampled_from(SCOPES), instants, instants, st.sampled_from([400, 450, 500]),
    ),
    max_size=5,
)  # fmt: skip


@given(
    seats,
    st.sampled_from([["procedure:a"], ["procedure:b"], ["procedure:a", "dossier:1"], ["procedure:b", "dossier:1"]]),
)
def test_the_list_of_what_one_may_read_and_the_decision_on_each_agree(held: list[Seat], scopes: list[str]) -> None:
    enterprise = SimpleNamespace(situation="000", gone_on=None)
    space = Space(person=None, enterprise=enterprise, seats=tuple(held), at=AT)
    readable = space.readable_scopes()
    listed = readable is None or bool(readable & set(scopes))
    assert listed == space.decide(Action.READ, scopes=frozenset(scopes)).allowed


@given(seats, st.sampled_from(list(Action)), st.booleans(), st.sampled_from([0, 400, 450, 500]))
def test_one_more_seat_never_takes_a_right_away_and_a_weaker_identity_never_adds_one(
    held, action, frozen, least
) -> None:
    on = On(frozenset({"procedure:a"}), least, frozen)
    before = decide(held, action, on, at=AT).allowed
    assert decide([*held, seat("read", winds_up=False)], action, on, at=AT).allowed or not before
    weaker = [one._replace(level=400) for one in held]
    assert before or not decide(weaker, action, on, at=AT).allowed
    assert not (frozen and before and action not in READ_ONLY)
