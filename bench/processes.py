"""CPU time of a process and of all that it started, as the kernel counts it (Linux only)."""

import os
from pathlib import Path

from bench import memory

TICK = os.sysconf("SC_CLK_TCK")


def stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the state on; empty when there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def tree(root: int) -> list[int]:
    """A process and everything below it."""
    parents = {
        int(entry): int(fields[1])
        for entry in os.listdir("/proc")
        if entry.isdecimal() and (fields := stat(int(entry)))
    }
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def cpu(root: int) -> float:
    """Seconds of CPU, user and system, that a process and its descendants have used; those that ended count too."""
    ticks = sum(int(number) for number in stat(root)[13:15])  # of children that ended and were waited for
    return (ticks + sum(int(number) for pid in tree(root) for number in stat(pid)[11:13])) / TICK


def workers_memory(root: int) -> list[float]:
    """MB (Pss) of each process that this one started, and last its own: it holds what they share with it."""
    own, *started = (held["Pss"] for pid in tree(root) if (held := memory.of(pid)))
    return [*started, own]
