"""Rows that other rows give: one for each row of another group, with the answers that they take over."""

import re
from typing import TYPE_CHECKING, Any

from monespace.engine.complaints import Where, close_to
from monespace.engine.definition import Proposal, Seed
from monespace.engine.nodes import GroupNode, PageNode, QuestionNode, SourceNode
from monespace.engine.sources import LISTS

if TYPE_CHECKING:
    from monespace.engine.building import Builder

_NEVER_GIVEN = ("file", "matrix", "computed", "information", "declaration")
TAKEN_OVER = ("text", "number", "boolean", "date", "row")  # types whose answers a row can take over


def check_sources(builder: "Builder", page: PageNode, where: Where) -> None:
    """Complains of sources of rows that do not exist or cannot be seen, and of a file for rows that cannot be added."""
    group: Any = page.d.group
    if group.seed:
        _check_seed(builder, page, group.seed, (*where, "seed"))
    for i, proposal in enumerate(group.propose):
        _check_group(builder, page, proposal, (*where, "propose", i))
    fixed = bool(group.seed and group.seed.group)
    if fixed and group.propose:
        builder.complaints.add((*where, "propose"), "the rows come from `seed` already", "write `propose` alone")
    if fixed and group.csv:
        builder.complaints.add((*where, "csv"), "no row can be added to these: they come from `seed`", "remove `csv`")


def _check_seed(builder: "Builder", page: PageNode, seed: Seed, where: Where) -> None:
    if bool(seed.source) == bool(seed.group) or (seed.source and seed.source not in LISTS):
        builder.complaints.add(where, "rows come from a source or from a group", "sources: " + ", ".join(LISTS))
    elif seed.group:
        _check_group(builder, page, seed, where)
    else:
        _check_fields(builder, page, seed, where)
    for name, wanted in seed.first.items():
        if what := _no_first(builder, page, name, wanted):
            todo = "name a question of the row, then one of the same kind around the group, or an answer in quotes: '\"self\"'"
            builder.complaints.add((*where, "first"), what, todo)


def _no_first(builder: "Builder", page: Any, name: str, wanted: str) -> str:
    """What is wrong with an answer that the first row of a group is given; empty when nothing is."""
    questions, seed = builder.form.questions, page.d.group.seed
    node = questions.get(name)
    if seed.group:
        return "rows that follow those of another group have no first row of their own"
    if node is None or node.path != (*page.path, page.id) or node.kind in _NEVER_GIVEN:
        return f"`{name}` is no question of the row that can be given"
    if re.fullmatch("\"[^\"]*\"|'[^']*'", wanted):
        options = [option.value for option in node.d.options]
        fits = wanted[1:-1] in options if node.kind == "choice" else node.kind == "text"
        return "" if fits else f"{wanted} is no answer to `{name}`"
    source = questions.get(wanted)
    fits = source is not None and source.kind == node.kind and page.path[: len(source.path)] == source.path
    return "" if fits else f"`{wanted}` is no question around the group, of kind {node.kind}"


def _check_group(builder: "Builder", page: PageNode, source: Seed | Proposal, where: Where) -> None:
    known = {name: node for name, node in builder.form.groups.items() if isinstance(node, PageNode)}
    if source.group not in known:
        builder.complaints.add(where, f"unknown group `{source.group}`", close_to(source.group, known))
    elif page.path[: len(known[source.group].path)] != known[source.group].path:
        builder.complaints.add(where, f"`{source.group}` cannot be seen from here", "use a group of the same level")
    _check_fields(builder, page, source, where)


def _check_fields(builder: "Builder", page: PageNode, source: Seed | Proposal, where: Where) -> None:
    own = [name for name, each in builder.form.questions.items() if each.path == (*page.path, page.id) and each.asks]
    for name in source.fields:
        if name not in own:
            builder.complaints.add((*where, "fields"), f"`{name}` is no question of the row", close_to(name, own))


def compile_sources(builder: "Builder", page: PageNode, group: GroupNode, where: Where) -> None:
    """Makes the sources of a group's rows ready to run."""
    seed = group.d.seed
    if seed and seed.group:
        group.sources.append(_source(builder, page, seed, (*where, "seed"), apart=False))
    for name, wanted in seed.first.items() if seed else ():
        _compile_first(builder, name, wanted)
    for i, proposal in enumerate(group.d.propose):
        group.sources.append(_source(builder, page, proposal, (*where, "propose", i), apart=True))


def _compile_first(builder: "Builder", name: str, wanted: str) -> None:
    question = builder.form.questions[name]
    question.given = wanted[1:-1] if wanted[0] in "\"'" else builder.form.questions[wanted]
    if isinstance(question.given, QuestionNode):
        builder.uses.setdefault(f"q:{name}", set()).add(wanted)


def _source(builder: "Builder", page: PageNode, d: Seed | Proposal, where: Where, *, apart: bool) -> SourceNode:
    rows = builder.form.groups[d.group]
    inner = (*rows.path, rows.id)
    when = builder.code(d.when, (*where, "when"), inner, "boolean", f"p:{page.id}")
    builder.uses.setdefault(f"p:{page.id}", set()).add(d.group)
    fields = {name: _field(builder, name, text, inner, (*where, "fields", name)) for name, text in d.fields.items()}
    return SourceNode(rows.id, rows.path, when, {name: code for name, code in fields.items() if code}, apart)


def _field(builder: "Builder", name: str, text: str, inner: tuple, where: Where) -> Any:
    """What a question takes over, of its own type."""
    question = builder.form.questions[name]
    code, wanted = builder.code(text, where, inner, key=f"q:{name}"), question.type
    if code is None or wanted is None:
        return None
    fits = code.type.base == wanted.base or (wanted.base == "row" and code.type.base == "text")
    if wanted.base not in TAKEN_OVER or question.kind == "national_number":
        builder.complaints.add(where, f"a {question.kind} cannot be taken over from another row", "remove it")
    elif not fits:
        builder.complaints.add(where, f"this gives a {code.type.base}, a {wanted.base} is needed", "change it")
    return code
