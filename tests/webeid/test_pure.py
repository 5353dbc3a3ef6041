"""The package stands alone: it needs the standard library and `cryptography`, nothing of this portal and no Django."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "monespace" / "identity" / "webeid"


def imported(path: Path) -> set[str]:
    """The outermost packages that a module names; a relative import is its own."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(node.module)
        elif isinstance(node, ast.ImportFrom) and node.level > 1:
            names.add("outside")
    return {name.partition(".")[0] for name in names}


def test_it_imports_the_standard_library_and_cryptography_only():
    found = set().union(*(imported(path) for path in PACKAGE.rglob("*.py")))

    assert found - set(sys.stdlib_module_names) == {"cryptography"}


def test_it_runs_under_another_name_without_anything_of_the_portal(tmp_path):
    shutil.copytree(PACKAGE, tmp_path / "webeid")
    told = "import sys, webeid; print(webeid.validate.__name__, [n for n in sys.modules if n.startswith(('django', 'monespace'))])"

    done = subprocess.run([sys.executable, "-c", told], cwd=tmp_path, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "validate []"


def test_every_reason_is_told_in_its_own_documentation():
    from typing import get_args

    from monespace.identity.webeid.errors import About, Reason

    text = (PACKAGE / "README.md").read_text(encoding="utf-8")
    assert [one for one in get_args(Reason) + get_args(About) if f"`{one}`" not in text] == []
