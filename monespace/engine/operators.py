"""and, or, not, comparisons, arithmetic. What is not answered yet spreads; `and` and `or` use what they know."""

import operator
from collections.abc import Callable
from decimal import Context as Arithmetic
from decimal import Decimal, DecimalException
from typing import Any

from monespace.engine.syntax import Node, Wrong
from monespace.engine.values import BOOLEAN, INTEGER, UNANSWERED, Code, Type, comparable

ARITHMETIC = Arithmetic(prec=34)
LARGEST = Decimal(10) ** 18
_COMPARE: dict[str, Callable] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_ARITHMETIC: dict[str, Callable] = {
    "+": ARITHMETIC.add, "-": ARITHMETIC.subtract, "*": ARITHMETIC.multiply, "/": ARITHMETIC.divide,
}  # fmt: skip


def bounded(value: Any) -> Any:
    """A number within what the engine handles, else UNANSWERED."""
    return value if isinstance(value, Decimal) and value.is_finite() and abs(value) <= LARGEST else UNANSWERED


def _need(part: Code, base: str, node: Node) -> None:
    if part.type.base != base:
        raise Wrong(f"a {base} is needed at position {node.at + 1}, this is a {part.type.base}", "correct it", node.at)


def _logic(node: Node, parts: list[Code]) -> Code:
    decisive = node.kind == "or"
    for part in parts:
        _need(part, "boolean", node)

    def run(frame: Any) -> Any:
        unknown = False
        for part in parts:
            value = part.run(frame)
            if value is decisive:
                return decisive
            unknown = unknown or value is UNANSWERED
        return UNANSWERED if unknown else not decisive

    return Code(run, BOOLEAN, 1 + max(part.depth for part in parts))


def _not(node: Node, parts: list[Code]) -> Code:
    (part,) = parts
    _need(part, "boolean", node)

    def run(frame: Any) -> Any:
        value = part.run(frame)
        return UNANSWERED if value is UNANSWERED else not value

    return Code(run, BOOLEAN, part.depth + 1)


def _both(left: Code, right: Code, do: Callable[[Any, Any], Any], type: Type) -> Code:
    def run(frame: Any) -> Any:
        one = left.run(frame)
        if one is UNANSWERED:
            return UNANSWERED
        other = right.run(frame)
        return UNANSWERED if other is UNANSWERED else do(one, other)

    return Code(run, type, 1 + max(left.depth, right.depth))


def _compare(node: Node, parts: list[Code]) -> Code:
    left, right = parts
    if not comparable(left.type, right.type):
        raise Wrong(
            f"a {left.type.base} cannot be compared with a {right.type.base}", "compare values of one type", node.at
        )
    if node.value not in ("==", "!=") and left.type.base not in ("number", "date"):
        raise Wrong(f"a {left.type.base} has no order", "use == or !=", node.at)
    _known_option(left, right, node)
    _known_option(right, left, node)
    return _both(left, right, _COMPARE[node.value], BOOLEAN)


def _known_option(chosen: Code, literal: Code, node: Node) -> None:
    """An option that does not exist is a mistake of writing, not a condition that is never true."""
    _refuse_unknown(chosen.type.options, _constant(literal), node)


def _refuse_unknown(options: tuple[str, ...] | None, value: Any, node: Node) -> None:
    if options is not None and isinstance(value, str) and value not in options:
        raise Wrong(f'"{value}" is none of its options', "options: " + ", ".join(options[:20]), node.at)


def _constant(code: Code) -> Any:
    if code.depth != 1 or code.question is not None or code.type.options is not None:
        return None
    try:
        return code.run(None)
    except AttributeError:
        return None


def _in(node: Node, parts: list[Code]) -> Code:
    left, right = parts
    if right.type.base != "list" or right.type.item is None or not comparable(left.type, right.type.item):
        raise Wrong("`in` looks for a value in a list of the same type", 'write x in ["a", "b"]', node.at)
    if right.type.item.options is not None:
        _known_option(Code(right.run, right.type.item), left, node)
    for value in _constants(right):
        _refuse_unknown(left.type.options, value, node)
    return _both(left, right, lambda one, many: one in many, BOOLEAN)


def _constants(code: Code) -> list:
    try:
        return code.run(None) if code.question is None and code.depth == 2 else []
    except AttributeError:
        return []


def _minus(node: Node, parts: list[Code]) -> Code:
    (part,) = parts
    _need(part, "number", node)

    def run(frame: Any) -> Any:
        value = part.run(frame)
        return UNANSWERED if value is UNANSWERED else -value

    return Code(run, part.type, part.depth + 1)


def _arithmetic(node: Node, parts: list[Code]) -> Code:
    left, right = parts
    if node.value == "-" and left.type.base == right.type.base == "date":
        return _both(left, right, lambda one, other: Decimal((one - other).days), INTEGER)
    if "date" in (left.type.base, right.type.base):
        raise Wrong("days are not added with + or -", "use add_days, add_months or add_years", node.at)
    _need(left, "number", node)
    _need(right, "number", node)
    do = _ARITHMETIC[node.value]

    def safe(one: Decimal, other: Decimal) -> Any:
        try:
            return bounded(do(one, other))
        except DecimalException:
            return UNANSWERED

    return _both(left, right, safe, Type("number", unit_of(node.value, left.type.unit, right.type.unit)))


def unit_of(mark: str, one: str, other: str) -> str:
    """The unit of a result: money times a number is money; two integers make an integer unless divided."""
    if mark == "/":
        return "money" if one == "money" and other != "money" else "number"
    if "money" in (one, other):
        return "money"
    if "year" in (one, other):  # 2026 - 1 is a year; 2026 - 2024 is a number of years
        return "integer" if one == other else "year"
    return one if one == other else "number"


OPERATORS: dict[str, Callable[[Node, list[Code]], Code]] = {
    "and": _logic, "or": _logic, "not": _not, "compare": _compare, "in": _in, "minus": _minus,
    "arithmetic": _arithmetic,
}  # fmt: skip
