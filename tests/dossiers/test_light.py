"""The web process stays small: what opens and makes documents is loaded by the worker alone."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"typst", "pyhanko", "pikepdf", "PIL", "boto3"}
CODE = """
import sys
import config.wsgi
from django.urls import get_resolver
get_resolver().url_patterns
from django.core.files.storage import default_storage
default_storage.exists("nothing")
print(sorted({name.split(".")[0] for name in sys.modules} & %r))
"""


def test_the_web_process_loads_nothing_that_opens_or_makes_documents():
    done = subprocess.run([sys.executable, "-c", CODE % HEAVY], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip().splitlines()[-1] == "[]"
