"""A request in four languages: a form speaks its own, the frame the person's; what is sent keeps the language of the request."""

import re

import pytest
from django.core.files.storage import default_storage

from monespace.dossiers import jobs
from monespace.dossiers.models import Paper
from monespace.notices.models import Mail, Notice
from tests.dossiers import house
from tests.paper.reading import text_of

PAGE = "base/objet"
DUTCH = re.sub(r'de: "([^"]*)"', r'de: "\1", nl: "NL \1"', house.SMALL).replace("[fr, de]", "[fr, de, nl]")


def test_a_request_in_dutch_has_its_mail_its_notice_and_its_receipt_in_dutch(claire):
    house.publish(DUTCH)
    browser = house.browser(claire, "nl")
    dossier = house.sent(browser, language="nl")
    jobs.make_paper(str(dossier.pk), "receipt")
    mail, notice = Mail.objects.get(), Notice.objects.get()
    receipt = text_of(default_storage.open(Paper.objects.get(kind="receipt").path).read())

    assert (dossier.language, mail.language, notice.language) == ("nl", "nl", "nl")
    assert mail.subject == f"Aanvraag verzonden: nummer {dossier.number}"
    assert "Zo herkent u ons" in mail.text
    for said in ("Ontvangstbewijs", dossier.number, "NL Beantragter Betrag", "1.250,50 €", "Hulp nodig?"):
        assert said in receipt.replace("\u00a0", " "), said
    assert "Récépissé" not in receipt
    letter = browser.get(house.at(dossier, "courriers/receipt"))
    assert letter["Content-Disposition"] == f'attachment; filename="{dossier.number}-ontvangstbewijs.pdf"'


def test_a_form_that_has_dutch_is_a_dutch_page_and_says_nothing_of_languages(claire):
    house.publish(DUTCH)
    browser = house.browser(claire, "nl")
    page = house.soup(browser.get(house.at(house.begin(browser), "remplir", PAGE)))

    assert (page.html["lang"], page.main.get("lang"), page.title.get("lang")) == ("nl", None, None)
    assert "NL Was beantragen Sie?" in page.main.text
    assert page.main.find(lang=True) is None


@pytest.mark.parametrize(
    ("begun", "shown", "button"), [("fr", "Que demandez-vous", "Continuer"), ("de", "Was beantragen Sie", "Weiter")]
)
def test_a_form_without_dutch_speaks_the_language_chosen_for_the_request(small, claire, begun, shown, button):
    browser = house.browser(claire, "nl")
    page = house.soup(browser.get(house.at(house.begin(browser, language=begun), "remplir", PAGE)))

    assert (page.html["lang"], page.main["lang"]) == ("nl", begun)
    assert shown in page.main.text
    assert button in page.main.text


def test_a_complaint_speaks_as_its_question_does_and_nothing_typed_is_lost(small, claire):
    browser = house.browser(claire, "en")
    draft = house.begin(browser)
    answer = browser.post(house.at(draft, "remplir", "base/montants"), {"amount": "beaucoup", "note": "Urgent"})
    page = house.soup(answer)

    assert (answer.status_code, page.main["lang"]) == (422, "fr")
    assert "Écrivez un nombre en chiffres" in page.main.text
    assert page.find(id="q-amount")["value"] == "beaucoup"
    assert "Need help?" in page.footer.text


def test_what_a_reader_sees_of_a_draft_is_marked(small, bakery, paul):
    draft = house.begin(house.browser(paul), bakery.number)
    reader = house.browser(house.colleague(bakery, "Rita", "Simon", "75010100187", role="read"), "nl")
    page = house.soup(reader.get(house.at(draft, "demande", space=bakery.number)))

    assert page.html["lang"] == "nl"
    assert page.find("dt", string="Que demandez-vous\u00a0?").find_parent(lang=True)["lang"] == "fr"
    assert "Non communiqué" in page.main.find("div", lang="fr").text


def test_what_was_sent_stays_in_its_language_whoever_reads_it(small, claire):
    browser = house.browser(claire, "en")
    dossier = house.sent(browser, language="de")
    page = house.soup(browser.get(house.at(dossier, "demande")))

    assert page.html["lang"] == "en"
    assert page.find("dt", string="Was beantragen Sie?").find_parent(lang=True)["lang"] == "de"
    assert "word for word" in page.main.text
