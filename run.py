#!/usr/bin/env python3
"""The one command: python3 run.py demo | test | check | bench.

Standard library only. It also has to be read by Python 2.7, to say in one sentence that 3.11 is needed:
no annotation, no f-string, no keyword-only argument in this file.
"""

# ruff: noqa: B904, RET503, RUF005
from __future__ import print_function

import os
import shlex
import subprocess
import sys

OLDEST = (3, 11)
NEWER = ["python3.14", "python3.13", "python3.12", "python3.11", "python3", "python"]
ROOT = os.path.dirname(os.path.abspath(__file__))
VERBS = [
    ("demo", "start everything on this machine: portal, worker, database, and a stand-in for the outside world"),
    ("test", "run every test this machine can run; what follows is given to pytest"),
    ("check", "check style, types and layers"),
    ("bench", "measure the round trip of a form, pages, memory and start"),
    ("help", "print this list"),
]
LOCK_OF = {"demo": "demo", "test": "test", "check": "test", "bench": "demo"}


class Trouble(Exception):
    """Its text is the one sentence to say."""


def main(arguments):
    if os.name == "nt":
        raise Trouble("Windows is not supported directly: install WSL (wsl --install) and run this inside it.")
    if sys.version_info < OLDEST:
        hand_over_to_newer_python(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal may not know every letter of a folder
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if verb in ("help", "-h", "--help"):
        return print_verbs()
    if verb not in LOCK_OF:
        print_verbs()
        raise Trouble("There is no verb %s." % verb)
    refuse_unknown_user(verb)
    data = data_folder(rest)
    refuse_odd_path(ROOT)
    refuse_odd_path(data)
    os.umask(0o022)
    python = prepared(LOCK_OF[verb], data)
    inner = {"check": "quality"}.get(verb, verb)
    sys.stdout.flush()
    os.execv(python, [python, "-P", "-m", "monespace.cli.main", inner] + rest)


def print_verbs():
    print("Mon Espace. Usage: python3 run.py VERB [options], --help after a verb for its options.\n")
    for name, meaning in VERBS:
        print("  %-6s %s" % (name, meaning))
    return 0


# --- Which Python -----------------------------------------------------------------------------------------------------
def hand_over_to_newer_python(arguments):
    """Go on in the first Python of the PATH that is new enough; raises Trouble when there is none."""
    for name in NEWER:
        for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
            program = os.path.join(folder, name)
            if os.access(program, os.X_OK) and not os.path.isdir(program) and is_new_enough(program):
                os.execv(program, [program, os.path.abspath(__file__)] + arguments)
    raise Trouble(
        "Python %d.%d or newer is needed and this is Python %d.%d: install it (for instance: apt install python3)."
        % (OLDEST + tuple(sys.version_info[:2]))
    )


def is_new_enough(program):
    code = "import sys; sys.exit(0 if sys.version_info >= (%d, %d) else 3)" % OLDEST
    with open(os.devnull, "w") as nowhere:
        try:
            return subprocess.call([program, "-c", code], stdout=nowhere, stderr=nowhere) == 0
        except OSError:
            return False


# --- Where ------------------------------------------------------------------------------------------------------------
def data_folder(arguments):
    """Where data goes when the clone cannot be written: --data, else the user's folder for data."""
    for place, word in enumerate(arguments):
        if word == "--data" and place + 1 < len(arguments):
            return os.path.abspath(os.path.expanduser(arguments[place + 1]))
        if word.startswith("--data="):
            return os.path.abspath(os.path.expanduser(word[7:]))
    if os.environ.get("MONESPACE_DATA"):
        return os.path.abspath(os.environ["MONESPACE_DATA"])
    if os.access(ROOT, os.W_OK):
        return os.path.join(ROOT, ".data")
    home = os.environ.get("XDG_DATA_HOME") or os.path.join(os.path.expanduser("~"), ".local", "share")
    return os.path.join(home, "monespace")


def refuse_odd_path(path):
    if set(path) & set('$`"\\\n\r'):
        raise Trouble('%r cannot be used: initdb does not bear $, `, ", \\ or a line break in a path: move it.' % path)


def refuse_unknown_user(verb):
    import pwd

    if verb in ("check", "bench") or os.environ.get("TEST_OWNER_URL"):
        return
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        raise Trouble(
            "The user number %d has no entry in /etc/passwd and PostgreSQL refuses to start for it: "
            "run this as a user that has one, or as root." % os.geteuid()
        )


# --- What is installed ------------------------------------------------------------------------------------------------
def prepared(name, data):
    """The Python of a virtual environment that holds exactly what requirements/<name>.txt locks."""
    folder = os.path.join(ROOT if os.access(ROOT, os.W_OK) else data, ".venv")
    python = os.path.join(folder, "bin", "python")
    lock = os.path.join(ROOT, "requirements", name + ".txt")
    stamps = {kind: stamp(kind) for kind in ("demo", "test")}
    enough = ["test"] if name == "test" else ["demo", "test"]  # the test lock holds the demo's
    fresh = any(read(os.path.join(folder, "installed-" + kind)) == stamps[kind] for kind in enough)
    if not fresh or not is_new_enough(python):
        make_environment(folder, python)
        install(folder, python, lock)
        install_project(folder, python)
        with open(os.path.join(folder, "installed-" + name), "w") as file:
            file.write(stamps[name])
    return python


def stamp(kind):
    """What is installed when this lock is: the lock, and where the clone is."""
    import hashlib

    parts = [ROOT]
    for name in ["demo"] if kind == "demo" else ["demo", "test"]:
        parts.append(read(os.path.join(ROOT, "requirements", name + ".txt")) or "")
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return None


def make_environment(folder, python):
    """A virtual environment of this Python: with venv, else with uv, else with venv and the pip of this Python."""
    import shutil

    if is_new_enough(python) and os.path.exists(os.path.join(folder, "made")):
        return
    print("Making a virtual environment in %s ..." % folder, flush=True)
    if os.path.lexists(folder):
        shutil.rmtree(folder)
    os.makedirs(os.path.dirname(folder), exist_ok=True)
    said = ""
    for command in environment_makers(folder):
        said = run(command)
        if said is None and is_new_enough(python):
            with open(os.path.join(folder, "made"), "w") as file:
                file.write("by run.py\n")
            return
        shutil.rmtree(folder, ignore_errors=True)
    refuse_known_reason(said or "")
    raise Trouble(
        "This Python cannot make a virtual environment: install its package for it "
        "(on Debian and Ubuntu: apt install python%d.%d-venv)." % tuple(sys.version_info[:2])
    )


def environment_makers(folder):
    import importlib.util
    import shutil

    if shutil.which("uv"):
        yield ["uv", "venv", "--quiet", "--python", sys.executable, folder]
    if importlib.util.find_spec("venv"):
        if importlib.util.find_spec("ensurepip"):
            yield [sys.executable, "-m", "venv", folder]
        if importlib.util.find_spec("pip"):
            yield [sys.executable, "-m", "venv", "--without-pip", folder]


def install(folder, python, lock):
    """What the lock names, nothing else, each file's hash checked."""
    count = read(lock).count("==")
    print("Installing %d packages (the first time, a minute or two) ..." % count, flush=True)
    for command in installers(python):
        said = run(command + ["--quiet", "--require-hashes", "-r", lock], caches=folder)
        if said is None:
            return
    refuse_known_reason(said)
    raise Trouble("The packages of %s could not be installed: %s" % (os.path.relpath(lock, ROOT), last_line(said)))


def installers(python):
    import shutil

    if shutil.which("uv"):
        yield ["uv", "pip", "install", "--python", python]
    pip = [python, "-m", "pip"]
    if subprocess.call(pip + ["--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        pip = [sys.executable, "-m", "pip", "--python", python]
    yield pip + ["install", "--disable-pip-version-check", "--no-input"]


def install_project(folder, python):
    """The project itself: a line that points to the clone, and the command monespace."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    where = subprocess.check_output([python, "-c", code]).decode("utf-8").strip()
    with open(os.path.join(where, "monespace.pth"), "w", encoding="utf-8") as file:
        file.write(ROOT + "\n")
    command = os.path.join(folder, "bin", "monespace")
    with open(command, "w", encoding="utf-8") as file:
        file.write('#!/bin/sh\nexec %s -P -m monespace.cli.main "$@"\n' % shlex.quote(python))
    os.chmod(command, 0o755)


def run(command, caches=None):
    """None when the command succeeds, else all that it said; a line each 15 seconds shows that it goes on."""
    import tempfile

    environment = dict(os.environ)
    home = os.path.expanduser("~")
    if caches and not (os.path.isdir(home) and os.access(home, os.W_OK)):
        environment.update(UV_CACHE_DIR=os.path.join(caches, "cache"), PIP_NO_CACHE_DIR="1", HOME=caches)
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        seconds = 0
        try:
            while True:
                try:
                    process.wait(15)
                    break
                except subprocess.TimeoutExpired:
                    seconds += 15
                    print("  ... %d s" % seconds, flush=True)
        except BaseException:
            process.kill()
            raise
        output.seek(0)
        return output.read().decode("utf-8", "replace") if process.returncode else None


FULL = "The disk is full: free about 700 MB and start again."
REFUSED = "%s cannot be read or written by you: change its rights, or set MONESPACE_DATA to a folder of yours."
NO_NETWORK = (
    "The packages cannot be fetched, the network does not answer: connect it or name your proxy in HTTPS_PROXY."
)
WRONG_HASH = "A package is not the one the lock names, its hash differs: do not use it, and tell us."
REASONS = [
    (["No space left on device", "os error 28", "Disk quota exceeded", "could not extend file"], FULL),
    (["do not match the hashes", "Hash mismatch", "hash mismatch"], WRONG_HASH),
    (["Permission denied", "os error 13"], REFUSED % "A folder"),
    (["name resolution", "Name or service not known", "dns error", "Network is unreachable"], NO_NETWORK),
    (["Failed to establish a new connection", "NewConnectionError", "Could not connect"], NO_NETWORK),
    (["Connection refused", "error sending request", "timed out"], NO_NETWORK),
]


def refuse_known_reason(said):
    for signs, sentence in REASONS:
        if any(sign in said for sign in signs):
            raise Trouble(sentence)


def last_line(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return ([line for line in lines if line.lower().startswith("error")] or lines or ["it said nothing"])[-1]


def sentence_of(error):
    """One sentence for what the system refused."""
    import errno

    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", -1)):
        return FULL
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return REFUSED % error.filename
    return "%s: %s." % (error.filename or "The system refused", error.strerror)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Trouble as trouble:
        print("run.py: %s" % trouble, file=sys.stderr)
    except (IOError, OSError) as error:
        print("run.py: %s" % sentence_of(error), file=sys.stderr)
    except KeyboardInterrupt:
        print("", file=sys.stderr)
    sys.exit(1)
