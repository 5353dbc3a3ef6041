"""Files: looked at, stored, scanned by clamd's protocol, removed, and never left behind."""

import socket
import struct
import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from monespace.dossiers import actions, jobs
from monespace.dossiers.models import Document, Dossier
from monespace.notices.models import Mail
from monespace.paper.scanner import ScannerDown
from tests.dossiers import house

PAGE = "remplir/pieces/photos"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture
def browser(small, claire):
    return house.browser(claire)


@pytest.fixture
def draft(browser):
    return house.begin(browser)


@contextmanager
def scanner(settings):
    """A scanner that speaks clamd's protocol over TCP and knows EICAR."""
    server = socket.create_server(("127.0.0.1", 0))
    settings.CLAMD_ADDRESS = f"127.0.0.1:{server.getsockname()[1]}"

    def serve():
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            with line, line.makefile("rb") as said:
                assert said.read(10) == b"zINSTREAM\0"
                content = b""
                while size := struct.unpack(">I", said.read(4))[0]:
                    content += said.read(size)
                line.sendall(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0")

    threading.Thread(target=serve, daemon=True).start()
    yield
    server.close()


def upload(browser, draft, *files, **more):
    return browser.post(house.at(draft, PAGE), {"photos": list(files), **more})


def test_a_file_is_stored_kept_in_the_answer_and_checked_later(browser, draft):
    assert upload(browser, draft, house.pdf()).status_code == 303

    document = Document.objects.get()
    kept = {"id": str(document.pk), "name": "photo.pdf", "size": len(house.PDF), "sha256": document.sha256}
    assert house.answers(draft)["photos"] == [kept]
    assert default_storage.open(document.path).read() == house.PDF
    assert house.jobs("dossiers.check_document") == [("dossiers.check_document", [str(document.pk)])]
    assert "recherche de virus en cours" in house.text(browser.get(house.at(draft, PAGE)))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("photo.exe", b"MZ", "n'est pas accepté"),
        ("photo.pdf", b"MZ" * 20, "n'est pas ce que son nom annonce"),
        ("photo.pdf", b"", "est vide"),
        ("x" * 300 + ".pdf", house.PDF, ""),
    ],
)
def test_a_file_that_cannot_be_taken_is_named_and_the_rest_of_the_page_is_kept(browser, draft, name, content, sentence):
    page = upload(browser, draft, house.pdf(name, content), legend="Le toit")

    if sentence:
        assert page.status_code == 422
        assert sentence in house.plain(house.soup(page).select_one(".govuk-error-message"))
        assert not Document.objects.exists()
    assert house.answers(draft)["legend"] == "Le toit"


def test_a_good_file_beside_a_bad_one_is_kept(browser, draft):
    page = upload(browser, draft, house.pdf("bon.pdf"), house.pdf("mauvais.pdf", b"MZ"))

    assert page.status_code == 422
    assert [one["name"] for one in house.answers(draft)["photos"]] == ["bon.pdf"]
    assert "bon.pdf" in house.text(page)


def test_files_come_one_after_the_other_and_go_one_by_one(browser, draft):
    upload(browser, draft, house.pdf("un.pdf"))
    upload(browser, draft, house.pdf("deux.pdf"))
    first, second = house.answers(draft)["photos"]
    button = house.soup(browser.get(house.at(draft, PAGE))).find("button", value=first["id"])

    answer = browser.post(house.at(draft, PAGE), {button["name"]: first["id"], "legend": "Le toit"})
    assert answer.headers["Location"] == house.at(draft, PAGE)
    assert house.answers(draft)["photos"] == [second]
    assert house.answers(draft)["legend"] == "Le toit"
    assert [document.name for document in Document.objects.all()] == ["deux.pdf"]
    (_name, (path,)) = house.jobs("dossiers.erase_file")[0]
    jobs.erase_file(path)
    jobs.erase_file(path)
    assert not default_storage.exists(path)


def test_more_files_than_the_question_takes_leave_nothing_behind(browser, draft):
    page = upload(browser, draft, *[house.pdf(f"{n}.pdf") for n in range(7)])

    assert page.status_code == 422
    held = {one["id"] for one in house.answers(draft)["photos"]}
    assert len(held) == 5
    assert {str(key) for key in Document.objects.values_list("pk", flat=True)} == held


def test_a_file_posted_under_another_name_is_not_stored(browser, draft):
    browser.post(house.at(draft, PAGE), {"legend": house.pdf(), "csrf": house.pdf(), "purpose": house.pdf()})

    assert not Document.objects.exists()


