"""`monespace messages`: compile the translations (.po) to what Django reads (.mo), without gettext's own programs."""

import argparse
import os
from pathlib import Path

import polib

from monespace.cli.trouble import Trouble, say


def add(subparsers: argparse._SubParsersAction) -> None:
    """Declare the verb."""
    parser = subparsers.add_parser("messages", help="compile the translations")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Compile every changed file."""
    folder = Path(os.environ.get("LOCALE_DIR") or Path(__file__).resolve().parents[2] / "locale")
    changed = compile_all(folder)
    say(f"Translations: {changed} compiled." if changed else "Translations: up to date.")
    return 0


def compile_all(folder: Path) -> int:
    """Compile each django.po under this folder that is newer than its .mo; returns how many; raises Trouble."""
    return sum(_compile(source) for source in sorted(folder.glob("**/LC_MESSAGES/*.po")))


def _compile(source: Path) -> bool:
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
        return False
    try:
        messages = polib.pofile(str(source))
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(f"The translations in {source} cannot be read: {error}.") from None
    draft = target.with_suffix(f".{os.getpid()}")
    messages.save_as_mofile(str(draft))
    draft.replace(target)
    return True
