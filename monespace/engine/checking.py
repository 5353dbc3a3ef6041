"""What must be true of a definition beyond its shape: kinds with their fields, references, types."""

import re
from datetime import date
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any

from monespace.engine import formats, given
from monespace.engine.complaints import close_to
from monespace.engine.nodes import QuestionNode
from monespace.engine.sources import SOURCES
from monespace.engine.syntax import Node, Wrong, parse
from monespace.engine.values import BOOLEAN, DATE, FILE, INTEGER, MONEY, NUMBER, PERCENT, TEXT, YEAR, Type, list_of

if TYPE_CHECKING:
    from monespace.engine.building import Builder

_TYPES: dict[str, Type] = {
    "integer": INTEGER, "year": YEAR, "decimal": NUMBER, "money": MONEY, "percent": PERCENT, "date": DATE,
    "month": DATE, "boolean": BOOLEAN, "declaration": BOOLEAN, "file": list_of(FILE),
    "address": Type("record", name="address"),
    **dict.fromkeys(("text", "textarea", "national_number", "enterprise_number", "establishment_number", "iban",
                     "phone", "email", "country"), TEXT),
}  # fmt: skip
UNITS = ("money", "percent", "integer", "year", "number")
IN_MATRIX = ("text", "integer", "decimal", "money", "percent", "year", "choice", "boolean", "computed")
# fields that only some kinds have
_ONLY = {
    "options": ("choice", "multiple"), "options_from": ("choice", "multiple"), "rows": ("matrix",),
    "columns": ("matrix",), "value": ("computed",), "unit": ("computed",), "hidden": ("computed",), "accept": ("file",),
    "max_length": ("text", "textarea"), "places": ("decimal", "percent"),
    "min": ("integer", "decimal", "money", "percent", "date", "month", "year"),
    "max": ("integer", "decimal", "money", "percent", "date", "month", "year", "multiple"),
    "text": ("information", "declaration"),
}  # fmt: skip
_NEEDS = {"matrix": ("rows", "columns"), "computed": ("value",)}


def needed_words(node: QuestionNode) -> str:
    """Which text a question cannot do without."""
    if node.kind in ("information", "declaration"):
        return "text"
    return "" if node.d.hidden or (node.kind == "computed" and node.owner is None) else "label"


def whole(builder: "Builder") -> None:
    """Checks that need names only."""
    _header(builder)
    _signature(builder)
    for question in builder.form.questions.values():
        _fields(builder, question)
        _prefill(builder, question)
        _options(builder, question)
    for page in builder.form.pages.values():
        _page(builder, page)
    known = [section.id for section in builder.form.sections]
    for section in builder.form.sections:
        for name in section.d.needs:
            if name not in known:
                builder.complaints.add((*builder.where[section], "needs"), f"unknown section `{name}`",
                                       close_to(name, known))  # fmt: skip
    _validation(builder)


def _validation(builder: "Builder") -> None:
    """What is asked once the rest is validated stands at the end: nothing validated comes after it."""
    after = False
    for section in builder.form.sections:
        where = builder.where[section]
        if section.d.once_validated and not builder.form.definition.validate:
            builder.complaints.add((*where, "once_validated"), "nothing is validated here", "add `validate: true`")
        if after and not section.d.once_validated:
            builder.complaints.add(where, "this section is validated, and stands after one that is not", "move it up")
        after = after or section.d.once_validated
    if builder.form.sections and all(section.d.once_validated for section in builder.form.sections):
        builder.complaints.add(("sections",), "nothing is left to validate", "leave `once_validated` out somewhere")


def _header(builder: "Builder") -> None:
    d, add = builder.form.definition, builder.complaints.add
    wanted = builder.form.questions.get(d.reply_to)
    if d.reply_to and (wanted is None or wanted.kind != "email" or wanted.path):
        add(("reply_to",), f"`{d.reply_to}` is no e-mail question outside groups", "name one of kind email")
    if not d.languages:
        add(("languages",), "no language", "list at least one, such as [fr, de]")
    for language in d.languages:
        if language not in formats.MONTHS:
            add(("languages",), f"unknown language `{language}`", "known: " + ", ".join(formats.MONTHS))
    if not d.audience:
        add(("audience",), "the form is for nobody", "list the kinds of holder, such as [citizen, company]")
    if not d.sections:
        add(("sections",), "the form has no section", "add at least one section with one page")
    for name in ("opens", "closes"):
        text = getattr(d.window, name)
        if text and not _is_date(text):
            add(("window", name), f"`{text}` is no date", "write it as YYYY-MM-DD")


