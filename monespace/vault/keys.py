"""The key file: JSON, mode 0600, several generations; the newest seals, all of them open."""

import base64
import json
import os
import secrets
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class KeysMissing(ImproperlyConfigured):
    """No usable key file: nothing that holds a national number can be read or written."""


class Keys(NamedTuple):
    """Sealing keys by id, the id of the current one, and the hashing key."""

    sealing: dict[str, bytes]
    current: str
    hashing: bytes
    made_by: str


def new_keys(path: Path, *, made_by: str) -> None:
    """Writes a new key file (mode 0600). `made_by` is «demo» or «operator»; production refuses «demo».

    Raises FileExistsError when the file is there: overwriting keys would lock every national number away.
    """
    key_id = secrets.token_hex(4)
    content = {
        "made_by": made_by,
        "current": key_id,
        "sealing": {key_id: base64.b64encode(secrets.token_bytes(32)).decode()},
        "hashing": base64.b64encode(secrets.token_bytes(32)).decode(),
    }
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file)


@cache
def load(path: str) -> Keys:
    """The keys of a file; raises KeysMissing with what to do."""
    try:
        raw = json.loads(Path(path).read_text(encoding="utf-8"))
        sealing = {key_id: base64.b64decode(key) for key_id, key in raw["sealing"].items()}
        return Keys(sealing, raw["current"], base64.b64decode(raw["hashing"]), raw.get("made_by", "operator"))
    except (OSError, ValueError, KeyError) as error:
        raise KeysMissing(f"KEYS_FILE cannot be read ({error}): make one with «monespace keys new FILE».") from error


def keys() -> Keys:
    """The keys in force, from settings.KEYS_FILE."""
    if not settings.KEYS_FILE:
        raise KeysMissing("KEYS_FILE is not set: make a key file with «monespace keys new FILE».")
    return load(settings.KEYS_FILE)
