"""What buttons, fields and pages are called in a person's language: the translations' own words, and the procedures' own labels.

A journey names a button by its message (`say("Continue")`) and a question by its id: the same journey then runs in every
language. That no page is left in another language than its reader's is looked at on every page (`languages.py`).
"""

from functools import cache
from pathlib import Path

import polib
import yaml

ROOT = Path(__file__).resolve().parents[2]


@cache
def translations(language: str) -> dict[str, str]:
    """Every message of the portal in a language."""
    files = (ROOT / "locale").glob(f"*/{language}/LC_MESSAGES/django.po")
    return {entry.msgid: entry.msgstr for file in sorted(files) for entry in polib.pofile(str(file)) if entry.msgstr}


def say(language: str, message: str, **values: str) -> str:
    """A message in a language, its values filled in."""
    text = translations(language).get(message, message)
    for name, value in values.items():
        text = text.replace(f"%({name})s", value)
    return text


@cache
def procedure(slug: str) -> dict:
    """A procedure as its author wrote it."""
    return yaml.safe_load((ROOT / "content" / "procedures" / f"{slug}.yaml").read_text(encoding="utf-8"))


@cache
def question(slug: str, wanted: str) -> dict:
    """The question of a procedure with this id."""
    return next(node for node in nodes(procedure(slug)["form"]) if node.get("id") == wanted and "kind" in node)


@cache
def page(slug: str, wanted: str) -> dict:
    """The page of a form with this id."""
    return next(node for node in nodes(procedure(slug)["form"]) if node.get("id") == wanted and "kind" not in node)


def nodes(tree: object):
    """Every mapping in a tree."""
    if isinstance(tree, dict):
        yield tree
    for below in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from nodes(below)
