"""`monespace procedures publish|new|check|preview|diff`: for the people who write procedures."""

import argparse
import datetime as dt
import os
from pathlib import Path

from monespace.cli.trouble import Trouble, say

FILE = "the file"


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
    diff = verbs.add_parser("diff", help="say what a file changes in what is published, or one version in another")
    diff.add_argument("what", help="a procedure file, or the slug of a published procedure")
    diff.add_argument("old", nargs="?", type=int, default=0, help="number of the older version")
    diff.add_argument("new", nargs="?", type=int, default=0, help="number of the newer version")
    diff.set_defaults(run=run_diff)


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()


def load() -> str:
    """Publish content/procedures; raises Trouble with every complaint."""
    _set_up()
    from django.conf import settings

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


def run_diff(args: argparse.Namespace) -> int:
    """Print what changes: a file against its published version (or version `old`), a slug from version `old` to `new`."""
    _set_up()
    from monespace.procedures import differing

    path = Path(args.what)
    slug = path.stem if path.suffix == ".yaml" else args.what
    after, new = _file_form(path) if path.suffix == ".yaml" and not args.new else _published(slug, args.new)
    before, old = _published(slug, args.old or (0 if new == FILE else _number(new) - 1 or -1))
    found = differing.lines(before, after)
    say("\n".join([f"{slug}: from {old} to {new}", *(found or ["Nothing changes."])]))
    return 0


def _file_form(path: Path) -> tuple:
    from monespace.procedures.loading import Unusable, load_file

    try:
        form = load_file(path).form
    except Unusable as error:
        raise Trouble(str(error)) from error
    if form is None:
        raise Trouble(f"{path} has no form: there is nothing to compare.")
    return form, FILE


def _number(version: str) -> int:
    return int(version.split()[-1])


def _published(slug: str, number: int) -> tuple:
    from monespace.procedures.queries import version_of

    version = version_of(slug, number) if number >= 0 else None
    if version is None or (number and version.number != number):
        named = {0: f"version of {slug}", -1: f"version of {slug} before that one"}.get(
            number, f"version {number} of {slug}"
        )
        raise Trouble(f"There is no published {named}: publish it first, or name another one.")
    return version.form, f"version {version.number}"
