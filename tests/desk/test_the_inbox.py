"""The inbox: what waits longest first, filters in the address, pages by key; the cost of a dossier's page does not grow."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monespace.desk import queries
from monespace.desk.models import Team
from monespace.desk.queries import Filters, Place
from tests.desk import scene


def listed(page) -> list[str]:
    """The references in the order of the page."""
    return re.findall(r'href="/guichet/([2-9A-Z]{8})/"', page.content.decode())


def test_undated_first_then_the_nearest_date(isabelle):
    far, near = scene.dossier(state="acknowledged", due_in=30), scene.dossier(state="acknowledged", due_in=-2)
    new, newest = scene.dossier(ago=9), scene.dossier(ago=1)

    page = scene.client(isabelle).get("/guichet/")

    assert listed(page) == [new.ref, newest.ref, near.ref, far.ref]
    assert page.content.decode().count("En retard</strong>") == 1


def test_filters_stand_in_the_address(isabelle):
    new, late = scene.dossier(), scene.dossier(state="acknowledged", due_in=-2)
    decided, withdrawn = scene.dossier(state="decided", due_in=-9), scene.dossier(state="withdrawn")
    browser = scene.client(isabelle)

    assert listed(browser.get("/guichet/?etat=recus")) == [new.ref]
    assert listed(browser.get("/guichet/?retard=1")) == [late.ref]
    assert listed(browser.get("/guichet/?etat=decides")) == [decided.ref]
    assert listed(browser.get("/guichet/?etat=retires")) == [withdrawn.ref]
    assert listed(browser.get(f"/guichet/?q={decided.number}")) == [decided.ref]
    assert listed(browser.get(f"/guichet/?q={decided.number.replace('-', '')}")) == [decided.ref]
    assert listed(browser.get("/guichet/?q=1999")) == []


def test_what_changed_since_the_last_look_is_bold(isabelle):
    dossier, browser = scene.dossier(), scene.client(isabelle)

    assert "me-row--unread" in browser.get("/guichet/").content.decode()
    browser.get(f"/guichet/{dossier.ref}/")
    assert "me-row--unread" not in browser.get("/guichet/").content.decode()
    type(dossier).objects.update(changed_at=timezone.now())
    assert "me-row--unread" in browser.get("/guichet/").content.decode()


def test_pages_by_key_lose_and_repeat_nothing(isabelle):
    for due in (None, None, None, -1, 4, 4, 4, 9):
        scene.dossier(state="submitted" if due is None else "acknowledged", due_in=due)
    entered, at = scene.sign_in(isabelle), timezone.now()
    found = queries.inbox(entered, queries.seats_of(entered, at), Filters(), at)
    whole = list(queries.in_order(found).values_list("ref", flat=True))

    for size in (1, 2, 3, 5, 8):
        forwards, place, more = [], Place(), True
        while more:
            rows, before, more = queries.page_of(found, place, size)
            assert before == bool(forwards)
            forwards += [row.ref for row in rows]
            place = Place(rows[-1].ref)
        assert forwards == whole

        backwards, place, more = [whole[-1]], Place(whole[-1], backwards=True), True
        while more:
            rows, more, _after = queries.page_of(found, place, size)
            backwards = [row.ref for row in rows] + backwards
            place = Place(rows[0].ref, backwards=True)
        assert backwards == whole


@pytest.mark.parametrize("filters", [Filters(step="decides"), Filters(late=True)], ids=["decided", "late"])
def test_the_pages_of_several_procedures_follow_one_order(isabelle, filters):
    Team.objects.update(procedures=[scene.SLUG, "autre"])
    for place in range(9):
        state = "decided" if filters.step == "decides" else "acknowledged"
        scene.dossier(state=state, due_in=[-9, -5, -5, -2][place % 4], slug=[scene.SLUG, "autre"][place % 2])
    entered, at = scene.sign_in(isabelle), timezone.now()
    found, parts = (
        queries.inbox(entered, queries.seats_of(entered, at), filters, at),
        queries.parts(filters, [scene.SLUG, "autre"]),
    )
    whole = list(queries.in_order(found).values_list("ref", flat=True))

    first, before, more = queries.page_of(found, Place(), 4, parts)
    second, _, _ = queries.page_of(found, Place(first[-1].ref), 4, parts)
    back, _, _ = queries.page_of(found, Place(second[0].ref, backwards=True), 4, parts)

    assert (len(parts) > 1, before, more) == (True, False, True)
    assert [row.ref for row in [*first, *second]] == whole[:8]
    assert [row.ref for row in back] == whole[:4]


def test_a_dossiers_page_costs_the_same_however_long_its_story(isabelle):
    browser, dossier = scene.client(isabelle), scene.dossier()
    address = f"/guichet/{dossier.ref}/"

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            browser.get(address)
        return len(seen)

    cost()
    one = cost()
    for place in range(30):
        scene.document(dossier, f"photo-{place}.pdf", "clean")
        scene.client(isabelle).get(address)
    assert cost() == one


def test_visitors_cost_no_query_and_others_one(db, team):
    """`request.seats` is read when somebody asks for it: not for visitors, once for the others."""
    from types import SimpleNamespace

    from monespace.desk.http import seats_of_request

    def seen(sign_in):
        with CaptureQueriesContext(connection) as queries_seen:
            seats_of_request(lambda request: [bool(request.seats), len(request.seats), bool(request.seats)])(
                SimpleNamespace(sign_in=sign_in)
            )
        return len(queries_seen)

    assert seen(None) == 0
    assert seen(scene.sign_in(scene.applicant())) == 1
    with CaptureQueriesContext(connection) as untouched:
        seats_of_request(lambda request: None)(SimpleNamespace(sign_in=scene.sign_in(scene.applicant())))
    assert not [query for query in untouched if "desk_" in query["sql"]]


@pytest.mark.parametrize(
    ("language", "said", "foreign"),
    [("fr", ["Guichet des agents", "À décider pour le", "En retard"], ["Zu entscheiden", "To decide", "Late"]),
     ("de", ["Zu entscheiden bis", "Verspätet", "Anträge"], ["À décider", "En retard", "Demande", "To decide", "Late"])],
)  # fmt: skip
def test_both_languages(isabelle, language, said, foreign):
    dossier, browser = scene.dossier(state="acknowledged", due_in=-1), scene.client(isabelle, language=language)

    main = browser.get(f"/guichet/?langue={language}").content.decode().split("<main")[1].split("</main")[0]

    assert all(word in main for word in said)
    assert not any(word in main for word in foreign)
    assert scene.TITLE[language] in browser.get(f"/guichet/{dossier.ref}/").content.decode()
