"""The pictures of steps: static/help/<language>/<step-id>.png, taken by the browser journeys; a step may have none."""

from pathlib import Path
from typing import NamedTuple

from django.contrib.staticfiles import finders

PNG = b"\x89PNG\r\n\x1a\n"


class Picture(NamedTuple):
    """A picture that exists: its name among the static files, its place, its size in pixels."""

    name: str
    path: Path
    width: int
    height: int


def picture_of(step: str, language: str) -> Picture | None:
    """The picture of a step in a language; None when there is none yet, or when the file is no PNG."""
    name = f"help/{language}/{step}.png"
    place = finders.find(name)
    if not place:
        return None
    with Path(place).open("rb") as file:
        head = file.read(24)
    if not head.startswith(PNG) or len(head) < 24:
        return None
    return Picture(name, Path(place), int.from_bytes(head[16:20]), int.from_bytes(head[20:24]))
