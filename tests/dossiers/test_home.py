"""The home of a space and its lists: everything is there once, and nothing that is not ours."""

from datetime import timedelta

import pytest

from monespace.dossiers import queries
from monespace.dossiers.lifecycle import CLOSED
from monespace.dossiers.models import Content, Dossier
from monespace.spaces.queries import seats_in
from monespace.spaces.space import Space
from tests.dossiers import house

STATES = {"brouillons": "draft", "en-cours": "submitted", "clotures": "withdrawn"}


DATED = """
languages: [fr, de]
title: {fr: "Demande d'essai", de: "Probeantrag"}
audience: [citizen]
deadline:
  date: last_day
  text: {fr: "Fin du troisième mois.", de: "Ende des dritten Monats."}
computed:
  - {id: last_day, value: "end_of_month(add_months(seen, 3))"}
sections:
  - id: base
    title: {fr: "Votre demande", de: "Ihr Antrag"}
    pages:
      - id: jour
        questions:
          - {id: seen, kind: date, label: {fr: "Quand ?", de: "Wann?"}}
"""


def many(count: int, version, entered, *, holder=None, state: str = "draft") -> list[Dossier]:
    """Dossiers made at the same instant."""
    at = house.now()
    made = [
        Dossier(
            procedure=version.slug, version=version, title={"fr": "Demande d'essai", "de": "Probeantrag"}, language="fr", state=state,
            holder_person=None if holder else entered.person, holder_enterprise=holder, start_key=Dossier().pk, created_by=entered.person,
            changed_by=entered.person, changed_at=at, expires_at=at + timedelta(days=9),
            number=None if state == "draft" else f"n{Dossier().ref}", submitted_at=None if state == "draft" else at,
        )
        for _ in range(count)
    ]  # fmt: skip
    found = Dossier.objects.bulk_create(made)
    Content.objects.bulk_create([Content(dossier=dossier) for dossier in found])
    return found


def test_an_empty_home_says_how_to_begin(claire):
    page = house.text(house.browser(claire).get("/espaces/moi/"))

    assert "Aucune demande pour l'instant" in page
    assert "Trouver une démarche" in page


def test_the_home_sorts_by_what_happens_next(small, claire):
    for state in STATES.values():
        many(1, small, claire, state=state)
    page = house.soup(house.browser(claire).get("/espaces/moi/")).main

    assert [title.text for title in page.find_all("h2")] == ["À faire", "En cours", "Clôturées"]
    assert "Conservé jusqu'au" in house.plain(page)
    assert "L'administration a reçu votre demande." in house.plain(page)


def test_a_draft_says_by_when_to_send_it_once_that_is_known(db, claire):
    house.publish(DATED)
    browser = house.browser(claire)
    draft = house.begin(browser)
    assert "au plus tard le" not in house.text(browser.get("/espaces/moi/"))

    house.fill(browser, draft, {"base/jour": {"seen.day": "5", "seen.month": "9", "seen.year": "2026"}})
    assert "À envoyer au plus tard le 31 décembre 2026. Conservé jusqu'au" in house.text(browser.get("/espaces/moi/"))


def test_a_long_list_is_read_page_by_page_and_no_row_is_lost(small, claire):
    made = many(50, small, claire)
    browser, address, seen = house.browser(claire), "/espaces/moi/dossiers/?liste=brouillons", []
    while address:
        page = house.soup(browser.get(address)).main
        seen += [link["href"] for link in page.select(".me-card a")]
        following = page.find("a", rel="next")
        address = f"/espaces/moi/dossiers/{following['href']}" if following else ""

    assert len(seen) == 50
    assert set(seen) == {house.at(dossier) for dossier in made}


def test_the_lists_of_an_enterprise_are_those_of_anyone_read_state_by_state(
    small, bakery, paul, django_assert_num_queries
):
    made = [
        *many(4, small, paul, holder=bakery, state="decided"),
        *many(5, small, paul, holder=bakery, state="withdrawn"),
    ]
    many(2, small, paul, holder=bakery, state="acknowledged")
    space = Space(paul.person, bakery, seats_in(bakery, paul.person, paul.level, house.now()), house.now())
    closed, states = queries.closed_of(space), queries.states_of(space, CLOSED)
    whole = list(closed)

    with django_assert_num_queries(1):
        first, more = queries.page_of(closed, None, 6, states)
        assert [dossier.changed_by_id for dossier in first]
    last, ended = queries.page_of(closed, (first[-1].changed_at, first[-1].pk), 6, states)

    assert (states, more, ended, len(whole)) == (CLOSED, True, False, len(made))
    assert [dossier.pk for dossier in [*first, *last]] == [dossier.pk for dossier in whole]


ROW = "6a3d2c1e-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    "key", ["", "nothing", "2026-01-01_x", f"2026-01-01T00:00:00_{ROW}", f"9999-12-31T23:59:59-12:00_{ROW}"]
)
def test_an_odd_place_in_a_list_is_no_fault(claire, key):
    browser = house.browser(claire)

    assert browser.get("/espaces/moi/dossiers/", {"liste": key, "apres": key}).status_code == 200


def test_a_manager_without_role_sees_how_to_take_one_and_no_request(small, bakery, paul):
    dossier = house.begin(house.browser(paul), bakery.number)
    manager = house.sign_in("Gilles", "Petit", "70010100117")
    house.give(bakery, manager, kind="gap")
    browser = house.browser(manager)
    page = house.soup(browser.get(f"/espaces/{bakery.number}/")).main

    assert "Vous gérez les accès de cet espace" in house.plain(page)
    assert page.find("a", string="Prendre un rôle")
    assert "Demande d'essai" not in house.plain(page)
    assert browser.get(house.at(dossier, space=bakery.number)).status_code == 403


def test_a_role_for_one_procedure_or_one_dossier_shows_only_that(small, bakery, paul):
    other = house.publish(house.SMALL, "autre")
    first, second = many(1, small, paul, holder=bakery)[0], many(1, other, paul, holder=bakery)[0]
    one = house.browser(house.colleague(bakery, "Julie", "Martin", "88010100205", role="read", scope="procedure:autre"))
    two = house.browser(
        house.colleague(bakery, "Rita", "Simon", "75010100187", role="read", scope=f"dossier:{first.pk}")
    )

    for browser, seen, hidden in ((one, second, first), (two, first, second)):
        page = browser.get(f"/espaces/{bakery.number}/dossiers/?liste=brouillons").content.decode()
        assert house.at(seen, space=bakery.number) in page
        assert house.at(hidden, space=bakery.number) not in page
        assert browser.get(house.at(seen, space=bakery.number)).status_code == 200
        assert browser.get(house.at(hidden, space=bakery.number)).status_code == 403
