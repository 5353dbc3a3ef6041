"""Keys for the run: national numbers are sealed in tests as everywhere, with keys that live as long as the run."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def keys_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key file made for this process of the run, in the settings and in the environment of what it starts."""
    from django.conf import settings

    from monespace.vault import new_keys

    path = tmp_path_factory.mktemp("keys") / "keys.json"
    new_keys(path, made_by="demo")
    settings.KEYS_FILE = os.environ["KEYS_FILE"] = str(path)
    return path
