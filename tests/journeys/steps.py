"""The steps of the guides, where the journeys pass them: each one's picture is taken there when somebody wants the pictures.

MONESPACE_GUIDE_PICTURES names the folder that receives <language>/<step>.png; how they are made is told in docs/help.md.
"""

import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page

from monespace.help.queries import guides
from tests.ops.leaks import national_numbers

FOLDER = os.environ.get("MONESPACE_GUIDE_PICTURES", "")
LANGUAGES = ("fr", "de") if FOLDER else ("fr",)  # those in which the journeys of the guides run
SIZE = {"width": 880, "height": 760}
HIGHEST = 680  # pixels of the page that a picture shows
AROUND = 16  # pixels left free around what the picture shows
COLOURS = 48
MARK = "element => { element.style.outline = '3px solid #a3153a'; element.style.outlineOffset = '3px'; }"
UNMARK = "element => { element.style.outline = ''; element.style.outlineOffset = ''; }"
TAKEN: set[Path] = set()


def steps_of_guides(language: str) -> list[str]:
    """The ids of every guide's steps, in order."""
    return [step.id for guide in guides(language) for step in guide.steps]


def picture(page: Page, step: str, language: str, at: Locator | None = None, folder: str = FOLDER) -> None:
    """Takes the picture of a step, the first time that it is passed; `at` is what the step points to, and is marked."""
    kept = Path(folder) / language / f"{step}.png"
    if not folder or kept in TAKEN:
        return
    TAKEN.add(kept)
    kept.parent.mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    page.set_viewport_size(SIZE)
    try:
        kept.write_bytes(light(shot(page, at)))
    finally:
        page.set_viewport_size(before or SIZE)


def shot(page: Page, at: Locator | None) -> bytes:
    """The part of the page that matters; refuses a page that shows a national number."""
    shown = page.content() + " ".join(field.input_value() for field in page.locator("input, textarea").all())
    assert not national_numbers().search(shown), f"a national number on {page.url}"
    if at:
        at.evaluate(MARK)
    taken = page.screenshot(full_page=True, clip=part(page, at), animations="disabled")
    if at:
        at.evaluate(UNMARK)
    return taken


def part(page: Page, at: Locator | None) -> dict:
    """From the first line of `main`, or from above what is pointed to when that stands elsewhere."""
    main = page.locator("main").bounding_box() or {}
    scrolled = page.evaluate("scrollY")
    top, end = main["y"] + scrolled, main["y"] + scrolled + main["height"]
    if at and (box := at.bounding_box()):
        above, below = box["y"] + scrolled - AROUND, box["y"] + scrolled + box["height"] + AROUND
        top = max(0, above) if above < top else max(top, below - HIGHEST)
        end = max(end, below)
    return {"x": 0, "y": top, "width": SIZE["width"], "height": min(HIGHEST, end - top)}


def light(png: bytes) -> bytes:
    """The same picture with few colours: a fifth of the weight."""
    kept = io.BytesIO()
    image = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    image.save(kept, "PNG", optimize=True)
    return kept.getvalue()
