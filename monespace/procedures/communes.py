"""The municipalities of content/communes.yaml, and where each serves people online."""

import logging
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from monespace.procedures.content import Commune, Communes, Language
from monespace.procedures.reading import Refused, read_communes
from monespace.procedures.words import fold

log = logging.getLogger(__name__)


class Named(NamedTuple):
    """A municipality as a page names it: `lang` says when its name is in another language than the page."""

    key: str
    name: str
    lang: str


class Counter(NamedTuple):
    """Where a municipality serves people online: no address when it does not; `usual` when nobody read that address."""

    name: str
    url: str
    usual: bool


def key_of(commune: Commune) -> str:
    """A municipality's name in an address: «Mont-Saint-Guibert» -> «montsaintguibert», as in those of its counter."""
    return fold(commune.fr).replace(" ", "")


def named(language: Language) -> list[Named]:
    """Every municipality, in the order of its name in this language."""
    return _in_order(settings.CONTENT_DIR, language)


def counter_of(key: str, language: Language) -> Counter | None:
    """The online counter of a municipality; None for a key that names none."""
    known = _read(settings.CONTENT_DIR)
    for commune in known.communes:
        if key_of(commune) == key:
            usual = known.usual_counter.format(name=key) if commune.counter == "" else ""
            url = "" if commune.counter == "none" else commune.counter or usual
            return Counter(_named(commune, language).name, url, bool(usual))
    return None


def _named(commune: Commune, language: Language) -> Named:
    if own := {"de": commune.de, "nl": commune.nl}.get(language):
        return Named(key_of(commune), own, "")
    return Named(key_of(commune), commune.fr, "" if language == "fr" else "fr")


@cache
def _in_order(folder: Path, language: Language) -> list[Named]:
    """Worked out once: to fold 261 names at each page would be a quarter of it."""
    found = [_named(each, language) for each in _read(folder).communes]
    return sorted(found, key=lambda each: fold(each.name))


@cache
def _read(folder: Path) -> Communes:
    """The folder's list, read once; a list that broke after it was published leaves the pages without a choice, and is logged."""
    try:
        return read_communes(folder)
    except Refused as refused:
        log.error("communes.yaml cannot be read: %s", refused)
        return Communes(usual_counter="", communes=[])
