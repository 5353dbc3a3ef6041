"""What happens when two people act at the same instant: really at the same instant, in threads with connections of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from monespace.journal.models import Entry
from monespace.journal.queries import broken_links
from monespace.notices.models import Mail
from monespace.spaces import actions
from monespace.spaces.actions import Refused
from monespace.spaces.models import Invitation, Title
from tests.cast import ANNE, COMMUNE, INES, NADIA, PHILIPPE, SOPHIE, WORKSHOP
from tests.factories import enterprise, person, signed_in, title

pytestmark = pytest.mark.usefixtures("committed")


def together(*calls: Callable[[], object]) -> list[str]:
    """Runs the calls at the same instant; for each «done», or the code of its refusal."""
    start = Barrier(len(calls))

    def run(call: Callable[[], object]) -> str:
        start.wait()
        try:
            call()
            return "done"
        except Refused as refused:
            return refused.because
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(pool.map(run, calls))


def test_one_invitation_accepted_twice_at_once_has_one_winner() -> None:
    commune = enterprise(COMMUNE)
    title(commune, PHILIPPE, "gap", given_as="representative")
    offer = actions.invite(commune.pk, by=signed_in(PHILIPPE), kind="role", role="read", scope="*", given_names="Inès",
                           family_name="Carlier", email=INES.email, national_number=INES.national_number)  # fmt: skip
    entered = [signed_in(INES) for _tab in range(5)]
    results = together(*(lambda one=one: actions.accept(offer, by=one) for one in entered))
    assert results == ["done", "over", "over", "over", "over"]
    assert Title.objects.filter(person=person(INES)).count() == 1
    assert not list(broken_links(f"enterprise:{commune.pk}"))


def test_an_invitation_sent_by_a_double_click_is_one_invitation_and_one_mail() -> None:
    commune = enterprise(COMMUNE)
    title(commune, PHILIPPE, "gap", given_as="representative")
    entered = [signed_in(PHILIPPE) for _click in range(5)]
    offered = {
        "kind": "role",
        "role": "read",
        "scope": "*",
        "given_names": "I",
        "family_name": "C",
        "email": INES.email,
    }
    results = together(*(lambda one=one: actions.invite(commune.pk, by=one, **offered) for one in entered))
    assert results == ["done"] * 5
    assert Invitation.objects.count() == Mail.objects.count() == 1


def test_a_manager_removed_while_inviting_leaves_no_invitation_that_could_still_be_accepted() -> None:
    commune = enterprise(COMMUNE)
    title(commune, PHILIPPE, "gap", given_as="representative")
    for _round in range(5):
        co_gap = title(commune, SOPHIE, "co_gap", since=timezone.now())
        sophie, philippe = signed_in(SOPHIE), signed_in(PHILIPPE)
        together(
            lambda by=sophie: actions.invite(commune.pk, by=by, kind="role", role="read", scope="*", given_names="I",
                                             family_name="C", email=INES.email),
            lambda one=co_gap, by=philippe: actions.close_title(one, by=by, because="not_needed"),
        )  # fmt: skip
        assert not Invitation.objects.filter(state="sent", by_title=co_gap).exists()


def test_a_gap_and_the_representative_who_removes_him_never_both_act_on_stale_power() -> None:
    commune = enterprise(COMMUNE)
    for _round in range(5):
        gap = title(commune, PHILIPPE, "gap", since=timezone.now(), given_as="representative")
        co_gap = title(commune, SOPHIE, "co_gap", since=timezone.now())
        philippe, anne = signed_in(PHILIPPE), signed_in(ANNE)
        results = together(
            lambda one=co_gap, by=philippe: actions.close_title(one, by=by, because="mistake"),
            lambda one=gap, by=anne: actions.close_title(one, by=by, because="mistake"),
        )
        gap.refresh_from_db()
        co_gap.refresh_from_db()
        assert results in (["done", "done"], ["done", "ended"])
        if results == ["done", "done"]:
            assert co_gap.span.upper < gap.span.upper
        else:
            actions.leave(co_gap, by=signed_in(SOPHIE))


def test_one_title_withdrawn_twice_at_once_is_withdrawn_once() -> None:
    commune = enterprise(COMMUNE)
    title(commune, PHILIPPE, "gap", given_as="representative")
    held = title(commune, INES, role="read")
    entered = [signed_in(PHILIPPE) for _tab in range(4)]
    results = together(*(lambda by=one: actions.close_title(held, by=by, because="mistake") for one in entered))
    assert results == ["done", "over", "over", "over"]


def test_a_space_opened_twice_at_once_is_opened_once() -> None:
    workshop = enterprise(WORKSHOP)
    entered = [signed_in(NADIA) for _tab in range(4)]
    together(*(lambda by=one: actions.open_alone(workshop.pk, by=by, role="submit") for one in entered))
    assert Entry.objects.filter(act="space.gap_opened").count() == 1
    assert Title.objects.filter(kind="gap").count() == 1
