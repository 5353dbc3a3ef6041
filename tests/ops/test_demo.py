"""The demonstration: whichever of its processes is killed while a request is sent, the house stands again, by itself
or at the next start; nothing is lost and there is one number.
"""

import signal
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from monespace.cli import processes
from tests.ops.harness import Demo, children_of, eventually, running_demo
from tests.ops.leaks import leaks
from tests.ops.sender import Sender

BEFORE_IT_IS_KEPT = ["web worker", "portal", "postgresql", "supervisor"]  # killed in the middle of the transaction
AFTER_IT_IS_KEPT = ["worker", "sandbox"]  # killed when the answer is there and receipt and mail are being made
PARTS = BEFORE_IT_IS_KEPT + AFTER_IT_IS_KEPT


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with running_demo(tmp_path_factory.mktemp("demo"), WEB_WORKERS="1") as running:
        yield running


@pytest.fixture(scope="module")
def claire(demo: Demo) -> Sender:
    return Sender(demo, len(PARTS))


def stands_again(demo: Demo, name: str, before: int) -> None:
    """Wait until what was killed is replaced, by itself or, without supervisor, at the next start."""
    main = demo.pids()["portal"]
    if name == "supervisor":
        demo.start()
    elif name == "web worker":
        eventually(lambda: before not in children_of(main) and children_of(main), 20)
    else:
        eventually(lambda: demo.pids().get(name, before) != before, 30)
    demo.wait_until_healthy()


def kill(demo: Demo, name: str) -> int:
    return demo.kill_web_worker() if name == "web worker" else demo.kill(name)


@pytest.mark.parametrize("name", PARTS)
def test_killed_while_a_request_is_sent_nothing_is_lost_and_there_is_one_number(
    demo: Demo, claire: Sender, name: str
) -> None:
    ref, orphans = claire.drafts[PARTS.index(name)], demo.pids()
    if name in BEFORE_IT_IS_KEPT:
        with claire.while_sending(ref):
            before = kill(demo, name)
    else:
        claire.send(ref, claire.form(ref))
        before = kill(demo, name)
    stands_again(demo, name, before)

    again = claire.send(ref, claire.form(ref))
    assert again is not None
    eventually(lambda: claire.known(ref).receipt, 60, f"no receipt after the {name} was killed")
    known = claire.known(ref)
    eventually(lambda: claire.mails_about(known.number), 60, f"no mail after the {name} was killed")

    assert (known.times_sent, known.acts) == (1, 1)
    assert claire.receipt_of(known).startswith(b"%PDF-")
    assert len({dict(mail["headers"])["Message-ID"] for mail in claire.mails_about(known.number)}) == 1
    if name == "supervisor":
        assert "Ended what an earlier run left" in demo.said()
        assert all(processes.started_at(pid) is None for pid in orphans.values())


def test_every_dossier_has_a_number_of_its_own(claire: Sender) -> None:
    numbers = {claire.known(ref).number for ref in claire.drafts}
    assert len(numbers) == len(PARTS)
    assert None not in numbers


def test_no_secret_and_no_owner_address_reaches_the_portal_or_its_messages(demo: Demo) -> None:
    passwords = (demo.data / "postgresql" / "passwords.json").read_text(encoding="utf-8")
    secret = (demo.data / "secret-key").read_text(encoding="utf-8")
    said = "".join(path.read_text(encoding="utf-8") for path in Path(demo.data, "logs").iterdir()) + demo.said()
    assert secret not in said
    assert not any(word in said for word in passwords.split('"') if len(word) == 32)


def test_no_national_number_and_no_code_is_written_anywhere(demo: Demo, claire: Sender) -> None:
    assert leaks(demo) == []


@pytest.mark.parametrize("planted", ["85031499897", "85.03.14-998.97", "85 03 14 998 97"])
def test_a_number_that_was_written_is_found(demo: Demo, claire: Sender, planted: str) -> None:
    log = Path(demo.data, "logs", "planted.log")
    log.write_text(f'{{"event": "about {planted}"}}', encoding="utf-8")
    with claire.connect() as link:
        notice = (
            "INSERT INTO notices_notice (person, text, language, path, created_at) VALUES (%s, %s, 'fr', '', now())"
        )
        link.execute(notice, [str(uuid.uuid4()), f"About {planted}."])
        try:
            assert leaks(demo) == ["log planted.log", "table notices_notice"]
        finally:
            log.unlink()
            link.execute("DELETE FROM notices_notice WHERE text LIKE 'About %'")


def test_ctrl_c_ends_everything(demo: Demo) -> None:
    running = [*demo.pids().values(), *children_of(demo.pids()["portal"])]
    assert demo.stop(signal.SIGINT) == 0
    assert all(processes.started_at(pid) is None for pid in running)
