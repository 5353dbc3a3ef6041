"""The ledger: appended, chained by space, and a change behind its back is seen."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, transaction

from monespace.journal.actions import write
from monespace.journal.models import Entry
from monespace.journal.queries import broken_links, of_object, of_space

SPACE = f"enterprise:{uuid4()}"


def some(count: int, space: str = SPACE) -> None:
    for number in range(count):
        with transaction.atomic():
            write("dossier.opened", person=uuid4(), space=space, on=("dossier", uuid4()), detail={"number": number})


@pytest.mark.django_db
def test_each_space_has_a_chain_of_its_own() -> None:
    some(3)
    some(2, "person:1")
    with transaction.atomic():
        write("sign_in.refused", person=None)
    assert list(Entry.objects.order_by("id").values_list("chain", "position")) == [
        (SPACE, 1), (SPACE, 2), (SPACE, 3), ("person:1", 1), ("person:1", 2), ("portal", 1),
    ]  # fmt: skip
    assert not list(broken_links(SPACE))
    assert of_space(SPACE).count() == 3


@pytest.mark.django_db
def test_acts_on_one_object_are_found() -> None:
    key = uuid4()
    with transaction.atomic():
        write("dossier.submitted", person=uuid4(), space=SPACE, on=("dossier", key))
    assert of_object("dossier", key).get().act == "dossier.submitted"


def test_acts_at_the_same_instant_follow_one_another(committed) -> None:
    def act(_number: int) -> None:
        try:
            some(5)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(act, range(4)))
    assert list(Entry.objects.order_by("position").values_list("position", flat=True)) == list(range(1, 21))
    assert not list(broken_links(SPACE))


@pytest.mark.parametrize(
    "change",
    ["UPDATE journal_entry SET act = 'x' WHERE position = 2", "DELETE FROM journal_entry WHERE position = 2",
     "UPDATE journal_entry SET detail = '{}' WHERE position = 2"],
)  # fmt: skip
def test_a_row_altered_behind_the_portals_back_is_found(committed, owner_url: str, change: str) -> None:
    some(4)
    connection.close()
    with psycopg.connect(owner_url, autocommit=True) as owner:
        with pytest.raises(psycopg.errors.RaiseException):
            owner.execute(change)
        owner.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_append_only")
        owner.execute(change)
    assert list(broken_links(SPACE))
