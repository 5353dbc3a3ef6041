"""Papers: made once by the worker, sealed, and checked by anyone who holds them."""

import re
from datetime import UTC, date, datetime

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from monespace.dossiers import actions, jobs, papers
from monespace.dossiers.actions.deciding import Verdict
from monespace.dossiers.models import Content, Paper
from monespace.notices.models import Mail
from tests.dossiers import house
from tests.dossiers.rich import END, FILLED, RICH
from tests.paper.reading import text_of

TEAM = {
    "id": "calamites", "name": "Service des calamités", "authority": "SPW Intérieur", "address": ["Rue Haute 1", "5000 Namur"],
    "phone": "081 00 00 00", "mail": "calamites@exemple.be", "remedy_authority": "Conseil d'État",
}  # fmt: skip
VERDICT = Verdict(
    "partly", 1250, "Le toit est abîmé.\n\nLe mur est intact.", "Décret du 26 mai 2016, article 4.", "Par requête.", 60
)


@pytest.fixture
def browser(small, claire):
    return house.browser(claire)


@pytest.fixture
def dossier(browser):
    return house.sent(browser)


def receipt_of(dossier) -> bytes:
    """The sealed PDF, made by the job."""
    jobs.make_paper(str(dossier.pk), "receipt")
    return default_storage.open(Paper.objects.get(dossier=dossier, kind="receipt").path).read()


def words_of(pdf: bytes) -> str:
    """The text of a PDF on one line."""
    return re.sub(r"\s+", " ", text_of(pdf))


def verify(client, **posted):
    return client.post("/verifier/", posted)


def as_file(pdf: bytes):
    return {"by_file": "1", "pdf": SimpleUploadedFile("recepisse.pdf", pdf, "application/pdf")}


def test_the_receipt_is_made_once_sealed_and_downloaded(browser, dossier, settings):
    pdf = receipt_of(dossier)
    assert receipt_of(dossier) == pdf

    answer = browser.get(house.at(dossier, "courriers/receipt"))
    assert b"".join(answer) == pdf
    assert answer["Content-Disposition"] == f'attachment; filename="{dossier.number}-recepisse.pdf"'
    page = house.soup(browser.get(house.at(dossier, "recepisse")))
    assert "en préparation" not in page.text
    assert page.select_one(".me-only-print").text == settings.SITE_URL + "/verifier/"


def test_the_receipt_names_who_filed_for_whom_in_which_role(small, bakery, paul):
    dossier = house.sent(house.browser(paul), bakery.number)
    words = words_of(receipt_of(dossier))

    for said in (
        dossier.number,
        "Paul Lambert",
        "Boulangerie Dubois",
        "0200.065.765",
        "Que demandez-vous",
        "Un abri",
        "1 250,50 €",
    ):
        assert said in words
    assert Content.objects.get().digest[:8] in words.replace(" ", "")


def test_a_row_has_one_heading_and_a_section_of_declarations_none(claire):
    line = {"label": "Quoi", "kind": "text", "values": ["Four"], "declared_by_you": False}
    truth = line | {"kind": "declaration"}
    goods = [
        {"item": "Bien 1", "lines": [line]},
        {"item": "Bien 1", "lines": [line]},
        {"item": "Bien 2", "lines": [line]},
    ]

    said = papers.section({"title": "Biens", "blocks": goods})["rows"]
    assert [(row["label"], len(row["rows"])) for row in said] == [("Bien 1", 2), ("Bien 2", 1)]
    assert papers.section({"title": "Engagements", "blocks": [{"item": "", "lines": [truth]}]})["rows"] == []


def test_every_kind_of_answer_can_be_printed(claire):
    house.publish(RICH)
    browser = house.browser(claire)
    draft = house.begin(browser)
    browser.post(house.at(draft, "remplir/degats/biens"), {"add_row": "1"})
    browser.post(house.at(draft, "remplir/degats/biens/r1/devis"), {"add_row": "1"})
    row = {
        "degats/biens/r1/bien": {"thing": "Four", "worth": "2000"},
        "degats/biens/r1/devis/r2/detail": {"maker": "Dupont"},
    }
    house.fill(browser, draft, {**FILLED, **row, **END})
    assert house.send(browser, draft).status_code == 303
    words = words_of(receipt_of(draft))

    for said in ("Dupont", "Toiture", "1 250,50 €", "85.07.30-***.**", "Je déclare que tout est exact."):
        assert said in words
    assert "033.28" not in words  # of the national number that was typed


def test_anyone_may_check_the_file_and_one_changed_byte_is_seen(dossier):
    pdf = receipt_of(dossier)
    middle = len(pdf) // 2
    changed = pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :]

    assert "est authentique" in house.text(verify(house.browser(), **as_file(pdf)))
    assert "Un abri" not in house.text(verify(house.browser(), **as_file(pdf)))
    assert "Ce n'est pas ce que Mon Espace a scellé" in house.text(verify(house.browser(), **as_file(changed)))
    assert "Ce n'est pas ce que Mon Espace a scellé" in house.text(
        verify(house.browser(), **as_file(b"%PDF-1.4 nothing"))
    )


