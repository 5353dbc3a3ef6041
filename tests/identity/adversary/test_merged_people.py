"""What is left of a person who became another one: nothing that opens, nothing that stands in the way of the next."""

import pytest

from monespace.identity import actions
from monespace.identity.models import BoundPhone, Person, SignIn
from monespace.identity.proof import Refused
from monespace.notices.actions import tell
from monespace.notices.queries import inbox
from tests.cast import CLAIRE
from tests.identity import phones
from tests.identity.phones import NUMBER, OTHER, PASSWORD, browser, enter
from tests.identity.test_one_person import BIS, ITSME, proof

pytestmark = pytest.mark.django_db
OTHER_BIS = "85431499985"


def bind(who: Person, number: str) -> None:
    made = phones.bound(CLAIRE, number, PASSWORD)
    BoundPhone.objects.filter(pk=made.pk).update(person=who)


def test_two_people_can_become_the_same_one() -> None:
    """She had two BIS numbers, one at each provider; both are replaced by one national number."""
    first = actions.sign_in(proof(BIS)).person
    second = actions.sign_in(proof(OTHER_BIS, issuer="https://fas.example")).person
    new = actions.sign_in(proof(subject="")).person
    assert len({first, second, new}) == 3
    assert actions.sign_in(proof()).person == new
    assert actions.sign_in(proof(issuer="https://fas.example")).person == new


def test_a_number_that_stays_behind_opens_nothing(own_code) -> None:
    """Both had bound a number. The one that her profile does not show, and cannot remove, is no key to her space."""
    old = actions.sign_in(proof(BIS)).person
    bind(old, OTHER)
    new = actions.sign_in(proof(subject="")).person
    bind(new, NUMBER)
    actions.sign_in(proof())
    SignIn.objects.all().delete()

    enter(browser(), OTHER, PASSWORD)
    assert not SignIn.objects.exists()
    assert [each.person for each in BoundPhone.objects.all()] == [new]


def test_her_inbox_follows() -> None:
    old = actions.sign_in(proof(BIS)).person
    tell(old.pk, "Votre demande est complète", language="fr")
    new = actions.sign_in(proof(subject="")).person
    actions.sign_in(proof())
    assert "Votre demande est complète" in [each.text for each in inbox(new)]


def test_a_bis_number_gives_way_to_a_national_number_only() -> None:
    before = actions.sign_in(proof(BIS)).person
    other = actions.sign_in(proof(OTHER_BIS, subject="")).person
    with pytest.raises(Refused):
        actions.sign_in(proof(OTHER_BIS, issuer=ITSME))
    assert {before.pk, other.pk} == set(
        Person.objects.exclude(national_number_hash__startswith="merged").values_list("pk", flat=True)
    )
