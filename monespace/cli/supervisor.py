"""Child processes that are started together, watched, started again when they die, and ended together."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from monespace.cli import postgres, processes
from monespace.cli.folder import Folder
from monespace.cli.trouble import DISK_IS_FULL, Trouble, reason, say

STEADY = 30  # seconds after which a child that dies is started again without waiting longer than the last time
LONGEST_WAIT = 15.0
NEEDED = 2**20  # bytes: with less, whatever failed failed for want of room


class Stopped(Exception):
    """Someone asked to stop: Ctrl-C, SIGTERM, or the terminal was closed."""


@dataclass
class Child:
    """One process of the house: its command, its environment, and how often it had to be started again."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen | None = None
    born: float = 0
    deaths: int = 0
    due: float = field(default=0)
    silent_until: int = 0  # how long its log was before it spoke

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C reaches the supervisor alone, which ends all in order."""
        with self.log.open("ab") as output:
            self.silent_until = output.tell()
            self.process = subprocess.Popen(
                self.command, env=self.environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True,
            )  # fmt: skip
        self.born = time.monotonic()

    def said(self) -> str:
        """All that it wrote since it was started."""
        return self.log.read_bytes()[self.silent_until :].decode("utf-8", "replace").strip()

    def last_words(self) -> str:
        """The last line it wrote."""
        return (self.said().splitlines() or ["it said nothing"])[-1]


class Supervisor:
    """Owns the database server and the children; `stopping` is set by a signal and read between two steps."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.children: list[Child] = []
        self.database: postgres.Server | None = None
        self.stopping, self.told = False, ""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)

    def _stop(self, number: int, _: object) -> None:
        self.stopping = True
        self.told = signal.Signals(number).name

    def pause(self, seconds: float) -> None:
        """Wait, and raise Stopped as soon as someone asked to stop."""
        until = time.monotonic() + seconds
        while not self.stopping and time.monotonic() < until:
            time.sleep(0.05)
        if self.stopping:
            raise Stopped

    def start_database(self) -> postgres.Server:
        """Start PostgreSQL in the data folder; raises Trouble."""
        self.database = postgres.start(self.folder.path / "postgresql")
        self._remember()
        self.pause(0)
        return self.database

    def step(self, command: list[str], environment: dict[str, str], log: Path) -> None:
        """Run one command to its end; raises Trouble with its last words when it fails."""
        child = Child("step", command, environment, log)
        child.start()
        self.children.append(child)
        self._remember()
        try:
            while child.process and child.process.poll() is None:
                self.pause(0.05)
        finally:
            if child.process and child.process.poll() is not None:
                self.children.remove(child)
        if child.process and child.process.returncode:
            raise self.reason(child, f"{child.last_words().removeprefix('monespace: ')} (all that was said: {log})")

    def reason(self, child: Child, otherwise: str) -> Trouble:
        """Why a child failed: a full disk, told by it, by PostgreSQL or by the disk itself, else this sentence."""
        told = child.said() + (self.database.said() if self.database else "")
        full = shutil.disk_usage(self.folder.path).free < NEEDED
        return reason(told, DISK_IS_FULL if full else otherwise)

    def start(self, child: Child) -> None:
        """Start a child and keep it running from now on."""
        child.start()
        self.children.append(child)
        self._remember()

    def wait_for(self, child: Child, ready: Callable[[], bool], patience: float = 60) -> None:
        """Wait until it is ready; raises Trouble when it dies before, or takes too long."""
        until = time.monotonic() + patience
        while not ready():
            if child.process and child.process.poll() is not None:
                told = f"The {child.name} did not start: {child.last_words()} (its messages: {child.log})"
                raise self.reason(child, told)
            if time.monotonic() > until:
                told = f"The {child.name} does not answer: {child.last_words()} (its messages: {child.log})"
                raise self.reason(child, told)
            self.pause(0.1)

    def watch(self) -> None:
        """Start again what dies, until someone asks to stop; raises Stopped."""
        while True:
            self.pause(0.2)
            if self.database and self.database.process.poll() is not None:
                say("The database stopped: starting it again.")
                postgres.restart(self.database)
                self._remember()
            for child in self.children:
                self._revive(child)

    def _revive(self, child: Child) -> None:
        """A dead child is started again after a wait that doubles; the orphans of its group are ended first."""
        if child.process is None or child.process.poll() is None:
            return
        now = time.monotonic()
        if not child.due:
            processes.end_group(child.process.pid, "", patience=2)
            child.deaths = 1 if now - child.born > STEADY else child.deaths + 1
            child.due = now + min(LONGEST_WAIT, 0.25 * 2 ** (child.deaths - 1))
            say(f"The {child.name} stopped ({child.last_words()[:200]}): starting it again.")
        elif now >= child.due:
            child.due = 0
            child.start()
            self._remember()

    def end(self) -> None:
        """End everything, last started first, whatever signal comes meanwhile."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for child in reversed(self.children):
            if child.process:
                end_process(child.process)
        if self.database:
            postgres.stop(self.database)
        self.children, self.database = [], None
        self.folder.remember({})

    def _remember(self) -> None:
        running = {child.name: child.process.pid for child in self.children if child.process}
        if self.database:
            running["postgresql"] = self.database.process.pid
        self.folder.remember(running)


def end_process(process: subprocess.Popen, patience: float = 15) -> None:
    """Ask a child and its group to end, then insist."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, how)
        except (ProcessLookupError, PermissionError):
            break
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            continue
