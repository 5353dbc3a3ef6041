"""A child process for what strangers send: it holds no secret, and has neither memory nor time without end. Light."""

import os
import resource
import signal
import subprocess
import sys

WRITTEN = 1_000_000  # bytes that a child may write


def run(module: str, given: bytes, *options: str, seconds: int) -> subprocess.CompletedProcess[bytes]:
    """Runs one of our modules on these bytes. Raises subprocess.TimeoutExpired, or OSError when it cannot start."""
    command = [sys.executable, "-m", module, *options]
    return subprocess.run(  # noqa: S603 — our own interpreter and module, no text of anybody's
        command, input=given, capture_output=True, timeout=seconds, env=_environment()
    )


def _environment() -> dict[str, str]:
    """The child finds the same modules and is given no secret: only what an interpreter needs."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def limit(*, seconds: int, memory: int) -> None:
    """Called by the child before it reads: processor time, memory, what it may write."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN, WRITTEN))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    signal.alarm(2 * seconds)
