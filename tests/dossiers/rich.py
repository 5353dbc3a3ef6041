"""A form with every kind of question, a group inside a group, a matrix, a stop, a warning and prefilled values."""

RICH = """
languages: [fr, de]
title: {fr: "Demande complète", de: "Vollständiger Antrag"}
audience: [citizen, company]
sections:
  - id: vous
    title: {fr: "Vous", de: "Sie"}
    pages:
      - id: coordonnees
        title: {fr: "Vos coordonnées", de: "Ihre Angaben"}
        questions:
          - {id: who, kind: text, label: {fr: "Nom du demandeur", de: "Name"}, prefill: holder.name, locked: true}
          - {id: mail, kind: email, label: {fr: "Adresse e-mail", de: "E-Mail"}, prefill: person.email, autocomplete: email}
          - {id: iban, kind: iban, label: {fr: "Numéro de compte", de: "Kontonummer"}, prefill: holder.iban, locked: true}
          - {id: phone, kind: phone, required: false, label: {fr: "Téléphone", de: "Telefon"}}
      - id: personne
        title: {fr: "La personne concernée", de: "Die betroffene Person"}
        questions:
          - {id: niss, kind: national_number, label: {fr: "Numéro national", de: "Nationalnummer"}}
          - {id: land, kind: country, label: {fr: "Pays de naissance", de: "Geburtsland"}}
          - {id: home, kind: address, label: {fr: "Domicile", de: "Wohnsitz"}}
  - id: projet
    title: {fr: "Projet", de: "Projekt"}
    pages:
      - id: choix
        title: {fr: "Votre projet", de: "Ihr Projekt"}
        questions:
          - {id: intro, kind: information, text: {fr: "À savoir avant de répondre.", de: "Gut zu wissen."}}
          - {id: insured, kind: boolean, label: {fr: "Êtes-vous assuré ?", de: "Sind Sie versichert?"}}
          - id: colour
            kind: choice
            label: {fr: "Couleur", de: "Farbe"}
            options:
              - {value: red, label: {fr: "Rouge", de: "Rot"}}
              - {value: blue, label: {fr: "Bleu", de: "Blau"}}
          - id: uses
            kind: multiple
            label: {fr: "Usages", de: "Zwecke"}
            options:
              - {value: house, label: {fr: "Logement", de: "Wohnen"}}
              - {value: shop, label: {fr: "Commerce", de: "Handel"}}
          - {id: share, kind: percent, label: {fr: "Part", de: "Anteil"}}
          - {id: size, kind: decimal, label: {fr: "Surface", de: "Fläche"}, suffix: "m²"}
          - {id: people, kind: integer, label: {fr: "Personnes", de: "Personen"}}
          - {id: built, kind: year, label: {fr: "Année", de: "Jahr"}}
          - {id: period, kind: month, label: {fr: "Mois", de: "Monat"}}
          - {id: bce, kind: enterprise_number, required: false, label: {fr: "Entreprise", de: "Unternehmen"}}
          - {id: unit, kind: establishment_number, required: false, label: {fr: "Unité", de: "Niederlassung"}}
      - id: refus
        when: colour == "red"
        title: {fr: "Demande impossible", de: "Antrag nicht möglich"}
        stop:
          text: {fr: "Le rouge n'est pas admis.", de: "Rot ist nicht zulässig."}
          links: [{text: {fr: "Lire la démarche", de: "Mehr lesen"}, procedure: essai}]
      - id: depenses
        title: {fr: "Dépenses", de: "Ausgaben"}
        questions:
          - id: costs
            kind: matrix
            label: {fr: "Dépenses par année", de: "Ausgaben pro Jahr"}
            rows:
              - {id: roof, label: {fr: "Toiture", de: "Dach"}}
              - {id: cellar, label: {fr: "Cave", de: "Keller"}}
            columns:
              - {id: amount, kind: money, label: {fr: "Montant", de: "Betrag"}, required: false}
              - id: paid
                kind: choice
                required: false
                label: {fr: "Payé", de: "Bezahlt"}
                options:
                  - {value: all, label: {fr: "Tout", de: "Alles"}}
                  - {value: none, label: {fr: "Rien", de: "Nichts"}}
  - id: degats
    title: {fr: "Dégâts", de: "Schäden"}
    pages:
      - id: biens
        title: {fr: "Les biens abîmés", de: "Beschädigte Güter"}
        group:
          item: {fr: "Bien", de: "Gut"}
          min: 1
          max: 3
          add: {fr: "Ajouter un bien", de: "Gut hinzufügen"}
          summary: [thing, worth]
          pages:
            - id: bien
              title: {fr: "Le bien", de: "Das Gut"}
              questions:
                - {id: thing, kind: text, label: {fr: "Quel bien ?", de: "Welches Gut?"}}
                - {id: worth, kind: money, label: {fr: "Valeur", de: "Wert"}}
            - id: devis
              title: {fr: "Devis", de: "Kostenvoranschläge"}
              group:
                item: {fr: "Devis", de: "Kostenvoranschlag"}
                add: {fr: "Ajouter un devis", de: "Kostenvoranschlag hinzufügen"}
                summary: [maker]
                pages:
                  - id: detail
                    title: {fr: "Le devis", de: "Der Kostenvoranschlag"}
                    questions:
                      - {id: maker, kind: text, label: {fr: "Entrepreneur", de: "Unternehmer"}}
                      - {id: scan, kind: file, required: false, label: {fr: "Copie du devis", de: "Kopie"}}
      - id: total
        title: {fr: "Total", de: "Gesamtbetrag"}
        questions:
          - {id: total, kind: computed, label: {fr: "Valeur totale", de: "Gesamtwert"}, value: sum(biens.worth), unit: money}
          - id: asked
            kind: money
            label: {fr: "Montant demandé", de: "Beantragter Betrag"}
            checks:
              - must: asked <= total
                level: warning
                message: {fr: "Vous demandez plus que la valeur des biens.", de: "Sie beantragen mehr als den Wert der Güter."}
  - id: fin
    title: {fr: "Déclarations", de: "Erklärungen"}
    pages:
      - id: honneur
        title: {fr: "Vos déclarations", de: "Ihre Erklärungen"}
        questions:
          - {id: truth, kind: declaration, text: {fr: "Je déclare que tout est exact.", de: "Ich erkläre, dass alles richtig ist."}}
"""
FILLED = {
    "vous/coordonnees": {"mail": "claire@exemple.be", "iban": "BE68 5390 0754 7034", "phone": "0475 12 34 56"},
    "vous/personne": {
        "niss": "85.07.30-033.28", "land": "BE", "home.street": "Rue Haute", "home.number": "3", "home.postcode": "4000",
        "home.town": "Liège", "home.country": "BE",
    },
    "projet/choix": {
        "insured": "yes", "colour": "blue", "uses": ["house", "shop"], "share": "12,5", "size": "80", "people": "3",
        "built": "1980", "period.month": "3", "period.year": "2026", "bce": "0200.065.765", "unit": "",
    },
    "projet/depenses": {"costs.roof.amount": "1250,50", "costs.roof.paid": "all", "costs.cellar.amount": "", "costs.cellar.paid": ""},
}  # fmt: skip
END = {"degats/total": {"asked": "100"}, "fin/honneur": {"truth": "yes"}}
