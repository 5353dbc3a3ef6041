"""Access management: who sees it, who withdraws what, and what a member who may not is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from monespace.journal.models import Entry
from monespace.notices.models import Notice
from monespace.registry.loading import change_number
from monespace.registry.models import Enterprise
from monespace.spaces import actions
from monespace.spaces.actions import Refused
from monespace.spaces.models import Title
from tests.cast import ANNE, BAKERY, COMMUNE, HUGO, INES, PAUL, PHILIPPE, SOPHIE, UNKNOWN_NUMBER, Somebody
from tests.factories import client_of, enterprise, person, signed_in, title
from tests.pages import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune() -> Enterprise:
    made = enterprise(COMMUNE)
    title(made, PHILIPPE, "gap", given_by=ANNE, given_as="representative")
    title(made, SOPHIE, "co_gap", given_by=PHILIPPE)
    title(made, PAUL, role="prepare", given_by=PHILIPPE)
    return made


def held(who: Somebody) -> Title:
    return Title.objects.get(person=person(who))


def page(name: str = "") -> str:
    return f"/espaces/{COMMUNE.number}/acces/{name}"


# Written by hand: status of each page for each person (200 seen, 403 told why, 404 does not exist for them).
PAGES = {
    "": {ANNE: 200, PHILIPPE: 200, SOPHIE: 200, PAUL: 403, HUGO: 404},
    "inviter/": {ANNE: 403, PHILIPPE: 200, SOPHIE: 200, PAUL: 403, HUGO: 404},
    "prendre-un-role/": {ANNE: 403, PHILIPPE: 200, SOPHIE: 403, PAUL: 403, HUGO: 404},
    "titres/{PAUL}/retirer/": {ANNE: 403, PHILIPPE: 200, SOPHIE: 200, PAUL: 403, HUGO: 404},
    "titres/{SOPHIE}/retirer/": {ANNE: 403, PHILIPPE: 200, SOPHIE: 403, PAUL: 403, HUGO: 404},
    "titres/{PHILIPPE}/retirer/": {ANNE: 200, PHILIPPE: 403, SOPHIE: 403, PAUL: 403, HUGO: 404},
    "titres/{PAUL}/quitter/": {ANNE: 404, PHILIPPE: 404, SOPHIE: 404, PAUL: 200, HUGO: 404},
    "personnes/{paul}/": {ANNE: 200, PHILIPPE: 200, SOPHIE: 200, PAUL: 200, HUGO: 404},
    "personnes/{sophie}/": {ANNE: 200, PHILIPPE: 200, SOPHIE: 200, PAUL: 403, HUGO: 404},
}  # fmt: skip


@pytest.mark.parametrize("who", [ANNE, PHILIPPE, SOPHIE, PAUL, HUGO], ids=lambda who: who.given_names)
def test_each_page_is_for_whom_the_table_says(commune, who: Somebody) -> None:
    ids = {
        "PAUL": held(PAUL).pk, "SOPHIE": held(SOPHIE).pk, "PHILIPPE": held(PHILIPPE).pk,
        "paul": person(PAUL).pk, "sophie": person(SOPHIE).pk,
    }  # fmt: skip
    browser = client_of(who)
    seen = {name: browser.get(page(name.format(**ids))).status_code for name in PAGES}
    assert seen == {name: PAGES[name][who] for name in PAGES}


def test_an_object_of_another_space_does_not_exist_here(commune) -> None:
    bakery = enterprise(BAKERY)
    elsewhere = title(bakery, INES, role="read")
    browser = client_of(PHILIPPE)
    for name in (f"titres/{elsewhere.pk}/retirer/", f"personnes/{person(INES).pk}/", f"personnes/{person(HUGO).pk}/"):
        assert browser.get(page(name)).status_code == 404


@pytest.mark.parametrize("number", [COMMUNE.number, UNKNOWN_NUMBER, "0000000000"])
def test_strangers_get_the_same_answer_for_every_number(commune, number: str) -> None:
    browser = client_of(HUGO)
    answer, nothing = browser.get(f"/espaces/{number}/acces/"), browser.get(f"/espaces/{UNKNOWN_NUMBER}/acces/")
    assert answer.status_code == 404
    assert html_of(answer).replace(number, UNKNOWN_NUMBER) == html_of(nothing)


def test_ones_own_space_has_no_accesses_to_manage() -> None:
    assert client_of(HUGO).get("/espaces/moi/acces/").status_code == 404


def test_a_refusal_names_what_is_missing_and_who_gives_it(commune) -> None:
    text = client_of(PAUL).get(page()).content.decode()
    assert "Commune de Valmoulin" in text
    assert "Philippe Warnier" in text


def test_a_weaker_session_is_asked_for_more_and_comes_back(commune) -> None:
    answer = client_of(PHILIPPE, level=400).get(page("inviter/"))
    assert answer.status_code == 303
    assert "niveau=450" in answer.url
    assert "acces%2Finviter" in answer.url


def test_withdrawing_closes_the_title_at_once_and_tells_its_holder(commune) -> None:
    answer = client_of(PHILIPPE).post(page(f"titres/{held(PAUL).pk}/retirer/"), {"because": "not_needed"})
    assert answer.status_code == 303
    assert held(PAUL).span.upper <= timezone.now()
    assert Notice.objects.filter(person=person(PAUL).pk).exists()
    assert client_of(PAUL).get(f"/espaces/{COMMUNE.number}/acces/").status_code == 404


@pytest.mark.parametrize(
    ("by", "whose"),
    [(SOPHIE, PHILIPPE), (SOPHIE, SOPHIE), (PHILIPPE, PHILIPPE), (PAUL, SOPHIE), (ANNE, PAUL), (HUGO, PAUL)],
)
def test_nobody_withdraws_what_he_could_not_give(commune, by: Somebody, whose: Somebody) -> None:
    with pytest.raises(Refused):
        actions.close_title(held(whose), by=signed_in(by), because="mistake")


def test_a_representative_replaces_the_gap(commune) -> None:
    actions.close_title(held(PHILIPPE), by=signed_in(ANNE), because="left_enterprise")
    assert "Personne ne gère" not in client_of(SOPHIE).get(page()).content.decode()


def test_the_last_manager_may_leave_and_the_space_says_that_nobody_manages(commune) -> None:
    actions.close_title(held(SOPHIE), by=signed_in(PHILIPPE), because="not_needed")
    answer = client_of(PHILIPPE).get(page(f"titres/{held(PHILIPPE).pk}/quitter/"))
    assert "dernière personne" in answer.content.decode()
    actions.leave(held(PHILIPPE), by=signed_in(PHILIPPE))
    assert "Personne ne gère les accès" in client_of(ANNE).get(page()).content.decode()
    assert held(PAUL).span.upper is None


def test_taking_a_role_oneself_is_for_a_gap_and_told_to_the_others(commune) -> None:
    person(ANNE)
    answer = client_of(PHILIPPE).post(page("prendre-un-role/"), {"role": "submit", "suite": page()})
    assert (answer.status_code, answer.url) == (303, page())
    assert {notice.person for notice in Notice.objects.all()} >= {person(ANNE).pk, person(SOPHIE).pk}
    assert Entry.objects.filter(act="space.role_taken", space=f"enterprise:{commune.pk}").exists()


@pytest.mark.parametrize("who", [SOPHIE, PAUL], ids=["co-GAP", "colleague"])
def test_nobody_else_raises_himself(commune, who: Somebody) -> None:
    with pytest.raises(Refused):
        actions.take_role(commune.pk, by=signed_in(who), role="submit")


def test_the_way_back_after_taking_a_role_never_leaves_the_portal(commune) -> None:
    answer = client_of(PHILIPPE).post(page("prendre-un-role/"), {"role": "read", "suite": "//evil.example/"})
    assert answer.url == f"/espaces/{COMMUNE.number}/"


def test_an_old_number_redirects_its_members_and_not_strangers(commune) -> None:
    change_number(COMMUNE.number, UNKNOWN_NUMBER, on=timezone.localdate())
    answer = client_of(PHILIPPE).get(page())
    assert (answer.status_code, answer.url) == (301, f"/espaces/{UNKNOWN_NUMBER}/acces/")
    assert client_of(HUGO).get(page()).status_code == 404


def crowd(commune: Enterprise, count: int) -> None:
    for index in range(count):
        who = Somebody(f"Prénom{index:02}", f"{'ÉEeZa'[index % 5]}nom{index:02}", f"{50000000000 + index}")
        title(commune, who, role="read", given_by=PHILIPPE, until=timezone.now() + timedelta(days=10))


def test_people_are_paged_by_name_without_accents_and_found_by_name(commune) -> None:
    crowd(commune, 60)
    browser = client_of(PHILIPPE)
    first = browser.get(page())
    second = browser.get(page() + first.context["next"])
    names = [row["cells"][0]["text"] for answer in (first, second) for row in answer.context["table"]["rows"]]
    assert len(names) == len(set(names)) == 63
    families = [name.split()[-1].lower().replace("é", "e") for name in names if name.startswith("Prénom")]
    assert families == sorted(families)
    found = browser.get(page(), {"q": "enom05"}).context["table"]["rows"]
    assert [row["cells"][0]["text"] for row in found] == ["Prénom05 Énom05"]