def test_number_and_printed_fingerprint_are_checked_however_they_are_typed(dossier):
    digest = Content.objects.get().digest
    blocks = " ".join(digest[at : at + 8] for at in range(0, 64, 8))
    wrong = ("0" if digest[0] != "0" else "1") + digest[1:]

    for number in (dossier.number.replace("-", ""), dossier.number.replace("-", " ")):
        assert "est authentique" in house.text(verify(house.browser(), by_hash="1", number=number, digest=digest))
    for typed in (digest, blocks, blocks.upper(), f"  {blocks}\n"):
        assert "est authentique" in house.text(
            verify(house.browser(), by_hash="1", number=f" {dossier.number} ", digest=typed)
        )
    assert "Aucune demande n'a à la fois" in house.text(
        verify(house.browser(), by_hash="1", number=dossier.number, digest=wrong)
    )


@pytest.mark.parametrize(("number", "digest"), [("", ""), ("2026-0000001-00", "z"), ("x" * 99, "\x00")])
def test_what_cannot_be_checked_is_said_beside_the_field(db, number, digest):
    page = verify(house.browser(), by_hash="1", number=number, digest=digest)

    assert page.status_code == 422
    assert len(house.soup(page).select(".govuk-error-message")) == 2
    assert verify(house.browser(), by_file="1").status_code == 422
    assert verify(house.browser()).status_code == 200


def test_checks_are_limited(db, settings):
    settings.RATE_LIMITS = True
    browser = house.browser()
    answers = [verify(browser, by_hash="1", number="2026-0000001-00", digest="0").status_code for _ in range(61)]

    assert answers == [422] * 60 + [429]
    assert "minutes" in house.text(verify(browser, by_hash="1"))


def test_behind_the_proxy_nobody_uses_up_the_checks_of_others(db, settings):
    settings.RATE_LIMITS = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    asked = {"by_hash": "1", "number": "2026-0000001-00", "digest": "0"}
    browsers = [Client(headers={"x-forwarded-for": f"203.0.113.{one}"}) for one in (9, 10)]

    assert [browsers[0].post("/verifier/", asked).status_code for _ in range(61)][-1] == 429
    assert browsers[1].post("/verifier/", asked).status_code == 422


def test_the_acknowledgement_and_the_decision_are_letters_in_the_dossiers_language(small, claire):
    browser = house.browser(claire)
    dossier = house.sent(browser, language="de")
    agent = house.sign_in("Anne", "Roy", "80010100225")
    actions.acknowledge(dossier, by=agent, team=TEAM, signatory="Anne Roy", due_on=None)
    actions.decide_dossier(dossier, VERDICT, by=agent, team=TEAM, signatory="Anne Roy")
    for kind in ("acknowledgement", "decision"):
        jobs.make_paper(str(dossier.pk), kind)
    dossier.refresh_from_db()
    decision = papers.data_of(dossier, Paper.objects.get(kind="decision"))[1]

    assert decision["facts"] == ["Le toit est abîmé.", "Le mur est intact."]
    assert decision["decision"] == ["Teilweise bewilligt"]
    assert decision["remedies"][0]["time_limit"].startswith("60 Tage")
    assert "Conseil" in words_of(default_storage.open(Paper.objects.get(kind="decision").path).read())
    assert {mail.language for mail in Mail.objects.all()} == {"de"}
    assert house.journal(dossier)[-2:] == ["dossier.acknowledged", "dossier.decided"]
    letter = browser.get(house.at(dossier, "courriers/decision"))
    assert letter["Content-Disposition"] == f'attachment; filename="{dossier.number}-Entscheidung.pdf"'
    page = house.text(browser.get(house.at(dossier)))
    for said in ("Accordée en partie", "Montant accordé : 1 250,00 €", "Lire la décision (PDF)", "Accusé de réception"):
        assert said in page


def test_a_letter_is_addressed_to_the_enterprise_where_the_register_knows_it(small, bakery, paul, browser):
    agent = house.sign_in("Anne", "Roy", "80010100225")
    sent = {"firm": house.sent(house.browser(paul), bakery.number), "citizen": house.sent(browser)}
    for dossier in sent.values():
        actions.acknowledge(dossier, by=agent, team=TEAM, signatory="Anne Roy", due_on=None)

    assert papers.addressee(sent["firm"])["address"] == ["Rue du Four 12", "5000 Namur"]
    assert "address" not in papers.addressee(sent["citizen"])


def test_a_paper_bears_the_day_of_its_act_not_the_day_it_was_made(browser, dossier):
    receipt_of(dossier)
    dossier.events.filter(code="submitted").update(at=datetime(2026, 3, 1, 9, 0, tzinfo=UTC))

    assert "1er mars 2026" in house.text(browser.get(house.at(dossier, "documents")))


def test_the_first_of_a_month_reads_in_a_letter_as_everywhere(browser, dossier):
    agent = house.sign_in("Anne", "Roy", "80010100225")
    actions.acknowledge(dossier, by=agent, team=TEAM, signatory="Anne Roy", due_on=date(2027, 3, 1))
    dossier.refresh_from_db()

    said = papers.data_of(dossier, Paper.objects.get(kind="acknowledgement"))[1]["body"]
    assert "pour le 1er mars 2027" in said[1]


def test_a_paper_that_is_not_there_does_not_exist(browser, dossier):
    for kind in ("decision", "nothing"):
        assert browser.get(house.at(dossier, "courriers", kind)).status_code == 404
