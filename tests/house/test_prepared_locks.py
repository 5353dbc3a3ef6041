"""A prepared question that locks is put inside a transaction, or not at all."""

import pytest
from django.db import transaction

from monespace.identity.models import Person
from monespace.prepared import Prepared


def test_a_lock_is_refused_outside_a_transaction(committed):
    find = Prepared(lambda asked: Person.objects.select_for_update().filter(family_name=asked("name")))
    with transaction.atomic():
        assert find(name="Dubois") == []
    with pytest.raises(transaction.TransactionManagementError):
        find(name="Dubois")
