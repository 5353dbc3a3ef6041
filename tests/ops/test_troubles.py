"""What keeps the demonstration from starting is said in one clear sentence, before anything else is started."""

import argparse
import errno
import os
import pwd
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from monespace.cli import binaries, demo, folder, ports, postgres, supervisor
from monespace.cli.main import main
from monespace.cli.trouble import DISK_IS_FULL, Trouble
from tests.ops.harness import ROOT


@pytest.fixture
def taken() -> int:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # as granian does: it would share it silently
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_taken_port_is_refused_and_a_free_one_named(taken: int, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "monespace.cli.main", "demo", "--data", tmp_path / "data", "--port", str(taken)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith(f"monespace: The port {taken} is taken by another program: try --port ")
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "data" / "postgresql").exists()


@pytest.mark.parametrize(
    ("port", "sentence"), [(70000, "is not a port"), (-1, "is not a port"), (0, "0 is not a port")]
)
def test_a_number_that_is_no_port_is_refused(port: int, sentence: str) -> None:
    with pytest.raises(Trouble, match=sentence):
        ports.refuse_taken("127.0.0.1", port)


def test_a_host_is_given_by_number_or_by_name() -> None:
    assert ports.address_of("localhost") in {"127.0.0.1", "::1"}
    assert ports.address_of("0.0.0.0") == "0.0.0.0"
    with pytest.raises(Trouble, match="No address is known for the host «nowhere"):
        ports.address_of("nowhere.invalid")


def test_after_the_last_port_the_search_goes_on_from_the_first() -> None:
    assert 1024 <= ports.next_free("127.0.0.1", 65536) < 65536


def test_a_terminal_that_knows_few_letters_gets_its_lines_all_the_same(tmp_path: Path) -> None:
    odd = tmp_path / "années" / "a$b"  # refused, but only after the first line of progress, which names it
    done = subprocess.run(
        [sys.executable, "-m", "monespace.cli.main", "demo", "--data", odd, "--port", str(ports.next_free("127.0.0.1", 20000))],
        cwd=ROOT, env=os.environ | {"PYTHONIOENCODING": "ascii"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "ann?es" in done.stdout
    assert "does not bear" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(Trouble, match="not one of this machine"):
        ports.refuse_taken("192.0.2.7", 8000)


def test_ports_are_kept_from_one_run_to_the_next(tmp_path: Path, taken: int) -> None:
    opened, wanted = folder.Folder(tmp_path / "data"), {"sandbox": "127.0.0.1", "smtp": "127.0.0.1"}
    first = opened.ports(wanted, 8000)
    assert opened.ports(wanted, 8000) == first
    assert len({8000, *first.values()}) == 3


def test_a_folder_that_holds_something_else_is_never_used(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    assert main(["demo", "--data", str(tmp_path), "--reset"]) == 1
    assert "holds something else" in capsys.readouterr().err
    assert (tmp_path / "thesis.txt").exists()


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(Trouble, match="is not a folder"):
        folder.Folder(tmp_path / "data")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EACCES, "cannot be read or written by you"),
        (errno.ENOSPC, "The disk is full"),
        (errno.EROFS, "read only"),
    ],
)
def test_an_unreadable_folder_or_a_full_disk_is_one_sentence(
    number: int, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(Trouble, match=sentence):
        folder.Folder(tmp_path / "data")


def test_a_disk_that_fills_up_later_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(tmp_path / "x"))

    monkeypatch.setattr(postgres, "start", full)
    assert main(["demo", "--data", str(tmp_path / "data"), "--port", str(ports.next_free("127.0.0.1", 20000))]) == 1
    assert "The disk is full: free about" in capsys.readouterr().err


@pytest.mark.parametrize("said", [
    "psycopg.errors.DiskFull: could not extend file \"base/16384/2674\": wrote only 4096 of 8192 bytes",
    "PANIC:  could not write to file \"pg_wal/xlogtemp.7\": No space left on device",
])  # fmt: skip
@pytest.mark.parametrize("teller", ["the step", "PostgreSQL"])
def test_a_step_that_fails_for_want_of_room_says_so_in_one_sentence(said: str, teller: str, tmp_path: Path) -> None:
    watching = supervisor.Supervisor(folder.Folder(tmp_path / "data"))
    log = tmp_path / "postgresql.log"
    log.write_text("an earlier run: No space left on device\n")
    words = "This probably means the server terminated abnormally\n\tbefore or while processing the request."
    watching.database = postgres.Server("", "", "", SimpleNamespace(pid=0), tmp_path, log, None, log.stat().st_size)

    def fail(words: str) -> str:
        with pytest.raises(Trouble) as refused:
            watching.step(
                [sys.executable, "-c", f"raise SystemExit({words!r})"], dict(os.environ), tmp_path / "step.log"
            )
        return str(refused.value)

    assert "before or while processing the request." in fail(words)
    if teller == "PostgreSQL":
        log.write_text(log.read_text() + said)
    assert fail(f"{said}\n" * (teller == "the step") + words) == DISK_IS_FULL
    assert ("before" in fail(words)) is (teller == "the step")
    watching.database = None


def test_a_folder_whose_path_a_shell_would_change_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="does not bear"):
        postgres.start(tmp_path / "a$b")


def test_a_user_without_an_entry_in_passwd_is_told_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def unknown(number: int) -> None:
        raise KeyError(number)

    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    with pytest.raises(Trouble, match="54321 has no entry in /etc/passwd"):
        postgres.start(tmp_path / "data")


def test_a_machine_without_postgresql_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "_candidates", lambda: iter(()))
    with pytest.raises(Trouble, match="apt install postgresql"):
        binaries.find()


def test_data_of_another_version_of_postgresql_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "_candidates", lambda: iter([binaries.Binaries(Path("bin"), 16)]))
    with pytest.raises(Trouble, match=r"made by PostgreSQL 18, and only 16 is here"):
        binaries.find(18)


def test_secrets_are_made_once_and_read_by_their_owner_only(tmp_path: Path) -> None:
    opened = folder.Folder(tmp_path / "data")
    secret = opened.secret("secret-key")
    assert oct(secret.stat().st_mode)[-3:] == "600"
    assert opened.secret("secret-key").read_text() == secret.read_text() != ""


@pytest.mark.parametrize(
    ("host", "open_to_all", "portal", "sandbox"),
    [
        ("127.0.0.1", False, "http://localhost:8000", "http://127.0.0.1:8001"),
        ("192.0.2.5", True, "http://192.0.2.5:8000", "http://192.0.2.5:8001"),
        ("127.0.0.2", False, "http://127.0.0.2:8000", "http://127.0.0.2:8001"),
        ("::1", False, "http://[::1]:8000", "http://[::1]:8001"),
    ],
)
def test_the_two_addresses_share_no_cookie_unless_opened_to_others(
    host: str, open_to_all: bool, portal: str, sandbox: str, tmp_path: Path
) -> None:
    house = demo.House(argparse.Namespace(path=tmp_path), host, ports.in_address(host), 8000, 8001, 8002, 8003)
    assert (house.open_to_all, house.portal_url, house.sandbox_url) == (open_to_all, portal, sandbox)


def test_loading_is_announced_only_when_something_is_loaded(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    house = demo.House(SimpleNamespace(path=tmp_path), "127.0.0.1", "localhost", 8000, 8001, 8002, 8003)  # type: ignore[arg-type]
    watching = SimpleNamespace(step=lambda *_: None)
    for empty in (True, True, False, False):
        demo._prepare(watching, house, {}, empty)  # type: ignore[arg-type]

    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [
        "Loading",
        "Looking",
        "Loading",
        "Looking",
    ]
