"""Opens an upload from any process: the work is done by a child process. A file of 5 kB can unpack to more than the
machine holds: it then stops the child, and not the worker, who would find the same job again when he starts anew."""

import json
import subprocess

from .child import run
from .signatures import Inspection, Why

SECONDS = 60


def inspect_in_process(content: bytes, name: str, *, seconds: int = SECONDS) -> Inspection:
    """What `files.inspect` says of a file. One that asks for more memory or time than we give is `too_much_inside`.

    Raises RuntimeError when nothing can be known of the file: try again later.
    """
    try:
        done = run("monespace.paper.files", json.dumps(name).encode() + b"\n" + content, seconds=seconds)
    except subprocess.TimeoutExpired:
        return Inspection(None, ok=False, why=Why.TOO_MUCH_INSIDE)
    if done.returncode < 0:  # stopped by its limits
        return Inspection(None, ok=False, why=Why.TOO_MUCH_INSIDE)
    try:
        found = json.loads(done.stdout)
        return Inspection(found["kind"], ok=found["ok"], why=found["why"] and Why(found["why"]))
    except (ValueError, KeyError, TypeError) as error:
        raise RuntimeError("The process that opens uploads gave no answer.") from error
