"""`monespace bench`: the figures of bench/, measured on this machine."""

import argparse
import subprocess
import sys
from pathlib import Path

from monespace.cli.trouble import Trouble

ROOT = Path(__file__).resolve().parents[2]


def add(subparsers: argparse._SubParsersAction) -> None:
    """Declare the verb."""
    parser = subparsers.add_parser(
        "bench", help="measure the round trip of a form, pages, memory, start, card tokens", add_help=False
    )
    parser.add_argument("bench", nargs=argparse.REMAINDER)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the package bench/ with what was given; raises Trouble when this copy has none."""
    if not (ROOT / "bench" / "__main__.py").exists():
        raise Trouble("This copy holds no measures: bench/ is missing.")
    given = args.bench[args.bench[:1] == ["--"] :]
    return subprocess.run([sys.executable, "-m", "bench", *given], cwd=ROOT, check=False).returncode
