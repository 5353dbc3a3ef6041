"""The web workers are forked from a process that has read the whole portal: they share its memory, and nothing that a fork cuts."""

import json
import subprocess
import sys

SAID = """
import json, os, threading
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django
django.setup()
from monespace.cli.serve import preload
preload("config.wsgi")
import gc, sys
from django.db import connections
from django.template import engines
print(json.dumps({
    "threads": threading.active_count(),
    "connected": [one.connection is not None for one in connections.all(initialized_only=True)],
    "pools": len(type(connections["default"])._connection_pools),
    "views": sum(name.startswith("monespace.") and ".views" in name for name in sys.modules),
    "templates": len(engines["jinja2"].env.cache),
    "frozen": gc.get_freeze_count(),
}))
"""


def test_what_is_read_before_the_fork_opens_nothing() -> None:
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", SAID], capture_output=True, text=True, check=True)
    said = json.loads(done.stdout.splitlines()[-1])

    assert said["threads"] == 1
    assert not any(said["connected"])
    assert said["pools"] == 0
    assert said["views"] > 20
    assert said["templates"] > 100
    assert said["frozen"] > 100_000
