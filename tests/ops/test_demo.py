"""The demonstration: whichever of its processes is killed, the house stands again by itself, or at the next start."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from monespace.cli import processes
from tests.ops.harness import Demo, children_of, eventually, running_demo


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with running_demo(tmp_path_factory.mktemp("demo")) as running:
        yield running


@pytest.mark.parametrize("name", ["sandbox", "portal", "worker", "postgresql"])
def test_what_is_killed_comes_back_without_anyone_doing_anything(demo: Demo, name: str) -> None:
    before = demo.kill(name)
    eventually(lambda: demo.pids()[name] != before, 30)
    demo.wait_until_healthy()


def test_a_killed_process_of_the_web_server_is_replaced(demo: Demo) -> None:
    main = demo.pids()["portal"]
    many = len(children_of(main))
    before = demo.kill_web_worker()
    eventually(lambda: before not in children_of(main) and len(children_of(main)) == many, 20)
    demo.wait_until_healthy()


def test_after_the_supervisor_was_killed_the_next_start_ends_its_orphans(demo: Demo) -> None:
    orphans = demo.pids()
    demo.kill("supervisor")
    demo.start()
    assert "Ended what an earlier run left" in demo.said()
    assert all(processes.started_at(pid) is None for pid in orphans.values())


def test_ctrl_c_ends_everything(demo: Demo) -> None:
    running = [*demo.pids().values(), *children_of(demo.pids()["portal"])]
    assert demo.stop(signal.SIGINT) == 0
    assert all(processes.started_at(pid) is None for pid in running)


def test_no_secret_and_no_owner_address_reaches_the_portal_or_its_messages(demo: Demo) -> None:
    passwords = (demo.data / "postgresql" / "passwords.json").read_text(encoding="utf-8")
    secret = (demo.data / "secret-key").read_text(encoding="utf-8")
    said = "".join(path.read_text(encoding="utf-8") for path in Path(demo.data, "logs").iterdir()) + demo.said()
    assert secret not in said
    assert not any(word in said for word in passwords.split('"') if len(word) == 32)
