"""Nadia asks for a company passport: shareholders from a file, the group that follows from them, figures, validate, send."""

import pytest

from tests.journeys import form, story
from tests.journeys.people import Traveller
from tests.journeys.words import page, question

pytestmark = [pytest.mark.browser, pytest.mark.node]
SLUG = "passeport-entreprise"
SHAREHOLDERS = (
    "s_type;s_last_name;s_first_name;s_niss;s_company;s_number;s_parts;s_vote\n"
    "Personne physique;Benali;Nadia;85.07.30-033.28;;;400;40\n"
    "Personne morale belge;;;;Moulins de la Meuse SA;400.000.185;600;60\n"
    "Pouvoir public;;;;Commune;;beaucoup;0\n"
)


def option(name: str, value: str) -> str:
    """What an answer of this form says."""
    return next(one["label"]["fr"] for one in question(SLUG, name)["options"] if one["value"] == value)


def on(who: Traveller, name: str) -> None:
    """The person is on the page, or at the only question, with this id."""
    known = page(SLUG, name)
    title = known.get("title") or known["questions"][0]["label"]
    form.on_page(who, title["fr"].replace("{name}", "Atelier Lambiotte"))


def put(who: Traveller, name: str, text: str) -> Traveller:
    """Types into the field of this name: what labels say, the engine's own tests look at."""
    who.reach(who.page.locator(f"[name='{name}']")).fill(text)
    return who


def say(who: Traveller, name: str, answer: str) -> Traveller:
    """Ticks the answer of a page, and goes on."""
    on(who, name)
    return who.tick(answer).press("Continue")


def fill_company(who: Traveller) -> None:
    """The first part: nothing that the register knows is asked."""
    on(who, "identite")
    who.press("Continue").press("Continue")
    say(who, "representant", option("capacity", "representative"))
    say(who, "etablissement", "Oui")
    put(who, "unit_number", "2.000.000.339").press("Continue")
    say(who, "exercices", "Oui")
    closed(who, "cloture")
    say(who, "consolidation", "Non")


def closed(who: Traveller, name: str) -> None:
    """One year, closed at the end of 2025."""
    assert who.page.url.rstrip("/").endswith(name), who.page.url
    who.fill("Day", "31").fill("Month", "12").fill("Year", "2025").tick("Un").press("Continue")


def import_shareholders(who: Traveller) -> None:
    """Two lines of the file are right, and one is not; the parts of the two make the total."""
    put(who, "total_parts", "1000").press("Continue")
    on(who, "shareholders")
    who.press("Import a CSV file").join("Fichier CSV", "parts.csv", "text/csv", SHAREHOLDERS.encode("cp1252"))
    who.press("Try this file").reads_text("2 lignes peuvent être ajoutées, 1 est à corriger")
    assert "850730" not in who.page.content().replace(".", "")
    who.push(who.page.get_by_role("button", name="Ajouter ces 2 lignes"))
    on(who, "shareholders")
    who.press("Continue")


def fill_group(who: Traveller) -> None:
    """The shareholder at 60 % is proposed as a company of the group; what was said of it is not asked again."""
    on(who, "holdings")
    who.press("Continue")
    on(who, "companies")
    put(who.follow("Compléter"), "g_activity", "10.610").press("Continue")
    who.press("Continue").reads_text("Entreprise liée")
    put(who, "g_total_parts", "500").press("Continue").press("Continue")
    on(who, "companies")
    who.press("Continue").press("Continue")


def fill_figures(who: Traveller, name: str, prefix: str, *figures: str) -> None:
    """One year of figures in a matrix."""
    for column, text in zip(("fte", "turnover", "balance"), figures, strict=True):
        put(who, f"{name}.n.{prefix}{column}", text)
    who.page.locator(f"[name='{name}.n.{prefix}source']").select_option("filed")
    who.press("Continue")


def test_a_company_passport_is_validated_then_sent(traveller):
    nadia = traveller("nadia-benali")
    nadia.go(f"/demarches/{SLUG}/").press("File a request").sign_in("itsme", known=False)
    story.enter_alone(nadia, "0123.410.229", "Atelier Lambiotte")
    story.start(nadia, "Atelier Lambiotte")
    fill_company(nadia)
    import_shareholders(nadia)
    fill_group(nadia)
    fill_figures(nadia, "figures", "", "8", "1 500 000", "1 100 000")
    nadia.follow("Compléter")
    closed(nadia, "cloture-groupe")
    fill_figures(nadia, "f_figures", "f_", "45", "9 000 000", "7 000 000")
    nadia.press("Continue").reads_text("10 500 000,00").reads_text("Moyenne entreprise")
    nadia.press("Continue").press("Continue").press("Validate the answers")
    for name in ("d_honour", "d_checks", "d_privacy"):
        nadia.tick(question(SLUG, name)["text"]["fr"].replace("{name}", "Atelier Lambiotte"))
    nadia.press("Continue").reads_text("Validées par Nadia Benali")
    story.send(nadia)
