"""Merging two people's changes of one page: no change of either is lost unseen."""

from hypothesis import given
from hypothesis import strategies as st

from monespace import engine
from tests.engine.forms import form_of

FORM = form_of("""
languages: [fr]
title: {fr: Essai}
audience: [citizen]
sections:
  - id: s
    title: {fr: S}
    pages:
      - id: p
        title: {fr: P}
        questions:
          - {id: a, kind: text, label: {fr: A}}
          - {id: b, kind: text, label: {fr: B}}
          - id: m
            kind: matrix
            label: {fr: M}
            rows: [{id: r, label: {fr: R}}, {id: q, label: {fr: Q}}]
            columns: [{id: c, kind: text, label: {fr: C}}, {id: d, kind: text, label: {fr: D}}]
      - id: g
        title: {fr: G}
        group:
          item: {fr: Bien}
          add: {fr: Ajouter}
          pages:
            - {id: x, questions: [{id: t, kind: text, label: {fr: T}}]}
""")
WORDS = ["un", "deux", "trois"]
TEXT = st.sampled_from([None, *WORDS])
CELLS = st.dictionaries(st.sampled_from("cd"), st.sampled_from(WORDS), min_size=1)
PAGE = st.fixed_dictionaries(
    {"a": TEXT, "b": TEXT, "m": st.dictionaries(st.sampled_from("rq"), CELLS).map(lambda rows: rows or None)}
)


def cells(page: dict) -> dict[str, str | None]:
    """The fields of the page, those of the table cell by cell."""
    table = {f"m.{row}.{column}": (page["m"] or {}).get(row, {}).get(column) for row in "rq" for column in "cd"}
    return {"a": page["a"], "b": page["b"], **table}


@given(shown=PAGE, theirs=PAGE, mine=PAGE)
def test_a_change_of_one_stands_and_a_change_of_both_is_told(shown, theirs, mine):
    merged = engine.merge(FORM, theirs, mine, lambda name, value: cells(shown)[name] == value)
    after = cells(merged.values)

    for name, was in cells(shown).items():
        their, my = cells(theirs)[name], cells(mine)[name]
        if name in merged.clashes:
            assert len({was, their, my}) == 3
            assert after[name] == their
        elif their != was:
            assert after[name] == their
        else:
            assert after[name] == my


@given(theirs=PAGE, mine=PAGE)
def test_what_is_yielded_is_theirs_and_no_clash(theirs, mine):
    everything = frozenset(cells(mine))
    merged = engine.merge(FORM, theirs, mine, lambda name, value: False, everything)

    assert (cells(merged.values), merged.clashes) == (cells(theirs), [])


def test_changed_places_name_rows_and_cells():
    before = {"a": "un", "g": [{"id": "r1", "t": "x"}, {"id": "r2"}], "_seen": ["s/p"]}
    after = {"m": {"r": {"c": "y"}}, "g": [{"id": "r1", "t": "z"}], "_seen": []}

    assert set(engine.changed_places(FORM, before, after)) == {"a", "m.r.c", "g", "g/r1/t"}
