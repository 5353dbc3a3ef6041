"""A dossier is its space's: when the person who filed may no longer read it, those who may are told (law 2)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from monespace.desk import actions
from monespace.notices.models import Mail, Notice
from monespace.spaces.models import Title
from tests.desk import scene


def title(who, enterprise, *, kind="role", role="submit", scope="*", days=None):
    """A title begun ten days ago, and ended when `days` is given."""
    begun = timezone.now() - timedelta(days=10)
    span = DateTimeTZRange(begun, begun + timedelta(days=days) if days else None)
    Title.objects.create(
        enterprise=enterprise, person=who, kind=kind, role=role, scope=scope, span=span, given_as="gap", level=500
    )


def told(isabelle, dossier) -> list:
    actions.acknowledge(dossier, by=scene.sign_in(isabelle), due_on=None)
    assert Mail.objects.count() == Notice.objects.count()
    return list(Notice.objects.values_list("person", flat=True))


@pytest.fixture
def people(isabelle):
    """Claire who filed, Nadia and Paul of the same enterprise; all with an address."""
    make = [("85031499897", "Claire"), ("79062199873", "Nadia"), ("77010199755", "Paul")]
    return [scene.person(number, name, "X", email=f"{name.lower()}@courrier.example") for number, name in make]


def test_the_person_who_filed_while_he_may_read_it(isabelle, people):
    claire, nadia, _paul = people
    firm = scene.enterprise()
    title(claire, firm)
    title(nadia, firm)

    assert told(isabelle, scene.dossier(claire, holder=firm)) == [claire.pk]


def test_then_those_who_may_read_it(isabelle, people):
    claire, nadia, paul = people
    firm = scene.enterprise()
    title(claire, firm, days=2)
    title(nadia, firm, role="read", scope=f"procedure:{scene.SLUG}")
    title(paul, firm, role="read", scope="procedure:prime-velo")

    assert told(isabelle, scene.dossier(claire, holder=firm)) == [nadia.pk]


def test_at_last_those_who_manage_access(isabelle, people):
    claire, _nadia, paul = people
    firm = scene.enterprise()
    title(paul, firm, kind="gap", role="")

    assert told(isabelle, scene.dossier(claire, holder=firm)) == [paul.pk]


@pytest.mark.parametrize(
    "wrong",
    [{"outcome": "everything"}, {"facts": " "}, {"law": ""}, {"remedies": ""}, {"remedy_days": 0}, {"amount": Decimal(0)},
     {"outcome": "refused", "amount": Decimal(5)}],
)  # fmt: skip
def test_no_verdict_without_what_the_law_asks(wrong):
    right = {"outcome": "granted", "amount": None, "facts": "f", "law": "l", "remedies": "r", "remedy_days": 60}

    actions.Verdict(**right)
    with pytest.raises(ValueError):
        actions.Verdict(**{**right, **wrong})
