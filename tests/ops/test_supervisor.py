"""What the supervisor promises: it revives what dies, leaves nothing behind, and ends what a killed run left."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from monespace.cli import binaries, postgres, processes
from tests.ops.harness import ROOT, children_of, eventually

SCRIPT = Path(__file__).with_name("small_house.py")


class SmallHouse:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, SCRIPT, self.path], env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        self.first_line = self.process.stdout.readline().strip()
        assert self.process.stdout.readline() == "ready\n"

    def pids(self) -> dict[str, int]:
        noted = json.loads((self.path / "processes.json").read_text(encoding="utf-8"))
        return {name: pid for name, (pid, _) in noted.items()}

    def answers(self) -> bool:
        try:
            psycopg.connect((self.path / "url").read_text(encoding="utf-8"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


@pytest.fixture
def house(tmp_path: Path) -> Iterator[SmallHouse]:
    house = SmallHouse(tmp_path / "data")
    yield house
    house.process.terminate()
    house.process.wait(30)


def gone(*pids: int) -> bool:
    return all(processes.started_at(pid) is None for pid in pids)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_leaves_no_process_and_no_socket_behind(house: SmallHouse, how: signal.Signals) -> None:
    leaders = list(house.pids().values())
    everyone = [*leaders, *(child for leader in leaders for child in children_of(leader))]
    run_folder = Path((house.path / "postgresql" / "run-folder").read_text(encoding="utf-8"))
    house.process.send_signal(how)
    assert house.process.wait(30) == 0
    assert gone(*everyone)
    assert not run_folder.exists()
    assert house.pids() == {}


def test_a_killed_child_is_started_again_and_its_own_children_are_ended(house: SmallHouse) -> None:
    before = house.pids()["child"]
    eventually(lambda: children_of(before), 10)
    orphans = children_of(before)
    os.kill(before, signal.SIGKILL)
    eventually(lambda: house.pids()["child"] != before, 20)
    assert gone(before, *orphans)


def test_a_killed_database_comes_back_at_the_same_address(house: SmallHouse) -> None:
    before = house.pids()["postgresql"]
    os.kill(before, signal.SIGKILL)
    eventually(lambda: house.pids()["postgresql"] != before and house.answers(), 30)


def test_what_a_killed_run_left_is_ended_before_the_next_one_starts(house: SmallHouse) -> None:
    orphans = list(house.pids().values())
    orphans += children_of(house.pids()["child"])
    house.process.kill()
    house.process.wait()
    house.start()
    assert house.first_line == "ended child postgresql"
    assert gone(*orphans)
    assert house.answers()


def test_a_second_run_on_the_same_data_is_refused_in_one_sentence(house: SmallHouse) -> None:
    second = subprocess.run(
        [sys.executable, SCRIPT, house.path], env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert f"already runs on {house.path} (process {house.process.pid})" in second.stderr
    assert house.answers()


def test_a_number_given_to_another_program_since_is_never_ended() -> None:
    with subprocess.Popen(["sleep", "60"], start_new_session=True) as stranger:
        assert not processes.end_group(stranger.pid, "another start time")
        assert stranger.poll() is None
        stranger.kill()


def test_a_private_data_folder_is_enough(tmp_path: Path) -> None:
    """Under a home that only its owner enters, root's PostgreSQL runs as a user without rights all the same."""
    closed = tmp_path / "home"
    closed.mkdir(mode=0o700)
    server = postgres.start(closed / "deep" / "data")
    try:
        with psycopg.connect(server.url_portal) as link:
            assert link.execute("SELECT current_user").fetchone() == ("monespace",)
            assert link.execute("SHOW fsync").fetchone() == ("on",)
            assert link.execute("SHOW listen_addresses").fetchone() == ("",)
        assert oct(server.run_folder.joinpath("s").stat().st_mode)[-3:] == "700"
    finally:
        postgres.stop(server)


def test_programs_under_a_private_home_are_copied_for_roots_postgresql(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = binaries.find()
    closed = tmp_path / "home"
    closed.mkdir(mode=0o700)
    for part in found.package:
        shutil.copytree(part, closed / part.name, symlinks=True)
    moved = binaries.Binaries(
        closed / found.folder.relative_to(found.package[0].parent),
        found.major,
        tuple(closed / part.name for part in found.package),
    )
    monkeypatch.setattr(binaries, "find", lambda major: moved)
    server = postgres.start(tmp_path / "data")
    postgres.stop(server)
    assert server.run_folder.exists() is False


def test_the_socket_path_is_short_even_when_the_temporary_folder_is_deep(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    server = postgres.start(tmp_path / "data")
    postgres.stop(server)
    assert not str(server.run_folder).startswith(str(deep))
