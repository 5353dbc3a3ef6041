"""Forms for the tests: small ones made in place, and one with everything that is hard."""

from datetime import date
from pathlib import Path

from monespace import engine
from monespace.procedures.loading import load_file, load_text

CALAMITY = Path(__file__).parents[2] / "content/procedures/calamite-indemnisation.yaml"
TODAY = date(2026, 11, 23)
PUBLIC = """
title: {fr: Essai, de: Versuch}
summary: {fr: Essai, de: Versuch}
search: {fr: [essai], de: [Versuch]}
theme: social
audience: [citizen]
authority: SPW
level: region
next_step: {kind: form}
"""


def form_of(text: str) -> engine.Form:
    """The form of a YAML text that holds only the form's part."""
    indented = "\n".join("  " + line for line in text.strip("\n").splitlines())
    return load_text(f"{PUBLIC}form:\n{indented}\n", "essai", "essai.yaml").form


def one_question(**question) -> engine.Form:
    """A form of one question, `q` unless named otherwise."""
    asked = {"id": "q", "label": {"fr": "Question", "de": "Frage"}, **question}
    section = {"id": "s", "title": {"fr": "S", "de": "S"}, "pages": [{"id": "p", "questions": [asked]}]}
    return engine.load({"languages": ["fr", "de"], "title": {"fr": "T", "de": "T"}, "audience": ["citizen"],
                        "sections": [section]})  # fmt: skip


def read(form: engine.Form, posted: dict, answers: dict | None = None, address: str = "s/p", language: str = "fr",
         **more) -> engine.Reading:  # fmt: skip
    """What a page of a form says when this is posted."""
    return engine.read_page(form, answers or {}, address, posted, context(), language, **more)


def context(kind: str = "citizen", **more) -> engine.Context:
    return engine.Context(TODAY, {"kind": kind, "name": "Claire Dubois"}, {"email": "claire@exemple.be"}, **more)


def calamity() -> engine.Form:
    return load_file(CALAMITY).form


HARD = """
languages: [fr, de]
title: {fr: Plan d'actions, de: Aktionsplan}
audience: [commune]
parameters:
  rates:
    columns: {kind: text, name: words, rate: number, valid_from: date, valid_until: date}
    key: [kind]
    rows:
      - {kind: plant, name: {fr: Plantes, de: Pflanzen}, rate: "0.50", valid_until: 2025-12-31}
      - {kind: plant, name: {fr: Plantes, de: Pflanzen}, rate: "0.75", valid_from: 2026-01-01}
      - {kind: tool, name: {fr: Outils, de: Werkzeuge}, rate: "0.20"}
  classes:
    columns: {limit: number, label: words}
    key: [{column: limit, match: up_to}]
    rows:
      - {limit: 1000, label: {fr: petit, de: klein}}
      - {limit: null, label: {fr: grand, de: groß}}
computed:
  - {id: grand_total, value: "sum(actions.granted)"}
  - {id: size, value: "classes[grand_total].label"}
sections:
  - id: plan
    title: {fr: Actions, de: Aktionen}
    pages:
      - id: actions
        title: {fr: Vos actions, de: Ihre Aktionen}
        group:
          item: {fr: Action, de: Aktion}
          min: 1
          max: 5
          summary: [title, granted]
          pages:
            - id: action
              title: {fr: Cette action, de: Diese Aktion}
              questions:
                - {id: title, kind: text, label: {fr: Titre, de: Titel}}
                - id: after
                  kind: choice
                  required: false
                  label: {fr: "Suit quelle action ?", de: "Folgt auf welche Aktion?"}
                  options_from: {group: actions, label: title}
            - id: lines
              title: {fr: Dépenses, de: Ausgaben}
              group:
                item: {fr: Dépense, de: Ausgabe}
                min: 1
                max: 3
                pages:
                  - id: line
                    title: {fr: Cette dépense, de: Diese Ausgabe}
                    questions:
                      - id: nature
                        kind: choice
                        label: {fr: Nature, de: Art}
                        options_from: {table: rates, value: kind, label: name}
                      - {id: cost, kind: money, label: {fr: Coût, de: Kosten}}
                      - id: quote
                        kind: file
                        when: cost > 500
                        label: {fr: Devis, de: Angebot}
                      - id: share
                        kind: computed
                        value: cost * rates[nature].rate
                        label: {fr: Part, de: Anteil}
            - id: granted-page
              title: {fr: Subvention, de: Zuschuss}
              questions:
                - id: granted
                  kind: computed
                  value: min(sum(lines.share), 5000)
                  label: {fr: Subvention, de: Zuschuss}
      - id: order
        title: {fr: Ordre, de: Reihenfolge}
        checks:
          - must: acyclic(actions, actions.after)
            message: {fr: "Les actions se suivent en rond.", de: "Die Aktionen folgen im Kreis."}
        questions:
          - id: years
            kind: matrix
            label: {fr: Répartition, de: Verteilung}
            rows:
              - {id: first, label: {fr: Première année, de: Erstes Jahr}}
              - {id: second, label: {fr: Deuxième année, de: Zweites Jahr}}
            columns:
              - {id: staff, kind: integer, label: {fr: Personnes, de: Personen}}
              - {id: part, kind: percent, label: {fr: Part, de: Anteil}}
            checks:
              - must: staff <= 10
                message: {fr: "Dix personnes au plus.", de: "Höchstens zehn Personen."}
      - id: sum
        title: {fr: Total, de: Summe}
        when: sum(years.part) == 100
        questions:
          - {id: shown, kind: computed, value: grand_total, label: {fr: Total, de: Summe}}
"""
