"""The papers of the project tell what the code does: every variable, every room's words, the licence."""

import ast
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
READERS = {"text", "number", "flag", "names"}
PAPERS = [
    "README.md",
    "SECURITY.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    *sorted(path.name for path in (ROOT / "docs").glob("*.md")),
]


def variables_read() -> set[str]:
    """The first argument of each call of a reader of config.env, in the whole code."""
    calls = [
        node
        for folder in ("config", "monespace")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in READERS
    ]
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func.value, ast.Name)
        and call.func.value.id == "env"
        and isinstance(call.args[0], ast.Constant)
    }


def test_each_variable_stands_in_the_operators_table_and_no_other():
    text = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    rows = text.split("## Every variable", 1)[1].splitlines()
    told = {
        name for row in rows if row.startswith("| `") for name in re.findall(r"`([A-Z][A-Z0-9_]+)`", row.split("|")[1])
    }

    assert len(told) > 30
    assert told == variables_read()


@pytest.mark.parametrize("name", PAPERS)
def test_papers_link_to_what_exists(name):
    path = ROOT / name if (ROOT / name).exists() else ROOT / "docs" / name
    for target in re.findall(r"\]\((?!https?:|mailto:|/aide|#)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_one_licence_everywhere():
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    about = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))

    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\nEUPL © the European Union 2007, 2016\n")
    assert "15.Applicable Law" in licence
    assert about["legal"]["license"] == "EUPL-1.2"
    assert 'license = "EUPL-1.2"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_what_is_said_to_the_catalogue_fits_its_rules():
    """publiccode.yml 0.4: a short description of 150 characters at most, a long one of 150 to 10000, in each language."""
    about = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))

    assert about["softwareVersion"] in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for text in about["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]


def test_the_glossary_gives_each_word_in_each_language():
    rows = [
        row for row in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines() if row.startswith("| ")
    ]

    assert len(rows) > 40
    assert [row for row in rows if row.count("|") != 6 or not all(cell.strip() for cell in row.split("|")[1:-1])] == []
