"""What the files of the repository promise: no machine's path, locks that match, docstrings, short files."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST, LONGEST_FUNCTION = 300, 25
MAY_BE_LONGER = {"run.py": "the one command must work before anything is installed, from one file"}
PROSE = {".md", ".yaml", ".yml", ".po", ".txt", ".json", ".svg", ".csv"}
REQUIREMENTS = sorted(path.stem for path in (ROOT / "requirements").glob("*.in"))


def tracked(*endings: str) -> list[Path]:
    """The files of the repository that are text, or those with these endings."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.is_file() and (not endings or path.suffix in endings)]


def text_of(path: Path) -> str:
    """A file's text, empty for pictures and fonts."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def machine_paths() -> re.Pattern[str]:
    """Folders that exist on one machine only; put together here, so that this file holds none of them."""
    homes = ["work", "root", "Users", "home", "opt"]
    return re.compile(r"(?<![\w.~/:$}<>{%-])/(?:" + "|".join(homes) + r")/[\w.-]+")


def index_addresses() -> re.Pattern[str]:
    """Addresses of package indexes and their mirrors."""
    hosts = [
        "pypi" + r"\.org",
        "pythonhosted" + r"\.org",
        "registry" + r"\.npmjs",
        "yarnpkg" + r"\.com",
        r"/simple/?\s",
    ]
    return re.compile(r"https?://\S*(?:" + "|".join(hosts) + ")|--(?:extra-)?index-url")


@pytest.mark.parametrize("forbidden", [machine_paths(), index_addresses()], ids=["machine paths", "package indexes"])
def test_no_file_holds_what_is_true_on_one_machine_only(forbidden: re.Pattern[str]) -> None:
    found = [f"{path.relative_to(ROOT)}: {hit[0]}" for path in tracked() if (hit := forbidden.search(text_of(path)))]
    assert found == []


def names(text: str) -> set[str]:
    """The packages that the lines of a requirements file name."""
    lines = [line for line in text.splitlines() if re.match(r"[A-Za-z0-9]", line)]
    return {re.match(r"[A-Za-z0-9._-]+", line)[0].lower().replace("_", "-").replace(".", "-") for line in lines}


def wanted(name: str) -> set[str]:
    """What a .in file asks for, with the files it rests on."""
    text = (ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8")
    return names(text).union(*(wanted(other) for other in re.findall(r"^-r (\w+)\.in", text, re.MULTILINE)))


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_a_lock_holds_what_was_asked_for_with_hashes(name: str) -> None:
    lock = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert wanted(name) - names(lock) == set()
    assert lock.count("==") <= lock.count("--hash=sha256:")


def pins(name: str) -> set[str]:
    """Each package of a lock with its version and the machines it is for."""
    lock = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return set(re.findall(r"^[A-Za-z0-9][^\\\n]*", lock, re.MULTILINE))


def test_each_lock_holds_the_one_it_rests_on_version_for_version() -> None:
    assert pins("run") - pins("demo") == set()
    assert pins("demo") - pins("test") == set()


def public_definitions(path: Path) -> Iterator[str]:
    """Public functions and classes of a module that say nothing of themselves.

    Methods are left to their class: most fill in one that a base class describes, or are named for what they return.
    """
    for node in ast.parse(text_of(path)).body:
        defines = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        if defines and not node.name.startswith("_") and ast.get_docstring(node) is None:
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"


def test_every_public_function_of_the_portal_says_what_it_does() -> None:
    silent = []
    for path in tracked(".py"):
        if path.relative_to(ROOT).parts[0] in {"monespace", "config"} and "migrations" not in path.parts:
            silent += public_definitions(path)
    assert silent == []


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function's body without its docstring."""
    first = function.body[1 if ast.get_docstring(function) and len(function.body) > 1 else 0]
    return (function.end_lineno or 0) - first.lineno + 1


def test_functions_are_short() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in tracked(".py")
        if path.relative_to(ROOT).parts[0] in {"monespace", "config", "sandbox"} and "migrations" not in path.parts
        for node in ast.walk(ast.parse(text_of(path)))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and lines_of(node) > LONGEST_FUNCTION
    ]
    assert long == []


def test_files_are_short() -> None:
    long = [
        str(path.relative_to(ROOT))
        for path in tracked(".py")
        if text_of(path).count("\n") > LONGEST
        and str(path.relative_to(ROOT)) not in MAY_BE_LONGER
        and path.parent.name != "migrations"  # written by makemigrations
    ]
    assert long == []


def test_what_needs_axe_is_left_out_where_the_node_packages_are_not_installed() -> None:
    """`run.py test` runs what a machine can run: one with Chromium and without npm has no axe (tests/browser.py)."""
    careless = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("test_*.py")
        if re.search(r"\baxe\(|\btraveller\b|Traveller", source := text_of(path)) and "pytest.mark.node" not in source
    ]
    assert careless == []
