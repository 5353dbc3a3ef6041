"""`monespace guides`: asks the worker for the PDF of each guide whose text, pictures or helpdesk changed."""

import argparse
import os

from monespace.cli.trouble import say


def add(subparsers: argparse._SubParsersAction) -> None:
    """Declare the verb."""
    parser = subparsers.add_parser("guides", help="have the worker make the guides as PDF")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Order what is missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["DATABASE_POOLED"] = "no"
    import django

    django.setup()
    say(load())
    return 0


def load() -> str:
    """Order what is missing; returns the sentence that says how many."""
    from monespace.help.actions import order_missing_guides

    count = order_missing_guides()
    return f"Guides: {count} ordered as PDF." if count else "Guides: every PDF is there."
