"""Processes by number and start time, so that a number given again by the system is never taken for ours."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path


def started_at(pid: int) -> str | None:
    """When this process started, as the system words it; None when there is none (a dead child unread counts none)."""
    if sys.platform == "linux":
        try:
            fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            return None
        return None if fields[0] == "Z" else f"{_boot()}:{fields[19]}"
    when = _ps(pid, "lstart=")
    return f":{when}" if when else None


def command_of(pid: int) -> str:
    """The name of the program this process runs, empty when there is none."""
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/comm").read_text(encoding="utf-8", errors="replace").strip()
        except OSError:
            return ""
    return _ps(pid, "comm=") or ""


def _boot() -> str:
    """This run of the machine: ticks since its start are given again after a restart."""
    if sys.platform != "linux":
        return ""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def _ps(pid: int, column: str) -> str | None:
    asked = subprocess.run(["ps", "-o", column, "-p", str(pid)], capture_output=True, text=True, check=False)
    return asked.stdout.strip() or None


def end_group(pid: int, started: str, how: signal.Signals = signal.SIGTERM, patience: float = 10) -> bool:
    """End the group this process leads, if it is still the one that started then; True when there was one to end.

    Workers outlive a killed leader: the group is killed even when its leader is gone, as long as a member of it
    remains, since a group's number is not given again while one does.
    """
    alive = started_at(pid)
    if alive not in (None, started) or started.partition(":")[0] not in ("", _boot()):
        return False
    if not _signal_group(pid, how):
        return False
    until = time.monotonic() + patience
    while time.monotonic() < until and _signal_group(pid, 0):
        if started_at(pid) is None:
            _signal_group(pid, signal.SIGKILL)
        time.sleep(0.05)
    _signal_group(pid, signal.SIGKILL)
    return True


def _signal_group(pid: int, how: int) -> bool:
    try:
        os.killpg(pid, how)
    except (ProcessLookupError, PermissionError):
        return False
    return True
