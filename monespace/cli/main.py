"""`monespace VERB`: each verb is a module with `add(subparsers)` and `run(args)`; a new one is a line in VERBS."""

import argparse
import importlib
import sys
from io import TextIOWrapper

from monespace.cli.trouble import Trouble, sentence_of

VERBS = [
    "demo",
    "serve",
    "worker",
    "migrate",
    "messages",
    "prepare",
    "keys",
    "seal",
    "registry",
    "procedures",
    "guides",
    "team",
    "check",
    "journal",
    "test",
    "quality",
    "bench",
]


def main(argv: list[str] | None = None) -> int:
    """Run the verb; what its operator can mend is printed as one sentence and ends with 1."""
    words = sys.argv[1:] if argv is None else argv
    if words[:1] in (["test"], ["bench"]):  # their options are another program's: argparse is not to judge them
        words = [words[0], "--", *words[1:]]
    for stream in (sys.stdout, sys.stderr):
        if isinstance(
            stream, TextIOWrapper
        ):  # a terminal that knows no «…» or no É shows ? instead of ending the command
            stream.reconfigure(errors="replace")
    args = _parser().parse_args(words)
    try:
        return args.run(args) or 0
    except Trouble as trouble:
        print(f"monespace: {trouble}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if (sentence := sentence_of(error)) is None:
            raise
        print(f"monespace: {sentence}", file=sys.stderr, flush=True)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="monespace", description="Mon Espace, from the command line.")
    subparsers = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    for name in VERBS:
        importlib.import_module(f"monespace.cli.{name}").add(subparsers)
    return parser


if __name__ == "__main__":
    sys.exit(main())
