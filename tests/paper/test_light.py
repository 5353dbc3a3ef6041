"""The modules of this room that a web process may import load none of the heavy libraries."""

import subprocess
import sys

LIGHT = ("checking", "glyphs", "scanner", "seal_file", "shapes", "signatures", "words")
HEAVY = ("typst", "pyhanko", "pikepdf", "PIL", "boto3")


def test_light_modules_stay_light():
    imports = "; ".join(f"import monespace.paper.{name}" for name in LIGHT)
    code = f"{imports}; import sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
