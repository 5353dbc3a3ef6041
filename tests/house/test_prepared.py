"""A prepared question gives what its queryset gives, whatever Django's next version changes inside."""

import gc

import pytest
from django.urls import get_resolver

from monespace.identity.models import Person, SignIn
from monespace.prepared import Asked, Prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
def claire() -> SignIn:
    return SignIn.objects.create(
        person=Person.objects.create(
            national_number_hash="a", national_number_sealed="b", given_names="Claire", family_name="Dubois"
        ),
        method="eid",
        level=500,
    )


def test_objects_come_whole_with_those_that_belong_to_them(claire, django_assert_num_queries):
    find = Prepared(
        lambda asked: SignIn.objects.select_related("person").filter(pk=asked("key"), level__gte=asked("least"))
    )
    assert find.written.names
    with django_assert_num_queries(1):
        found = find.first(key=claire.pk, least=400)
        assert (found, found.person.family_name, found.at) == (claire, "Dubois", claire.at)
    assert find.first(key=claire.pk, least=501) is None
    assert find(key=str(claire.pk), least=500) == [claire]


def test_what_was_left_out_is_read_when_it_is_needed(claire, django_assert_num_queries):
    find = Prepared(lambda asked: Person.objects.defer("family_name").filter(pk=asked("key")))
    found = find.first(key=claire.person_id)
    with django_assert_num_queries(1):
        assert found.family_name == "Dubois"


def test_an_open_place_must_be_filled(claire):
    with pytest.raises(KeyError, match="key"):
        Prepared(lambda asked: Person.objects.filter(pk=asked("key")))()


def test_what_is_asked_is_a_value_and_never_sql(claire):
    find = Prepared(lambda asked: Person.objects.filter(family_name=asked("name")))
    assert find(name="x' OR true --") == []


def test_every_prepared_question_of_the_house_reads_as_its_queryset():
    assert get_resolver().url_patterns  # every room is imported
    asked = [
        each for each in gc.get_objects() if isinstance(each, Prepared) and each.make.__module__.startswith("monespace")
    ]
    assert len(asked) >= 8
    for question in asked:
        plain = question.make(lambda name: Asked(name))
        compiler = plain.query.get_compiler("default")
        assert question.written.sql == compiler.as_sql()[0]
        assert question.written.names == [
            column[0].target.attname for column in compiler.select[question.written.first : question.written.last]
        ]
