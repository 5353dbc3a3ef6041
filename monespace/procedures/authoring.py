"""For whoever writes procedures: begin a file, check it, read all its pages."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from monespace.engine import Context, Field, PageView, Walk, examples
from monespace.engine.kinds import Look
from monespace.engine.nodes import Form, PageNode
from monespace.engine.path import Step
from monespace.engine.state import Frame, State
from monespace.engine.view import page_view
from monespace.procedures.loading import Procedure, Unusable, load_file

_START = """\
# {slug}: what the public reads, then the form. How to write it: docs/procedures.md
title: {{fr: "Titre de la démarche", de: "Titel des Verfahrens"}}
summary: {{fr: "Pour qui, et pour obtenir quoi, en une ligne", de: "Für wen und wozu, in einer Zeile"}}
search: {{fr: [mots, que, les, gens, tapent], de: [Wörter, die, man, sucht]}}
theme: social
audience: [citizen]
authority: SPW
level: region
next_step: {{kind: form}}
form:
  languages: [fr, de]
  title: {{fr: "Titre du formulaire", de: "Titel des Formulars"}}
  audience: [citizen]
  sections:
    - id: demande
      title: {{fr: "Votre demande", de: "Ihr Antrag"}}
      pages:
        - id: objet
          questions:
            - id: purpose
              kind: text
              label: {{fr: "Que demandez-vous ?", de: "Was beantragen Sie?"}}
  examples:
    - name: une demande simple
      today: 2026-11-23
      holder: {{kind: citizen}}
      answers: {{purpose: "Une aide"}}
      expect: {{complete: true}}
"""


def new(slug: str, folder: Path) -> Path:
    """Writes a procedure file that passes `check`, to start from; its path. Raises `FileExistsError`, `ValueError`."""
    if not slug or not all("a" <= each <= "z" or each.isdecimal() or each == "-" for each in slug):
        raise ValueError(f"{slug!r} is no usable name: small letters a-z, digits and -")
    path = folder / f"{slug}.yaml"
    with path.open("x", encoding="utf-8") as file:
        file.write(_START.format(slug=slug))
    return path


def check(path: Path) -> list[str]:
    """Complaints about a file and its examples, `file:line: what is wrong; what to do`. None: it can be published."""
    try:
        procedure = load_file(path)
    except Unusable as unusable:
        return unusable.complaints
    if procedure.form is None:
        return []
    found = examples.run(procedure.form, procedure.lines)
    if not procedure.form.examples:
        return [f"{path}:{procedure.lines.get((), 0)}: the form has no example; add one under `examples:`"]
    return [f"{path}:{each.line}: {each.what} ({each.where}); {each.todo}" for each in found]


def preview(path: Path, today: date) -> str:
    """Every page of the form in every language, as text, conditions named. Raises `Unusable`."""
    procedure = load_file(path)
    if procedure.form is None:
        return f"{procedure.slug}: no form\n"
    return "\n".join(_lines(procedure, procedure.form, today))


def _lines(procedure: Procedure, form: Form, today: date) -> Iterator[str]:
    state = Walk(form, {}, Context(today)).state
    for language in form.languages:
        look = Look(state, state.top, language)
        yield f"\n===== {procedure.slug} [{language}] {state.text(form.title, look)}"
        for section in form.sections:
            yield f"\n== {state.text(section.words['title'], look)}" + _condition(section.d.when)
            for page in section.pages:
                yield from _page(page, state.top, f"{section.id}/{page.id}", language)


def _page(page: PageNode, frame: Frame, address: str, language: str) -> Iterator[str]:
    open_state = _Open(frame.state.form, {}, frame.state.context)
    here = Frame(open_state, frame, {}, page.path, frame.key) if page.path else open_state.top
    view = page_view(Step(address, page, here), language)
    yield f"\n-- [{view.kind}] {view.title}   ({address})" + _condition(page.d.when)
    yield from _words(view)
    for shown, question in zip(view.fields, page.questions, strict=True):
        yield from _field(shown, question.d.when)
    for inner in page.group.pages if page.group else []:
        row = Frame(open_state, here, {"id": "r1"}, inner.path, (*here.key, (page.id, "r1")))
        yield from _page(inner, row, f"{address}/r1/{inner.id}", language)


class _Open(State):
    """A state in which every page and question applies, so that all can be read."""

    def applies(self, question: object, frame: Frame) -> bool:
        return True

    def page_applies(self, page: PageNode, frame: Frame) -> bool:
        return True


def _condition(when: str) -> str:
    return f"   [when {when}]" if when else ""


def _words(view: PageView) -> Iterator[str]:
    yield from (f"   {text}" for text in (view.hint, view.body) if text)
    yield from (f"   -> {link['text']} ({link['procedure'] or link['url']})" for link in view.links)


def _field(field: Field, when: str) -> Iterator[str]:
    needed = " *" if field.required else ""
    yield f"   {field.label or field.text}{needed}   <{field.kind} {field.name}>" + _condition(when)
    yield from (f"      {text}" for text in (field.hint, field.help) if text)
    yield from (f"      ( ) {option.label}" for option in field.options[:30])
    yield from (f"      | {row.label}" for row in field.rows)
    yield from (f"      - {label}" for _, label in field.columns)
