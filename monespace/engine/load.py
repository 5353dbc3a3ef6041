"""From the `form:` part of a file to a form that can be walked, or to complaints."""

import difflib
import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import msgspec

from monespace.engine import definition as parts
from monespace.engine.building import Builder
from monespace.engine.complaints import Complaints, Refused, Where
from monespace.engine.definition import Definition
from monespace.engine.nodes import Form

__all__ = ["Refused", "converted", "load"]
_STRUCTS = [each for each in vars(parts).values() if isinstance(each, type) and issubclass(each, msgspec.Struct)]
MOST_MISTAKES = 30  # of one file, in one go
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
    """The struct that `source` describes, or None and complaints with their lines.

    The reader of shapes stops at its first mistake: unknown fields and values are mended in a copy to see the next one.
    """
    mended: Any = source
    found = None
    for _ in range(MOST_MISTAKES):
        try:
            found = msgspec.convert(mended, struct, strict=False)
            break
        except msgspec.ValidationError as error:
            mended = _mended(mended, _complain(str(error), struct, complaints))
        except RecursionError:
            complaints.add((), "the file is nested too deeply", "make it flatter")
            break
        if mended is None:
            break
    return None if mended is not source or complaints.found else found


def _complain(said: str, struct: type[Any], complaints: Complaints) -> tuple[Where, Any]:
    """Add the complaint; the place to mend, and what to put there (UNSET: nothing; None: it cannot be mended)."""
    what, _, place = said.partition(" - at `")
    where = _path(place.rstrip("`"))
    if unknown := re.search("unknown field `(.+?)`", what):
        name = unknown[1]
        close = difflib.get_close_matches(name, (_FIELDS | set(struct.__struct_fields__)) - {name}, 3, 0.7)
        todo = f"did you mean {', '.join(close)}?" if close else "remove it"
        complaints.add((*where, name), f"unknown field `{name}`", todo)
        return (*where, name), msgspec.UNSET
    value = re.search("Invalid enum value '(.*)'", what)
    choices = _choices(struct, where, keys=place.startswith("key")) if value else []
    if value and choices:
        complaints.add(where, f"`{value[1]}` is not known here", _one_of(value[1], choices))
        return where, None if "[...]" in place or place.startswith("key") else choices[0]
    complaints.add(where, what[:1].lower() + what[1:], "correct this value; what follows is checked after that")
    return where, None


def _one_of(value: str, choices: list[str]) -> str:
    close = difflib.get_close_matches(value, choices, 1, 0.5)
    return (f"did you mean `{close[0]}`? " if close else "") + "possible: " + ", ".join(choices)


def _choices(struct: type[Any], where: Where, *, keys: bool) -> list[str]:
    """The texts that may stand at a place of a struct, or be keys there."""
    kind: Any = msgspec.inspect.type_info(struct)
    for part in [*where, *(["key"] if keys else [])]:
        options = [each for each in getattr(kind, "types", (kind,)) if not isinstance(each, msgspec.inspect.NoneType)]
        kind = next((found for each in options if (found := _inner(each, part, keys)) is not None), None)
    ends: Any = getattr(kind, "types", (kind,))
    return [str(value) for each in ends for value in getattr(each, "values", ())]


def _inner(kind: Any, part: Any, keys: bool) -> Any:
    if isinstance(kind, msgspec.inspect.StructType):
        return next((field.type for field in kind.fields if field.encode_name == part), None)
    if isinstance(kind, msgspec.inspect.DictType):
        return kind.key_type if keys and part == "key" else kind.value_type
    return getattr(kind, "item_type", None)


def _mended(source: Any, mend: tuple[Where, Any]) -> Any:
    """A copy with another value at the place; None when it cannot be mended."""
    (where, value), fresh = mend, deepcopy(source)
    inner = fresh
    try:
        for part in where[:-1]:
            inner = inner[part]
        if value is msgspec.UNSET:
            del inner[where[-1]]
        elif value is not None:
            inner[where[-1]] = value
    except (KeyError, IndexError, TypeError):
        return None
    return None if value is None else fresh


def _path(text: str) -> Where:
    """`$.sections[0].title` as ("sections", 0, "title")."""
    found = re.findall(r"\.([A-Za-z_][\w-]*)|\[(\d+)\]|\[\.\.\.\]", text)
    return tuple(int(number) if number else name for name, number in found if name or number)
