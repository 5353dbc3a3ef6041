"""`monespace registry load FOLDER`: the BCE's open data, and beside it functions.csv, the legal functions."""

import argparse
import datetime as dt
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monespace.cli.trouble import Trouble, say


def add(subparsers: argparse._SubParsersAction) -> None:
    """Declare the verb."""
    parser = subparsers.add_parser("registry", help="load the register of enterprises")
    verbs = parser.add_subparsers(metavar="ACT", required=True)
    load = verbs.add_parser("load", help="load a full extract, and functions.csv when it is there")
    load.add_argument("folder", type=Path)
    load.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Load a folder; raises Trouble that names the file and what is wrong with it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    say(load_folder(args.folder))
    return 0


def load_folder(folder: Path) -> str:
    """Load the extract and the functions of a folder; returns the sentence that says what was loaded."""
    from monespace.registry import loading

    try:
        enterprises = loading.load_open_data(folder)
    except loading.NotOpenData as error:
        raise Trouble(str(error)) from error
    functions = loading.load_functions(folder / "functions.csv") if (folder / "functions.csv").exists() else 0
    return f"{enterprises} enterprises and {functions} legal functions loaded."


def invented() -> str:
    """For the demonstration: loads the register that the sandbox invents."""
    with invented_folder() as folder:
        return load_folder(folder)


@contextmanager
def invented_folder() -> Iterator[Path]:
    """The sandbox's invented register, as files in a folder that disappears."""
    with tempfile.TemporaryDirectory() as folder:
        today = dt.datetime.now(dt.UTC).date().isoformat()
        subprocess.run(
            [sys.executable, "-P", "-m", "sandbox.registry", folder, "--today", today],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        yield Path(folder)
