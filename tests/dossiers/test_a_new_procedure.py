"""A procedure is a file: an author writes one, checks it, publishes it, and a person files it. No code is touched."""

from pathlib import Path

import pytest

from monespace.cli.main import main
from tests.dossiers import house

ROOT = Path(__file__).resolve().parents[2]
SHARED = ("themes.yaml", "authorities.yaml", "synonyms.yaml")
WRITTEN = """
title: {fr: "Demander une prime pour des composts partagés", de: "Eine Prämie für gemeinsame Kompostanlagen beantragen"}
summary: {fr: "Une prime par bac installé", de: "Eine Prämie je aufgestelltem Behälter"}
search: {fr: [compost, bac, jardin partagé], de: [Kompost, Behälter]}
theme: environment
audience: [citizen]
authority: SPW Agriculture, Ressources naturelles et Environnement
level: region
next_step: {kind: form}
form:
  languages: [fr, de]
  title: {fr: "Prime pour des composts partagés", de: "Prämie für gemeinsame Kompostanlagen"}
  audience: [citizen]
  parameters:
    rates:
      columns: {model: text, name: words, each: number, valid_from: date, valid_until: date}
      key: [model]
      rows:
        - {model: wood, name: {fr: "Bac en bois", de: "Holzbehälter"}, each: "40", valid_until: 2025-12-31}
        - {model: wood, name: {fr: "Bac en bois", de: "Holzbehälter"}, each: "55.50", valid_from: 2026-01-01}
        - {model: steel, name: {fr: "Bac en acier", de: "Stahlbehälter"}, each: "70"}
  computed:
    - {id: granted, value: sum(gardens.premium), unit: money}
  sections:
    - id: jardins
      title: {fr: "Les jardins", de: "Die Gärten"}
      pages:
        - id: gardens
          title: {fr: "Vos jardins", de: "Ihre Gärten"}
          group:
            item: {fr: "Jardin", de: "Garten"}
            min: 1
            max: 4
            summary: [place, premium]
            pages:
              - id: jardin
                title: {fr: "Ce jardin", de: "Dieser Garten"}
                questions:
                  - {id: place, kind: text, label: {fr: "Où est-il ?", de: "Wo liegt er?"}}
                  - {id: rented, kind: boolean, label: {fr: "Est-il loué ?", de: "Ist er gemietet?"}}
              - id: bailleur
                when: rented
                title: {fr: "Le bailleur", de: "Der Vermieter"}
                questions:
                  - {id: landlord, kind: text, label: {fr: "À qui est-il loué ?", de: "Von wem?"}}
              - id: bins
                title: {fr: "Les bacs de ce jardin", de: "Die Behälter dieses Gartens"}
                group:
                  item: {fr: "Bac", de: "Behälter"}
                  min: 1
                  max: 5
                  pages:
                    - id: bac
                      title: {fr: "Ce bac", de: "Dieser Behälter"}
                      questions:
                        - id: model
                          kind: choice
                          label: {fr: "Modèle", de: "Modell"}
                          options_from: {table: rates, value: model, label: name}
                        - {id: quantity, kind: integer, label: {fr: "Nombre", de: "Anzahl"}}
              - id: prime
                title: {fr: "Prime du jardin", de: "Prämie des Gartens"}
                questions:
                  - id: premium
                    kind: computed
                    unit: money
                    value: sum(bins, quantity * rates[model].each)
                    label: {fr: "Prime du jardin", de: "Prämie des Gartens"}
    - id: budget
      title: {fr: "Le budget", de: "Das Budget"}
      pages:
        - id: depenses
          title: {fr: "Vos dépenses", de: "Ihre Ausgaben"}
          questions:
            - id: spent
              kind: matrix
              label: {fr: "Dépenses par année", de: "Ausgaben pro Jahr"}
              rows:
                - {id: past, label: {fr: "L'an dernier", de: "Letztes Jahr"}}
                - {id: now, label: {fr: "Cette année", de: "Dieses Jahr"}}
              columns:
                - {id: amount, kind: money, label: {fr: "Montant", de: "Betrag"}}
        - id: prime-totale
          title: {fr: "La prime", de: "Die Prämie"}
          questions:
            - {id: shown, kind: computed, value: granted, unit: money, label: {fr: "Prime demandée", de: "Beantragte Prämie"}}
  examples:
    - name: un bac en bois au tarif de 2026
      today: 2026-11-23
      holder: {kind: citizen}
      answers: {gardens: [{id: a, place: Ath, rented: false, bins: [{id: b, model: wood, quantity: 2}]}]}
      expect: {complete: false, computed: {granted: "111.00"}}
"""
FAULT = WRITTEN.replace("sum(gardens.premium)", "sum(gardens.premuim)")


