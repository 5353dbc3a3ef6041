"""Two real calculations come out exactly: the housing premium's and the training vouchers' (figures are parameters)."""

from decimal import Decimal

import pytest

from monespace import engine
from tests.engine.forms import context, form_of

PREMIUM = """
languages: [fr]
title: {fr: Prime}
audience: [citizen]
parameters:
  categories:
    columns: {limit: number, category: text, coefficient: number}
    key: [{column: limit, match: up_to}]
    rows:
      - {limit: 26900, category: R1, coefficient: 6}
      - {limit: 38300, category: R2, coefficient: 4}
      - {limit: 50600, category: R3, coefficient: 3}
      - {limit: 114400, category: R4, coefficient: 2}
      - {limit: null, category: R5, coefficient: 1}
  works:
    columns: {kind: text, label: words, base: number}
    key: [kind]
    rows: [{kind: roof, label: {fr: Isolation du toit}, base: 20}, {kind: cover, label: {fr: Couverture}, base: 4}]
computed:
  - {id: income, value: "max(0, sum(household, if(counted, default(rig, 0), 0)) - 5000 * count(household, charge))", unit: money}
  - {id: category, value: "categories[income].category"}
  - {id: premium, value: sum(items.granted)}
sections:
  - id: s
    title: {fr: S}
    pages:
      - id: household
        title: {fr: Ménage}
        group:
          item: {fr: Personne}
          pages:
            - id: person
              title: {fr: Personne}
              questions:
                - id: link
                  kind: choice
                  label: {fr: Lien}
                  options:
                    - {value: self, label: {fr: Demandeur}}
                    - {value: spouse, label: {fr: Conjoint}}
                    - {value: child, label: {fr: Enfant}}
                - {id: counted, kind: computed, value: 'link in ["self", "spouse"]', label: {fr: Compté}}
                - {id: rig, kind: money, when: counted, label: {fr: RIG}}
                - {id: charge, kind: boolean, when: 'link == "child"', label: {fr: À charge}}
      - id: items
        title: {fr: Travaux}
        group:
          item: {fr: Poste}
          pages:
            - id: work
              title: {fr: Poste}
              questions:
                - {id: nature, kind: choice, label: {fr: Nature}, options_from: {table: works, value: kind, label: label}}
                - {id: surface, kind: decimal, label: {fr: Surface}}
                - {id: invoice, kind: money, label: {fr: Facture}}
                - id: granted
                  kind: computed
                  value: min(works[nature].base * categories[income].coefficient * surface, 0.70 * invoice)
                  unit: money
                  label: {fr: Prime}
"""


def test_the_premium_of_the_roof():
    """31 200 + 12 000, the son's 20 000 left out, two children: 33 200, R2; 20 x 4 x 80 = 6 400, capped at 70 % of 8 000."""
    people = [
        {"id": "r1", "link": "self", "rig": "31200.00"}, {"id": "r2", "link": "spouse", "rig": "12000.00"},
        {"id": "r3", "link": "child", "rig": "20000.00", "charge": False},
        {"id": "r4", "link": "child", "charge": True}, {"id": "r5", "link": "child", "charge": True},
    ]  # fmt: skip
    items = [{"id": "r6", "nature": "roof", "surface": "80", "invoice": "8000.00"}]
    walk = engine.Walk(form_of(PREMIUM), {"household": people, "items": items}, context())
    assert (walk.computed("income"), walk.computed("category"), walk.computed("premium")) == (33200, "R2", 5600)
    assert walk.is_complete


VOUCHERS = """
languages: [fr]
title: {fr: Chèques}
audience: [self_employed]
parameters:
  quotas:
    columns: {status: text, yearly: number, share: number}
    key: [status]
    rows: [{status: second, yearly: 80, share: 25}, {status: main, yearly: 100, share: 25}]
computed:
  - {id: languages_quota, value: "quotas[status].yearly * quotas[status].share / 100"}
  - {id: ordered, value: sum(courses.vouchers)}
  - {id: to_pay, value: sum(courses.cost)}
sections:
  - id: s
    title: {fr: S}
    pages:
      - id: status
        questions:
          - id: status
            kind: choice
            label: {fr: Statut}
            options: [{value: second, label: {fr: Complémentaire}}, {value: main, label: {fr: Principal}}]
      - id: courses
        title: {fr: Formations}
        checks:
          - must: sum(courses.vouchers) <= languages_quota
            message: {fr: "Vous demandez {ordered} chèques : il vous en reste {languages_quota}."}
        group:
          item: {fr: Formation}
          pages:
            - id: course
              title: {fr: Formation}
              questions:
                - {id: hours, kind: decimal, label: {fr: Heures}}
                - {id: price, kind: money, label: {fr: Prix}}
                - {id: vouchers, kind: computed, value: ceil(hours), label: {fr: Chèques}}
                - {id: cost, kind: computed, unit: money, value: "vouchers * 15 + max(0, price - 30) * hours", label: {fr: Coût}}
"""


@pytest.mark.parametrize(("hours", "problems", "cost"), [
    ("24", ["Vous demandez 24 chèques\u00a0: il vous en reste 20."], 720), ("20", [], 600),
])  # fmt: skip
def test_the_vouchers_of_a_language_course(hours, problems, cost):
    """Second occupation: 25 % of 80 = 20. 20 x 15 + 20 x (45 - 30) = 600."""
    answers = {"status": "second", "courses": [{"id": "r1", "hours": hours, "price": "45.00"}]}
    walk = engine.Walk(form_of(VOUCHERS), answers, context("self_employed"))
    assert [problem.sentence for problem in walk.problems()] == problems
    assert walk.computed("to_pay") == Decimal(cost)
