"""`monespace journal`: whether the ledger still is what was written: each chain in itself, and beside what was anchored."""

import argparse
import os

from monespace.cli.trouble import Trouble, say


def add(subparsers: argparse._SubParsersAction) -> None:
    """Declare the verb."""
    parser = subparsers.add_parser("journal", help="check that the journal was not altered")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Reads the whole journal; raises Trouble that names the chains that are not what was written."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    say(verdict())
    return 0


def verdict() -> str:
    """The sentence that says how many chains are whole; raises Trouble."""
    from monespace.journal import queries

    chains = [chain for chain, _position, _digest in queries.heads()]
    broken = [chain for chain in chains if next(queries.broken_links(chain), None)]
    altered = sorted({*broken, *queries.contradicted()})
    if altered:
        raise Trouble(f"The journal was altered in {len(altered)} of its chains: {', '.join(altered[:10])}.")
    return f"Journal: not altered. Chains read: {len(chains)}. Days of anchors compared: {queries.days_anchored()}."
