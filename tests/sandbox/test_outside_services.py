"""Mail server, scanner, SMS gateway and register's service behave like the real ones."""

import contextlib
import hashlib
import smtplib
import socket
import struct
import time
from email.header import Header
from email.message import EmailMessage
from email.mime.text import MIMEText

import pytest
import requests

from sandbox.cast import load_cast
from sandbox.scanner import EICAR
from sandbox.web import clock

NUMBERS = {entry["id"]: entry["number"] for entry in load_cast().enterprises}


def send(sandbox, to: str = "claire.dubois@courrier.example", subject: str = "Accusé de réception") -> bytes:
    """Send a mail with an attachment; the attachment's bytes."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Mon Espace <ne-pas-repondre@monespace.example>", to, subject
    message.set_content("Votre demande est arrivée.\nhttp://localhost:9/espaces/moi/\n<script>alert(1)</script>\n")
    message["Content-Language"] = "fr"
    paper = b"%PDF-1.7 \x00\xff" * 500
    message.add_attachment(paper, maintype="application", subtype="pdf", filename="récépissé.pdf")
    with smtplib.SMTP("127.0.0.1", sandbox.smtp, timeout=5) as server:
        server.send_message(message)
    return paper


def mails(sandbox, to: str) -> list[dict]:
    return requests.get(f"{sandbox.url}/api/mails", params={"to": to}, timeout=5).json()


def test_a_mail_arrives_whole(sandbox):
    paper = send(sandbox, to="whole@courrier.example")
    mail = mails(sandbox, "Whole@courrier.example")[0]
    assert mail["subject"] == "Accusé de réception"
    assert "Votre demande est arrivée." in mail["text"]
    assert mail["language"] == "fr"
    assert ["To", "whole@courrier.example"] in mail["headers"]
    part = mail["attachments"][0]
    assert (part["name"], part["type"], part["size"]) == ("récépissé.pdf", "application/pdf", len(paper))
    assert part["sha256"] == hashlib.sha256(paper).hexdigest()
    download = requests.get(sandbox.url + part["download"], timeout=5)
    assert download.content == paper
    assert download.headers["Content-Disposition"].startswith("attachment")


def test_a_subject_folded_before_its_first_word_begins_without_a_space(sandbox):
    subject = (
        "Demande envoyée\u00a0: numéro 2026-0000123-45, indemnisation des dégâts d'une calamité naturelle publique"
    )
    message = MIMEText("Bonjour", _charset="utf-8")
    message["From"], message["To"] = "ne-pas-repondre@monespace.example", "long@courrier.example"
    message["Subject"] = Header(subject, "utf-8", header_name="Subject", maxlinelen=30)
    raw = message.as_bytes().replace(b"Subject: ", b"Subject:\r\n ")
    with smtplib.SMTP("127.0.0.1", sandbox.smtp, timeout=5) as server:
        server.sendmail("ne-pas-repondre@monespace.example", ["long@courrier.example"], raw)
    mail = mails(sandbox, "long@courrier.example")[0]
    assert mail["subject"] == subject
    assert ["Subject", subject] in mail["headers"]


def test_a_mailbox_page_shows_its_mails_harmlessly(sandbox):
    send(sandbox, to="page@courrier.example")
    number = mails(sandbox, "page@courrier.example")[0]["id"]
    assert "Accusé de réception" in requests.get(f"{sandbox.url}/courrier/page@courrier.example/", timeout=5).text
    page = requests.get(f"{sandbox.url}/courrier/page@courrier.example/{number}/", timeout=5).text
    assert 'href="http://localhost:9/espaces/moi/"' in page
    assert "<script>" not in page
    assert requests.get(f"{sandbox.url}/courrier/other@courrier.example/{number}/", timeout=5).status_code == 404


def test_mails_can_be_asked_from_a_number_on_and_removed(sandbox):
    send(sandbox, to="count@courrier.example")
    first = mails(sandbox, "count@courrier.example")[0]["id"]
    send(sandbox, to="count@courrier.example", subject="Deux")
    later = requests.get(f"{sandbox.url}/api/mails", params={"to": "count@courrier.example", "after": first}, timeout=5)
    assert [mail["subject"] for mail in later.json()] == ["Deux"]
    requests.delete(f"{sandbox.url}/api/mails", params={"to": "count@courrier.example"}, timeout=5)
    assert mails(sandbox, "count@courrier.example") == []


def test_a_mail_server_out_of_order_says_try_later(sandbox):
    with sandbox.faults(mail_down=True), pytest.raises(smtplib.SMTPDataError) as refusal:
        send(sandbox)
    assert refusal.value.smtp_code == 451


def ask(sandbox, command: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", sandbox.clamd), timeout=5) as line:
        line.sendall(command)
        received = b""
        while part := line.recv(4096):
            received += part
        return received


def stream(content: bytes, size: int = 50) -> bytes:
    chunks = [content[start : start + size] for start in range(0, len(content), size)]
    return b"".join(struct.pack(">I", len(chunk)) + chunk for chunk in [*chunks, b""])


@pytest.mark.parametrize("mark", [(b"z", b"\0"), (b"n", b"\n"), (b"", b"\n")])
def test_the_scanner_answers_in_each_spelling(sandbox, mark):
    before, after = mark
    assert ask(sandbox, before + b"PING" + after) == b"PONG" + after
    assert ask(sandbox, before + b"VERSION" + after).startswith(b"ClamAV")
    assert ask(sandbox, before + b"INSTREAM" + after + stream(b"harmless" * 100)) == b"stream: OK" + after
    assert ask(sandbox, before + b"NONSENSE" + after) == b"UNKNOWN COMMAND" + after


@pytest.mark.parametrize("size", [7, 68, 100_000])
def test_the_scanner_finds_eicar_wherever_the_chunks_are_cut(sandbox, size):
    content = b"%PDF-1.7 " + b"x" * 1000 + EICAR + b"y" * 1000
    assert ask(sandbox, b"zINSTREAM\0" + stream(content, size)) == b"stream: Eicar-Test-Signature FOUND\0"


def test_the_scanner_refuses_too_large_and_can_be_down(sandbox):
    assert ask(sandbox, b"zINSTREAM\0" + struct.pack(">I", 2**31)) == b"INSTREAM size limit exceeded. ERROR\0"
    with sandbox.faults(scanner_down=True), contextlib.suppress(ConnectionError):
        assert ask(sandbox, b"zPING\0") == b""


def test_the_sms_gateway_takes_messages_from_who_knows_the_secret(sandbox):
    address, message = f"{sandbox.url}/passerelle/sms", {"to": "+32455001003", "text": "Bonjour"}
    bearer = {"Authorization": f"Bearer {sandbox.secret}"}
    assert requests.post(address, json=message, timeout=5).status_code == 401
    assert requests.post(address, json={"to": "1"}, headers=bearer, timeout=5).status_code == 400
    assert requests.post(address, json=message, headers=bearer, timeout=5).status_code == 202
    assert requests.get(address, timeout=5).status_code == 401
    assert requests.get(address, headers=bearer, timeout=5).json() == {"ready": True}
    with sandbox.faults(sms_down=True):
        assert requests.post(address, json=message, headers=bearer, timeout=5).status_code == 503
    received = requests.get(f"{sandbox.url}/api/sms", params={"person": "nadia-benali"}, timeout=5).json()
    assert [sms["text"] for sms in received] == ["Bonjour"]


def functions(sandbox, number: str, secret: str) -> requests.Response:
    header = {"Authorization": f"Bearer {secret}"}
    return requests.get(f"{sandbox.url}/registre/fonctions/{number}", headers=header, timeout=5)


def test_legal_functions_are_told_to_who_knows_the_secret(sandbox):
    number = NUMBERS["commune-de-valmoulin"]
    found = functions(sandbox, number.replace(".", ""), sandbox.secret).json()
    assert found["enterprise_number"] == number
    held = {(one["function_code"], one["surname"], one["joint"]) for one in found["functions"]}
    assert held == {("BOURG", "Collard", True), ("DIRGE", "Henrard", True)}
    assert functions(sandbox, number, "wrong").status_code == 401
    assert functions(sandbox, "0999999999", sandbox.secret).status_code == 404
    with sandbox.faults(registry_down=True):
        assert functions(sandbox, number, sandbox.secret).status_code == 503


def test_the_register_can_change_and_change_back(sandbox):
    number = NUMBERS["sentiers-de-valmoulin"]
    before = functions(sandbox, number, sandbox.secret).json()["functions"]
    assert [one["surname"] for one in before] == ["Delvaux"]
    after = [{**before[0], "to": "2026-01-01"}, {**before[0], "surname": "Thiry", "given_name": "Lucien"}]
    requests.put(f"{sandbox.url}/api/functions/{number}", json=after, timeout=5)
    assert functions(sandbox, number, sandbox.secret).json()["functions"] == after
    requests.delete(f"{sandbox.url}/api/functions/{number}", timeout=5)
    assert functions(sandbox, number, sandbox.secret).json()["functions"] == before


def test_the_cast_has_its_mailboxes_first_and_the_others_are_folded(sandbox):
    send(sandbox, to="aaa@courrier.example")
    page = requests.get(f"{sandbox.url}/courrier/", timeout=5).text
    assert page.index("claire.dubois@") < page.index("ines.carlier@") < page.index("<details>") < page.index(">aaa@")


def test_hours_are_those_of_brussels_wherever_the_machine_is(monkeypatch):
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        assert (clock(1_767_225_600), clock(1_782_864_000)) == ("01:00", "02:00")  # 1 January and 1 July 2026, 0 h UTC
    finally:
        monkeypatch.undo()
        time.tzset()
