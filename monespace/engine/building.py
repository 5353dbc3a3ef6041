"""Builds the form: first every name is declared, then every expression and text is checked against the names."""

import re
from collections.abc import Mapping
from typing import Any

from monespace.engine import checking, formats, given, graph, tables
from monespace.engine.compiling import Scope, compiled
from monespace.engine.complaints import Complaints, Where
from monespace.engine.confirming import compile_confirming
from monespace.engine.definition import Check, Computed, Definition, Page, Question, Section
from monespace.engine.nodes import (
    CheckNode,
    Form,
    GroupNode,
    OptionNode,
    PageNode,
    Path,
    QuestionNode,
    SectionNode,
    Template,
)
from monespace.engine.sources import SOURCES
from monespace.engine.syntax import Wrong

ID = re.compile("[a-z][a-z0-9_]{0,39}")
PLACE = re.compile("[a-z][a-z0-9-]{0,39}|[a-z][a-z0-9_]{0,39}")
TAKEN = {*SOURCES, "today", "row", "row_number", "id", "true", "false", "and", "or", "not", "in", "verifier"}
MOST_QUESTIONS, MOST_DEPTH = 1000, 4


class Builder:
    """Holds what is needed while a form is built: the complaints and where each node stands in the file."""

    def __init__(self, definition: Definition, complaints: Complaints):
        self.form, self.complaints = Form(definition), complaints
        self.where: dict[Any, Where] = {}
        self.uses: dict[str, set[str]] = {}  # graph key -> names used
        self.read: dict[str, set[str]] = {}  # graph key -> parameter tables read

    def build(self) -> Form:
        """The form; complaints were noted along the way."""
        definition = self.form.definition
        tables.declare(self, definition.parameters)
        for i, section in enumerate(definition.sections):
            self._section(section, ("sections", i))
        for i, computed in enumerate(definition.computed):
            self._computed(computed, ("computed", i))
        checking.whole(self)
        if not self.complaints.found:  # a name declared wrongly would be complained of everywhere
            checking.types(self)
            self._compile()
            graph.check(self)
            graph.mark_indicative(self)
        return self.form

    # names

    def _section(self, definition: Section, where: Where) -> None:
        node = SectionNode(definition)
        self.where[node] = where
        self._place(definition.id, {each.id for each in self.form.sections}, where)
        self.form.sections.append(node)
        node.pages = [self._page(page, node, (), (*where, "pages", i)) for i, page in enumerate(definition.pages)]

    def _page(self, definition: Page, parent: Any, path: Path, where: Where) -> PageNode:
        node = PageNode(definition, parent, path)
        self.where[node] = where
        self._place(definition.id, set(self.form.pages), where)
        self.form.pages[definition.id] = node
        for i, question in enumerate(definition.questions):
            node.questions.append(self._question(question, node, path, (*where, "questions", i)))
        if definition.group:
            self._group(node, path, where)
        return node

    def _group(self, node: PageNode, path: Path, where: Where) -> None:
        definition: Any = node.d.group
        self._name(node.id, where)
        self.form.groups[node.id] = node
        node.group = GroupNode(definition)
        if len(path) >= MOST_DEPTH:
            self.complaints.add(where, "groups are nested too deeply", f"keep to {MOST_DEPTH} levels")
            return
        inner = (*path, node.id)
        pages = enumerate(definition.pages)
        node.group.pages = [self._page(page, node, inner, (*where, "group", "pages", i)) for i, page in pages]

    def _question(self, definition: Question, owner: Any, path: Path, where: Where) -> QuestionNode:
        node = QuestionNode(definition, owner, path)
        self.where[node] = where
        self._name(definition.id, where)
        self.form.questions[definition.id] = node
        if definition.kind == "matrix":
            self.form.groups[definition.id] = node
            inner = (*path, definition.id)
            for i, column in enumerate(definition.columns):
                node.columns.append(self._question(column, node, inner, (*where, "columns", i)))
        return node

    def _computed(self, definition: Computed, where: Where) -> None:
        question = Question(
            id=definition.id, kind="computed", value=definition.value, label=definition.label, unit=definition.unit
        )
        self._question(question, None, (), where)

    def _name(self, name: str, where: Where) -> None:
        """A name that expressions use: letters, digits and _, used once in the form."""
        taken = name in self.form.questions or name in self.form.groups or name in self.form.tables
        if not ID.fullmatch(name):
            self.complaints.add((*where, "id"), f"`{name}` is no usable id", "use small letters a-z, digits and _")
        elif name in TAKEN:
            self.complaints.add((*where, "id"), f"the id `{name}` is reserved", "choose another id")
        elif taken:
            self.complaints.add((*where, "id"), f"the id `{name}` is used twice", "choose another id")
        if len(self.form.questions) > MOST_QUESTIONS:
            self.complaints.add(where, f"more than {MOST_QUESTIONS} questions", "split the form")

    def _place(self, name: str, taken: set[str], where: Where) -> None:
        """A part of a page's address."""
        if not PLACE.fullmatch(name):
            self.complaints.add((*where, "id"), f"`{name}` is no usable id", "use small letters a-z, digits and -")
        elif name in taken:
            self.complaints.add((*where, "id"), f"the id `{name}` is used twice", "choose another id")

    # expressions and texts

    def code(self, text: str, where: Where, path: Path, expected: str = "", key: str = "", table: str = "") -> Any:
        """The code of an expression, None when empty or wrong. `key` is whose value depends on it."""
        if not text:
            return None
        scope = Scope(self.form, path, (table,) if table else ())
        try:
            return compiled(str(text), scope, expected)
        except Wrong as wrong:
            self.complaints.add(where, wrong.what, wrong.todo)
        finally:
            self.uses.setdefault(key, set()).update(scope.deps)
            self.read.setdefault(key, set()).update(scope.read)
        return None

    def words(self, words: Mapping[str, str], where: Where, path: Path, needed: bool = False) -> dict[str, Template]:
        """A text in every language of the form, with its braces compiled."""
        if not words:
            if needed:
                self.complaints.add(where, f"`{where[-1]}` is missing", "write it in every language of the form")
            return {}
        for language in self.form.languages:
            if not words.get(language, "").strip():
                self.complaints.add(where, f"no text in language `{language}`", f"add `{language}:` to this text")
        for language in set(words) - set(self.form.languages):
            self.complaints.add(where, f"`{language}` is not a language of this form", "see `languages:` at the top")
        return {language: self._template(text, (*where, language), path) for language, text in words.items()}

    def _template(self, text: str, where: Where, path: Path) -> Template:
        found: Template = []
        for i, piece in enumerate(re.split(r"\{([^{}]*)\}", text)):
            if i % 2 == 0:
                piece = formats.french_spaces(piece) if where[-1] == "fr" else piece
                found.extend([piece] if piece else [])
            elif code := self.code(piece, where, path):
                found.append(code)
        return found

    def checks(self, checks: list[Check], where: Where, path: Path, on: str) -> list[CheckNode]:
        """Checks with their messages compiled."""
        found = []
        for i, check in enumerate(checks):
            place = (*where, "checks", i)
            must = self.code(check.must, (*place, "must"), path, "boolean")
            message = self.words(check.message, (*place, "message"), path, needed=True)
            if check.on and check.on not in self.form.questions:
                self.complaints.add((*place, "on"), f"unknown question `{check.on}`", "name a question of the page")
            if must:
                found.append(CheckNode(must, message, check.level, check.on or on))
        return found

    def _compile(self) -> None:
        form = self.form
        form.title = self.words(form.definition.title, ("title",), (), needed=True)
        for section in form.sections:
            where = self.where[section]
            section.when = self.code(section.d.when, (*where, "when"), (), "boolean", f"s:{section.id}")
            section.words["title"] = self.words(section.d.title, (*where, "title"), (), needed=True)
        for page in form.pages.values():
            self._compile_page(page)
        for question in form.questions.values():
            self._compile_question(question)
        if form.definition.deadline:
            form.deadline = self.code(form.definition.deadline.date, ("deadline", "date"), (), "date")
            form.deadline_words = self.words(form.definition.deadline.text, ("deadline", "text"), (), needed=True)

    def _compile_page(self, page: PageNode) -> None:
        where, d = self.where[page], page.d
        page.when = self.code(d.when, (*where, "when"), page.path, "boolean", f"p:{page.id}")
        only = len(d.questions) == 1
        page.words = {
            "title": self.words(d.title, (*where, "title"), page.path, needed=not only),
            "hint": self.words(d.hint, (*where, "hint"), page.path),
            "body": self.words(d.body, (*where, "body"), page.path),
        }
        page.checks = self.checks(d.checks, where, page.path, d.questions[0].id if d.questions else "")
        if d.stop:
            page.stop_words = self.words(d.stop.text, (*where, "stop", "text"), page.path, needed=True)
            for i, link in enumerate(d.stop.links):
                self.words(link.text, (*where, "stop", "links", i, "text"), page.path, needed=True)
        if page.group:
            self._compile_group(page, page.group, (*where, "group"))

    def _compile_group(self, page: PageNode, group: GroupNode, where: Where) -> None:
        group.min = self.code(str(group.d.min), (*where, "min"), page.path, "number")
        group.max = self.code(str(group.d.max), (*where, "max"), page.path, "number")
        inner = (*page.path, page.id)
        group.words = {
            "item": self.words(group.d.item, (*where, "item"), page.path, needed=True),
            "add": self.words(group.d.add, (*where, "add"), page.path),
        }
        for field in ("summary", "named"):
            for name in getattr(group.d, field):
                if name not in self.form.questions or self.form.questions[name].path != inner:
                    self.complaints.add((*where, field), f"`{name}` is no question of the row", "name one of its own")
        given.compile_sources(self, page, group, where)
        compile_confirming(self, page, group, where)

    def _compile_question(self, node: QuestionNode) -> None:
        where, d, key = self.where[node], node.d, f"q:{node.id}"
        node.when = self.code(d.when, (*where, "when"), node.path, "boolean", key)
        if isinstance(d.required, str):
            node.required = self.code(d.required, (*where, "required"), node.path, "boolean") or True
        else:
            node.required = d.required
        if isinstance(d.locked, str):
            node.locked = self.code(d.locked, (*where, "locked"), node.path, "boolean", key) or True
        else:
            node.locked = d.locked
        base = node.type.base if node.type and node.type.base in ("number", "date") else "number"
        node.min = self.code(str(d.min), (*where, "min"), node.path, base)
        node.max = self.code(str(d.max), (*where, "max"), node.path, base)
        for name in ("label", "hint", "help", "text"):
            needed = name == checking.needed_words(node)
            node.words[name] = self.words(getattr(d, name), (*where, name), node.path, needed)
        inner = (*node.path, node.id) if node.kind == "matrix" else node.path
        node.checks = self.checks(d.checks, where, inner, node.id)
        self._compile_options(node, where, key)
        for i, row in enumerate(d.rows):
            place = (*where, "rows", i)
            node.row_labels[row.id] = self.words(row.label, (*place, "label"), node.path, needed=True)
            node.row_when[row.id] = self.code(row.when, (*place, "when"), node.path, "boolean", key)

    def _compile_options(self, node: QuestionNode, where: Where, key: str) -> None:
        for i, option in enumerate(node.d.options):
            place = (*where, "options", i)
            when = self.code(option.when, (*place, "when"), node.path, "boolean", key)
            label = self.words(option.label, (*place, "label"), node.path, needed=True)
            node.options.append(
                OptionNode(option.value, label, self.words(option.hint, (*place, "hint"), node.path), when)
            )
        source = node.d.options_from
        if source and source.group in self.form.groups:
            rows = self.form.groups[source.group]
            inner = (*rows.path, rows.id)
            node.options_when = self.code(source.when, (*where, "options_from", "when"), inner, "boolean", key)
            self.uses.setdefault(key, set()).update((source.group, source.label))
        elif source and source.table in self.form.tables:
            place = (*where, "options_from", "when")
            node.options_when = self.code(source.when, place, node.path, "boolean", key, source.table)
