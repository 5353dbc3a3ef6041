"""A newer version of a form is offered to drafts, with what it changes; a draft moves when its person says so, a dossier never."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monespace.dossiers import actions
from monespace.dossiers.models import Document
from monespace.journal.models import Entry as JournalEntry
from tests.dossiers import house

OFFER = "remplir/nouvelle-version"
NEWER = house.SMALL.replace(
    "          - {id: note, kind: textarea, required: false, label: {fr: \"Remarque\", de: \"Bemerkung\"}}\n",
    "          - {id: town, kind: text, label: {fr: \"Dans quelle commune ?\", de: \"In welcher Gemeinde?\"}}\n",
).replace('          - {id: photos, kind: file, required: false, label: {fr: "Vos photos", de: "Ihre Fotos"}}\n', "")  # fmt: skip


@pytest.fixture
def browser(small, claire):
    return house.browser(claire)


@pytest.fixture
def draft(browser):
    """A draft filled in, with a remark and a photo that the newer version does not ask for."""
    dossier = house.begin(browser)
    house.fill(browser, dossier, {
        "base/objet": {"purpose": "Un abri"}, "base/montants": house.ANSWERS["base/montants"] | {"note": "Merci"},
        "pieces/photos": {"photos": house.pdf(), "legend": "La cour"},
    })  # fmt: skip
    return dossier


def version_of(dossier) -> int:
    dossier.refresh_from_db()
    return dossier.version.number


def test_nothing_is_offered_while_the_form_is_the_same(browser, draft):
    assert "nouvelle version" not in house.text(browser.get(house.at(draft, "remplir")))
    assert browser.get(house.at(draft, OFFER)).headers["Location"] == house.at(draft, "remplir")


def test_the_draft_says_so_and_shows_what_changes(browser, draft):
    house.publish(NEWER)

    tasks = house.soup(browser.get(house.at(draft, "remplir")))
    assert tasks.find("a", href=house.at(draft, OFFER))
    page = house.text(browser.get(house.at(draft, OFFER)))
    for words in ("Dans quelle commune ?", "Remarque Merci", "Vos photos photo.pdf", "La question n'est plus posée."):
        assert words in page.replace("\u00a0", " "), page
    assert version_of(draft) == 1


def test_in_german_too(browser, draft):
    house.publish(NEWER)
    browser.cookies["monespace_langue"] = "de"
    page = house.text(browser.get(house.at(draft, OFFER)))
    for words in (
        "Es gibt eine neue Version des Formulars",
        "In welcher Gemeinde?",
        "Bemerkung Merci",
        "Zur neuen Version",
    ):
        assert words in page, page


def test_moving_keeps_what_fits_erases_what_does_not_and_is_in_the_journal(browser, draft):
    house.publish(NEWER)
    answer = browser.post(house.at(draft, OFFER), {"move": "2"})

    assert "suit maintenant la nouvelle version" in house.soup(browser.get(answer.headers["Location"])).text
    assert version_of(draft) == 2
    kept = house.answers(draft)
    assert (kept["purpose"], kept["amount"], kept["legend"]) == ("Un abri", "1250.50", "La cour")
    assert not {"note", "photos"} & kept.keys()
    assert not Document.objects.filter(dossier=draft).exists()
    assert house.journal(draft) == ["dossier.started", "dossier.moved"]
    entry = JournalEntry.objects.get(act="dossier.moved")
    assert (entry.detail["before"], entry.detail["after"]) == (1, 2)
    assert "Dans quelle commune" in house.text(browser.get(house.at(draft, "remplir/base/montants")))


def test_keeping_changes_nothing_and_the_draft_can_still_be_sent(browser, draft):
    house.publish(NEWER)
    browser.post(house.at(draft, OFFER), {"keep": "2"})
    assert version_of(draft) == 1
    assert house.send(browser, draft).status_code == 303
    assert version_of(draft) == 1


def test_a_sent_dossier_never_moves(browser, claire):
    sent = house.sent(browser)
    house.publish(NEWER)
    assert browser.post(house.at(sent, OFFER), {"move": "2"}).headers["Location"] == house.at(sent)
    with pytest.raises(actions.Refused, match="sent"):
        actions.move_version(sent, 2, by=claire, language="fr")
    assert version_of(sent) == 1


def test_only_the_version_that_was_shown_is_moved_to(browser, draft):
    house.publish(NEWER)
    house.publish(NEWER.replace("La cour", "Le pré").replace("Légende", "Sous-titre"))
    assert browser.post(house.at(draft, OFFER), {"move": "2"}).headers["Location"] == house.at(draft, OFFER)
    assert version_of(draft) == 1
    browser.post(house.at(draft, OFFER), {"move": "3"})
    assert version_of(draft) == 3


@pytest.mark.parametrize("closed", [
    NEWER.replace("minutes: 5", "window: {closes: 2026-01-31}"), NEWER.replace("[citizen, company]", "[company]"),
])  # fmt: skip
def test_a_version_that_would_not_take_the_request_is_not_offered(browser, draft, closed):
    house.publish(closed)
    assert "nouvelle version" not in house.text(browser.get(house.at(draft, "remplir")))
    browser.post(house.at(draft, OFFER), {"move": "2"})
    assert version_of(draft) == 1


def test_a_version_that_asks_for_a_stronger_proof_asks_for_it_before_the_move(draft, claire):
    house.publish(NEWER.replace("minutes: 5", "assurance: {draft: 500, submit: 500}"))
    with pytest.raises(actions.Refused, match="level"):
        actions.move_version(draft, 2, by=claire, language="fr")
    assert version_of(draft) == 1


def test_strangers_move_nothing(draft):
    house.publish(NEWER)
    stranger = house.sign_in("Hugo", "Martin", "90020200142")
    with pytest.raises(actions.Refused, match="stranger"):
        actions.move_version(draft, 2, by=stranger, language="fr")
    assert house.browser(stranger).post(house.at(draft, OFFER), {"move": "2"}).status_code == 404


def test_the_task_list_asks_as_often_with_ten_versions_as_with_two(browser, draft, django_assert_num_queries):
    house.publish(NEWER)
    browser.get(house.at(draft, "remplir"))
    with CaptureQueriesContext(connection) as two:
        browser.get(house.at(draft, "remplir"))
    asked = len(two)
    for number in range(8):
        house.publish(NEWER.replace("minutes: 5", f"minutes: {number + 6}"))
    browser.get(house.at(draft, "remplir"))
    with django_assert_num_queries(asked):
        browser.get(house.at(draft, "remplir"))


def test_who_keeps_a_version_did_not_read_the_one_published_meanwhile(browser, draft):
    house.publish(NEWER)
    button = house.soup(browser.get(house.at(draft, OFFER))).find("button", attrs={"name": "keep"})
    house.publish(NEWER)

    browser.post(house.at(draft, OFFER), {"keep": button["value"]})
    assert "Une nouvelle version du formulaire existe" in house.soup(browser.get(house.at(draft, "remplir"))).text


def test_who_keeps_the_version_is_not_asked_again_until_the_next_one(browser, draft):
    house.publish(NEWER)
    announced = "Une nouvelle version du formulaire existe"
    assert announced in house.soup(browser.get(house.at(draft, "remplir"))).text

    browser.post(house.at(draft, OFFER), {"keep": "2"})
    tasks = house.soup(browser.get(house.at(draft, "remplir")))
    assert announced not in tasks.text
    assert tasks.find("a", href=house.at(draft, OFFER))  # it can still be read, and moved to
    house.publish(NEWER)
    assert announced in house.soup(browser.get(house.at(draft, "remplir"))).text
