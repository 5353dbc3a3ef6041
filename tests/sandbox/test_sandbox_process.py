"""The process says when it is ready, ends when told, and loses nothing when killed."""

import smtplib
import socket
import subprocess
import sys

import pytest
import requests

from tests.sandbox.client import Client, callback
from tests.sandbox.process import PORTAL, ROOT, Process


@pytest.fixture
def process(tmp_path):
    process = Process(tmp_path / "data").start()
    yield process
    process.kill()


def test_a_kill_loses_neither_mail_nor_sms_nor_key_nor_identification(process):
    with smtplib.SMTP("127.0.0.1", process.smtp, timeout=5) as server:
        server.sendmail("a@portal.example", ["b@courrier.example"], "Subject: gardé\r\n\r\ntexte".encode())
    client = Client(process)
    page = client.post(client.authorize(400), action="sms")
    page = client.post(page, action="send", phone="0455001001")
    keys = requests.get(f"{process.issuer}/connect/jwk_uri", timeout=5).json()
    process.kill()
    process.start()
    assert len(requests.get(f"{process.url}/api/mails", params={"to": "b@courrier.example"}, timeout=5).json()) == 1
    assert requests.get(f"{process.issuer}/connect/jwk_uri", timeout=5).json() == keys
    sms = requests.get(f"{process.url}/api/sms", params={"person": "claire-dubois"}, timeout=5).json()
    back = callback(client.post(page, action="check", code=sms[0]["text"][:6]))
    assert client.claims(client.token(back["code"]).json()["id_token"])["amr"] == ["sms"]


def test_it_says_one_line_when_ready_and_ends_within_two_seconds(process):
    assert process.first_line.startswith(f"sandbox ready: {process.url}/ ")
    smtplib.SMTP("127.0.0.1", process.smtp, timeout=5)  # a client that stays connected does not hold it up
    assert process.stop() < 2
    assert process.child.returncode == 0
    process.start()


def test_a_taken_port_is_one_clear_sentence(process, tmp_path):
    secret = process.data / "secret"
    ports = ["--port", process.web, "--smtp-port", process.smtp, "--clamd-port", process.clamd]
    command = [*ports, "--data", tmp_path / "other", "--portal-url", PORTAL, "--client-secret-file", secret]
    run = [sys.executable, "-m", "sandbox", *map(str, command)]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, timeout=20)
    assert done.returncode == 1
    assert done.stderr.startswith("The sandbox cannot start:")
    assert "Traceback" not in done.stderr


def test_opened_to_others_it_keeps_mail_and_scanner_on_this_machine(tmp_path):
    process = Process(tmp_path / "data")
    process.options = ["--host", "0.0.0.0", "--public-url", process.url]
    process.start()
    try:
        assert requests.get(f"{process.url.replace('127.0.0.1', '127.0.0.2')}/sante/", timeout=5).ok
        for port in (process.smtp, process.clamd):
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.2", port), timeout=5)
    finally:
        process.kill()


MISSING = ["/nothing", "/telephone/nobody/", "/courrier/x@y.example/7/", "/api/mails/99999/attachments/0"]


@pytest.mark.parametrize("address", MISSING)
def test_what_does_not_exist_is_said_in_a_sentence(sandbox, address):
    answer = requests.get(sandbox.url + address, timeout=5)
    assert answer.status_code == 404
    assert "n&#39;existe pas" in answer.text


def test_no_form_from_another_site_is_taken_and_every_answer_is_protected(sandbox):
    answer = requests.post(f"{sandbox.url}/faults", headers={"Origin": "https://evil.example"}, timeout=5)
    assert answer.status_code == 403
    headers = requests.get(f"{sandbox.url}/", timeout=5).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
