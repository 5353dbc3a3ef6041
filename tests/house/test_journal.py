"""The journal holds what was done, once all of it is done (law 8)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WRITERS = {"record", "write"}


def writes(statement: ast.stmt) -> bool:
    """Whether a statement writes to the journal."""
    calls = [node.func for node in ast.walk(statement) if isinstance(node, ast.Call)]
    return any(isinstance(call, ast.Name) and call.id in WRITERS for call in calls)


def acts() -> Iterator[tuple[str, list[ast.stmt]]]:
    """Each function of the rooms' actions that writes to the journal, and the blocks of statements in which it does."""
    for path in [*ROOT.glob("monespace/*/actions.py"), *ROOT.glob("monespace/*/actions/*.py")]:
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef) or function.name in WRITERS:
                continue
            for node in ast.walk(function):
                block = getattr(node, "body", None)
                if isinstance(block, list) and any(writes(statement) for statement in block):
                    yield f"{path.relative_to(ROOT)} {function.name}", block


def test_the_entry_is_the_last_statement_of_an_act():
    """Whatever came after it would hold up all who wait for the chain, and could fail with the act already told."""
    seen, wrong = 0, []
    for name, block in acts():
        first = next(place for place, statement in enumerate(block) if writes(statement))
        seen += 1
        wrong += [
            name for after in block[first + 1 :] if not (writes(after) or isinstance(after, ast.Return | ast.Raise))
        ]

    assert wrong == [
        "monespace/identity/actions.py confirm_email"
    ]  # its transaction ends before: a wrong code is counted
    assert seen > 30


def test_the_key_of_a_spaces_chain_is_built_in_one_place():
    """Two ways of building it would, one day, be two chains for one space."""
    built = [
        str(path.relative_to(ROOT))
        for path in ROOT.glob("monespace/**/*.py")
        if re.search(r'f"(enterprise|person):\{', path.read_text(encoding="utf-8"))
    ]

    assert built == ["monespace/journal/actions.py"]
