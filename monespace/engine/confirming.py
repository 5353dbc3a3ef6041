"""Who else has to agree before the request is sent: the rows of a group that names persons (co-holders, partners)."""

from typing import TYPE_CHECKING, Any, NamedTuple

from monespace.engine.kinds import Look
from monespace.engine.nodes import GroupNode, PageNode
from monespace.engine.path import Step
from monespace.engine.state import State
from monespace.engine.view import item

if TYPE_CHECKING:
    from monespace.engine.building import Builder
    from monespace.engine.complaints import Where


class Confirmer(NamedTuple):
    """A person who has to agree. `person`: a sealed national number; `text`: what they declare, and its version."""

    place: str  # of the row that names them: co_holders/r1
    name: str
    person: str
    email: str
    text: str
    version: str
    sections: tuple[str, ...]  # what they read; empty: all


def compile_confirming(builder: "Builder", page: PageNode, group: GroupNode, where: "Where") -> None:
    """The words of what each person of the group declares; complains when the row does not say who and at which address."""
    asked = group.d.confirmed_by
    if asked is None:
        return
    inner, place = (*page.path, page.id), (*where, "confirmed_by")
    for field, kind in (("person", "national_number"), ("email", "email")):
        name = getattr(asked, field)
        question = builder.form.questions.get(name)
        if question is None or question.path != inner or question.kind != kind:
            builder.complaints.add((*place, field), f"`{name}` is no question of the row of kind {kind}", "name one")
    for name in asked.sections:
        if name not in {section.id for section in builder.form.sections}:
            builder.complaints.add((*place, "sections"), f"unknown section `{name}`", "name one of the form")
    if page.path:
        builder.complaints.add(place, "only rows of a group outside of groups can be confirmed", "ask for it there")
    group.words["confirm"] = builder.words(asked.text, (*place, "text"), inner, needed=True)


def person_at(state: State, place: str) -> str:
    """The sealed national number of whom the row at a place names (co_holders/r1); empty when it names nobody (any more)."""
    group, _, row = place.partition("/")
    page = state.form.groups.get(group)
    asked = page.group.d.confirmed_by if isinstance(page, PageNode) and page.group else None
    frame = next((each for each in state.rows(group, state.top) if each.row == row), None) if asked else None
    return str(state.canonical(state.form.questions[asked.person], frame) or "") if asked and frame else ""


def confirmers(steps: list[Step], language: str) -> list[Confirmer]:
    """Everybody who has to agree, in the order of the form; rows that do not say yet who they speak of are left out."""
    found: list[Confirmer] = []
    for step in steps:
        asked: Any = step.page.group.d.confirmed_by if step.page.group else None
        for row in step.frame.state.rows(step.page.id, step.frame) if asked else ():
            state = row.state
            person, email = (state.canonical(state.form.questions[name], row) for name in (asked.person, asked.email))
            if person and email:
                text = state.text(step.page.group.words["confirm"], Look(state, row, language))  # type: ignore[union-attr]
                place = f"{step.page.id}/{row.row}"
                found.append(
                    Confirmer(
                        place, item(row, language), str(person), str(email), text, asked.version, tuple(asked.sections)
                    )
                )
    return found
