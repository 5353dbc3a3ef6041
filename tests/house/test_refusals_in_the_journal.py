"""Law 8 holds for what is refused, too: the journal knows which member asked for what, and why the policy said no."""

import pytest
from django.urls import reverse

from monespace.desk import actions as desk
from monespace.journal.models import Entry
from monespace.spaces import actions
from monespace.spaces.actions import REFUSALS
from monespace.spaces.models import Title
from tests.cast import COMMUNE, INES, ISABELLE, PAUL, PHILIPPE
from tests.dossiers import house
from tests.factories import client_of, person, signed_in
from tests.house.test_access_matrix import COLUMNS, TABLE, Town, browsers, published

pytestmark = pytest.mark.django_db
BY_THE_REGISTER = {
    "spaces:setup_for",
    "spaces:designate",
    "spaces:countersign",
}  # not by the policy: no member is meant


@pytest.fixture
def town(tmp_path) -> Town:
    published(tmp_path / "content")
    return Town()


def refusals() -> list[Entry]:
    return list(Entry.objects.filter(act="act.refused").order_by("id"))


def test_each_page_refused_to_a_member_leaves_one_entry_and_every_other_answer_none(town, client, settings) -> None:
    settings.RATE_LIMITS = False
    people, wrong = browsers(client), {}
    for name in TABLE.keys() - BY_THE_REGISTER:
        for column, mark in zip(COLUMNS, TABLE[name].split(), strict=True):
            before = len(refusals())
            people[column].get(town.address(name))
            asked = [entry.detail["asked"] for entry in refusals()[before:]]
            if asked != ([name] if mark == "no" else []):
                wrong[f"{name} as {column}"] = asked

    assert wrong == {}


def test_the_entry_holds_ids_and_codes_and_no_name(town) -> None:
    browser = client_of(PAUL)
    browser.get(reverse("dossiers:withdraw", args=[COMMUNE.number, town.sent.ref]))
    entry = refusals()[-1]

    assert (entry.chain, entry.person) == (f"enterprise:{town.here.pk}", person(PAUL).pk)
    assert (entry.on_kind, entry.on_id) == ("dossier", str(town.sent.pk))
    assert (entry.method, entry.level) == ("eid", 500)
    assert entry.detail == {"because": "role", "remedy": "role:submit", "asked": "dossiers:withdraw"}


def test_sending_what_one_may_only_prepare_leaves_one(town) -> None:
    browser = client_of(PAUL)
    draft = house.begin(browser, COMMUNE.number)
    house.fill(browser, draft, space=COMMUNE.number)

    assert house.send(browser, draft, COMMUNE.number).status_code == 403
    assert (refusals()[-1].on_id, refusals()[-1].detail["remedy"]) == (str(draft.pk), "role:submit")


def test_so_does_an_act_that_the_policy_refuses_when_it_decides_again(town, monkeypatch) -> None:
    """Philippe's own title ends between the page that allowed him and the act."""
    act = actions.close_title

    def too_late(withdrawn, **how) -> None:
        Title.objects.filter(person=person(PHILIPPE), kind="gap").update(kind="role", role="read")
        act(withdrawn, **how)

    monkeypatch.setattr(actions, "close_title", too_late)
    address = reverse("spaces:withdraw", args=[COMMUNE.number, town.pauls.pk])

    assert client_of(PHILIPPE).post(address, {"because": "mistake"}).status_code == 422
    assert [entry.detail["asked"] for entry in refusals()] == ["spaces:withdraw"]


def test_an_agent_who_is_excluded_is_in_the_chain_of_the_dossiers_holder(town) -> None:
    desk.declare_conflict(town.sent, by=signed_in(ISABELLE), reason="family")
    assert client_of(ISABELLE).get(reverse("desk:dossier", args=[town.sent.ref])).status_code == 403
    entry = refusals()[-1]

    assert (entry.space, entry.on_id) == (town.sent.journal_key, str(town.sent.pk))
    assert entry.detail == {"because": "excluded", "remedy": "conflict", "asked": "desk:dossier"}


def test_asking_again_and_again_fills_no_ledger(town) -> None:
    browser = client_of(PAUL)
    answers = {browser.get(reverse("spaces:people", args=[COMMUNE.number])).status_code for _ in range(REFUSALS + 5)}

    assert answers == {403}
    assert len(refusals()) == REFUSALS
    client_of(INES).get(reverse("spaces:people", args=[COMMUNE.number]))
    assert len(refusals()) == REFUSALS + 1
