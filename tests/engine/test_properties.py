"""Whatever people post and whatever is stored: an answer, an end, never an exception."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monespace import engine
from tests.engine.forms import HARD, calamity, context, form_of

CALAMITY, PLAN = calamity(), form_of(HARD)
FORMS = {"calamity": CALAMITY, "plan": PLAN}
QUIET = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
TYPED = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["yes", "no", "none", "refused", "full", "plant", "1250,50", "1.250", "2026", "12", "5998", "BE", "r1"]
    ),
)
STORED = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=10), st.floats(allow_nan=True),
              st.sampled_from(["none", "full", "1.00", "2026-09-15", "r1", "plant"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["id", "amount", "cost", "lines", "postcode", "first", "part"]), inner, max_size=3)),
    max_leaves=8,
)  # fmt: skip


def some_answers(form):
    names = [*form.questions, *form.groups, "_seen", "_contested", "_rows"]
    return st.dictionaries(st.sampled_from(names), STORED, max_size=12)


def sound(form):
    """Answers in which rows are rows, so that pages inside groups are reached."""
    row = st.fixed_dictionaries({"id": st.sampled_from(["r1", "r2"])}, optional={"lines": st.just([{"id": "r3"}])})
    return some_answers(form).flatmap(
        lambda answers: st.lists(row, max_size=2).map(
            lambda rows: {**answers, **dict.fromkeys(("goods", "actions"), rows)}
        )
    )


@QUIET
@given(st.data(), st.sampled_from(sorted(FORMS)), st.sampled_from(["fr", "de"]))
def test_read_page_never_raises(data, name, language):
    form = FORMS[name]
    answers = data.draw(sound(form))
    address = data.draw(st.sampled_from(engine.Walk(form, answers, context()).addresses))
    names = [
        f"{each}{part}" for each in form.questions for part in ("", ".day", ".month", ".year", ".street", ".first.part")
    ]
    posted = data.draw(st.dictionaries(st.sampled_from(names), st.lists(TYPED, max_size=3), max_size=15))
    reading = engine.read_page(form, answers, address, posted, context(), language)
    after = engine.apply(answers, address, reading.values)
    walk = engine.Walk(form, after, context())
    if address in walk.addresses and address != engine.CHECK:
        walk.page(address, language, reading)


@QUIET
@given(st.data(), st.sampled_from(sorted(FORMS)))
def test_the_path_always_ends(data, name):
    walk = engine.Walk(FORMS[name], data.draw(sound(FORMS[name])), context())
    at, seen = walk.addresses[0], 0
    while at is not None:
        assert at in walk.addresses
        walk.page(at, "de")
        at, seen = walk.next_after(at), seen + 1
        assert seen <= len(walk.addresses)


@QUIET
@given(st.data(), st.sampled_from(sorted(FORMS)))
def test_what_is_sent_is_stable_and_says_the_same(data, name):
    form = FORMS[name]
    answers = data.draw(sound(form))
    once = engine.applicable_answers(form, answers, context())
    assert engine.applicable_answers(form, once, context()) == once
    walk, sent = engine.Walk(form, answers, context()), engine.Walk(form, once, context())
    assert sent.is_complete == walk.is_complete
    walk.summary("fr"), walk.tasks("de"), walk.warnings(), walk.deadline()


@QUIET
@given(st.data())
def test_changes_never_touch_what_was_given(data):
    answers = data.draw(sound(PLAN))
    before = repr(answers)
    engine.apply(answers, "plan/actions/r1/lines/r3/line", {"cost": "1.00", "nature": None})
    engine.add_row(answers, "plan/actions/r1/lines")
    engine.remove_row(answers, "plan/actions", "r1")
    assert repr(answers) == before
