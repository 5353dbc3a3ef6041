"""Every job has somebody who asks for it: an act that enqueues it by name, or the night."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def names(pattern: str) -> set[str]:
    """What a pattern names in the code of the rooms; not in docstrings, whose lines begin otherwise."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "monespace").rglob("*.py")]
    return {name for text in texts for name in re.findall(pattern, text, re.MULTILINE)}


def test_no_job_waits_for_an_order_that_nobody_gives():
    bodies = names(r'^@job\("([\w.]+)"')

    assert bodies
    assert bodies == names(r'^ +enqueue\(\s*"([\w.]+)"')
