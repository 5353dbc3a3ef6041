"""Two people in one draft: nobody's answer is replaced unseen, each sees who else is there and what changed."""

from datetime import timedelta

import pytest

from monespace.dossiers.models import Dossier, Visit
from tests.dossiers import house
from tests.dossiers.rich import RICH

OBJECT, MONEY, FILES = "remplir/base/objet", "remplir/base/montants", "remplir/pieces/photos"
SINCE = {"since.day": ["3"], "since.month": ["10"], "since.year": ["2026"]}


@pytest.fixture
def julie(bakery):
    return house.browser(house.colleague(bakery, "Julie", "Martin", "88010100205", role="prepare"))


@pytest.fixture
def first(paul):
    return house.browser(paul)


@pytest.fixture
def draft(small, bakery, first):
    return house.begin(first, bakery.number)


@pytest.fixture
def at(draft, bakery):
    return lambda *parts: house.at(draft, *parts, space=bakery.number)


def opened(client, address: str) -> dict:
    """A page as it stands open in a browser: what it would post."""
    return house.as_shown(client.get(address))


def test_each_keeps_the_field_that_they_changed(first, julie, draft, at):
    house.fill(first, draft, {"base/montants": {"amount": "10", "since.day": "3", "since.month": "10", "since.year": "2026"}},
               space=at().split("/")[2])  # fmt: skip
    page = opened(first, at(MONEY))
    julie.post(at(MONEY), opened(julie, at(MONEY)) | {"amount": ["20"]})

    assert first.post(at(MONEY), page | {"note": ["À voir"]}).status_code == 303
    kept = house.answers(draft)
    assert (kept["amount"], kept["note"]) == ("20.00", "À voir")


def test_the_same_answer_changed_by_both_is_shown_with_both_values(first, julie, draft, at):
    page = opened(first, at(OBJECT))
    julie.post(at(OBJECT), {"purpose": "Un hangar"})

    answer = first.post(at(OBJECT), page | {"purpose": ["Un abri"]})
    assert answer.status_code == 422
    assert "Julie Martin a modifié cette réponse" in house.text(answer)
    assert "« Un hangar »" in house.text(answer)
    assert house.soup(answer).find(id="q-purpose")["value"] == "Un abri"
    assert house.answers(draft)["purpose"] == "Un hangar"


def test_continue_again_keeps_ones_own(first, julie, draft, at):
    page = opened(first, at(OBJECT))
    julie.post(at(OBJECT), {"purpose": "Un hangar"})
    answer = first.post(at(OBJECT), page | {"purpose": ["Un abri"]})

    assert first.post(at(OBJECT), house.as_shown(answer)).status_code == 303
    assert house.answers(draft)["purpose"] == "Un abri"


def test_the_button_takes_the_colleagues_answer(first, julie, draft, at):
    page = opened(first, at(OBJECT))
    julie.post(at(OBJECT), {"purpose": "Un hangar"})
    answer = first.post(at(OBJECT), page | {"purpose": ["Un abri"]})
    button = house.soup(answer).find("button", attrs={"name": "yield"})

    assert "Un hangar" in button.text
    taken = first.post(at(OBJECT), house.as_shown(answer) | {"yield": [button["value"]]})
    assert (taken.status_code, taken.headers["Location"]) == (303, at(OBJECT))
    assert house.answers(draft)["purpose"] == "Un hangar"


def test_a_third_change_between_two_tries_is_a_clash_again(first, julie, draft, at):
    page = opened(first, at(OBJECT))
    julie.post(at(OBJECT), {"purpose": "Un hangar"})
    again = house.as_shown(first.post(at(OBJECT), page | {"purpose": ["Un abri"]}))
    julie.post(at(OBJECT), {"purpose": "Un garage"})

    answer = first.post(at(OBJECT), again)
    assert answer.status_code == 422
    assert "« Un garage »" in house.text(answer)


