"""`monespace prepare`: what a database needs to be looked at: translations, static files, procedures, register, story.

LOADERS names functions `load() -> str`, each in the room's own verb module; the sentence it returns is printed.
"""

import argparse
import importlib
import os

from monespace.cli import messages
from monespace.cli.trouble import say

LOADERS: list[str] = [
    "monespace.cli.phenomena:prepare",
    "monespace.cli.procedures:load",
    "monespace.cli.team:load",
    "monespace.cli.registry:invented",
    "monespace.cli.guides:load",
    "monespace.cli.keys:load",
]  # always: procedures, register
STORY: list[str] = ["monespace.cli.story:load"]  # not with --empty: the people and dossiers of the demonstration


def add(subparsers: argparse._SubParsersAction) -> None:
    """Declare the verb."""
    parser = subparsers.add_parser("prepare", help="translations, static files, procedures, register and story")
    parser.add_argument("--empty", action="store_true", help="without the story")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prepare everything, as the portal's role; each part may run again on what it already made."""
    messages.run(args)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["DATABASE_POOLED"] = "no"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)
    for name in [*LOADERS, *([] if args.empty else STORY)]:
        module, _, function = name.partition(":")
        say(getattr(importlib.import_module(module), function)())
    return 0
