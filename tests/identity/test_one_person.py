"""A person is one national number, however they signed in and whatever their provider calls them."""

import pytest

from monespace import vault
from monespace.identity import actions
from monespace.identity.models import FormerNumber, KnownAs, Person, SignIn
from monespace.identity.proof import Proof, Refused
from monespace.identity.recognising import HASHES
from monespace.journal.models import Entry
from monespace.spaces import actions as offers
from monespace.spaces.models import Title
from tests.cast import ANNE, BAKERY, CLAIRE, COMMUNE, HUGO
from tests.factories import enterprise, person, signed_in, title

pytestmark = pytest.mark.django_db
ITSME = "https://itsme.example"
BIS = "85431499886"  # her birth date with 40 added to the month, and the check digits that follow from it (97 - rest by 97)


def proof(
    number: str = CLAIRE.national_number, subject: str = "s1", names=("Claire", "Dubois"), issuer: str = ITSME
) -> Proof:
    return Proof(number, *names, "fr", "itsme", 450, provider="itsme", issuer=issuer, subject=subject)


def acts() -> list[str]:
    return list(Entry.objects.exclude(act="person.signed_in").order_by("id").values_list("act", flat=True))


def test_card_phone_and_code_lead_to_one_person_whose_names_at_each_provider_are_kept() -> None:
    found = {
        actions.sign_in(proof(issuer=issuer, subject=f"at {issuer}")).person_id
        for issuer in (ITSME, "https://fas.example")
    }
    found.add(actions.sign_in(proof(subject="")).person_id)  # a card has no such name

    assert len(found) == 1
    assert KnownAs.objects.filter(person_id__in=found).count() == 2
    assert acts() == []


def test_an_itsme_account_made_anew_is_the_same_person_and_the_journal_knows() -> None:
    before, after = actions.sign_in(proof()), actions.sign_in(proof(subject="s2"))

    assert before.person == after.person
    assert acts() == ["person.known_anew"]


def test_a_bis_number_that_becomes_a_national_number_is_the_same_person() -> None:
    before = actions.sign_in(proof(BIS))
    after = actions.sign_in(proof(CLAIRE.national_number))

    assert before.person == after.person
    assert vault.open_sealed(Person.objects.get().national_number_sealed) == CLAIRE.national_number
    assert acts() == ["person.number_replaced"]
    assert actions.sign_in(proof(BIS, subject="")).person == before.person, "the former number still leads to her"


def test_two_histories_of_one_person_become_one() -> None:
    """She had begun under her BIS number with itsme, and came with her new card before itsme knew of it."""
    old, new = actions.sign_in(proof(BIS)).person, actions.sign_in(proof(subject="")).person
    firm, other = enterprise(BAKERY), person(HUGO)
    role = title(firm, CLAIRE, role="prepare")
    Title.objects.filter(pk=role.pk).update(person=old)

    entered = actions.sign_in(proof(CLAIRE.national_number))

    assert entered.person == new
    assert Title.objects.get(pk=role.pk).person == new
    assert set(SignIn.objects.exclude(person=other).values_list("person", flat=True)) == {new.pk}
    assert acts()[-1] == "person.merged"
    assert FormerNumber.objects.get().person == new
    assert actions.sign_in(proof(BIS, subject="")).person == new


def test_nothing_that_points_to_a_person_is_left_behind() -> None:
    """Every room's tables follow, those of rooms built tomorrow too: only what stands twice may stay."""
    old, new = actions.sign_in(proof(BIS)).person, actions.sign_in(proof(subject="")).person
    actions.sign_in(proof(CLAIRE.national_number))

    left = [
        f"{model._meta.label}.{field.name}"
        for model in Person._meta.apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Person and model._base_manager.filter(**{field.name: old}).exists()
    ]
    assert left == []
    assert new != old


def test_what_was_kept_under_her_former_number_is_found_under_the_new_one() -> None:
    anne, bis = signed_in(ANNE), vault.lookup_hash(BIS)
    firm = enterprise(COMMUNE)
    offer = offers.designate(
        firm.pk, by=anne, given_names="Claire", family_name="Dubois", national_number=BIS, email=CLAIRE.email
    )
    actions.sign_in(proof(BIS))
    actions.sign_in(proof(CLAIRE.national_number))

    assert (offer.pinned_hash, type(offer).objects.get(pk=offer.pk).pinned_hash) == (
        bis,
        vault.lookup_hash(CLAIRE.national_number),
    )


def test_no_table_keeps_the_hash_of_a_number_under_a_name_that_does_not_follow() -> None:
    kept = {
        field.name
        for model in Person._meta.apps.get_models()
        for field in model._meta.concrete_fields
        if field.name.endswith("_hash") and model._meta.app_label != "identity"
    }
    assert kept == HASHES


def test_an_account_that_tells_another_number_is_refused_and_changes_nothing() -> None:
    actions.sign_in(proof())

    with pytest.raises(Refused, match="other_number"):
        actions.sign_in(proof(HUGO.national_number))
    person(HUGO)
    with pytest.raises(Refused, match="other_number"):
        actions.sign_in(proof(HUGO.national_number))
    assert SignIn.objects.count() == 1


def test_a_name_that_changes_is_followed_and_journaled_and_one_name_is_enough() -> None:
    actions.sign_in(proof(names=("Claire", "Dubois")))
    entered = actions.sign_in(proof(names=("", "Dubois-Noël")))

    assert entered.person.full_name == "Dubois-Noël"
    assert acts() == ["person.renamed"]


def test_a_provider_that_tells_no_name_takes_none_away() -> None:
    actions.sign_in(proof())
    assert actions.sign_in(proof(names=("", ""))).person.full_name == "Claire Dubois"


def test_the_first_of_two_given_names_is_no_other_name() -> None:
    for names in (("Claire Marie", "Dubois"), ("Claire", "Dubois"), ("", "Dubois")):
        entered = actions.sign_in(proof(names=names))

    assert entered.person.full_name == "Claire Marie Dubois"
    assert acts() == []
    assert actions.sign_in(proof(names=("Marie", "Dubois"))).person.full_name == "Marie Dubois"
    assert acts() == ["person.renamed"]