@pytest.fixture
def content(tmp_path) -> Path:
    """A content folder of the author's own."""
    (tmp_path / "procedures").mkdir()
    for name in SHARED:
        (tmp_path / name).write_bytes((ROOT / "content" / name).read_bytes())
    return tmp_path


@pytest.fixture
def file(content) -> Path:
    written = content / "procedures" / "composts.yaml"
    written.write_text(WRITTEN, encoding="utf-8")
    return written


def row(browser, dossier, address: str) -> str:
    """Adds a row to a group; returns the address of its folder in the form."""
    answer = browser.post(house.at(dossier, "remplir", address), {"add_row": "1"})
    return answer.headers["Location"].split("/remplir/")[1].strip("/").rpartition("/")[0]


def add_garden(browser, dossier, place: str, bins: list[tuple[str, str]], landlord: str = "") -> None:
    """One garden with its bins; its landlord when it is rented."""
    garden = row(browser, dossier, "jardins/gardens")
    house.fill(browser, dossier, {f"{garden}/jardin": {"place": place, "rented": "yes" if landlord else "no"}})
    if landlord:
        house.fill(browser, dossier, {f"{garden}/bailleur": {"landlord": landlord}})
    for model, quantity in bins:
        inner = row(browser, dossier, f"{garden}/bins")
        house.fill(browser, dossier, {f"{inner}/bac": {"model": model, "quantity": quantity}})


def test_a_fault_is_told_with_its_line_and_what_to_do(file, capsys):
    file.write_text(FAULT, encoding="utf-8")
    line = next(number for number, text in enumerate(FAULT.splitlines(), 1) if "premuim" in text)

    assert main(["procedures", "check", str(file)]) == 1
    said = capsys.readouterr().out
    assert f"composts.yaml:{line}" in said
    assert "premium" in said.replace("premuim", "")  # the name that is close


def test_what_the_folder_does_not_know_is_told_before_publishing(file, capsys):
    file.write_text(WRITTEN.replace("theme: environment", "theme: environnement"), encoding="utf-8")

    assert main(["procedures", "check", str(file)]) == 1
    assert "the theme «environnement» is not in themes.yaml; known:" in capsys.readouterr().out


def test_a_file_is_checked_published_and_filed(db, file, content, settings, capsys, claire):
    assert main(["procedures", "check", str(file)]) == 0
    settings.CONTENT_DIR = content
    assert main(["procedures", "publish"]) == 0
    assert "1 new" in capsys.readouterr().out

    browser = house.browser(claire)
    assert "composts partagés" in house.text(browser.get("/demarches/", {"q": "bac à compost"}))
    dossier = house.begin(browser, slug="composts")
    add_garden(browser, dossier, "Huy", [("wood", "2"), ("steel", "1")], landlord="Régie foncière")
    add_garden(browser, dossier, "Ath", [("steel", "3")])
    house.fill(browser, dossier, {"budget/depenses": {"spent.past.amount": "1.250,50", "spent.now.amount": "80"}})
    assert house.send(browser, dossier).status_code == 303

    page = house.text(browser.get(house.at(dossier, "demande")))
    for words in ("À qui est-il loué ? Régie foncière", "1 250,50 €", "Prime du jardin 181,00 €", "Prime demandée 391,00 €"):
        assert words in page, page  # 2 × 55,50 + 70 = 181; 3 × 70 = 210; 391 in all
    assert page.count("À qui est-il loué") == 1
