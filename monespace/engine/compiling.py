"""Expressions checked against what the form knows, and made ready to run.

A `Scope` says which names can be seen: questions of the form and of the rows around, parameter tables, `holder`,
`person`, `today`, and `row` inside a group.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from monespace.engine import functions, lookups, operators
from monespace.engine.complaints import close_to
from monespace.engine.nodes import Form, Path, QuestionNode
from monespace.engine.sources import RECORD, SOURCES
from monespace.engine.syntax import Node, Wrong, parse
from monespace.engine.values import BOOLEAN, DATE, INTEGER, NUMBER, TEXT, UNANSWERED, Code, Type, list_of


class Scope:
    """The names that an expression can use, and those it did use (`deps`)."""

    def __init__(self, form: Form, path: Path, tables: tuple[str, ...] = (), deps: set[str] | None = None,
                 read: set[str] | None = None):  # fmt: skip
        self.form, self.path, self.tables = form, path, tables
        self.deps: set[str] = set() if deps is None else deps
        self.read: set[str] = set() if read is None else read  # parameter tables

    def inside(self, path: Path) -> "Scope":
        return Scope(self.form, path, self.tables, self.deps, self.read)

    def along(self, table: str) -> "Scope":
        return Scope(self.form, self.path, (*self.tables, table), self.deps, self.read)


def compiled(text: str, scope: Scope, expected: str = "") -> Code:
    """The code of an expression whose type must be `expected` (a base; empty is any). Raises `Wrong`."""
    code = compile_node(parse(text), scope)
    if expected and code.type.base != expected:
        raise Wrong(f"this gives a {code.type.base}, a {expected} is needed", "change the expression")
    return code


def compile_node(node: Node, scope: Scope) -> Code:
    """The code of one piece of the tree."""
    return _BY_KIND[node.kind](node, scope)


def _literal(node: Node, scope: Scope) -> Code:
    value = node.value
    types = {bool: BOOLEAN, str: TEXT, Decimal: NUMBER, date: DATE}
    return Code(lambda frame: value, types[type(value)])


def _name(node: Node, scope: Scope) -> Code:
    name = node.value
    for table in reversed(scope.tables):
        if name in scope.form.tables[table].columns:
            if name in scope.form.questions:
                raise Wrong(
                    f"`{name}` is a question and a column of `{table}`", "give the column another name", node.at
                )
            return lookups.cell(scope.form.tables[table], name)
    if name in scope.form.groups:  # a matrix too
        return _rows(name, scope)
    if name in scope.form.questions:
        return _question(name, scope)
    if name in scope.form.tables:
        scope.read.add(name)
        return Code(lambda frame: name, Type("table", name=name))
    if name in SOURCES:
        return Code(lambda frame: name, Type("source", name=name))
    return _around(node, scope)


def _around(node: Node, scope: Scope) -> Code:
    """What is there without being asked: the day, the row in which one stands."""
    name = node.value
    if name == "today":
        return Code(lambda frame: frame.state.context.today, DATE)
    if name == "row" and scope.path:
        around = scope.form.groups[scope.path[-1]]
        fixed = tuple(row.id for row in around.d.rows) if isinstance(around, QuestionNode) else None
        return Code(lambda frame: frame.row, Type("row", name=around.id, options=fixed))
    if name == "row_number" and scope.path:
        return _row_number(scope)
    known = [*scope.form.questions, *scope.form.groups, *scope.form.tables, *SOURCES, "today", "row", "row_number"]
    raise Wrong(f"unknown name `{name}`", close_to(name, known), node.at)


def _question(name: str, scope: Scope) -> Code:
    question = scope.form.questions[name]
    if scope.path[: len(question.path)] != question.path:
        around = question.path[-1]
        raise Wrong(
            f"`{name}` is asked once for each row of `{around}`",
            f"write {around}.{name}, or use it inside sum({around}, …), any({around}, …)",
        )
    if question.type is None:
        raise Wrong(f"`{name}` has no value", "use a question that is answered or computed")
    scope.deps.add(name)
    path = question.path
    run = lambda frame: frame.state.value(question, frame.at(path))  # noqa: E731
    return Code(run, question.type, 1, question)


def _rows(name: str, scope: Scope) -> Code:
    node = scope.form.groups[name]
    if scope.path[: len(node.path)] != node.path:
        raise Wrong(f"`{name}` is inside each row of `{node.path[-1]}`", f"write {node.path[-1]}.{name}")
    scope.deps.add(name)
    path = node.path
    return Code(lambda frame: frame.state.rows(name, frame.at(path)), Type("rows", name=name))


def _row_number(scope: Scope) -> Code:
    """The rank of the row, from 1."""
    path = scope.path
    scope.deps.add(path[-1])

    def run(frame: Any) -> Any:
        here = frame.at(path)
        rows = [each.row for each in here.state.rows(path[-1], here.parent)]
        return Decimal(rows.index(here.row) + 1) if here.row in rows else UNANSWERED

    return Code(run, INTEGER)


def _get(node: Node, scope: Scope) -> Code:
    base = compile_node(node.parts[0], scope)
    getter = _GETTERS.get(base.type.base)
    if getter is None:
        raise Wrong(f"a {base.type.base} has no part `{node.value}`", "remove the point and what follows", node.at)
    code = getter(base, node.value, scope)
    return code._replace(depth=max(code.depth, base.depth) + 1)


def _get_rows(base: Code, name: str, scope: Scope) -> Code:
    """goods.amount: the answers of every row; actions.budget: the inner rows of every row."""
    group, inner = base.type.name, (*scope.form.groups[base.type.name].path, base.type.name)
    run = base.run
    node = scope.form.groups.get(name)
    if node is not None and node.path == inner:
        scope.deps.add(name)
        return Code(lambda f: [r for row in run(f) for r in row.state.rows(name, row)], Type("rows", name=name))
    question = scope.form.questions.get(name)
    if question is None or question.path != inner or question.type is None:
        known = [each.id for each in scope.form.questions.values() if each.path == inner]
        raise Wrong(f"`{group}` has no question `{name}`", close_to(name, known))
    scope.deps.add(name)
    return Code(lambda f: [row.state.value(question, row) for row in run(f)], list_of(question.type))


def _get_row(base: Code, name: str, scope: Scope) -> Code:
    """goods[chosen].amount: the answer of one row."""
    inner = (*scope.form.groups[base.type.name].path, base.type.name)
    question = scope.form.questions.get(name)
    if base.question != "frame":
        raise Wrong("a row is named by brackets", f"write {base.type.name}[…].{name}")
    if question is None or question.path != inner or question.type is None:
        known = [each.id for each in scope.form.questions.values() if each.path == inner]
        raise Wrong(f"`{base.type.name}` has no question `{name}`", close_to(name, known))
    scope.deps.add(name)

    def run(frame: Any) -> Any:
        row = base.run(frame)
        return UNANSWERED if row is UNANSWERED else row.state.value(question, row)

    return Code(run, question.type)


def _get_source(base: Code, name: str, scope: Scope) -> Code:
    fields = SOURCES[base.type.name]
    if name not in fields:
        raise Wrong(f"`{base.type.name}` has no `{name}`", close_to(name, fields))
    return lookups.fact(f"{base.type.name}.{name}", fields[name])


def _get_record(base: Code, name: str, scope: Scope) -> Code:
    if name not in RECORD:
        raise Wrong(f"an address has no `{name}`", close_to(name, RECORD))

    def run(frame: Any) -> Any:
        record = base.run(frame)
        return record.get(name) or UNANSWERED if isinstance(record, dict) else UNANSWERED

    return Code(run, RECORD[name])


def _get_cells(base: Code, name: str, scope: Scope) -> Code:
    return lookups.column(scope.form.tables[base.type.name], base, name)


def _get_table(base: Code, name: str, scope: Scope) -> Code:
    return lookups.column(scope.form.tables[base.type.name], lookups.row(scope.form, base.type.name, []), name)


def _index(node: Node, scope: Scope) -> Code:
    base, *keys = (compile_node(part, scope) for part in node.parts)
    if base.type.base == "table":
        return lookups.row(scope.form, base.type.name, keys)
    if base.type.base != "rows" or len(keys) != 1:
        raise Wrong("brackets look up a parameter table or one row of a group", "correct the expression", node.at)
    if keys[0].type.base not in ("row", "text"):
        raise Wrong("a row is found by a question that chooses a row, or by `row`", "correct the brackets", node.at)

    def run(frame: Any) -> Any:
        wanted = keys[0].run(frame)
        return next((row for row in base.run(frame) if row.row == wanted), UNANSWERED)

    return Code(run, Type("row", name=base.type.name), 1 + max(base.depth, keys[0].depth), "frame")


def _list(node: Node, scope: Scope) -> Code:
    items = [compile_node(part, scope) for part in node.parts]
    if not items or any(item.type.base != items[0].type.base for item in items):
        raise Wrong("a list holds values of one type", "write at least one value, all of one type", node.at)
    return Code(lambda f: [item.run(f) for item in items], list_of(items[0].type), 1 + max(i.depth for i in items))


def _call(node: Node, scope: Scope) -> Code:
    if node.value in (*functions.OVER_ROWS, functions.FIRST) and node.parts:
        return _over(node, scope)
    return functions.call(node.value, [compile_node(part, scope) for part in node.parts], node.at)


def _over(node: Node, scope: Scope) -> Code:
    """sum(goods, amount), any(phenomena, published <= today): the second part is read in each row."""
    base = compile_node(node.parts[0], scope)
    if base.type.base not in ("rows", "table"):
        return functions.call(node.value, [compile_node(part, scope) for part in node.parts], node.at)
    if len(scope.tables) + len(scope.path) >= 5:
        raise Wrong("rows inside rows inside rows: too deep", "use a computed value for the inner part", node.at)
    if base.type.base == "table":
        inner, frames = scope.along(base.type.name), lookups.lines(scope.form.tables[base.type.name])
    else:
        group = scope.form.groups[base.type.name]
        inner, frames = scope.inside((*group.path, base.type.name)), base.run
    bodies = [compile_node(part, inner) for part in node.parts[1:]]
    if node.value == functions.FIRST:
        if base.type.base != "table":
            raise Wrong("`first` looks in a parameter table", "write first(table, condition).column", node.at)
        return functions.first(base.type.name, frames, bodies, node.at)
    return functions.over_rows(node.value, frames, bodies, node.at)


def _operator(node: Node, scope: Scope) -> Code:
    return operators.OPERATORS[node.kind](node, [compile_node(part, scope) for part in node.parts])


_GETTERS: dict[str, Callable[[Code, str, Scope], Code]] = {
    "rows": _get_rows, "row": _get_row, "source": _get_source, "record": _get_record, "cells": _get_cells,
    "table": _get_table,
}  # fmt: skip
_BY_KIND: dict[str, Callable[[Node, Scope], Code]] = {
    "literal": _literal, "name": _name, "get": _get, "index": _index, "list": _list, "call": _call,
    **dict.fromkeys(operators.OPERATORS, _operator),
}  # fmt: skip
