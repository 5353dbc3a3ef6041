"""A private PostgreSQL for the demonstration and the tests: a direct child process, on a socket in a closed folder.

Run as root it drops to a user without rights, since PostgreSQL refuses root; what that user cannot reach (programs
or data under a private home) is copied, or handed over as an open folder.
"""

import json
import locale
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psycopg

from monespace.cli import binaries, databases, processes, users
from monespace.cli.databases import OWNER, PORTAL
from monespace.cli.trouble import Trouble, reason

SUPERUSER = "monespace_root"
PREFIX = "monespace-pg-"
LONGEST_SOCKET = 100  # the kernel allows 107 bytes on Linux and 103 on macOS, file name included


@dataclass
class Server:
    """A running PostgreSQL: addresses for the owner, for the portal and (tests only) for the superuser."""

    url_owner: str
    url_portal: str
    url_superuser: str
    process: subprocess.Popen
    run_folder: Path
    log: Path
    respawn: Callable[[], subprocess.Popen]
    silent_until: int = 0  # how long its log was before it spoke

    def said(self) -> str:
        """All that it wrote since it was started."""
        return self.log.read_bytes()[self.silent_until :].decode("utf-8", "replace")


def start(folder: Path, database: str = "monespace") -> Server:
    """Start the cluster of this folder, made at first, with its two roles and its database; raises Trouble."""
    binaries.refuse_odd_path(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    forget_last_run(folder)
    cluster, passwords = folder / "cluster", _passwords(folder)
    run_folder, log = _new_run_folder(folder), folder / "postgresql.log"
    sockets = run_folder / "s"
    try:
        respawn = _launcher(cluster, passwords["superuser"], run_folder, log)
        silent_until = log.stat().st_size if log.exists() else 0
        process = respawn()
    except BaseException:
        shutil.rmtree(run_folder, ignore_errors=True)
        raise
    server = Server(
        url_owner=address(OWNER, passwords["owner"], database, sockets),
        url_portal=address(PORTAL, passwords["portal"], database, sockets),
        url_superuser=address(SUPERUSER, passwords["superuser"], "postgres", sockets),
        process=process,
        run_folder=run_folder,
        log=log,
        respawn=respawn,
        silent_until=silent_until,
    )
    _furnish(server, passwords, database)
    return server


def _launcher(cluster: Path, password: str, run_folder: Path, log: Path) -> Callable[[], subprocess.Popen]:
    """What starts the server, its cluster made where there is none yet, as somebody who is not root."""
    user, sockets = users.unprivileged(), run_folder / "s"
    programs = _reachable(binaries.find(_major_of(cluster)), user, run_folder)
    users.give(sockets, user)
    _make_cluster(cluster, programs, user, password, sockets)
    _forget_stale_lock(cluster / "postmaster.pid")
    return partial(_start_server, cluster, programs, user, sockets, log)


def _furnish(server: Server, passwords: dict[str, str], database: str) -> None:
    """Wait until it answers, make the roles and the database; stop it when that fails. Raises Trouble."""
    try:
        _bring_up(server)
        databases.make_roles(server.url_superuser, passwords)
        databases.make(server.url_superuser, database)
    except BaseException as error:
        stop(server)
        if isinstance(error, psycopg.Error):
            raise reason(
                f"{server.said()} {error}", f"PostgreSQL refuses: {error} (its messages: {server.log})"
            ) from error
        raise


def stop(server: Server) -> None:
    """End the server, its open transactions rolled back, and remove what it left outside its data."""
    for how, patience in ((signal.SIGINT, 20), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
        if server.process.poll() is None:
            server.process.send_signal(how)
            try:
                server.process.wait(patience)
            except subprocess.TimeoutExpired:
                continue
    shutil.rmtree(server.run_folder, ignore_errors=True)


def address(role: str, password: str, database: str, sockets: Path) -> str:
    """The address of a database through the socket folder."""
    return f"postgresql://{role}:{password}@/{database}?host={sockets}"


def _passwords(folder: Path) -> dict[str, str]:
    """The passwords of the roles, made once and kept where only this user reads."""
    kept = folder / "passwords.json"
    if not kept.exists():
        made = {role: secrets.token_urlsafe(24) for role in ("owner", "portal", "superuser")}
        with open(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(made, file)
    return json.loads(kept.read_text(encoding="utf-8"))


def _new_run_folder(folder: Path) -> Path:
    """A short folder for the socket (and copied programs), noted so that the next start removes a killed run's."""
    for place in (tempfile.gettempdir(), "/tmp"):  # noqa: S108 - macOS gives a long private folder
        run_folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
        if len(bytes(run_folder / "s" / ".s.PGSQL.5432")) <= LONGEST_SOCKET:
            break
        run_folder.rmdir()
    else:
        raise Trouble("No folder for temporary files has a path short enough for a socket: set TMPDIR to a short one.")
    run_folder.chmod(0o711)
    (run_folder / "s").mkdir(mode=0o700)
    (folder / "run-folder").write_text(str(run_folder), encoding="utf-8")
    return run_folder


def forget_last_run(folder: Path) -> None:
    """Remove the run folder that a killed server left."""
    noted = folder / "run-folder"
    if noted.exists() and Path(noted.read_text(encoding="utf-8")).name.startswith(PREFIX):
        shutil.rmtree(noted.read_text(encoding="utf-8"), ignore_errors=True)


def _forget_stale_lock(lock: Path) -> None:
    """Remove the lock of a killed run when its number now belongs to another program (after a restart of the machine).

    A number that belongs to nobody is left to PostgreSQL, which also checks that no orphan still uses the memory.
    """
    try:
        pid = int(lock.read_text(encoding="utf-8").split()[0])
    except (OSError, ValueError, IndexError):
        return
    if processes.started_at(pid) and "postgres" not in processes.command_of(pid):
        lock.unlink()


def _reachable(found: binaries.Binaries, user: pwd.struct_passwd | None, run_folder: Path) -> Path:
    """The programs' folder, copied to the run folder when the unprivileged user cannot read it."""
    try:
        done = subprocess.run(
            [found.folder / "postgres", "--version"], capture_output=True, check=False, **users.as_user(user)
        )
        if done.returncode == 0:
            return found.folder
    except PermissionError:
        pass
    if not found.package:
        raise Trouble(f"The user {user.pw_name if user else ''} cannot run {found.folder}/postgres: open that folder.")
    for part in found.package:
        shutil.copytree(part, run_folder / part.name, symlinks=True)
    return run_folder / found.folder.relative_to(found.package[0].parent)


@contextmanager
def _handed(cluster: Path, user: pwd.struct_passwd | None) -> Iterator[tuple[str, dict]]:
    """The cluster's path for a child, as an open folder when its parents are closed to the child's user."""
    if not user or sys.platform != "linux":
        yield str(cluster), {}
        return
    opened = os.open(cluster, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{opened}", {"pass_fds": [opened]}
    finally:
        os.close(opened)


def _major_of(cluster: Path) -> int | None:
    try:
        return int((cluster / "PG_VERSION").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _make_cluster(cluster: Path, programs: Path, user: pwd.struct_passwd | None, password: str, sockets: Path) -> None:
    """Make the cluster's files unless they are whole; the password reaches initdb through the closed folder."""
    if (cluster / "global" / "pg_control").exists():
        return
    shutil.rmtree(cluster, ignore_errors=True)  # the rest of an initdb that was cut
    cluster.mkdir(mode=0o700)
    users.give(cluster, user)
    told = sockets / "password"
    told.touch(mode=0o600)
    told.write_text(password, encoding="utf-8")
    users.give(told, user)
    with _handed(cluster, user) as (path, extra):
        command: list[str | Path] = [programs / "initdb", "-D", path, "-U", SUPERUSER, "--encoding=UTF8"]
        command += _locale_options(programs)
        command += ["--auth=scram-sha-256", f"--pwfile={told}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, **users.as_user(user), **extra)
    told.unlink()
    if done.returncode:
        raise reason(done.stderr, f"PostgreSQL could not make its files in {cluster}: {_last_line(done.stderr)}")


def _locale_options(programs: Path) -> list[str]:
    """Letters as Unicode knows them (É and é are one letter), order by code point."""
    options = ["--locale=C", f"--lc-ctype={_ctype()}"]
    told = subprocess.run([programs / "initdb", "--help"], capture_output=True, text=True, check=False)
    if "--builtin-locale" in told.stdout:
        return [*options, "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return options


def _ctype() -> str:
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "C.utf8", "en_US.UTF-8", "fr_BE.UTF-8"):
            try:
                return locale.setlocale(locale.LC_CTYPE, name) and name
            except locale.Error:
                continue
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, before)


def _start_server(
    cluster: Path, programs: Path, user: pwd.struct_passwd | None, sockets: Path, log: Path
) -> subprocess.Popen:
    settings = {
        "listen_addresses": "", "unix_socket_directories": str(sockets), "unix_socket_permissions": "0700",
        "max_connections": "100", "fsync": "on", "timezone": "UTC", "lc_messages": "C", "log_min_messages": "warning",
    }  # fmt: skip
    with _handed(cluster, user) as (path, extra), log.open("ab") as output:
        command: list[str | Path] = [programs / "postgres", "-D", path]
        command += [f"--{key}={value}" for key, value in settings.items()]
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **users.as_user(user), **extra
        )


def restart(server: Server) -> None:
    """Start a server that died again, at the same addresses; raises Trouble."""
    server.process.wait()
    server.process = server.respawn()
    _bring_up(server)


def _bring_up(server: Server, attempts: int = 20) -> None:
    """Wait for its first answer; while an orphan of a killed server still uses its memory, try again."""
    try:
        _wait_until_it_answers(server)
    except Trouble as trouble:
        if "shared memory" not in str(trouble) or not attempts:
            raise
        time.sleep(0.5)
        server.process = server.respawn()
        _bring_up(server, attempts - 1)


def _wait_until_it_answers(server: Server) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(server.url_superuser, connect_timeout=5).close()
            return
        except psycopg.OperationalError as error:
            if server.process.poll() is not None or time.monotonic() > until:
                told = f"PostgreSQL did not start: {_last_line(server.said())} (its messages: {server.log})"
                raise reason(server.said(), told) from error
        time.sleep(0.05)


def _last_line(text: str) -> str:
    """The line that says why: the last FATAL or error, else the last line."""
    lines = [line for line in text.strip().splitlines() if line.strip()] or ["no message"]
    telling = [line for line in lines if "FATAL" in line or "error:" in line or "PANIC" in line]
    return (telling or lines)[-1]
