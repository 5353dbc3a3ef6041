"""Who depends on whom: circles are refused, and chains so long that working them out would exhaust the stack."""

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any

from monespace.engine.nodes import PageNode, QuestionNode

if TYPE_CHECKING:
    from monespace.engine.building import Builder

DEEPEST = 500  # calls of Python functions, of the thousand that the interpreter allows


def check(builder: "Builder") -> None:
    """Complains of circles and of too long chains."""
    edges = {key: {_key(builder, name) for name in names} for key, names in builder.uses.items() if key}
    for question in builder.form.questions.values():
        owner: Any = question.owner
        if owner is not None:
            around = f"p:{owner.id}" if isinstance(owner, PageNode) else f"q:{owner.id}"
            edges.setdefault(f"q:{question.id}", set()).add(around)
    for page in builder.form.pages.values():
        parent = f"p:{page.parent.id}" if isinstance(page.parent, PageNode) else f"s:{page.parent.id}"
        edges.setdefault(f"p:{page.id}", set()).add(parent)
    try:
        order = list(TopologicalSorter(edges).static_order())
    except CycleError as error:
        ring = error.args[1]
        text = " -> ".join(name[2:] for name in reversed(ring))
        builder.complaints.add(_where(builder, ring), f"these depend on each other: {text}", "break the circle")
        return
    _refuse_long_chains(builder, edges, order)


def mark_indicative(builder: "Builder") -> None:
    """A computed value is indicative when a table it reads is, or another value it rests on."""
    doubtful = {name for name, table in builder.form.tables.items() if table.indicative}
    found = {key for key, tables in builder.read.items() if tables & doubtful}
    while more := {
        key for key, names in builder.uses.items() if key not in found and {f"q:{n}" for n in names} & found
    }:
        found |= more
    for question in builder.form.questions.values():
        question.indicative = question.kind == "computed" and f"q:{question.id}" in found


def _key(builder: "Builder", name: str) -> str:
    return f"p:{name}" if isinstance(builder.form.groups.get(name), PageNode) else f"q:{name}"


def _where(builder: "Builder", ring: list[str]) -> Any:
    for name in ring:
        if name.startswith("q:"):
            return builder.where[builder.form.questions[name[2:]]]
    page = builder.form.pages.get(ring[0][2:])
    return builder.where[page] if page else ("sections",)


def _refuse_long_chains(builder: "Builder", edges: dict[str, set[str]], order: list[str]) -> None:
    cost: dict[str, int] = {}
    for name in order:
        cost[name] = 8 + 3 * _own_depth(builder, name) + max((cost[each] for each in edges.get(name, ())), default=0)
        if cost[name] > DEEPEST:
            where = _where(builder, [name])
            builder.complaints.add(where, "this depends on a too long chain of other answers", "shorten the chain")
            return


def _own_depth(builder: "Builder", name: str) -> int:
    node: Any = None
    if name.startswith("q:"):
        node = builder.form.questions[name[2:]]
    elif name.startswith("p:"):
        node = builder.form.pages[name[2:]]
    codes = [getattr(node, each, None) for each in ("when", "value", "options_when")]
    if isinstance(node, QuestionNode):
        codes += [option.when for option in node.options]
    return max((code.depth for code in codes if code is not None), default=0)