def test_a_fault_shown_again_does_not_hide_what_a_colleague_wrote(first, julie, draft, at):
    page = opened(first, at(MONEY))
    fault = first.post(at(MONEY), page | {"amount": ["beaucoup"]})
    julie.post(at(MONEY), {"amount": "20"})
    mended = first.post(at(MONEY), page | {"amount": ["trop"]})  # between the two, Julie saved
    assert (fault.status_code, mended.status_code) == (422, 422)

    answer = first.post(at(MONEY), house.as_shown(mended) | {"amount": ["30"]})
    assert "Julie Martin a modifié cette réponse" in house.text(answer)
    assert house.answers(draft)["amount"] == "20.00"


def test_the_same_answer_given_by_both_is_no_clash(first, julie, draft, at):
    page = opened(first, at(OBJECT))
    julie.post(at(OBJECT), {"purpose": "Un hangar"})

    assert first.post(at(OBJECT), page | {"purpose": ["Un hangar"]}).status_code == 303


def test_ones_own_second_tab_has_the_last_word(first, draft, at):
    page = opened(first, at(OBJECT))
    first.post(at(OBJECT), {"purpose": "Un hangar"})

    assert first.post(at(OBJECT), page | {"purpose": ["Un abri"]}).status_code == 303
    assert house.answers(draft)["purpose"] == "Un abri"


def test_a_table_is_merged_cell_by_cell(bakery, first, julie):
    house.publish(RICH, "complet")
    draft = house.begin(first, bakery.number, "complet")
    here = house.at(draft, "remplir/projet/depenses", space=bakery.number)
    page = opened(first, here)
    julie.post(here, opened(julie, here) | {"costs.roof.amount": ["100"]})

    first.post(here, page | {"costs.cellar.amount": ["50"]})
    assert house.answers(draft)["costs"] == {"roof": {"amount": "100.00"}, "cellar": {"amount": "50.00"}}
    clash = first.post(here, page | {"costs.roof.amount": ["7"]})
    assert clash.status_code == 422
    assert house.soup(clash).find("button", attrs={"name": "yield"})["value"] == "costs.roof.amount"


def test_a_second_person_adds_and_removes_files_beside_those_of_the_first(first, julie, draft, at):
    page = opened(first, at(FILES))
    julie.post(at(FILES), {"photos": house.pdf("un.pdf")})

    assert first.post(at(FILES), page | {"photos": house.pdf("deux.pdf")}).status_code == 303
    one, other = house.answers(draft)["photos"]
    assert (one["name"], other["name"]) == ("un.pdf", "deux.pdf")
    first.post(at(FILES), opened(first, at(FILES)) | {"remove": one["id"]})
    assert house.answers(draft)["photos"] == [other]


def test_a_field_left_blank_takes_what_a_colleague_answered_meanwhile(first, julie, draft, at):
    page = opened(first, at(MONEY))
    julie.post(at(MONEY), opened(julie, at(MONEY)) | {"amount": ["20"]})

    assert first.post(at(MONEY), page | SINCE).status_code == 303
    assert house.answers(draft)["amount"] == "20.00"


def test_a_page_shown_again_for_a_fault_shows_what_a_colleague_answered_in_the_other_fields(first, julie, draft, at):
    first.post(at(MONEY), {"amount": "10"} | SINCE)
    page = opened(first, at(MONEY))
    julie.post(at(MONEY), opened(julie, at(MONEY)) | {"amount": ["20"]})
    fault = first.post(at(MONEY), page | {"since.day": ["45"]})

    assert first.post(at(MONEY), house.as_shown(fault) | SINCE).status_code == 303
    assert house.answers(draft)["amount"] == "20.00"


def test_of_two_clashes_each_is_decided_by_itself(first, julie, draft, at):
    page = opened(first, at(MONEY)) | SINCE
    julie.post(at(MONEY), opened(julie, at(MONEY)) | {"amount": ["20"], "note": ["De Julie"]})
    both = first.post(at(MONEY), page | {"amount": ["30"], "note": ["De Paul"]})

    one = first.post(at(MONEY), house.as_shown(both) | {"yield": ["amount"]})
    assert [each["value"] for each in house.soup(one).find_all("button", attrs={"name": "yield"})] == ["note"]
    assert (house.answers(draft)["amount"], house.answers(draft)["note"]) == ("20.00", "De Julie")
    assert first.post(at(MONEY), house.as_shown(one)).status_code == 303
    assert (house.answers(draft)["amount"], house.answers(draft)["note"]) == ("20.00", "De Paul")


