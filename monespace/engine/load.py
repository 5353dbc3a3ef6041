"""From the `form:` part of a file to a form that can be walked, or to complaints."""

import difflib
import re
from collections.abc import Mapping
from typing import Any

import msgspec

from monespace.engine import definition as parts
from monespace.engine.building import Builder
from monespace.engine.complaints import Complaints, Refused, Where
from monespace.engine.definition import Definition
from monespace.engine.nodes import Form

__all__ = ["Refused", "converted", "load"]
_STRUCTS = [each for each in vars(parts).values() if isinstance(each, type) and issubclass(each, msgspec.Struct)]
_FIELDS = {field for struct in _STRUCTS for field in struct.__struct_fields__}


def load(source: Mapping[str, Any], lines: Mapping[Where, int] | None = None) -> Form:
    """The form described by `source`. `lines` gives the line of each place in the file, by its path of keys.

    Raises `Refused` with every complaint that could be found.
    """
    complaints = Complaints(lines)
    definition = converted(source, Definition, complaints)
    complaints.refuse_if_any()
    assert definition is not None
    form = Builder(definition, complaints).build()
    complaints.refuse_if_any()
    return form


def converted(source: Mapping[str, Any], struct: type[Any], complaints: Complaints) -> Any:
    """The struct that `source` describes, or None and a complaint with its line."""
    try:
        return msgspec.convert(source, struct, strict=False)
    except msgspec.ValidationError as error:
        what, _, place = str(error).partition(" - at `")
        where = _path(place.rstrip("`"))
        unknown = re.search("unknown field `(.+?)`", what)
        if unknown:
            known = (_FIELDS | set(struct.__struct_fields__)) - {unknown[1]}
            close = difflib.get_close_matches(unknown[1], known, 3, 0.7)
            todo = f"did you mean {', '.join(close)}?" if close else "remove it"
            complaints.add((*where, unknown[1]), f"unknown field `{unknown[1]}`", todo)
        else:
            complaints.add(where, what[:1].lower() + what[1:], "correct this value")
    except RecursionError:
        complaints.add((), "the file is nested too deeply", "make it flatter")
    return None


def _path(text: str) -> Where:
    """`$.sections[0].title` as ("sections", 0, "title")."""
    found = re.findall(r"\.([A-Za-z_][\w-]*)|\[(\d+)\]|\[\.\.\.\]", text)
    return tuple(int(number) if number else name for name, number in found if name or number)
