"""`once: year`: one request of a procedure, for a holder, in a calendar year, however many drafts and tabs there are."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connections
from django.utils import timezone

from monespace.dossiers import actions
from monespace.dossiers.models import Dossier
from monespace.spaces.space import own_space
from tests.dossiers import house

YEARLY = house.SMALL + "once: year\n"
START = "/espaces/moi/commencer/essai/"


@pytest.fixture
def browser(claire):
    house.publish(YEARLY)
    return house.browser(claire)


def test_once_sent_another_is_neither_begun_nor_sent_and_the_page_leads_to_the_first(browser, ready):
    sent = house.sent(browser)
    pages = [browser.get(START), browser.post(START), house.send(browser, ready)]

    for page in pages:
        assert page.status_code == 403
        assert f"numéro {sent.number}" in house.text(page)
        assert f"à partir du 1er janvier {timezone.localdate(sent.submitted_at).year + 1}" in house.text(page)
        assert house.soup(page).main.find("a", href=house.at(sent))
    assert "brouillon" in house.text(pages[-1])
    assert Dossier.objects.filter(state="draft").get() == ready


def test_two_drafts_sent_at_the_same_moment_give_one_request(committed, secrets_folder):
    house.publish(YEARLY)
    claire = house.sign_in("Claire", "Dubois", "85073003328")
    drafts = [house.begin(house.browser(claire)) for _ in range(6)]
    [house.fill(house.browser(claire), draft) for draft in drafts]
    said, together = [], threading.Barrier(len(drafts))

    def send(draft):
        together.wait()
        try:
            actions.submit(draft, by=claire)
            said.append("sent")
        except actions.Refused as refused:
            said.append(refused.because)
        connections.close_all()

    threads = [threading.Thread(target=send, args=[draft]) for draft in drafts]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert sorted(said) == ["once"] * 5 + ["sent"]
    assert Dossier.objects.exclude(number=None).count() == 1


def test_a_request_taken_back_leaves_room_for_another(browser, ready, claire):
    actions.withdraw(house.sent(browser), by=claire)

    assert house.send(browser, ready).status_code == 303


def test_the_year_is_that_of_belgium(browser, ready, claire):
    """23:30 of 31 December in London is half past midnight of the new year in Namur."""
    house.sent(browser)
    Dossier.objects.exclude(number=None).update(submitted_at=datetime(2030, 12, 31, 22, 30, tzinfo=UTC))
    form = ready.version.form.definition
    before, after = datetime(2030, 12, 31, 22, 59, tzinfo=UTC), datetime(2030, 12, 31, 23, 30, tzinfo=UTC)

    with pytest.raises(actions.Refused, match="once"):
        actions.demand_start(own_space(claire.person, level=450, at=before), "essai", form, before)
    assert actions.demand_start(own_space(claire.person, level=450, at=after), "essai", form, after)


def test_each_holder_and_each_procedure_counts_for_itself(browser, bakery, claire):
    house.give(bakery, claire, role="submit")
    house.publish(YEARLY, "autre")

    assert house.sent(browser).number
    assert house.sent(browser, bakery.number).number
    assert house.sent(browser, slug="autre").number


def test_who_may_not_read_the_first_is_told_without_its_number(browser, bakery, paul):
    draft = house.begin(house.browser(paul), bakery.number)
    sent = house.sent(house.browser(paul), bakery.number)
    someone = house.colleague(bakery, "Anne", "Simon", "75010100187", role="submit", scope=f"dossier:{draft.pk}")
    page = house.send(house.browser(someone), draft, bakery.number)

    assert "une demande par an" in house.text(page)
    assert sent.number not in house.text(page)
    assert sent.ref not in page.content.decode()
