"""A browser for tests: the machine's Chromium, and axe with target sizes switched on."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW, WIDE = {"width": 320, "height": 720}, {"width": 1280, "height": 900}


def chromium() -> str | None:
    """Path of the machine's Chromium; None: the tests that need it say so and are left out."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A headless Chromium, closed at the end."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


def axe(page: Page) -> list[str]:
    """What axe finds on the page as it stands, one line an element: «rule: selector, what is wrong»; [] when clean."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"runOnly": RULES, "rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [f"{rule['id']}: {node['target'][0]}, {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def overflow(page: Page) -> int:
    """Pixels by which the page is wider than the window (WCAG 1.4.10): 0 when one scrolls downwards only."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
