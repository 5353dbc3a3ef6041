"""The small language of conditions and computed values: text into a closed tree.

    insured == "no" and sum(goods.amount) > 500
    holder.kind in ["commune", "cpas"]
    end_of_month(add_months(phenomena[phenomenon].published, 3))

Length, number of marks and depth are bounded: the text may be hostile.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

MAX_LENGTH, MAX_DEPTH = 2000, 25
MARKS = re.compile(
    r"\s*(?:(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})|(?P<number>[0-9]{1,15}(?:\.[0-9]{1,10})?)"
    r"|(?P<text>\"[^\"]{0,500}\"|'[^']{0,500}')|(?P<name>[A-Za-z_][A-Za-z0-9_]{0,60})"
    r"|(?P<mark>==|!=|<=|>=|[-+*/<>().,\[\]]))"
)
COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")


class Node(NamedTuple):
    """A piece of the tree: literal, name, get, index, call, list, minus, arithmetic, compare, in, not, and, or."""

    kind: str
    at: int
    value: Any = None  # the literal, the name or the mark
    parts: tuple["Node", ...] = ()


class Wrong(Exception):
    """The text is no expression, or its types do not fit. `todo` says what to do."""

    def __init__(self, what: str, todo: str = "correct the expression", at: int = -1):
        super().__init__(what)
        self.what, self.todo, self.at = what, todo, at


def parse(text: str) -> Node:
    """The tree of an expression. Raises `Wrong`."""
    if len(text) > MAX_LENGTH:
        raise Wrong(f"the expression is longer than {MAX_LENGTH} characters", "split it into computed values")
    reader = _Reader(_marks(text))
    tree = reader.either(0)
    reader.expect_end()
    return tree


def _marks(text: str) -> list[tuple[str, str, int]]:
    marks, at = [], 0
    text = text.rstrip()
    while at < len(text):
        found = MARKS.match(text, at)
        if not found:
            raise Wrong(f"unexpected character at position {at + 1}: {text[at : at + 10]!r}", at=at)
        kind = found.lastgroup or ""
        marks.append((kind, found[kind], found.start(kind)))
        at = found.end()
    return [*marks, ("end", "", len(text))]


class _Reader:
    """Recursive descent, one method per level of binding."""

    def __init__(self, marks: list[tuple[str, str, int]]):
        self.marks, self.i = marks, 0

    def now(self, *values: str) -> bool:
        kind, value, _ = self.marks[self.i]
        return kind in ("mark", "name") and value in values

    def take(self) -> tuple[str, str, int]:
        mark = self.marks[self.i]
        self.i = min(self.i + 1, len(self.marks) - 1)
        return mark

    def expect(self, value: str) -> None:
        if not self.now(value):
            _, found, at = self.marks[self.i]
            raise Wrong(f"expected `{value}` at position {at + 1}, found `{found or 'the end'}`", at=at)
        self.take()

    def expect_end(self) -> None:
        kind, found, at = self.marks[self.i]
        if kind != "end":
            raise Wrong(f"unexpected `{found}` at position {at + 1}", at=at)

    def either(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise Wrong("the expression is nested too deeply", "split it into computed values")
        return self.chain("or", lambda: self.chain("and", lambda: self.negation(depth)))

    def chain(self, word: str, next_level) -> Node:
        parts = [next_level()]
        at = self.marks[self.i][2]
        while self.now(word):
            self.take()
            parts.append(next_level())
        return parts[0] if len(parts) == 1 else Node(word, at, None, tuple(parts))

    def negation(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise Wrong("the expression is nested too deeply", "split it into computed values")
        if self.now("not"):
            at = self.take()[2]
            return Node("not", at, None, (self.negation(depth + 1),))
        return self.comparison(depth)

    def comparison(self, depth: int) -> Node:
        left = self.sums(depth)
        _, mark, at = self.marks[self.i]
        if self.now(*COMPARISONS):
            self.take()
            return Node("compare", at, mark, (left, self.sums(depth)))
        if self.now("in"):
            self.take()
            return Node("in", at, None, (left, self.sums(depth)))
        if self.now("not"):
            self.take()
            self.expect("in")
            return Node("not", at, None, (Node("in", at, None, (left, self.sums(depth))),))
        return left

    def sums(self, depth: int) -> Node:
        return self.arithmetic(("+", "-"), lambda: self.arithmetic(("*", "/"), lambda: self.unary(depth)))

    def arithmetic(self, marks: tuple[str, ...], next_level) -> Node:
        left, length = next_level(), 0
        while self.now(*marks):
            length += 1
            if length > MAX_DEPTH:
                raise Wrong("too many terms in one expression", "split it into computed values")
            _, mark, at = self.take()
            left = Node("arithmetic", at, mark, (left, next_level()))
        return left

    def unary(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise Wrong("the expression is nested too deeply", "split it into computed values")
        if self.now("-"):
            at = self.take()[2]
            return Node("minus", at, None, (self.unary(depth + 1),))
        return self.postfix(depth)

    def postfix(self, depth: int) -> Node:
        node = self.atom(depth)
        for _ in range(10):
            if self.now("."):
                self.take()
                kind, name, at = self.take()
                if kind != "name":
                    raise Wrong(f"a name must follow the point at position {at}", at=at)
                node = Node("get", at, name, (node,))
            elif self.now("["):
                at = self.take()[2]
                node = Node("index", at, None, (node, *self.items("]", depth)))
            else:
                return node
        raise Wrong("too many points or brackets in a row", "split it into computed values")

    def items(self, closing: str, depth: int) -> list[Node]:
        items = []
        while not self.now(closing):
            items.append(self.either(depth + 1))
            if not self.now(closing):
                self.expect(",")
        self.expect(closing)
        return items

    def atom(self, depth: int) -> Node:
        kind, value, at = self.take()
        if kind == "number":
            return Node("literal", at, Decimal(value))
        if kind == "text":
            return Node("literal", at, value[1:-1])
        if kind == "date":
            return Node("literal", at, _date(value, at))
        if kind == "name":
            return self.name(value, at, depth)
        if value == "(":
            inner = self.either(depth + 1)
            self.expect(")")
            return inner
        if value == "[":
            return Node("list", at, None, tuple(self.items("]", depth)))
        raise Wrong(f"unexpected `{value or 'end of the expression'}` at position {at + 1}", at=at)

    def name(self, value: str, at: int, depth: int) -> Node:
        if value in ("true", "false"):
            return Node("literal", at, value == "true")
        if value in ("and", "or", "not", "in"):
            raise Wrong(f"unexpected `{value}` at position {at + 1}", at=at)
        if self.now("("):
            self.take()
            return Node("call", at, value, tuple(self.items(")", depth)))
        return Node("name", at, value)


def _date(text: str, at: int) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Wrong(f"`{text}` is no date", "write a date that exists as YYYY-MM-DD", at) from None
