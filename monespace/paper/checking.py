"""Checks a sealed PDF from any process: the work is done by a child process, so that this one stays small and safe.

`why` is a code that pages translate:

| code | meaning |
|---|---|
| intact | sealed by us, not one byte changed |
| empty, too_large, not_a_pdf, damaged | it cannot be read as one of our documents |
| unsealed | a PDF without a seal |
| several_seals | sealed more than once: none of ours is |
| stranger | sealed, but not by us |
| changed | the content is not what was sealed |
| added_to | something was added after the seal |
| out_of_date | sealed outside the validity of the seal's certificate |
| took_too_long, no_answer | the check itself did not end: nothing is known of the document |
"""

import json
import subprocess
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from .child import run
from .seal_file import certificates_text

MAX_BYTES = 20_000_000
SECONDS = 15
MARK = b"%%PDF follows%%\n"  # between the certificates and the document on the child's standard input


@dataclass(frozen=True)
class Check:
    """What is known of a document; `sealed_by` and `sealed_at` only when it is intact."""

    intact: bool
    sealed_by: str | None
    sealed_at: datetime | None
    why: str

    def as_json(self) -> str:
        """One line, read again by `from_json`."""
        return json.dumps(asdict(self) | {"sealed_at": self.sealed_at and self.sealed_at.isoformat()})

    @classmethod
    def from_json(cls, line: str | bytes) -> "Check":
        """The check written by `as_json`. Raises ValueError, KeyError or TypeError for anything else."""
        found = json.loads(line)
        at = found["sealed_at"]
        return cls(bool(found["intact"]), found["sealed_by"], at and datetime.fromisoformat(at), str(found["why"]))


def refused(why: str) -> Check:
    """A document that is not accepted, and why."""
    return Check(intact=False, sealed_by=None, sealed_at=None, why=why)


def check_in_process(pdf: bytes, *, trusted: Iterable[str | Path] | None = None, seconds: int = SECONDS) -> Check:
    """Checks a PDF in a child process, which sees the certificates of the seal files and never their keys.

    Without `trusted`: settings.SEAL_FILE and, for documents sealed before it was replaced, settings.SEAL_FORMER_FILES.
    Never raises because of the document.
    """
    if not pdf or len(pdf) > MAX_BYTES:
        return refused("too_large" if pdf else "empty")
    seals = [certificates_text(path) for path in (_settings_seals() if trusted is None else trusted)]
    try:
        done = run("monespace.paper.check", b"\0".join(seals) + MARK + pdf, "--trusted-first", seconds=seconds)
        return Check.from_json(done.stdout)
    except subprocess.TimeoutExpired:
        return refused("took_too_long")
    except (OSError, ValueError, KeyError, TypeError):
        return refused("no_answer")


def _settings_seals() -> list[str]:
    from django.conf import settings  # read late: the child process has no settings

    return [path for path in (settings.SEAL_FILE, *getattr(settings, "SEAL_FORMER_FILES", [])) if path]
