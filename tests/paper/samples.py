"""Documents as the rooms would ask for them, with the demo's invented people."""

import io
from datetime import UTC, date, datetime

from PIL import Image

HELPDESK = {"phone": "078 79 01 02", "mail": "aideenligne@wallonie.be"}
VERIFY = {"address": "https://monespace.example/verifier/", "hash": "5d41402abc4b2a76b9719d911017c592" * 2}

RECEIPT = {
    "number": "2026-CAL-0004217",
    "sent_at": datetime(2026, 11, 23, 13, 2, tzinfo=UTC),
    "procedure": "Demander une indemnisation après une calamité naturelle publique",
    "authority": "Service régional des calamités",
    "filed_by": {"name": "Claire Dubois", "number": "85.07.30-***.**"},
    "for_whom": {"name": "Boulangerie Dubois", "number": "0123.456.749"},
    "role": "Introduire",
    "method": "Carte d’identité électronique (eID)",
    "assurance": "Élevé",
    "sections": [
        {
            "title": "Le phénomène",
            "rows": [
                {"label": "Quel phénomène a causé les dégâts ?", "value": "Inondations des 12 et 13 octobre 2026"},
                {"label": "Où ?", "value": "Rue du Moulin 14\n4990 Valmoulin"},
            ],
        },
        {
            "title": "Les biens endommagés",
            "rows": [
                {"label": "Une assurance couvre-t-elle ces biens ?", "value": "Non"},
                {
                    "label": "Liste des biens",
                    "table": {
                        "columns": ["Bien", "Année d’achat", "Montant du devis"],
                        "numbers": [2],
                        "rows": [["Four à sole", "2019", "8 400,00 €"], ["Pétrin", "2021", "3 150,00 €"]],
                        "total": ["Total", "", "11 550,00 €"],
                    },
                },
                {
                    "label": "Personne de contact",
                    "rows": [
                        {"label": "Nom", "value": "Claire Dubois"},
                        {"label": "Horaire", "rows": [{"label": "Matin", "value": "De 8 h à 11 h"}]},
                    ],
                },
                {"label": "Compte bancaire", "value": "BE68 5390 0754 7034"},
            ],
        },
    ],
    "documents": [
        {"label": "Devis du four", "name": "devis-four.pdf", "size": 248_113, "sha256": "ab12" * 16},
        {"label": "Photo", "name": "IMG_20261013_081502.jpg", "size": 2_413_000, "sha256": "0f9e" * 16},
    ],
    "declarations": ["Je déclare que ces renseignements sont exacts et complets."],
    "next_steps": [
        "Le service vérifie que votre dossier est complet, dans les 30 jours.",
        "S’il manque un document, vous recevez un message dans votre espace.",
    ],
    "verify": VERIFY,
    "helpdesk": HELPDESK,
}

LETTER = {
    "sender": {
        "name": "Service régional des calamités",
        "team": "Cellule Indemnisation",
        "address": ["Place de la Rivière 1", "5100 Valmoulin"],
        "phone": "081 00 00 00",
        "mail": "calamites@valmoulin.example",
    },
    "recipient": {"name": "Marc Lefèvre", "address": ["Rue du Moulin 3", "4990 Valmoulin"]},
    "reference": "2026-CAL-0003120",
    "date": date(2026, 11, 1),
    "place": "Valmoulin",
    "subject": "votre demande d’indemnisation est acceptée en partie",
    "greeting": "Monsieur Lefèvre,",
    "body": ["Le 15 octobre 2026, vous avez introduit une demande d’indemnisation. Voici notre décision."],
    "decision": ["Nous acceptons votre demande pour les dégâts au bâtiment. Nous la refusons pour le véhicule."],
    "amount": "5 600,00 €",
    "facts": ["L’eau a atteint 80 cm dans votre cave.", "Votre véhicule est couvert par une assurance omnium."],
    "law": ["Le décret exclut les biens qu’un contrat d’assurance couvre déjà (article 5, § 2)."],
    "remedies": [
        {
            "authority": "Le ministre compétent",
            "address": ["Rue de l’Exemple 1", "5100 Valmoulin"],
            "time_limit": "60 jours après la réception de cette lettre",
            "how": "Par lettre recommandée, avec une copie de cette décision.",
        },
        {
            "authority": "Le Conseil d’État, section du contentieux administratif",
            "time_limit": "60 jours après la réception de cette lettre",
            "how": "Par une requête.",
        },
    ],
    "closing": "Nous vous adressons nos salutations distinguées.",
    "signatory": {"name": "Isabelle Mathot", "function": "Gestionnaire de dossiers"},
    "verify": VERIFY,
}


def picture(colour: str = "#0f5c63") -> bytes:
    """A small PNG."""
    out = io.BytesIO()
    Image.new("RGB", (640, 240), colour).save(out, "PNG")
    return out.getvalue()


def guide() -> dict:
    """A help page with every kind of block."""
    step = {"text": [{"text": "Ouvrez "}, {"text": "Gestion des accès", "strong": True}]}
    shot = {"content": picture(), "alt": "La page Gestion des accès, avec le bouton Inviter.", "width": 110}
    online = {"text": "Aide en ligne", "link": "https://monespace.example/aide/"}
    return {
        "title": "Guide Gestionnaire d’accès principal",
        "summary": "Inviter vos collègues, leur donner un rôle, le limiter et le retirer.",
        "updated": date(2026, 11, 23),
        "address": "https://monespace.example/aide/gestionnaire-acces-principal/",
        "blocks": [
            {"kind": "heading", "level": 2, "title": "Inviter une personne"},
            {"kind": "paragraph", "text": [{"text": "Vous pouvez inviter plusieurs personnes."}]},
            {"kind": "steps", "steps": [step, {"text": [{"text": "Choisissez le rôle."}], "picture": shot}]},
            {"kind": "heading", "level": 3, "title": "Les rôles"},
            {
                "kind": "table",
                "table": {"columns": ["Rôle", "Permet de"], "rows": [["Consulter", "lire"], ["Introduire", "envoyer"]]},
            },
            {"kind": "note", "title": "Bon à savoir", "text": [{"text": "Un accès a toujours une fin."}]},
            {"kind": "list", "items": [[online], [{"text": "Téléphone"}]]},
            {"kind": "heading", "level": 2, "title": "Retirer un accès"},
            {"kind": "paragraph", "text": [{"text": "L’effet est immédiat."}]},
        ],
        "helpdesk": HELPDESK,
    }
