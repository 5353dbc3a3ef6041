"""How large a request can be: the files of one page of a form are posted together, in one request."""

from collections.abc import Iterator
from typing import Any

import msgspec

from monespace.engine import Definition
from monespace.procedures.models import ProcedureVersion

MARGIN = 5  # megabytes: what stands around the files (field names, the other answers)


def largest() -> tuple[int, str]:
    """The megabytes of the largest request that a published version allows, and the page's address; (0, "") without files."""
    found = [
        (size, f"{version.slug}, page {page.id}")
        for version in ProcedureVersion.objects.iterator()
        for page in pages_of(msgspec.convert(version.definition, Definition, strict=False))
        if (size := files_of(page))
    ]
    size, where = max(found, default=(0, ""))
    return (size + MARGIN, where) if size else (0, "")


def pages_of(definition: Definition) -> Iterator[Any]:
    """Every page, those of rows and of rows in rows too."""
    waiting = [page for section in definition.sections for page in section.pages]
    while waiting:
        page = waiting.pop()
        yield page
        waiting += page.group.pages if page.group else []


def files_of(page: Any) -> int:
    """The megabytes of all the files that one page takes."""
    return sum(one.max_files * one.max_megabytes for one in page.questions if one.kind == "file")
