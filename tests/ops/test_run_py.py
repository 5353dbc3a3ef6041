"""`run.py` is read by any Python, and every failure is one sentence."""

import ast
import errno
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ops.harness import ROOT

RUN = ROOT / "run.py"
SOURCE = RUN.read_text(encoding="utf-8")
NOT_IN_PYTHON_2 = (
    ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Nonlocal, ast.AsyncFunctionDef, ast.Await, ast.YieldFrom,
    ast.Starred, ast.Match, ast.MatMult,
)  # fmt: skip


def run(*command: object, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [*map(str, command)], env={"PATH": os.defpath, "HOME": os.environ.get("HOME", "/")} | environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def module():
    spec = importlib.util.spec_from_file_location("run", RUN)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def one_sentence(text: str) -> str:
    lines = text.strip().splitlines()
    assert len(lines) == 1, text
    assert "Traceback" not in text
    return lines[0]


def test_it_uses_no_syntax_that_an_old_python_cannot_read() -> None:
    tree = ast.parse(SOURCE, feature_version=(3, 6))
    assert SOURCE.isascii()
    for node in ast.walk(tree):
        assert not isinstance(node, NOT_IN_PYTHON_2), f"line {node.lineno}: {type(node).__name__}"
        if isinstance(node, ast.FunctionDef):
            spelled = node.args.args
            assert node.args.kwonlyargs == [], node.name
            assert node.returns is None, node.name
            assert all(argument.annotation is None for argument in spelled)
        if isinstance(node, ast.Raise):
            assert node.cause is None


def old_pythons() -> list[str]:
    """The old Pythons of this machine, by their own paths: none is a fair answer, the test of the syntax stands."""
    asked = [
        run(found, "-c", "import sys; print(sys.executable)", PATH=os.environ["PATH"])
        for name in ("python2.7", "python3.6", "python3.8", "python3.10")
        if (found := shutil.which(name))
    ]
    return [answer.stdout.strip() for answer in asked if answer.returncode == 0]


def test_an_old_python_says_what_is_needed_or_hands_over_to_a_newer_one(tmp_path: Path) -> None:
    for program in old_pythons():
        path = tmp_path / Path(program).name
        path.mkdir()
        refused = run(program, RUN, "demo", PATH=str(path))
        assert "Python 3.11 or newer is needed" in one_sentence(refused.stderr)
        (path / "python3.12").symlink_to(sys.executable)
        assert "demo " in run(program, RUN, "help", PATH=str(path)).stdout


def test_alone_it_prints_its_verbs_and_installs_nothing() -> None:
    done = run(sys.executable, RUN)
    assert done.returncode == 0
    assert all(f"  {verb} " in done.stdout for verb in ("demo", "test", "check", "bench"))


def test_an_unknown_verb_is_named() -> None:
    done = run(sys.executable, RUN, "dmeo")
    assert done.returncode == 1
    assert one_sentence(done.stderr) == "run.py: There is no verb dmeo."


def test_windows_is_told_of_wsl(module, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.os, "name", "nt")
    with pytest.raises(module.Trouble, match="WSL"):
        module.main(["demo"])


def test_a_user_without_an_entry_in_passwd_is_told_so_before_anything_is_installed(
    module, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(number: int) -> None:
        raise KeyError(number)

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    with pytest.raises(module.Trouble, match="no entry in /etc/passwd"):
        module.main(["demo"])


def test_a_machine_that_cannot_make_an_environment_is_told_the_package(
    module, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "environment_makers", lambda folder: iter(()))
    with pytest.raises(module.Trouble, match=r"apt install python3\.\d+-venv"):
        module.make_environment(str(tmp_path / ".venv"), str(tmp_path / ".venv" / "bin" / "python"))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("ERROR: Could not install: [Errno 28] No space left on device", "disk is full"),
        ("error: Failed to fetch\n  Caused by: dns error: failed to lookup", "network does not answer"),
        ("NewConnectionError: Failed to establish a new connection: [Errno 111] Connection refused", "network"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES; they do not match the hashes from the file", "hash differs"),
        ("error: failed to write: Permission denied (os error 13)", "change its rights"),
    ],
)
def test_what_an_installer_says_becomes_one_sentence(module, said: str, sentence: str) -> None:
    with pytest.raises(module.Trouble, match=sentence):
        module.refuse_known_reason(said)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.ENOSPC, "disk is full"), (errno.EACCES, "/some/folder cannot be read"), (errno.EROFS, "cannot be")],
)
def test_what_the_file_system_refuses_becomes_one_sentence(module, number: int, sentence: str) -> None:
    assert sentence in module.sentence_of(OSError(number, os.strerror(number), "/some/folder"))


def test_what_is_installed_is_kept_until_the_lock_changes(
    module, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "requirements").mkdir()
    for name in ("demo", "test"):
        (tmp_path / "requirements" / f"{name}.txt").write_text("polib==1\n")
    monkeypatch.setattr(module, "ROOT", str(tmp_path))
    done: list[str] = []
    monkeypatch.setattr(module, "make_environment", lambda folder, python: os.makedirs(folder, exist_ok=True))
    monkeypatch.setattr(module, "install", lambda folder, python, lock: done.append(Path(lock).stem))
    monkeypatch.setattr(module, "is_new_enough", lambda python: True)
    monkeypatch.setattr(module, "install_project", lambda folder, python: None)

    for name in ("demo", "demo", "test", "demo", "test"):
        module.prepared(name, str(tmp_path / "data"))
    assert done == ["demo", "test"]
    (tmp_path / "requirements" / "demo.txt").write_text("polib==2\n")
    module.prepared("demo", str(tmp_path / "data"))
    assert done == ["demo", "test", "demo"]


def test_a_path_that_a_shell_would_change_is_refused_in_one_sentence(module, tmp_path: Path, monkeypatch) -> None:
    for place in ("ROOT", "data"):
        monkeypatch.setattr(module, "ROOT", f"{tmp_path}/a$b" if place == "ROOT" else str(tmp_path))
        monkeypatch.setattr(module, "data_folder", lambda rest: f"{tmp_path}/`id`")
        with pytest.raises(module.Trouble, match=r"cannot be used: initdb does not bear") as refused:
            module.main(["demo"])
        assert "\n" not in str(refused.value)


def test_the_command_it_leaves_works_under_a_path_with_quotes_and_spaces(module, tmp_path: Path) -> None:
    folder = tmp_path / "it's here" / ".venv"
    (folder / "bin").mkdir(parents=True)
    python = folder / "bin" / "python"
    python.write_text(f'#!/bin/sh\n[ "$1" = -c ] && echo "{folder}" || echo "$@"\n')
    python.chmod(0o755)
    module.install_project(str(folder), str(python))

    assert run(folder / "bin" / "monespace", "team", "list").stdout == "-P -m monespace.cli.main team list\n"
