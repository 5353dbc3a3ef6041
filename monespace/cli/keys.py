"""`monespace keys`: the keys that seal and look up national numbers (a file, never the database), and those that providers know.

monespace keys              what there is
monespace keys new FILE     the sealing keys, once
monespace keys rotate       our keys at identity providers: the first ones, and later the next ones
"""

import argparse
import os
from pathlib import Path

from monespace.cli.trouble import Trouble, say


def add(subparsers: argparse._SubParsersAction) -> None:
    """Declare the verb."""
    parser = subparsers.add_parser("keys", help="make and change keys; without a word more, list them")
    parser.set_defaults(run=run_list)
    verbs = parser.add_subparsers(metavar="ACT")
    new = verbs.add_parser("new", help="write a new key file, which must not exist")
    new.add_argument("file", type=Path)
    new.set_defaults(run=run)
    next_ones = verbs.add_parser(
        "rotate", help="make our next keys at identity providers (the first time: the first ones)"
    )
    next_ones.add_argument("--at-once", action="store_true", help="give the old ones up now: their secrets got out")
    next_ones.set_defaults(run=run_rotate)


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


def run_rotate(args: argparse.Namespace) -> int:
    """Make the next pair; raises Trouble while an earlier change is not over."""
    start()
    from monespace.identity.oidc import own_keys

    try:
        made = own_keys.rotate(at_once=args.at_once)
    except own_keys.Rotating as waiting:
        raise Trouble(
            f"A change of keys is under way: the new one signs from {waiting.until:%d.%m.%Y %H:%M} UTC on. "
            "Wait until then, or give the old ones up with --at-once."
        ) from waiting
    own_keys.forget_over()
    for key in made:
        say(told(key))
    say(
        "Nothing more is to be done: providers read the new keys at /connexion/cles.json, the old ones end by themselves."
    )
    return 0


def run_list(args: argparse.Namespace) -> int:
    """Say which keys providers know, how old they are and when they end."""
    start()
    from monespace.identity.oidc import own_keys

    found = list(own_keys.in_force())
    for key in found:
        say(told(key))
    if not found:
        say("No keys at identity providers: a contract with itsme needs them («monespace keys rotate»).")
    return 0


def load() -> str:
    """For a demonstration: the first keys, where a provider needs some and there are none."""
    from monespace.identity.oidc import own_keys
    from monespace.identity.oidc.clients import clients

    if not any(client.own_keys for client in clients()):
        return "No identity provider needs keys of ours."
    if own_keys.in_force().exists():
        return "Our keys at identity providers are there."
    own_keys.rotate()
    return "Our first keys at identity providers are made."


def told(key) -> str:
    """One key in a line."""
    from django.utils import timezone

    days = (timezone.now() - key.made_at).days
    begins = f", signs from {key.signs_from:%d.%m.%Y %H:%M} UTC on" if key.signs_from > timezone.now() else ""
    ends = f", ends on {key.ends_at:%d.%m.%Y %H:%M} UTC" if key.ends_at else ""
    return f"{key.kid}  {key.get_use_display()}, {days} days old{begins}{ends}"


def start() -> None:
    """Start Django with one connection."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["DATABASE_POOLED"] = "no"
    import django

    django.setup()
