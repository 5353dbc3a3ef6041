"""An agent acknowledges and decides; the applicant gets the letters, a mail and a notice; the journal knows."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from monespace.dossiers.models import Decision, Paper
from monespace.journal.models import Entry
from monespace.notices.models import Mail, Notice
from tests.desk import scene


def papers_asked() -> list[str]:
    return [
        job.args["ids"][1] for job in ProcrastinateJob.objects.filter(task_name="dossiers.make_paper").order_by("id")
    ]


def acts_on(dossier) -> list[str]:
    return list(Entry.objects.filter(on_id=str(dossier.pk)).order_by("id").values_list("act", flat=True))


def test_from_the_inbox_to_the_decision(isabelle):
    dossier, browser = scene.dossier(), scene.client(isabelle)
    here = f"/guichet/{dossier.ref}/"

    assert dossier.number in browser.get("/guichet/").content.decode()
    assert "Rue du Moulin" in browser.get(here).content.decode()
    due = timezone.localdate() + timedelta(days=90)
    date = {"due_on.day": due.day, "due_on.month": due.month, "due_on.year": due.year}
    answer = browser.post(here + "accuse/", date)

    assert (answer.status_code, answer["Location"]) == (303, here + "?fait=accuse")
    assert "est envoyé au demandeur" in browser.get(answer["Location"]).content.decode()
    dossier.refresh_from_db()
    assert (dossier.state, dossier.due_on) == ("acknowledged", due)

    preview = browser.post(here + "decider/", scene.VERDICT)
    assert preview.status_code == 200
    assert "1 250,50 €" in preview.content.decode().replace("\u202f", "\u00a0").replace("\u00a0", " ")
    assert not Decision.objects.exists()

    answer = browser.post(here + "decider/", {**scene.VERDICT, "send": "1"})
    assert answer.status_code == 303
    assert "La décision est envoyée au demandeur" in browser.get(answer["Location"]).content.decode()
    decision = Decision.objects.get(pk=dossier.pk)
    assert (decision.outcome, decision.amount, decision.signatory) == ("granted", Decimal("1250.50"), "Isabelle Mathot")
    assert decision.remedy_days == 60
    assert decision.team["address"] == ["Avenue Gouverneur Bovesse 100", "5100 Jambes"]
    assert papers_asked() == ["acknowledgement", "decision"]
    assert Paper.objects.filter(dossier=dossier).count() == 2
    assert acts_on(dossier) == ["dossier.looked", "dossier.acknowledged", "dossier.decided"]
    page = browser.get(here).content.decode()
    assert "Isabelle Mathot" in page
    assert "/decider/" not in page


def test_the_applicant_is_told_without_the_content(isabelle):
    dossier, browser = scene.dossier(state="acknowledged"), scene.client(isabelle)

    browser.post(f"/guichet/{dossier.ref}/decider/", {**scene.VERDICT, "send": "1"})

    message, notice = Mail.objects.get(), Notice.objects.get()
    assert message.to == "claire@courrier.example"
    assert dossier.number in message.subject
    assert notice.person == dossier.submitted_by_id
    for said in (f"Une décision est arrivée dans votre demande {dossier.number}", scene.TITLE["fr"],
                 "au nom de Claire Dubois", "Pour nous reconnaître", f"/dossiers/{dossier.ref}/"):  # fmt: skip
        assert said in message.text
    assert not any(word in message.text + message.subject + notice.text for word in ("80 cm", "1250", "Article 12"))


def test_a_german_dossier_is_told_and_contested_in_german(isabelle):
    dossier, browser = scene.dossier(state="acknowledged", language="de"), scene.client(isabelle)

    page = browser.get(f"/guichet/{dossier.ref}/decider/").content.decode()
    browser.post(f"/guichet/{dossier.ref}/decider/", {**scene.VERDICT, "send": "1"})

    assert "allemand" in page
    assert "Staatsrat" in page
    decision = Decision.objects.get(pk=dossier.pk)
    assert decision.team["name"] == "Regionaler Dienst für Naturkatastrophen"
    assert "Nichtigkeitsklage" in decision.remedies
    assert Mail.objects.get().language == "de"


def test_changing_the_decision_keeps_what_was_written(isabelle):
    dossier, browser = scene.dossier(state="acknowledged"), scene.client(isabelle)

    page = browser.post(f"/guichet/{dossier.ref}/decider/", {**scene.VERDICT, "change": "1"}).content.decode()

    assert "L&#39;eau a atteint 80 cm." in page
    assert "1.250,50" in page
    assert not Decision.objects.exists()


def test_looking_twice_in_ten_minutes_is_one_entry(isabelle):
    dossier, browser = scene.dossier(), scene.client(isabelle)

    for _ in range(2):
        browser.get(f"/guichet/{dossier.ref}/")
    assert acts_on(dossier) == ["dossier.looked"]

    dossier.looks.update(journaled_at=timezone.now() - timedelta(minutes=11))
    browser.get(f"/guichet/{dossier.ref}/")
    assert acts_on(dossier) == ["dossier.looked"] * 2
    assert set(Entry.objects.filter(act="dossier.looked").values_list("chain", flat=True)) == {dossier.journal_key}


@pytest.mark.parametrize("page", ["numeros/", "accuse/", "conflit/", "courriers/receipt/"])
def test_no_page_of_a_dossier_is_seen_without_a_look_in_the_journal(isabelle, settings, page):
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    dossier = scene.dossier()
    path = default_storage.save("receipt.pdf", ContentFile(b"%PDF"))
    Paper.objects.create(dossier=dossier, kind="receipt", path=path, made_at=timezone.now())

    assert scene.client(isabelle).get(f"/guichet/{dossier.ref}/{page}").status_code == 200
    assert acts_on(dossier) == ["dossier.looked"]


def test_only_clean_documents_open_and_opening_is_journaled(isabelle, settings, tmp_path):
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    dossier, browser = scene.dossier(), scene.client(isabelle)
    default_storage.save("somewhere.pdf", ContentFile(b"%PDF"))
    good, bad = scene.document(dossier, "photo.pdf", "clean"), scene.document(dossier, "virus.pdf", "infected")
    here = f"/guichet/{dossier.ref}/"

    page = browser.get(here).content.decode()
    assert "virus.pdf" in page
    assert str(bad.pk) not in page
    opened = browser.get(f"{here}documents/{good.pk}/")
    assert opened["Content-Disposition"].startswith("attachment")
    assert b"".join(opened.streaming_content) == b"%PDF"
    assert browser.get(f"{here}documents/{bad.pk}/").status_code == 404
    assert acts_on(dossier) == ["dossier.looked", "dossier.document_opened"]


def test_another_dossiers_document_is_not_found(isabelle):
    one, other, browser = scene.dossier(), scene.dossier(), scene.client(isabelle)
    document = scene.document(other, "photo.pdf", "clean")

    assert browser.get(f"/guichet/{one.ref}/documents/{document.pk}/").status_code == 404
