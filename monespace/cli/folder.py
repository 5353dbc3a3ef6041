"""The demonstration's data folder: its lock, its secrets, its ports, the processes it started."""

import errno
import fcntl
import json
import os
import secrets
import shutil
import signal
from pathlib import Path
from typing import IO

from monespace.cli import ports, postgres, processes
from monespace.cli.trouble import DISK_IS_FULL, Trouble

ROOT = Path(__file__).resolve().parents[2]
MARK = "monespace-data"  # names a folder as ours, so that --reset never empties another


def default() -> Path:
    """Where data goes when nothing is said: in the clone, or in the home when the clone cannot be written."""
    if told := os.environ.get("MONESPACE_DATA"):
        return Path(told)
    if os.access(ROOT, os.W_OK):
        return ROOT / ".data"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "monespace"


class Folder:
    """An opened, locked data folder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = _opened(path)

    def reset(self) -> None:
        """Remove all that it holds, except its lock and what is installed there."""
        postgres.forget_last_run(self.path / "postgresql")
        for entry in self.path.iterdir():
            if entry.name in {MARK, ".venv"}:
                continue
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()

    def secret(self, name: str) -> Path:
        """The file of a random secret that only this user reads, made at first."""
        path = self.path / name
        if not path.exists():
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                file.write(secrets.token_urlsafe(48))
        return path

    def ports(self, wanted: dict[str, str], avoid: int) -> dict[str, int]:
        """A free port for each name, at the host it is wanted for; the same as last time when it still is."""
        kept = self._read("ports.json")
        chosen: dict[str, int] = {}
        for name, host in wanted.items():
            port, used = kept.get(name, 0), {avoid, *chosen.values()}
            if not port or port in used or not ports.is_free(host, port):
                port = ports.next_free(host, avoid + 1 + len(chosen), used)
            chosen[name] = port
        self._write("ports.json", chosen)
        return chosen

    def remember(self, running: dict[str, int]) -> None:
        """Note the processes that run, with their start times."""
        self._write("processes.json", {name: [pid, processes.started_at(pid)] for name, pid in running.items()})

    def note(self, name: str, value: dict) -> None:
        """Write a file that only this user reads."""
        self._write(name, value)

    def end_orphans(self) -> list[str]:
        """End what a killed run left running; returns the names of what was ended."""
        noted = self._read("processes.json")
        ended = [name for name, (pid, started) in noted.items() if started and _end(name, pid, started)]
        self._write("processes.json", {})
        return ended

    def _read(self, name: str) -> dict:
        try:
            return json.loads((self.path / name).read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}

    def _write(self, name: str, value: dict) -> None:
        draft = self.path / f"{name}.new"
        draft.write_text(json.dumps(value), encoding="utf-8")
        draft.replace(self.path / name)


def _end(name: str, pid: int, started: str) -> bool:
    """PostgreSQL ends at once on SIGINT; on SIGTERM it would wait for whoever is connected."""
    return processes.end_group(pid, started, signal.SIGINT if name == "postgresql" else signal.SIGTERM)


def _opened(path: Path) -> IO[str]:
    """Make the folder when needed and lock it; raises Trouble when it cannot be used, is not ours or is in use."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        if any(path.iterdir()) and not (path / MARK).exists() and {e.name for e in path.iterdir()} != {".venv"}:
            raise Trouble(f"The folder {path} holds something else: give --data another one.")
        lock = (path / MARK).open("a+", encoding="utf-8")
    except OSError as error:
        raise Trouble(why(error, path)) from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        raise Trouble(
            f"A demonstration already runs on {path} (process {lock.read().strip()}): stop it, or give --data another."
        ) from None
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def why(error: OSError, path: Path | str) -> str:
    """One sentence for what the file system refused."""
    path = error.filename or path
    sentences = {
        errno.ENOSPC: DISK_IS_FULL,
        errno.EDQUOT: f"Your disk quota is used up, {path} cannot be written: free some space and start again.",
        errno.EACCES: f"{path} cannot be read or written by you: change its rights, or give --data another folder.",
        errno.EPERM: f"{path} cannot be read or written by you: change its rights, or give --data another folder.",
        errno.EROFS: f"{path} is on a disk that is read only: give --data another folder.",
        errno.ENOTDIR: f"{path} is not a folder: give --data another one.",
        errno.EEXIST: f"{path} is not a folder: give --data another one.",
    }
    return sentences.get(error.errno or 0, f"{path}: {error.strerror or error}.")
