"""`monespace quality` (`run.py check`): style, types and layers, each by its own tool."""

import argparse
import subprocess
import sys
from pathlib import Path

from monespace.cli.trouble import say

ROOT = Path(__file__).resolve().parents[2]
TOOLS = {
    "style": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "layers": ["lint-imports"],
}


def add(subparsers: argparse._SubParsersAction) -> None:
    """Declare the verb."""
    parser = subparsers.add_parser("quality", help="check style, types and layers (run.py check)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run every tool, whatever the others said; 1 when one complains."""
    failed = []
    for name, (program, *options) in TOOLS.items():
        say(f"{name}: {program}")
        if subprocess.run([Path(sys.executable).parent / program, *options], cwd=ROOT, check=False).returncode:
            failed.append(name)
    say(f"To mend: {', '.join(failed)}." if failed else "Style, types and layers are in order.")
    return 1 if failed else 0
