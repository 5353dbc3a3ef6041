"""One running sandbox: the real process on free ports."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import requests

ROOT = Path(__file__).parents[2]
PORTAL = "http://localhost:9"
SECRET = "a secret with : and spaces"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Process:
    """One running sandbox; `kill` and `start` again keep ports and data."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.options: list[str] = []
        self.environment = os.environ | environment
        self.data, self.web, self.smtp, self.clamd = data, free_port(), free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.web}"
        self.issuer, self.redirect_uri = f"{self.url}/idp", f"{PORTAL}/connexion/retour/"
        self.secret = SECRET
        data.mkdir(parents=True, exist_ok=True)
        (data / "secret").write_text(SECRET)

    def start(self) -> "Process":
        ports = ["--port", self.web, "--smtp-port", self.smtp, "--clamd-port", self.clamd]
        places = ["--data", self.data, "--portal-url", PORTAL, "--client-secret-file", self.data / "secret"]
        command = [sys.executable, "-m", "sandbox", *map(str, [*ports, *places, *self.options])]
        self.child = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.first_line = self.child.stdout.readline()
        assert self.first_line, self.child.stderr.read()
        return self

    def kill(self) -> None:
        os.kill(self.child.pid, signal.SIGKILL)
        self.child.communicate(timeout=5)

    def stop(self) -> float:
        """End it politely; the seconds that took."""
        began = time.monotonic()
        self.child.terminate()
        self.child.communicate(timeout=10)
        return time.monotonic() - began

    @contextlib.contextmanager
    def faults(self, **wanted: object) -> Iterator[None]:
        assert requests.put(f"{self.url}/api/faults", json=wanted, timeout=5).ok
        try:
            yield
        finally:
            requests.delete(f"{self.url}/api/faults", timeout=5)

    @contextlib.contextmanager
    def ahead(self, seconds: float) -> Iterator[None]:
        """Let whatever ends, end that much earlier."""
        requests.put(f"{self.url}/api/clock", json={"ahead": seconds}, timeout=5)
        try:
            yield
        finally:
            requests.put(f"{self.url}/api/clock", json={"ahead": 0}, timeout=5)
