"""What the operator of the house types: `monespace team add`, with the environment of the running portal."""

import json
import os
import subprocess
import sys
from pathlib import Path

from monespace.cli import postgres
from tests.journeys.people import CAST, ROOT
from tests.ops.harness import Demo

SOCKET_LINE = 4  # of postmaster.pid: where the server listens (PostgreSQL's own file)


def environment(demo: Demo) -> dict[str, str]:
    """The portal's environment, as far as its verbs need it."""
    cluster = demo.data / "postgresql"
    sockets = Path((cluster / "cluster" / "postmaster.pid").read_text(encoding="utf-8").splitlines()[SOCKET_LINE])
    passwords = json.loads((cluster / "passwords.json").read_text(encoding="utf-8"))
    return os.environ | {
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": postgres.address(postgres.PORTAL, passwords["portal"], "monespace", sockets),
        "KEYS_FILE": str(demo.data / "keys"),
        "CONTENT_DIR": str(demo.data / "content"),
        "SECRET_KEY_FILE": str(demo.data / "secret-key"),
    }


def seat_in_team(demo: Demo, person: str, team: str = "calamites") -> str:
    """Gives a person of the cast a place in a team of agents; returns what the verb said."""
    member = CAST[person]
    typed = "\n".join([member["national_number"], member["given_name"], member["surname"], ""])
    done = subprocess.run(
        [sys.executable, "-m", "monespace.cli.main", "team", "add", "--team", team], input=typed, text=True,
        capture_output=True, cwd=ROOT, env=environment(demo), start_new_session=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
