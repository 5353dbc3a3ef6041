"""Reads a procedure file: YAML with the line of every node, the public part apart from the form.

Texts stay texts: no, on, 0123, 1.10 and 2026-10-05 are what is written, only true, false and null have a meaning of
their own. A key written twice is a complaint.
"""

import re
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from monespace import engine
from monespace.engine.complaints import Complaints, Where
from monespace.engine.load import converted
from monespace.procedures.content import Listing

MOST_NODES, MOST_BYTES = 100_000, 2_000_000


class Procedure(NamedTuple):
    """A procedure file that can be used. `source` is the form's part as plain JSON, to be kept with a version."""

    slug: str
    listing: Listing
    form: engine.Form | None
    source: dict[str, Any] | None
    lines: dict[Where, int]  # of the form's part


class Unusable(Exception):
    """The file cannot be used; `complaints` are lines `file:line: what is wrong; what to do`."""

    def __init__(self, complaints: list[str]):
        super().__init__("\n".join(complaints))
        self.complaints = complaints


def load_file(path: Path) -> Procedure:
    """The procedure in a file. Raises `Unusable`; an unreadable file is a complaint too."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Unusable([f"{path}:0: the file is larger than {MOST_BYTES} bytes; split it"])
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise Unusable([f"there is no file {path}"]) from error
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable([f"{path}:0: the file cannot be read ({error}); save it as UTF-8 text"]) from error
    return load_text(text, path.stem, str(path))


def load_text(text: str, slug: str, name: str) -> Procedure:
    """The procedure in a text; `name` stands for the file in complaints. Raises `Unusable`."""
    source, lines = _tree(text, name)
    form_source = source.pop("form", None)
    complaints = Complaints(lines)
    listing = converted(source, Listing, complaints)
    found = [_said(name, each) for each in complaints.found]
    form = None
    inner = {where[1:]: line for where, line in lines.items() if where[:1] == ("form",)}
    if form_source is not None:
        try:
            form = engine.load(form_source, inner)
        except engine.Refused as refused:
            found += [_said(name, each) for each in refused.complaints]
    if found or listing is None:
        raise Unusable(found)
    return Procedure(slug, listing, form, form_source, inner)


def _said(name: str, complaint: engine.Complaint) -> str:
    return f"{name}:{complaint.line}: {complaint.what} ({complaint.where}); {complaint.todo}"


class _Loader(yaml.SafeLoader):
    """YAML in which only true, false and null are more than text."""


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(?:null|~|)$"), ["n", "~", ""])


def _tree(text: str, name: str) -> tuple[dict[str, Any], dict[Where, int]]:
    try:
        node = yaml.compose(text, _Loader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error).splitlines()[0]
        line = mark.line + 1 if mark else 0
        raise Unusable([f"{name}:{line}: this is no YAML: {what}; look at indentation, quotes and colons"]) from error
    reader = _Reader(name)
    if not isinstance(node, yaml.MappingNode):
        raise Unusable([f"{name}:1: the file is no list of `key: value`; start with `title:`"])
    source = reader.value(node, ())
    if reader.complaints:
        raise Unusable(reader.complaints)
    return source, reader.lines


class _Reader:
    def __init__(self, name: str):
        self.name, self.count = name, 0
        self.lines: dict[Where, int] = {}
        self.complaints: list[str] = []

    def value(self, node: yaml.Node, where: Where) -> Any:
        """A node as plain data; notes its line."""
        self.count += 1
        if self.count > MOST_NODES or len(where) > 40:
            raise Unusable([f"{self.name}:{node.start_mark.line + 1}: the file is too large or too deep; split it"])
        self.lines[where] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, where)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(each, (*where, i)) for i, each in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, where: Where) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in found:
                self.complaints.append(f"{self.name}:{line}: `{key}` is written twice; keep one")
            found[key] = self.value(value_node, (*where, key))
            self.lines[(*where, key)] = line
        inherited = found.pop("<<", {})  # `<<: *name`: the keys of another mapping, those written here first
        return {**inherited, **found} if isinstance(inherited, dict) else found


def _scalar(node: yaml.Node) -> Any:
    if node.tag.endswith(":bool"):
        return node.value == "true"
    return None if node.tag.endswith(":null") else node.value