def test_a_clean_file_can_be_opened_only_once_checked(browser, draft, settings):
    upload(browser, draft, house.pdf("Été.pdf"))
    document = Document.objects.get()
    assert browser.get(house.at(draft, "documents", str(document.pk))).status_code == 404

    with scanner(settings):
        jobs.check_document(str(document.pk))
        jobs.check_document(str(document.pk))
    answer = browser.get(house.at(draft, "documents", str(document.pk)))
    assert b"".join(answer) == house.PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_an_infected_file_is_named_and_stops_the_request_until_it_is_removed(browser, draft, settings):
    house.fill(browser, draft)
    upload(browser, draft, house.pdf("virus.pdf", house.PDF + EICAR))
    document = Document.objects.get()
    with scanner(settings):
        jobs.check_document(str(document.pk))

    page = browser.get(house.at(draft, PAGE))
    assert "« virus.pdf » contient un virus" in house.plain(house.soup(page).select_one(".govuk-error-message"))
    refused = house.send(browser, draft)
    assert refused.status_code == 422
    complaint = house.soup(refused).select_one(".govuk-error-summary a")
    assert "virus.pdf" in complaint.text
    assert complaint["href"] == f"{house.at(draft, PAGE)}?retour=verifier"
    assert browser.get(house.at(draft, "documents", str(document.pk))).status_code == 404

    browser.post(house.at(draft, PAGE), {"photos.remove": str(document.pk)})
    assert house.send(browser, draft).status_code == 303


def test_a_file_that_does_not_open_is_refused_after_the_fact(browser, draft, settings):
    upload(browser, draft, house.pdf("abime.pdf", b"%PDF-1.4 nothing follows"))
    with scanner(settings):
        jobs.check_document(str(Document.objects.get().pk))

    assert Document.objects.get().check_state == "unreadable"
    assert "abime.pdf" in house.soup(browser.get(house.at(draft, PAGE))).select_one(".govuk-error-message").text


def test_a_scanner_that_is_down_makes_the_job_try_again_and_the_person_goes_on(browser, draft, settings):
    house.fill(browser, draft)
    upload(browser, draft, house.pdf())
    settings.CLAMD_ADDRESS = "127.0.0.1:1"
    with pytest.raises(ScannerDown):
        jobs.check_document(str(Document.objects.get().pk))

    assert Document.objects.get().check_state == "waiting"
    assert house.send(browser, draft).status_code == 303


def test_a_file_found_bad_after_sending_is_told_and_nobody_is_asked_to_remove_it(browser, draft, settings):
    house.fill(browser, draft)
    upload(browser, draft, house.pdf("virus.pdf", house.PDF + EICAR))
    house.send(browser, draft)
    with scanner(settings):
        jobs.check_document(str(Document.objects.get().pk))
        jobs.check_document(str(Document.objects.get().pk))

    assert Mail.objects.filter(subject__endswith="un fichier ne peut pas être ouvert").count() == 1
    shown = house.text(browser.get(house.at(draft, "documents")))
    assert "« virus.pdf » contient un virus ou est endommagé : l'administration voit son nom" in shown
    assert "retirez-le" not in shown


def test_a_document_of_another_dossier_does_not_exist(browser, draft, settings):
    upload(browser, draft, house.pdf())
    Document.objects.update(check_state="clean")
    other = house.begin(browser)

    assert browser.get(house.at(other, "documents", str(Document.objects.get().pk))).status_code == 404
    stranger = house.browser(house.sign_in("Jan", "Peeters", "80010100126"))
    assert stranger.get(house.at(draft, "documents", str(Document.objects.get().pk))).status_code == 404


def test_the_file_of_a_page_that_no_longer_applies_is_not_sent(claire):
    house.publish(house.SMALL.replace("id: pieces\n", "id: pieces\n    when: amount < 2000\n"))
    browser = house.browser(claire)
    draft = house.begin(browser)
    house.fill(browser, draft)
    upload(browser, draft, house.pdf())
    Document.objects.update(check_state="infected", why="infected")
    house.fill(browser, draft, {"base/montants": {**house.ANSWERS["base/montants"], "amount": "3000"}})

    assert house.send(browser, draft).status_code == 303
    assert not Document.objects.exists()
    assert "photo.pdf" not in house.text(browser.get(house.at(draft, "demande")))


def test_what_a_request_cut_short_left_behind_goes_at_night(browser, draft, claire):
    upload(browser, draft, house.pdf("garde.pdf"))
    actions.add_document(draft, house.pdf("perdu.pdf"), by=claire)
    Document.objects.update(added_at=house.now() - timedelta(days=2))
    jobs.tidy()

    assert [one.name for one in Document.objects.all()] == ["garde.pdf"]
    assert len(house.jobs("dossiers.erase_file")) == 1


def test_a_check_that_never_came_is_asked_again_at_night(browser, draft):
    upload(browser, draft, house.pdf())
    Document.objects.update(added_at=house.now() - timedelta(days=2))
    jobs.tidy()

    assert len(house.jobs("dossiers.check_document")) == 2


def test_drafts_that_nobody_continued_are_emptied_at_night(browser, draft):
    upload(browser, draft, house.pdf())
    living = house.begin(browser)
    Dossier.objects.filter(pk=draft.pk).update(expires_at=house.now() - timedelta(days=1))
    jobs.tidy()

    draft.refresh_from_db()
    living.refresh_from_db()
    assert (draft.state, living.state) == ("expired", "draft")
    assert not Document.objects.exists()
    assert len(house.jobs("dossiers.erase_file")) == 1
    assert house.journal(draft)[-1] == "dossier.expired"
    assert browser.get(house.at(draft)).status_code == 410
    assert browser.post(house.at(draft, "remplir/verifier")).status_code == 410