def _signature(builder: "Builder") -> None:
    """Sending in one's own name is the signature that the portal takes; what it cannot take is told, with another way."""
    given = builder.form.definition.signature
    ways = {
        "qualified": "; for the identity card at sending, `assurance: {submit: 500}`",
        "paper": "; for a document signed by hand, add a question of kind file",
    }
    if given != "honour":
        todo = f"write `honour`: who sends confirms that all is true and complete{ways.get(given, '')}"
        builder.complaints.add(("signature",), f"`{given}` is no signature that can be taken", todo)


def _is_date(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _fields(builder: "Builder", node: QuestionNode) -> None:
    where, d = builder.where[node], node.d
    for name, kinds in _ONLY.items():
        if getattr(d, name) != _default(name) and node.kind not in kinds:
            builder.complaints.add((*where, name), f"a {node.kind} has no `{name}`", f"only for {', '.join(kinds)}")
    for name in _NEEDS.get(node.kind, ()):
        if not getattr(d, name):
            builder.complaints.add(where, f"a {node.kind} needs `{name}`", f"add `{name}:`")
    if isinstance(node.owner, QuestionNode) and node.kind not in IN_MATRIX:
        builder.complaints.add((*where, "kind"), f"a {node.kind} cannot stand in a matrix",
                               "use one of " + ", ".join(IN_MATRIX))  # fmt: skip
    ids = [row.id for row in d.rows]
    if len(ids) != len(set(ids)) or not all(re.fullmatch("[a-z][a-z0-9_]{0,40}", each) for each in ids):
        builder.complaints.add((*where, "rows"), "rows of a matrix need ids of their own", "small letters, digits, _")


def _default(name: str) -> Any:
    from monespace.engine.definition import Question

    return getattr(Question(id="x", kind="text"), name)


def _prefill(builder: "Builder", node: QuestionNode) -> None:
    root, _, field = node.d.prefill.partition(".")
    if node.d.prefill and field not in SOURCES.get(root, {}):
        names = [f"{each}.{name}" for each, fields in SOURCES.items() for name in fields]
        builder.complaints.add((*builder.where[node], "prefill"), f"unknown source `{node.d.prefill}`",
                               close_to(node.d.prefill, names))  # fmt: skip
    if node.d.locked and not node.d.prefill:
        builder.complaints.add((*builder.where[node], "locked"), "locked without a source", "add `prefill:`")


def _options(builder: "Builder", node: QuestionNode) -> None:
    if node.kind not in ("choice", "multiple"):
        return
    where, source, form = builder.where[node], node.d.options_from, builder.form
    if bool(node.d.options) == bool(source) and not (source and source.group):
        builder.complaints.add(where, "a choice needs `options` or `options_from`", "write one of them")
        return
    values = [option.value for option in node.d.options]
    if len(values) != len(set(values)):
        builder.complaints.add((*where, "options"), "two options have the same value", "give each its own")
    if source is None:
        return
    place = (*where, "options_from")
    if bool(source.table) == bool(source.group):
        builder.complaints.add(place, "options come from a table or from a group", "name one of them")
    elif source.table:
        _options_of_table(builder, source, place)
    elif source.group not in form.groups or source.label not in form.questions:
        builder.complaints.add(place, f"unknown group or question: {source.group}, {source.label}", "correct it")


def _options_of_table(builder: "Builder", source: Any, place: tuple) -> None:
    table = builder.form.tables.get(source.table)
    if table is None:
        builder.complaints.add(place, f"unknown table `{source.table}`", close_to(source.table, builder.form.tables))
        return
    for name in filter(None, (source.value, source.label, source.hint)):
        if name not in table.columns:
            builder.complaints.add(place, f"no column `{name}` in the table", close_to(name, table.columns))
    if table.columns.get(source.value, TEXT).base != "text" or not source.label:
        builder.complaints.add(place, "value must be a column of texts, and label is needed", "correct it")


def _page(builder: "Builder", page: Any) -> None:
    where, d, add = builder.where[page], page.d, builder.complaints.add
    if sum(map(bool, (d.questions, d.group, d.stop))) > 1:
        add(where, "a page holds questions, or a group, or a stop", "make separate pages")
    if not (d.questions or d.group or d.stop or d.body):
        add(where, "the page is empty", "add questions, a group, a stop or a body")
    if d.stop and not d.when:
        add(where, "a stop without condition stops everyone", "add `when:`")
    for i, link in enumerate(d.stop.links if d.stop else []):
        if bool(link.procedure) == bool(link.url) or (link.url and not link.url.startswith("https://")):
            add((*where, "stop", "links", i), "a link leads to a procedure or to an https:// address", "write one")
    if d.group:
        given.check_sources(builder, page, (*where, "group"))


def types(builder: "Builder") -> None:
    """Gives every question its type; computed values in the order of their dependencies."""
    computed = {}
    for node in builder.form.questions.values():
        if node.kind == "computed":
            computed[node.id] = node
        else:
            node.type = _TYPES.get(node.kind) or _chosen(builder, node)
    for name in _in_order(builder, computed):
        node = computed[name]
        where = (*builder.where[node], "value")
        node.value = builder.code(node.d.value, where, node.path, key=f"q:{name}")
        if node.value is not None:
            _typed(builder, node, where)


def _typed(builder: "Builder", node: QuestionNode, where: tuple) -> None:
    found = node.value.type  # type: ignore[union-attr]
    if found.base not in ("text", "number", "boolean", "date", "words"):
        builder.complaints.add(where, f"a computed value cannot be a {found.base}", "use sum, count, a column, …")
        return
    if node.d.unit and (found.base != "number" or node.d.unit not in UNITS):
        builder.complaints.add(where, f"unit `{node.d.unit}` does not fit", "use " + ", ".join(UNITS))
    node.type = found._replace(unit=node.d.unit) if node.d.unit else found
    node.value = node.value._replace(type=node.type)  # type: ignore[union-attr]


def _chosen(builder: "Builder", node: QuestionNode) -> Type | None:
    if node.kind not in ("choice", "multiple"):
        return None
    source = node.d.options_from
    if source and source.group:
        chosen = Type("row", name=source.group, options=tuple(option.value for option in node.d.options) or None)
    elif source:
        rows = builder.form.tables[source.table].rows
        chosen = Type("text", options=tuple(dict.fromkeys(str(cells[source.value]) for cells in rows)))
    else:
        chosen = Type("text", options=tuple(option.value for option in node.d.options))
    return chosen if node.kind == "choice" else list_of(chosen)


def _in_order(builder: "Builder", computed: dict[str, QuestionNode]) -> list[str]:
    """Names of computed values, each after those it uses."""
    uses = {name: _names(builder, node) & set(computed) for name, node in computed.items()}
    try:
        return list(TopologicalSorter(uses).static_order())
    except CycleError as error:
        ring = " -> ".join(error.args[1])
        builder.complaints.add(builder.where[computed[error.args[1][0]]], f"these values need each other: {ring}",
                               "break the circle")  # fmt: skip
        return []


def _names(builder: "Builder", node: QuestionNode) -> set[str]:
    try:
        tree = parse(node.d.value)
    except Wrong:
        return set()  # complained of when it is compiled
    found, todo = set(), [tree]
    while todo:
        piece: Node = todo.pop()
        todo.extend(piece.parts)
        if piece.kind == "name" or (piece.kind == "get" and not _in_table(builder, piece)):
            found.add(piece.value)
    return found


def _in_table(builder: "Builder", piece: Node) -> bool:
    """Whether a.b is a column of a table or a part of a source, and not an answer."""
    root = piece
    while root.kind in ("get", "index"):
        root = root.parts[0]
    return root.value == "first" if root.kind == "call" else root.value in (*builder.form.tables, *SOURCES)
