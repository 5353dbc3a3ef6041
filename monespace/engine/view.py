"""A page as it is shown in one language: plain values for a renderer, no rules left to apply."""

from collections.abc import Mapping
from typing import Any

from monespace.engine import formats, judging
from monespace.engine.kinds import Bad, Look, kind_of
from monespace.engine.kinds.choices import choosable
from monespace.engine.messages import sentence
from monespace.engine.nodes import QuestionNode
from monespace.engine.path import Step, steps
from monespace.engine.reading import Reading
from monespace.engine.rows import FIRST_ROW
from monespace.engine.shown import Choosing, Field, MatrixRowView, PageView, Prefill, RowView
from monespace.engine.sources import PROFILE


def page_view(step: Step, language: str, reading: Reading | None = None) -> PageView:
    """The page of a step. With a `reading`, what was typed is shown again, with its errors."""
    look, page = Look(step.frame.state, step.frame, language), step.page
    asked = [each for each in page.questions if not each.d.hidden and look.state.asked(each, step.frame)]
    own_words = page.words["title"] or page.words["hint"] or page.words["body"]
    only = len(asked) == 1 and asked[0].asks and not own_words
    title = (
        look.state.text(page.words["title"], look) or label_of(asked[0], look) if asked or page.words["title"] else ""
    )
    view = PageView(
        step.address, page.kind, title, look.state.text(step.section.words["title"], look),
        hint=look.state.text(page.words["hint"], look), body=look.state.text(page.words["body"], look),
        item=item(step.frame, language), only_question=only, lang=fallback(look),
        errors=reading.errors if reading else {}, warnings=_warnings(step, language, reading),
    )  # fmt: skip
    view.fields = [field(each, look, reading, view.warnings) for each in asked]
    for each in view.fields:
        each.only = only
    if page.group:
        _group(view, step, look)
    if page.d.stop:
        view.body = look.state.text(page.stop_words, look)
        view.links = [
            {"text": _said(link.text, language), "procedure": link.procedure, "url": link.url}
            for link in page.d.stop.links
        ]
    return view


def _warnings(step: Step, language: str, reading: Reading | None) -> dict[str, str]:
    if reading is not None:
        return reading.warnings
    return {name: text for _, (name, text) in judging.on_page(step, language, "warning")}


def _said(words: Mapping[str, str], language: str) -> str:
    return words.get(language) or next(iter(words.values()), "")


def fallback(look: Look) -> str:
    """The language of the words when the form does not have the one asked for."""
    languages = look.state.form.languages
    return "" if look.language in languages else languages[0]


def item(frame: Any, language: str) -> str:
    """What the row of a frame is called: Bien 2. Nothing outside of rows."""
    if not frame.key:
        return ""
    group, row = frame.key[-1]
    rows = frame.state.rows(group, frame.parent)
    number = next((i for i, each in enumerate(rows, 1) if each.row == row), 0)
    return row_title(frame.state.form.groups[group], number, Look(frame.state, frame, language))


def in_row(frame: Any, text: str, language: str) -> str:
    """A sentence read away from its page says of which row it speaks, from the outermost: Bien 2 : Ce montant …"""
    names: list[str] = []
    while frame.key:
        names, frame = [item(frame, language), *names], frame.parent
    return sentence(language, "in_part", part=", ".join(names), sentence=text) if names else text


def row_title(group: Any, number: int, look: Look) -> str:
    """The name of a row by its rank, and by what names it once that is answered; the look is into the row."""
    around = look._replace(frame=look.frame.parent)
    title = sentence(look.language, "row", item=look.state.text(group.group.words["item"], around), number=number)
    questions = [look.state.form.questions[name] for name in group.group.d.named]
    name = " ".join(filter(None, (look.state.shown(each, look.frame, look.language) for each in questions)))
    return f"{title}, {name}" if name else title


