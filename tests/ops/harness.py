"""A whole demonstration for tests and browser journeys, on free ports and in a folder that disappears.

with running_demo(tmp_path_factory.mktemp("demo")) as demo:
    demo.portal_url, demo.sandbox_url
    demo.kill("worker")
    demo.wait_until_healthy()
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from monespace.cli.demo import answers

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """A port that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def eventually(what: Callable[[], object], patience: float = 60, said: str = "") -> None:
    """Wait until this is true; fails the test when it never is."""
    until = time.monotonic() + patience
    while not what():
        assert time.monotonic() < until, said or f"not within {patience:.0f} s"
        time.sleep(0.1)


@dataclass
class Demo:
    """One demonstration: start it, kill parts of it, start it again, stop it."""

    data: Path
    options: tuple[str, ...] = ("--empty",)
    port: int = field(default_factory=free_port)
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None
    told_before: int = 0

    @property
    def portal_url(self) -> str:
        """The portal's address."""
        return f"http://localhost:{self.port}"

    @property
    def sandbox_url(self) -> str:
        """The sandbox's address."""
        return f"http://127.0.0.1:{self._read('ports.json')['sandbox']}"

    def start(self, patience: float = 180) -> None:
        """Start it and wait until both the portal and the sandbox answer."""
        command = [sys.executable, "-m", "monespace.cli.main", "demo", "--data", str(self.data)]
        command += ["--port", str(self.port), *self.options]
        self.told_before = len(self.said())
        with self._log.open("ab") as output:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)} | self.environment,
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip
        self.wait_until_healthy(patience)

    def said(self) -> str:
        """All that it printed."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    @property
    def _log(self) -> Path:
        return self.data.parent / f"{self.data.name}.log"

    def wait_until_healthy(self, patience: float = 60) -> None:
        """Wait for /sante/ of both; fails with what it printed when the demonstration ended instead."""

        def healthy() -> bool:
            assert self.process is not None
            assert self.process.poll() is None, self.said()
            return "Ctrl-C stops everything" in self.said()[self.told_before :] and all(
                answers(f"{url}/sante/") for url in (self.portal_url, self.sandbox_url)
            )

        eventually(healthy, patience, f"the demonstration is not healthy:\n{self.said()}")

    def run(self, *words: str) -> str:
        """Run Python with these words in the environment of the portal's processes; returns what it printed."""
        environment = os.environ | self.environment_of_portal()
        done = subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def environment_of_portal(self) -> dict[str, str]:
        """What the portal's processes are told beyond the environment of the demonstration itself."""
        return self._read("environment.json")

    def scene(self, **asked: object) -> dict:
        """Sign someone in and prepare drafts: see scene.py."""
        return json.loads(self.run("-m", "tests.ops.scene", json.dumps(asked)).splitlines()[-1])

    def pids(self) -> dict[str, int]:
        """The process that leads each part: sandbox, portal, worker, postgresql."""
        return {name: pid for name, (pid, _) in self._read("processes.json").items()}

    def kill(self, name: str) -> int:
        """Kill a part without warning: supervisor, or a name of `pids`; returns its number."""
        pid = self.process.pid if name == "supervisor" and self.process else self.pids()[name]
        os.kill(pid, signal.SIGKILL)
        if name == "supervisor" and self.process:
            self.process.wait()
        return pid

    def kill_web_worker(self) -> int:
        """Kill one process of the web server that is not its main one; returns its number."""
        worker = children_of(self.pids()["portal"])[-1]
        os.kill(worker, signal.SIGKILL)
        return worker

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end and wait; returns its status."""
        assert self.process is not None
        self.process.send_signal(how)
        return self.process.wait(60)

    def _read(self, name: str) -> dict:
        try:
            return json.loads((self.data / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}


def children_of(pid: int) -> list[int]:
    """The processes that this one started, oldest first."""
    told = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in told.splitlines()]
    return sorted(child for child, parent in pairs if parent == pid)


@contextmanager
def running_demo(folder: Path, *options: str, **environment: str) -> Iterator[Demo]:
    """A demonstration with its data under this folder, empty unless told otherwise, ended at the end."""
    demo = Demo(folder / "data", options or ("--empty",), environment=environment)
    try:
        demo.start()
        yield demo
    finally:
        if demo.process and demo.process.poll() is None:
            demo.stop()
