"""What waits for an answer from outside is given once, to the browser that left, in time; and nobody reads it in the table."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from monespace.identity import jobs, pending
from monespace.identity.models import Pending


class Asked:
    """A request of one browser: all that is looked at is its session."""

    def __init__(self, session: dict | None = None):
        self.session = session if session is not None else {}


@pytest.mark.django_db
def test_it_is_given_once() -> None:
    mine = Asked()
    pending.keep(mine, "oidc", "state", {"nonce": "n"}, seconds=60)

    assert [pending.take(mine, "oidc", "state") for _try in range(2)] == [{"nonce": "n"}, None]


@pytest.mark.django_db
def test_another_browser_gets_nothing_and_spoils_it() -> None:
    mine = Asked()
    pending.keep(mine, "oidc", "state", {}, seconds=60)

    assert pending.take(Asked({"browser": "another"}), "oidc", "state") is None
    assert pending.take(mine, "oidc", "state") is None, "an answer that a stranger has seen is worth nothing"


@pytest.mark.django_db
def test_what_is_too_old_or_of_another_kind_is_not_given() -> None:
    mine = Asked()
    pending.keep(mine, "oidc", "state", {}, seconds=60)
    assert pending.take(mine, "webeid", "state") is None
    Pending.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert pending.take(mine, "oidc", "state") is None


@pytest.mark.django_db
def test_five_open_tabs_may_wait_in_one_browser() -> None:
    mine, other = Asked(), Asked()
    pending.keep(other, "oidc", "theirs", {}, seconds=60)
    for tab in range(7):
        pending.keep(mine, "oidc", f"state {tab}", {"tab": tab}, seconds=60 + tab)

    assert Pending.objects.count() == 6
    assert pending.take(mine, "oidc", "state 1") is None
    assert pending.take(mine, "oidc", "state 2") == {"tab": 2}


@pytest.mark.django_db
def test_the_table_holds_neither_key_nor_content() -> None:
    pending.keep(Asked(), "oidc", "the-state", {"verifier": "the-verifier"}, seconds=60)

    row = str(list(Pending.objects.values()))
    assert "the-state" not in row
    assert "the-verifier" not in row


def test_two_answers_at_the_same_moment_are_one(committed) -> None:
    mine, got, together = Asked(), [], threading.Barrier(4)
    pending.keep(mine, "oidc", "state", {"nonce": "n"}, seconds=60)

    def answer() -> None:
        together.wait()
        got.append(pending.take(mine, "oidc", "state"))
        connection.close()

    answers = [threading.Thread(target=answer) for _one in range(4)]
    for one in answers:
        one.start()
    for one in answers:
        one.join()

    assert sorted(got, key=str) == [None, None, None, {"nonce": "n"}]


@pytest.mark.django_db
def test_what_waited_in_vain_is_gone_in_the_night() -> None:
    mine = Asked()
    for key, seconds in (("over", -1), ("waits", 60)):
        pending.keep(mine, "oidc", key, {}, seconds=seconds)
    jobs.tidy()

    assert Pending.objects.count() == 1
    assert pending.take(mine, "oidc", "waits") == {}