def _group(view: PageView, step: Step, look: Look) -> None:
    group: Any = step.page.group
    rows = look.state.rows(step.page.id, step.frame)
    view.least, view.most = judging.bounds(step)
    fixed = bool(group.d.seed and group.d.seed.group)
    view.can_add = len(rows) < view.most and not fixed
    view.csv = group.d.csv and view.can_add
    first_row = FIRST_ROW if group.d.seed and group.d.seed.first else ""
    view.add_label = look.state.text(group.words["add"], look)
    every = steps(look.state)
    for number, row in enumerate(rows, 1):
        start = f"{step.address}/{row.row}/"
        pages = [each for each in every if each.address.startswith(start)]
        lines = [
            (label_of(question, look._replace(frame=row)), text)
            for question in (look.state.form.questions[name] for name in group.d.summary)
            if (text := look.state.shown(question, row, look.language))
        ]
        complete = not any(judging.on_page(each, look.language) for each in pages)
        title = row_title(step.page, number, look._replace(frame=row))
        first = pages[0].address if pages else step.address
        view.rows.append(RowView(row.row, title, lines, first, complete, row.origin is None and row.row != first_row))


def label_of(question: QuestionNode, look: Look) -> str:
    """What a question is called; a value that rests on figures not confirmed says so."""
    label = look.state.text(question.words.get("label") or question.words.get("text") or {}, look)
    return sentence(look.language, "indicative", label=label) if question.indicative else label


def field(question: QuestionNode, look: Look, reading: Reading | None, warnings: Mapping[str, str],
          name: str = "") -> Field:  # fmt: skip
    """A question as shown."""
    name, d, kind, state = name or question.id, question.d, kind_of(question), look.state
    found = Field(
        name, question.kind, label_of(question, look), state.text(question.words["hint"], look),
        state.text(question.words["help"], look), state.text(question.words["text"], look),
        required=question.asks and judging.is_required(question, state, look.frame),
        parts=list(kind.parts), inputmode=kind.inputmode,
        autocomplete=d.autocomplete or kind.autocomplete, prefix=d.prefix,
        suffix=d.suffix or {"money": "€", "percent": "%"}.get(question.kind, ""), lang=fallback(look),
        error=reading.errors.get(name, "") if reading else "", warning=warnings.get(name, ""),
    )  # fmt: skip
    if reading:
        found.part_errors = {
            part: reading.errors[f"{name}.{part}"] for part in kind.parts if f"{name}.{part}" in reading.errors
        }
    found.prefill = _prefill(question, look)
    if found.prefill and found.prefill.locked and "year" in kind.parts:
        found.text = state.shown(question, look.frame, look.language)
    found.typed = _typed(question, name, look, reading)
    _by_kind(found, question, look, reading, warnings)
    return found


def _by_kind(found: Field, question: QuestionNode, look: Look, reading: Reading | None,
             warnings: Mapping[str, str]) -> None:  # fmt: skip
    kind: Any = kind_of(question)
    found.options = _options(question, look, found.typed.get("", []))
    if question.kind == "computed":
        found.text = look.state.shown(question, look.frame, look.language)
        found.typed = {"": [found.text]} if found.text else {}
    elif question.kind == "declaration":
        found.label = found.text
    elif question.kind == "information":
        found.label, found.help = (found.label, found.text) if question.d.label else (found.text, "")
    elif question.kind in ("text", "textarea"):
        found.maxlength = kind.most(question)
    elif question.kind == "file":
        found.accept = ",".join(f".{each}" for each in kind.accepted(question))
        found.max_files, found.max_megabytes = question.d.max_files, question.d.max_megabytes
        found.files = kind.listed(look.state.canonical(question, look.frame))
    elif question.kind == "address":
        found.part_labels = {part: sentence(look.language, f"address_{part}") for part in kind.parts}
    elif question.kind == "matrix":
        _matrix(found, question, look, reading, warnings)


