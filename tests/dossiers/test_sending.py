"""Sending: once, complete, by who may; what was sent never changes."""

import threading
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone

from monespace.dossiers import actions, lifecycle
from monespace.dossiers.actions.submitting import digest_of
from monespace.dossiers.models import Content, Dossier, Paper
from monespace.dossiers.numbers import is_number, with_check
from monespace.identity.models import Person
from monespace.notices.models import Mail, Notice
from tests.dossiers import house

CHECK = "remplir/verifier"


@pytest.fixture
def browser(small, claire):
    return house.browser(claire)


def test_twenty_clicks_at_once_give_one_number(committed, secrets_folder):
    house.publish(house.SMALL)
    claire = house.sign_in("Claire", "Dubois", "85073003328")
    draft = house.begin(house.browser(claire))
    house.fill(house.browser(claire), draft)
    browsers, answers, start = [house.browser(claire) for _ in range(20)], [], threading.Barrier(20)

    def click(browser):
        start.wait()
        answers.append(house.send(browser, draft).headers.get("Location"))
        connections.close_all()

    threads = [threading.Thread(target=click, args=[browser]) for browser in browsers]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert answers == [house.at(draft, "recepisse")] * 20
    assert house.journal(draft).count("dossier.submitted") == 1
    assert (Paper.objects.count(), Mail.objects.count(), Notice.objects.count()) == (1, 1, 1)
    assert len(house.jobs("dossiers.make_paper")) == 1


def test_sending_again_after_a_cut_connection_shows_the_same_receipt(browser, ready):
    first, again = house.send(browser, ready), house.send(browser, ready)

    assert first.headers["Location"] == again.headers["Location"] == house.at(ready, "recepisse")
    assert house.journal(ready).count("dossier.submitted") == 1


def test_a_tab_left_open_cannot_change_what_was_sent(browser, ready):
    house.send(browser, ready)
    before = Content.objects.get().answers
    for action in ({"purpose": "Autre"}, {"add_row": "1"}, {"remove_row": "r1"}, {"contest": "purpose"}):
        browser.post(house.at(ready, "remplir/base/objet"), action)

    assert Content.objects.get().answers == before


def test_two_requests_get_two_numbers(browser):
    assert house.sent(browser).number != house.sent(browser).number


def test_numbers_carry_two_check_digits():
    number = with_check(2026, 123)
    digits = [place for place, character in enumerate(number) if character.isdigit()]
    slips = [f"{number[:place]}{(int(number[place]) + 1) % 10}{number[place + 1 :]}" for place in digits]

    assert is_number(number)
    assert not any(map(is_number, slips))
    assert not any(map(is_number, ["", "2026", "2026-1-1-1", "٢٠٢٦-0000123-57", "2026-" + "9" * 40 + "-11"]))


def test_an_incomplete_request_says_what_is_missing_and_where(browser):
    draft = house.begin(browser)
    page = house.send(browser, draft)
    links = [link["href"] for link in house.soup(page).select(".govuk-error-summary a")]

    assert page.status_code == 422
    assert house.at(draft, "remplir/base/objet") + "?retour=verifier" in links
    assert Dossier.objects.get().number is None


def test_a_missing_answer_is_given_and_one_is_back_at_the_check(browser):
    draft = house.begin(browser)
    house.fill(
        browser, draft, {address: posted for address, posted in house.ANSWERS.items() if address != "base/objet"}
    )
    page = house.soup(browser.get(house.at(draft, "remplir/base/objet") + "?retour=verifier"))
    posted = {**house.ANSWERS["base/objet"], "returning": page.find("input", attrs={"name": "returning"})["value"]}

    assert browser.post(house.at(draft, "remplir/base/objet"), posted).headers["Location"] == house.at(draft, CHECK)


def test_who_may_only_prepare_is_told_who_can_send(small, bakery, paul):
    julie = house.browser(house.colleague(bakery, "Julie", "Martin", "88010100205", role="prepare"))
    draft = house.begin(julie, bakery.number)
    house.fill(julie, draft, space=bakery.number)
    page = julie.get(house.at(draft, CHECK, space=bakery.number))

    assert "Paul Lambert" in house.text(page)
    assert "Envoyer la demande" not in house.text(page)
    assert julie.post(house.at(draft, CHECK, space=bakery.number)).status_code == 403
    assert Dossier.objects.get().number is None
    assert house.send(house.browser(paul), draft, bakery.number).status_code == 303


def test_a_stronger_proof_is_asked_to_send_and_leads_back_to_the_check_page(claire):
    house.publish(house.SMALL + "assurance: {draft: 400, submit: 500}\n")
    browser = house.browser(claire)
    draft = house.begin(browser)
    house.fill(browser, draft)
    here = house.at(draft, CHECK)
    answer = browser.post(here, headers={"referer": f"http://testserver{here}"})

    assert answer.headers["Location"].startswith("/connexion/?suite=%2Fespaces%2Fmoi%2Fdossiers%2F")
    assert answer.headers["Location"].endswith("verifier%2F&niveau=500")
    assert (
        house.send(house.browser(house.sign_in("Claire", "Dubois", "85073003328", level=500)), draft).status_code == 303
    )


def test_what_was_sent_does_not_change_when_the_procedure_does(browser, ready):
    house.send(browser, ready)
    house.publish(house.SMALL.replace("Que demandez-vous ?", "Autre question"))
    content = Content.objects.get()
    page = house.text(browser.get(house.at(ready, "demande")))

    assert "Que demandez-vous ? Un abri" in page
    assert "Autre question" not in page
    assert content.digest == digest_of(content.frozen)
    assert house.begin(browser).version.number == 2


