"""`monespace keys new FILE`: the keys that seal and look up national numbers. They are never in the database."""

import argparse
import os
from pathlib import Path

from monespace.cli.trouble import Trouble, say


def add(subparsers: argparse._SubParsersAction) -> None:
    """Declare the verb."""
    parser = subparsers.add_parser("keys", help="make the keys that seal national numbers")
    verbs = parser.add_subparsers(metavar="ACT", required=True)
    new = verbs.add_parser("new", help="write a new key file, which must not exist")
    new.add_argument("file", type=Path)
    new.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the file; raises Trouble when it is there already or cannot be written."""
    from monespace.vault.keys import new_keys

    made_by = "demo" if os.environ.get("MONESPACE_MODE") == "demo" else "operator"
    try:
        new_keys(args.file, made_by=made_by)
    except FileExistsError as error:
        raise Trouble(f"{args.file} exists: replacing keys would lock every national number away.") from error
    except OSError as error:
        raise Trouble(f"{args.file} cannot be written: {error.strerror}.") from error
    say(f"Keys written to {args.file}. Keep a copy apart from the database: without it no national number opens again.")
    return 0
