"""A request that names other owners, who have to agree to it; and somebody who helps to fill it in."""

from tests.dossiers import house

OWNERS = """
languages: [fr, de]
title: {fr: "Prime en indivision", de: "Prämie in Gemeinschaft"}
audience: [citizen]
sections:
  - id: base
    title: {fr: "Votre demande", de: "Ihr Antrag"}
    pages:
      - id: objet
        questions:
          - {id: purpose, kind: text, label: {fr: "Que demandez-vous ?", de: "Was beantragen Sie?"}}
      - id: owners
        title: {fr: "Les autres propriétaires", de: "Die anderen Eigentümer"}
        group:
          item: {fr: "Propriétaire", de: "Eigentümer"}
          add: {fr: "Ajouter", de: "Hinzufügen"}
          named: [o_name]
          confirmed_by:
            person: o_number
            email: o_email
            text: {fr: "Je possède ce logement avec le demandeur.", de: "Mir gehört diese Wohnung mit."}
          pages:
            - id: qui
              title: {fr: "Qui est-ce ?", de: "Wer ist das?"}
              questions:
                - {id: o_name, kind: text, label: {fr: "Nom", de: "Name"}}
                - {id: o_number, kind: national_number, label: {fr: "Numéro national", de: "Nationalnummer"}}
                - {id: o_email, kind: email, label: {fr: "E-mail", de: "E-Mail"}}
"""
PRIVATE = """
  - id: prive
    title: {fr: "Revenus", de: "Einkommen"}
    pages:
      - id: revenus
        questions:
          - {id: income, kind: money, label: {fr: "Vos revenus", de: "Ihr Einkommen"}}
"""
MARC = "90010100123"
HELPER = {"name": "Marc Lambert", "national_number": MARC, "email": "marc@exemple.be"}


def complete(browser):
    """Claire's draft, complete: Marc has to agree."""
    draft = house.begin(browser)
    browser.post(house.at(draft, "remplir/base/objet"), {"purpose": "Un toit"})
    browser.post(house.at(draft, "remplir/base/owners"), {"add_row": "1"})
    row = house.answers(draft)["owners"][0]["id"]
    who = {"o_name": "Marc Lambert", "o_number": MARC, "o_email": "marc@exemple.be"}
    browser.post(house.at(draft, f"remplir/base/owners/{row}/qui"), who)
    browser.post(house.at(draft, "remplir/base/owners"), {})
    return draft


def asked(browser, draft) -> None:
    assert browser.post(house.at(draft, "remplir/verifier"), {"ask": "1"}).status_code == 303


def agree(client, draft, **more):
    page = client.get(house.at(draft, "confirmer"))
    return client.post(house.at(draft, "confirmer"), house.as_shown(page) | {"answer": ["yes"]} | more)
