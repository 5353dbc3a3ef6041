"""`monespace test`: every test that this machine can run, ended by a line that names what was left out and why."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from monespace.cli.trouble import say

ROOT = Path(__file__).resolve().parents[2]


def add(subparsers: argparse._SubParsersAction) -> None:
    """Declare the verb."""
    parser = subparsers.add_parser("test", help="run the tests", add_help=False)
    parser.add_argument("pytest", nargs=argparse.REMAINDER, help="given to pytest as they are")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run pytest, unless told otherwise with a process more than there are cores (a third of the time is waiting for browsers and
    servers), in the order of the folders: the long journeys do not wait for the end. Its own status is the answer."""
    with tempfile.TemporaryDirectory() as folder:
        noted = Path(folder) / "left-out.json"
        given = args.pytest[args.pytest[:1] == ["--"] :]
        spread = [] if {"-n", "-s", "--pdb"} & set(given) else [
            "-n", str((os.cpu_count() or 1) + 1), "--dist", "loadfile", "--no-loadscope-reorder"
        ]  # fmt: skip
        environment = {**os.environ, "MONESPACE_LEFT_OUT": str(noted)}
        command = [sys.executable, "-m", "pytest", *spread, *given]
        status = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        left_out = json.loads(noted.read_text(encoding="utf-8")) if noted.exists() else {}
    if left_out:
        say("Left out: " + "; ".join(f"{count} tests, because {why}" for why, count in left_out.items()) + ".")
    return status
