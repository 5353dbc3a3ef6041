"""`monespace procedures publish|new|check|preview`: for the people who write procedures."""

import argparse
import datetime as dt
import os
from pathlib import Path

from monespace.cli.trouble import Trouble, say


def add(subparsers: argparse._SubParsersAction) -> None:
    """Declare the verbs."""
    parser = subparsers.add_parser("procedures", help="write, check and publish procedures")
    verbs = parser.add_subparsers(metavar="ACT", required=True)
    publish = verbs.add_parser("publish", help="make the catalogue what the folder says")
    publish.set_defaults(run=lambda args: say(load()))
    new = verbs.add_parser("new", help="write the beginning of a procedure file")
    new.add_argument("slug")
    new.add_argument("--folder", type=Path, default=Path("content/procedures"))
    new.set_defaults(run=run_new)
    for name, run, told in (
        ("check", run_check, "say what is wrong with a file"),
        ("preview", run_preview, "print every page of a file"),
    ):
        verb = verbs.add_parser(name, help=told)
        verb.add_argument("file", type=Path)
        verb.set_defaults(run=run)


def load() -> str:
    """Publish content/procedures; raises Trouble with every complaint."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.conf import settings

    django.setup()
    from monespace.procedures.actions import publish
    from monespace.procedures.reading import Refused

    try:
        told = publish(settings.CONTENT_DIR)
    except Refused as error:
        raise Trouble(f"Nothing was published:\n{error}") from error
    return f"Procedures: {len(told.new)} new, {len(told.changed)} changed, {len(told.unchanged)} unchanged."


def run_new(args: argparse.Namespace) -> int:
    """Write the beginning of a file."""
    from monespace.procedures import authoring

    try:
        say(f"Written: {authoring.new(args.slug, args.folder)}")
    except FileExistsError as error:
        raise Trouble(f"{args.folder / args.slug}.yaml is there already: choose another name.") from error
    except (OSError, ValueError) as error:
        raise Trouble(str(error)) from error
    return 0


def run_check(args: argparse.Namespace) -> int:
    """Print each complaint; 1 when there is one."""
    from monespace.procedures.reading import check_in_place

    complaints = check_in_place(args.file)
    for complaint in complaints:
        say(complaint)
    say(f"To mend: {len(complaints)}." if complaints else f"{args.file}: nothing to complain about.")
    return 1 if complaints else 0


def run_preview(args: argparse.Namespace) -> int:
    """Print every page, in every language of the file."""
    from monespace.procedures import authoring
    from monespace.procedures.loading import Unusable

    try:
        say(authoring.preview(args.file, dt.datetime.now(dt.UTC).date()))
    except Unusable as error:
        raise Trouble(str(error)) from error
    return 0