def test_the_receipt_is_there_at_once_and_for_colleagues(small, bakery, paul):
    dossier = house.sent(house.browser(paul), bakery.number)
    reader = house.browser(house.colleague(bakery, "Rita", "Simon", "75010100187", role="read"))
    page = house.text(reader.get(house.at(dossier, "recepisse", space=bakery.number)))

    assert dossier.number in page
    assert "par Paul Lambert, au nom de Boulangerie Dubois" in page
    assert reader.get(house.at(dossier, "courriers/receipt", space=bakery.number)).status_code == 202


def test_what_is_sent_about_a_dossier_speaks_its_language_and_tells_no_content(small, claire):
    browser = house.browser(claire, "fr")
    dossier = house.sent(browser, language="de")
    mail, notice = Mail.objects.get(), Notice.objects.get()

    assert mail.language == notice.language == "de"
    assert mail.subject == f"Antrag gesendet: Nummer {dossier.number}"
    assert "Probeantrag" in mail.text
    assert house.at(dossier) in mail.text
    assert notice.path == house.at(dossier)
    for word in ("Un abri", "1250", "1.250", "85073003328"):
        assert word not in mail.text + mail.subject + notice.text
    assert "Was beantragen Sie?" in house.text(browser.get(house.at(dossier, "demande")))


def test_the_address_given_in_the_form_is_written_to_even_without_one_in_the_profile(claire):
    asked = "minutes: 5\nreply_to: contact\n"
    page = "      - id: mail\n        questions: [{id: contact, kind: email, label: {fr: Adresse, de: Adresse}}]\n"
    form = house.SMALL.replace("minutes: 5\n", asked).replace("  - id: pieces\n", f"{page}  - id: pieces\n")
    house.publish(form)
    Person.objects.update(email="")
    browser = house.browser(claire)
    dossier = house.begin(browser)
    house.fill(browser, dossier, {**house.ANSWERS, "base/mail": {"contact": "bureau@exemple.be"}})
    house.send(browser, dossier)

    assert [mail.to for mail in Mail.objects.all()] == ["bureau@exemple.be"]


def test_the_journal_knows_role_and_assurance_and_no_content(small, bakery, paul):
    from monespace.journal.models import Entry

    dossier = house.sent(house.browser(paul), bakery.number)
    entry = Entry.objects.get(act="dossier.submitted")

    assert (entry.space, entry.role, entry.method, entry.level) == (f"enterprise:{bakery.pk}", "submit", "itsme", 450)
    assert entry.detail == {"procedure": "essai", "number": dossier.number}


def test_the_fact_and_its_consequences_are_kept_or_lost_together(browser, ready, claire):
    class Cut(Exception):
        """The connection to the database breaks after everything was written."""

    def send_and_cut():
        with transaction.atomic():
            actions.submit(ready, by=claire)
            raise Cut

    with pytest.raises(Cut):
        send_and_cut()
    assert Dossier.objects.get().number is None
    assert [kind.objects.count() for kind in (Paper, Mail, Notice)] == [0, 0, 0]
    assert house.jobs("dossiers.make_paper") == []
    assert "dossier.submitted" not in house.journal(ready)


def test_a_request_is_taken_back_after_a_page_that_says_what_it_means(browser, ready):
    house.send(browser, ready)
    assert "ne prend aucune décision" in house.text(browser.get(house.at(ready, "retirer")))
    assert browser.post(house.at(ready, "retirer")).headers["Location"] == house.at(ready)

    page = house.text(browser.get(house.at(ready)))
    assert "Retirée" in page
    assert "Retirer cette demande" not in page
    assert house.journal(ready)[-1] == "dossier.withdrawn"
    assert browser.post(house.at(ready, "retirer")).status_code == 302


def test_a_decided_request_is_not_taken_back(browser, ready, claire):
    house.send(browser, ready)
    Dossier.objects.update(state="decided", outcome="granted", closed_at=house.now())

    assert browser.get(house.at(ready, "retirer")).headers["Location"] == house.at(ready)
    with pytest.raises(lifecycle.NotNow):
        actions.withdraw(ready, by=claire)


def test_a_frozen_enterprise_sends_nothing(small, bakery, paul):
    browser = house.browser(paul)
    draft = house.begin(browser, bakery.number)
    house.fill(browser, draft, space=bakery.number)
    type(bakery).objects.update(situation="050")

    assert house.send(browser, draft, bakery.number).status_code == 403
    assert Dossier.objects.get().number is None


def test_what_was_begun_in_time_is_not_sent_too_late_and_the_page_says_so(claire, monkeypatch):
    today, later = timezone.localdate(), timezone.now() + timedelta(days=3)
    house.publish(house.SMALL + f"window: {{opens: {today}, closes: {today + timedelta(days=1)}}}\n")
    draft = house.begin(house.browser(claire))
    house.fill(house.browser(claire), draft)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    answer = house.send(house.browser(house.sign_in("Claire", "Dubois", "85073003328")), draft)

    assert answer.status_code == 403
    assert "ne peut pas être introduite maintenant" in house.text(answer)
    assert Dossier.objects.get().number is None


def test_a_page_saved_after_the_sending_changes_nothing(claire, ready):
    """Two tabs: the page was shown while it was a draft, and is saved when a colleague, or the other tab, has sent it."""
    sent, _first = actions.submit(ready, by=claire)
    before = house.answers(sent)
    for late in (
        lambda: actions.save_page(ready, "base/objet", {"purpose": ["Un garage"]}, by=claire, language="fr"),
        lambda: actions.delete_draft(ready, by=claire),
        lambda: actions.add_document(ready, house.pdf("plan.pdf"), by=claire),
    ):
        with pytest.raises(actions.Refused, match="sent"):
            late()

    assert house.answers(sent) == before
