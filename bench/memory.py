"""Memory of processes, as the kernel counts it (Linux only)."""

from pathlib import Path


def of(pid: int) -> dict[str, float]:
    """MB that a process holds: Rss, and Pss, in which what several processes share is divided among them. Empty elsewhere."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    return read(lines)


def read(lines: list[str]) -> dict[str, float]:
    """Rss and Pss of such a file's lines, in MB."""
    values = {name: rest.split()[0] for name, _, rest in (line.partition(":") for line in lines) if rest.split()}
    return {name: int(values[name]) / 1024 for name in ("Rss", "Pss") if name in values}
