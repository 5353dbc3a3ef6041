"""The desk compares the amount granted with the one in the request, and says to which answer each file belongs."""

from decimal import Decimal

from monespace.desk.claimed import Claim, claim_of
from monespace.dossiers.models import Content
from tests.desk import scene

NBSP = "\u00a0"


def copy_with(*lines: dict) -> dict:
    """A frozen copy with these answers."""
    return {
        "summary": {"sections": [{"title": "Biens", "blocks": [{"title": "", "item": "Bien 2", "lines": list(lines)}]}]}
    }


def line(kind: str, label: str, *values: str, **more) -> dict:
    return {"question": "q", "kind": kind, "label": label, "values": list(values), "declared_by_you": False, **more}


def text_of(answer) -> str:
    return answer.content.decode().replace(NBSP, " ").replace("\u202f", " ")


def test_the_amount_worked_out_counts_before_the_amounts_typed():
    typed = line("money", "Chiffre d'affaires", f"9{NBSP}000{NBSP}000,00{NBSP}€")
    worked_out = [line("computed", "Reste", f"2,00{NBSP}€"), line("computed", "Total", f"301{NBSP}250,50{NBSP}€")]

    assert claim_of(copy_with(typed, *worked_out)) == Claim("Total", Decimal("301250.50"))
    assert claim_of(copy_with(typed)) == Claim("Chiffre d'affaires", Decimal(9_000_000))
    assert claim_of(copy_with(line("money", "Betrag", f"1.250,50{NBSP}€"))) == Claim("Betrag", Decimal("1250.50"))
    assert claim_of(copy_with(line("text", "Prix", "12 €"), line("computed", "Nombre", "12"))) is None


def test_granting_more_than_the_request_is_said_before_the_letter_leaves(isabelle):
    dossier, browser = scene.dossier(state="acknowledged"), scene.client(isabelle)
    here = f"/guichet/{dossier.ref}/decider/"

    assert "1 250,50 €" in text_of(browser.get(here))
    just = text_of(browser.post(here, scene.VERDICT))
    much = text_of(browser.post(here, {**scene.VERDICT, "amount": "9999999"}))

    assert "Montant dans la demande :" in just
    assert "Vous accordez" not in just
    assert "Vous accordez 9 999 999,00 €" in much
    assert "plus que les 1 250,50 € de la demande" in much


def test_each_file_names_its_answer_and_opens_from_it(isabelle):
    dossier, browser = scene.dossier(ago=0), scene.client(isabelle)
    good, bad = scene.document(dossier, "photo.png", "clean"), scene.document(dossier, "virus.png", "infected")
    content = Content.objects.get(pk=dossier.pk)
    files = [{"id": str(one.pk), "name": one.name} for one in (good, bad)]
    content.frozen["summary"] |= copy_with(line("file", "Devis ou facture", "photo.png", "virus.png", files=files))[
        "summary"
    ]
    content.save()

    page = text_of(browser.get(f"/guichet/{dossier.ref}/"))

    assert page.count("Bien 2 – Devis ou facture") == 2
    assert page.count(f"documents/{good.pk}/") == 2
    assert str(bad.pk) not in page
    assert "depuis aujourd" in page
