"""The rooms stand on each other in one direction only, and by their doors: imports, table relations, migrations, templates."""

import ast
import re
import subprocess
import sys
from pathlib import Path

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parents[2]
FLOORS = [
    {"engine", "vault", "work", "prepared", "metrics"},
    {"journal", "ui", "paper"},
    {"notices"},
    {"identity", "registry"},
    {"procedures"},
    {"spaces"},
    {"dossiers"},
    {"desk", "help"},
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}


DOORS = {"actions", "queries", "models", "policy", "lifecycle", "http"}
SIDE_DOORS = {  # what else a room with tables lends to those above it: docs/house.md names them
    "identity": {"assurance", "limits"}, "registry": {"loading"}, "spaces": {"space", "words"}, "dossiers": {"words", "numbers"},
}  # fmt: skip
WITHOUT_TABLES = {"engine", "vault", "work", "prepared", "metrics", "ui", "paper"}


def may_use(room: str, other: str) -> bool:
    """Whether a room may rest on another: itself, or one on a lower floor. Outside the house, anything."""
    return room not in FLOOR or other not in FLOOR or room == other or FLOOR[other] < FLOOR[room]


def test_imports_keep_the_contracts():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout[-3000:]


def borrowed(path: Path) -> set[tuple[str, str]]:
    """(room, module) of every import from a room of this house, inside functions too."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    parts = [name.split(".") for name in names if name.startswith("monespace.")]
    return {(part[1], part[2]) for part in parts if len(part) > 2}


def test_rooms_enter_each_other_by_the_doors():
    """import-linter knows floors; that a room's views, forms, jobs and helpers are its own is kept here."""
    wrong = [
        f"{path.relative_to(ROOT)} uses {room}.{module}"
        for own in FLOOR
        for path in (ROOT / "monespace" / own).rglob("*.py")
        for room, module in borrowed(path)
        if room != own and room not in WITHOUT_TABLES and module not in DOORS | SIDE_DOORS.get(room, set())
    ]

    assert wrong == []


def test_the_side_doors_are_told_to_whoever_builds_here():
    text = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")

    assert [
        f"{room}.{name}" for room, names in SIDE_DOORS.items() for name in names if f"`{room}.{name}`" not in text
    ] == []


def test_the_picture_shows_the_floors_as_they_are():
    drawn = (ROOT / "docs/pictures/house.svg").read_text(encoding="utf-8")
    rooms = re.findall(r'class="room" x="\d+" y="(\d+)"[^>]*>(\w+)<', drawn)
    floors = [{room for at, room in rooms if at == height} for height in dict.fromkeys(at for at, _room in rooms)]

    assert floors == [{"cli", "config"}, *reversed(FLOORS)]


def test_tables_point_downwards_only():
    wrong = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model
        and not may_use(model._meta.app_label, field.related_model._meta.app_label)
    ]

    assert wrong == []


def test_migrations_depend_downwards_only():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    wrong = [
        f"{key} needs {needed}"
        for key, migration in loader.disk_migrations.items()
        for needed in migration.dependencies
        if not may_use(key[0], needed[0])
    ]

    assert wrong == []


def test_templates_include_only_their_own_room_and_the_elements():
    wrong = []
    for path in (ROOT / "templates").rglob("*.html"):
        room = path.relative_to(ROOT / "templates").parts[0]
        for used in re.findall(r'(?:put\(|{%\s*extends\s+)"([^"]+)"', path.read_text(encoding="utf-8")):
            other = used.split("/")[0]
            if other not in {room, "ui", "base.html"}:
                wrong.append(f"{path.name} uses {used}")

    assert wrong == []
