"""The pages that apply, in order, with their addresses.

degats/biens is a page (or the list of a group) of the section degats; degats/biens/r2/montant a page of its row r2;
degats/biens/r2/devis/r5/detail a page of a row of a group inside that row. The last address is `verifier`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from monespace.engine.nodes import PageNode, SectionNode
from monespace.engine.state import Frame, State

CHECK = "verifier"


class Step(NamedTuple):
    """One page to show: where it is, what it asks, in which frame."""

    address: str
    page: PageNode
    frame: Frame

    @property
    def section(self) -> SectionNode:
        return self.page.section


def steps(state: State) -> list[Step]:
    """Every page that applies, in order, as far as the first stop."""
    found: list[Step] = []
    for section in state.form.sections:
        if section.d.once_validated and not state.context.validated:
            continue
        if not state.holds(section.when, state.top):
            continue
        for step in _pages(state, section.pages, state.top, section.id):
            found.append(step)
            if step.page.d.stop:
                return found
    return found


def _pages(state: State, pages: list[PageNode], frame: Frame, start: str) -> Iterator[Step]:
    for page in pages:
        if not (state.page_applies(page, frame) and _has_content(state, page, frame)):
            continue
        address = f"{start}/{page.id}"
        yield Step(address, page, frame)
        if page.group:
            for row in state.rows(page.id, frame):
                yield from _pages(state, page.group.pages, row, f"{address}/{row.row}")


def _has_content(state: State, page: PageNode, frame: Frame) -> bool:
    """Whether anything stands on the page; what only follows from answers given elsewhere is no page of its own."""
    if page.kind != "question" or not page.questions:
        return True
    shown = [each for each in page.questions if not each.d.hidden]
    given = any(state.is_given(each, frame) for each in shown)
    return any(state.asked(each, frame) and (each.asks or not given) for each in shown)
