"""What is borrowed is what was reviewed, keeps its licences, and carries nobody else's marks."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "static" / "vendor"


def test_every_file_is_the_one_that_was_built():
    done = subprocess.run([sys.executable, "tools/vendor.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_stylesheet_has_no_other_administrations_marks_and_no_outside_address():
    css = (VENDOR / "govuk.css").read_text(encoding="utf-8")
    assert not re.search(r"GDS|crest|url\(|@import", css)
    assert ".govuk-header" not in css
    assert ".govuk-footer" not in css


def test_licences_come_along():
    assert {path.stem for path in (VENDOR / "licences").iterdir()} == {"atkinson", "govuk-frontend", "htmx"}


def test_our_own_scripts_stay_short():
    """The longest speak with the card and tell of a session's end; every page works without them but that of the card."""
    for path in (ROOT / "static" / "app").glob("*.js"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 120, path.name
