"""`monespace seal new FILE`: a P-256 key and certificate that seal receipts, for trials; production brings its own."""

import argparse
from pathlib import Path

from monespace.cli.trouble import Trouble, say


def add(subparsers: argparse._SubParsersAction) -> None:
    """Declare the verb."""
    parser = subparsers.add_parser("seal", help="make a seal for trials")
    verbs = parser.add_subparsers(metavar="ACT", required=True)
    new = verbs.add_parser("new", help="write a new seal, which must not exist")
    new.add_argument("file", type=Path)
    new.add_argument("--name", default="Mon Espace", help="whose seal it is")
    new.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the file; raises Trouble when it is there already or cannot be written."""
    from monespace.paper.seal_file import new_seal

    try:
        new_seal(args.file, name=args.name)
    except FileExistsError as error:
        raise Trouble(f"{args.file} exists: documents sealed with it would no longer be recognised.") from error
    except OSError as error:
        raise Trouble(f"{args.file} cannot be written: {error.strerror}.") from error
    say(f"Seal written to {args.file}: for trials only, its certificate says so.")
    return 0
