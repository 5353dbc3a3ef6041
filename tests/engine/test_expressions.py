"""The small language: types are checked when a form is loaded, decimals are exact, unknown stays unknown."""

import pytest

from monespace import engine
from monespace.engine.syntax import Wrong, parse
from tests.engine.forms import context, form_of

FORM = """
languages: [fr, de]
title: {fr: T, de: T}
audience: [citizen]
computed:
  - {id: result, value: 'EXPRESSION'}
sections:
  - id: s
    title: {fr: S, de: S}
    pages:
      - id: p
        title: {fr: P, de: P}
        questions:
          - {id: a, kind: decimal, required: false, label: {fr: a, de: a}}
          - {id: b, kind: decimal, required: false, label: {fr: b, de: b}}
          - {id: yes_no, kind: boolean, required: false, label: {fr: c, de: c}}
          - {id: day, kind: date, required: false, label: {fr: d, de: d}}
          - id: pick
            kind: choice
            required: false
            label: {fr: e, de: e}
            options: [{value: "no", label: {fr: n, de: n}}, {value: "yes", label: {fr: o, de: o}}]
      - id: goods
        title: {fr: G, de: G}
        group:
          item: {fr: B, de: G}
          pages:
            - id: good
              questions:
                - {id: amount, kind: money, label: {fr: m, de: m}}
"""


def result(expression, **answers):
    form = form_of(FORM.replace("EXPRESSION", expression.replace("'", "''")))
    return engine.Walk(form, answers, context("commune")).computed("result")


def refusal(expression):
    with pytest.raises(Exception) as caught:
        form_of(FORM.replace("EXPRESSION", expression.replace("'", "''")))
    return str(caught.value)


@pytest.mark.parametrize(("expression", "expected"), [
    ("0.1 + 0.2", "0.3"), ("2 + 3 * 4 - 6 / 3", "12"), ("-(1 + 1)", "-2"), ("round(2.345, 2)", "2.35"),
    ("ceil(2.1) + floor(2.9)", "5"), ("min(3, 2) + max(3, 2)", "5"), ("2026-03-31 - 2026-03-01", "30"),
    ("add_months(2026-01-31, 1)", "2026-02-28"), ("end_of_month(add_months(2026-10-12, 3))", "2027-01-31"),
    ("years_between(2008-11-24, today)", "17"), ("years_between(2008-11-23, today)", "18"),
    ('if(holder.kind in ["commune", "cpas"], 6, 3)', "6"), ('"x" in ["x", "y"] and not false', "True"),
])  # fmt: skip
def test_values(expression, expected):
    assert str(result(expression)) == expected


@pytest.mark.parametrize(("expression", "expected"), [
    ("a + 1", None), ("yes_no and false", "False"), ("yes_no or true", "True"), ("yes_no and true", None),
    ("not yes_no", None), ("answered(a)", "False"), ("default(a, 7)", "7"), ("pick == \"no\"", None), ("a > b", None),
    ("count(goods)", "0"), ("sum(goods.amount)", "0"), ("any(goods, amount > 1)", "False"), ("1 / 0", None),
    ("min(goods.amount)", None),
])  # fmt: skip
def test_not_answered_yet_spreads(expression, expected):
    found = result(expression)
    assert (None if found is None else str(found)) == expected


def test_rows():
    goods = [{"id": "r1", "amount": "600.00"}, {"id": "r2", "amount": "0.10"}, {"id": "r3"}]
    assert str(result("sum(goods.amount)", goods=goods)) == "600.10"
    assert str(result("sum(goods, amount * 2)", goods=goods)) == "1200.20"
    assert str(result("count(goods, amount > 500)", goods=goods)) == "1"
    assert result("all(goods, amount > 0)", goods=goods) is None
    assert result("all(goods, amount > 1)", goods=goods) is False


@pytest.mark.parametrize(("expression", "part"), [
    ("aa + 1", "did you mean `a`?"), ("amount + 1", "goods.amount"), ('a == "1"', "cannot be compared"),
    ('pick == "maybe"', "none of its options"), ('pick in ["maybe"]', "none of its options"), ("yes_no + 1", "needed"),
    ("day + 1", "add_days"), ("sums(goods.amount)", "unknown function"), ("holder.nam", "`holder.name`|`name`"),
    ("a +", "unexpected"), ("a ==== b", "unexpected"), ("__import__('os')", "unknown function"), ("a.b", "no part"),
    ("result + 1", "need each other"), ("goods", "cannot be"), ("(" * 60 + "1" + ")" * 60, "deeply"),
    ("1 + " * 800 + "1", "longer|too many"), ("a; b", "unexpected"), ("not " * 60 + "yes_no", "deeply"),
])  # fmt: skip
def test_refused_with_what_to_do(expression, part):
    found = refusal(expression)
    assert any(each in found for each in part.split("|")), found
    assert "essai.yaml:" in found


def test_hostile_text_never_does_more_than_refuse():
    for text in (
        "",
        "[" * 5000,
        "a" * 5000,
        "1" * 5000,
        "-" * 500 + "1",
        "not " * 400,
        "\x00",
        "a." * 100,
        "2026-13-45",
    ):
        with pytest.raises(Wrong):
            parse(text)