def _matrix(found: Field, question: QuestionNode, look: Look, reading: Reading | None,
            warnings: Mapping[str, str]) -> None:  # fmt: skip
    found.columns = [(column.id, label_of(column, look)) for column in question.columns]
    for row in look.state.rows(question.id, look.frame):
        inside = look._replace(frame=row)
        cells = [
            field(column, inside, reading, warnings, f"{question.id}.{row.row}.{column.id}")
            for column in question.columns
            if look.state.applies(column, row)
        ]
        label = look.state.text(question.row_labels.get(row.row, {}), look)
        found.rows.append(MatrixRowView(row.row, label, cells))
        start = len(f"{question.id}.")
        found.typed.update({cell.name[start:]: cell.typed.get("", []) for cell in cells})
        found.error = found.error or next((cell.error for cell in cells if cell.error), "")


def _typed(question: QuestionNode, name: str, look: Look, reading: Reading | None) -> dict[str, list[str]]:
    """What stands in the fields: what was just posted, else the stored answer, else what the source proposes."""
    if reading is not None and question.kind not in ("file", "national_number"):
        start = f"{name}."
        posted = {key[len(start) :]: raws for key, raws in reading.typed.items() if key.startswith(start)}
        posted |= {"": reading.typed[name]} if name in reading.typed else {}
        if posted:
            return posted
    stored = look.state.canonical(question, look.frame)
    stored = look.state.proposed(question, look.frame) if stored is None else stored
    if stored is None:
        return {}
    try:
        kind_of(question).decode(question, stored, look)
        return kind_of(question).typed(question, stored, look)
    except Bad:
        return {"": [stored]} if isinstance(stored, str) else {}


def _options(question: QuestionNode, look: Look, selected: list[str]) -> list[Choosing]:
    if question.kind == "boolean":
        pairs = [("yes", formats.yes_no(True, look.language), ""), ("no", formats.yes_no(False, look.language), "")]
    elif question.kind == "country":
        pairs = [(code, name, "") for code, name in formats.countries(look.language).items()]
    elif question.kind == "declaration":
        pairs = [("yes", look.state.text(question.words["text"], look), "")]
    elif question.kind in ("choice", "multiple"):
        pairs = [tuple(each) for each in choosable(question, look)]  # type: ignore[misc]
    else:
        return []
    if question.kind != "multiple" and len(set(selected)) > 1:
        selected = []  # two answers were posted where one is asked: neither is shown as chosen
    return [Choosing(value, label, hint, value in selected) for value, label, hint in pairs]


def _prefill(question: QuestionNode, look: Look) -> Prefill | None:
    """The source of a proposed or locked value; for a locked question without it, that the person declares."""
    source, state = question.d.prefill, look.state
    if origin := state.taken_over(question, look.frame):
        return _taken_over(question, origin.row, look)
    if not source:
        return None
    proposed, locks = state.proposed(question, look.frame), state.locks(question, look.frame)
    contested = state.place(question, look.frame) in state.contested
    fact = state.context.facts.get(source) or state.context.facts.get(source.partition(".")[0]) or {}
    label = str(fact.get("source") or sentence(look.language, _source_code(source, state.context.holder.get("kind"))))
    stored = state.canonical(question, look.frame)
    if proposed is None:
        return Prefill(label, "", False, True, contested) if locks else None
    if stored is not None and stored != proposed:
        return None  # the person changed it
    return Prefill(label, fact.get("date") or "", locks, False, contested)


def _taken_over(question: QuestionNode, row: Any, look: Look) -> Prefill | None:
    """The row of another group that says so; nothing once it says nothing."""
    locks, known = look.state.locks(question, look.frame), look.state.proposed(question, look.frame) is not None
    return Prefill(item(row, look.language), "", known, locks and not known, locks and not known) if locks else None


def _source_code(source: str, kind: str | None) -> str:
    """Where a value comes from; who files for himself is in no register of enterprises."""
    where, _, what = source.partition(".")
    if source in PROFILE or (kind == "citizen" and f"person.{what}" in PROFILE):
        return "source_profile"
    return "source_holder" if where == "holder" and kind != "citizen" else "source_person"