def test_a_masked_number_left_alone_yields_and_the_same_number_typed_by_both_is_no_clash(bakery, first, julie):
    house.publish(
        house.SMALL.replace("kind: text, required: false", "kind: national_number, required: false"), "numero"
    )
    draft = house.begin(first, bakery.number, "numero")
    here = house.at(draft, FILES, space=bakery.number)
    first.post(here, {"legend": "85073003328"})
    page = opened(first, here)
    julie.post(here, opened(julie, here) | {"legend": ["90010100123"]})

    assert first.post(here, page).status_code == 303  # the mask of a number that stands there no more
    assert "90.01.01" in opened(first, here)["legend"][0]
    page = opened(first, here)
    julie.post(here, opened(julie, here) | {"legend": ["85073003328"]})
    assert first.post(here, page | {"legend": ["85073003328"]}).status_code == 303


def test_no_value_stands_readable_in_the_stamp(first, draft, at):
    first.post(at(OBJECT), {"purpose": "85073003328"})

    assert "85073003328" not in opened(first, at(OBJECT))["stamp"][0]


def test_each_sees_who_else_is_there_and_where(first, julie, draft, at):
    julie.get(at(MONEY))

    assert "Julie Martin est aussi dans cette demande, sur la page « Montants »" in house.text(first.get(at("remplir")))
    assert "Julie Martin est aussi dans cette demande" in house.text(first.get(at(OBJECT)))
    assert "Paul Lambert est aussi dans cette demande" in house.text(julie.get(at("remplir")))


def test_a_page_that_stays_open_asks_again_and_that_prolongs_no_session(first, julie, draft, at):
    asks = house.soup(first.get(at(OBJECT))).find(attrs={"data-around": True})["data-around"]
    julie.get(at(MONEY))
    before = first.session["minute"]
    session = first.session
    session["minute"] = before - 5
    session.save()

    answer = first.get(asks, headers={"X-Unattended": "1"})
    assert "Julie Martin est aussi dans cette demande" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert first.session["minute"] == before - 5
    assert Visit.objects.get(person__family_name="Lambert").address == "base/objet"


def test_who_left_is_not_there_any_more(first, julie, draft, at):
    julie.get(at(MONEY))
    Visit.objects.update(at=house.now() - timedelta(minutes=6))

    assert "est aussi dans" not in house.text(first.get(at("remplir")))


def test_the_task_list_tells_what_changed_since_ones_last_visit(first, julie, draft, at):
    first.get(at("remplir"))
    first.post(at(OBJECT), {"purpose": "Un abri"})
    Visit.objects.update(at=house.now() - timedelta(hours=2))
    julie.post(at(OBJECT), {"purpose": "Un hangar"})

    page = first.get(at("remplir"))
    told = house.soup(page).find("section", attrs={"aria-labelledby": "changed-since"})
    assert told.a["href"] == at(OBJECT)
    assert "Que demandez-vous ? – Julie Martin" in house.plain(told)
    assert "Que demandez-vous ? – Julie Martin" in house.text(first.get(at("remplir")))  # the same visit goes on
    assert "Changé depuis" not in house.text(julie.get(at("remplir")))


def test_sending_forgets_who_looked_at_what(first, julie, draft, at):
    julie.get(at(MONEY))
    house.fill(first, draft, space=at().split("/")[2])
    assert Visit.objects.exists()

    house.send(first, draft, space=at().split("/")[2])
    assert Dossier.objects.get(pk=draft.pk).number
    assert not Visit.objects.exists()


def test_a_personal_draft_counts_no_visit(small, claire):
    browser = house.browser(claire)
    draft = house.begin(browser)
    browser.get(house.at(draft, OBJECT))

    assert not Visit.objects.exists()
