"""Filling in `calamite-indemnisation`, page by page, by the labels that its author wrote."""

from datetime import date, timedelta

from monespace.cli.phenomena import flood_day
from tests.journeys.files import PHOTO, make_estimate
from tests.journeys.people import Traveller
from tests.journeys.words import page, procedure, question

SLUG = "calamite-indemnisation"
FLOOD = flood_day(date.today()) + timedelta(days=1)  # of the phenomenon that the demonstration has recognised
PLACE = {"Street": "Rue du Pont", "Number": "12", "Postcode": "5998", "Town": "Valmoulin"}
GOODS = [("Four à pain", "1 250,50"), ("Étagères", "420")]
IBAN = "BE68 5390 0754 7034"


def label(who: Traveller, name: str) -> str:
    """What the question asks, in the person's language."""
    return question(SLUG, name)["label"][who.language]


def option(who: Traveller, name: str, value: str) -> str:
    """What the answer says."""
    return next(one["label"][who.language] for one in question(SLUG, name)["options"] if one["value"] == value)


def heading(who: Traveller, name: str) -> str:
    """The title of a page."""
    return page(SLUG, name)["title"][who.language]


def section(who: Traveller, name: str) -> str:
    """The title of a part of the form."""
    return next(one["title"][who.language] for one in procedure(SLUG)["form"]["sections"] if one["id"] == name)


def on_page(who: Traveller, text: str) -> None:
    """The page's only h1 says this."""
    shown = " ".join(who.page.locator("h1").inner_text().replace("\u00a0", " ").split())
    assert shown == " ".join(text.replace("\u00a0", " ").split()), who.text()


def pick(who: Traveller, name: str, value: str) -> Traveller:
    """Answers a question with one of its options, and goes on."""
    on_page(who, label(who, name))
    return who.tick(option(who, name, value)).step("repondre-question").press("Continue")


def say_yes_or_no(who: Traveller, name: str, yes: bool) -> Traveller:
    """Answers yes or no, and goes on."""
    on_page(who, label(who, name))
    return who.tick({"fr": "Oui" if yes else "Non", "de": "Ja" if yes else "Nein"}[who.language]).press("Continue")


def fill_date(who: Traveller, day: date) -> Traveller:
    """Day, month and year in their three fields."""
    return who.fill("Day", str(day.day)).fill("Month", str(day.month)).fill("Year", str(day.year))


def fill_place(who: Traveller, **parts: str) -> Traveller:
    """The address of the goods; what is filled in already is written over."""
    on_page(who, label(who, "damage_place"))
    for name, text in (PLACE | parts).items():
        who.fill(name, text)
    return who.press("Continue")


def fill_situation(who: Traveller, *, insurance: str = "none", day: date = FLOOD, **place: str) -> Traveller:
    """The whole first part, up to the phenomenon that is recognised."""
    pick(who, "insurance", insurance)
    say_yes_or_no(who, "farming", yes=False)
    fill_place(who, **place)
    on_page(who, label(who, "damage_date"))
    fill_date(who, day).press("Continue")
    on_page(who, heading(who, "phenomene"))
    return who.press("Continue")


def add_good(who: Traveller, description: str, amount: str) -> Traveller:
    """One damaged good with its photo and its estimate."""
    on_page(who, heading(who, "goods"))
    who.push(who.page.get_by_role("button", name=page(SLUG, "goods")["group"]["add"][who.language]))
    who.type_into(label(who, "description"), description).type_into(label(who, "amount"), amount).press("Continue")
    on_page(who, heading(who, "preuves"))
    who.join(label(who, "photos"), "photo.png", "image/png", PHOTO)
    who.join(label(who, "estimate"), "devis.pdf", "application/pdf", make_estimate(description, amount))
    return who.step("ajouter-documents").press("Continue")


def fill_goods(who: Traveller) -> Traveller:
    """Two goods, and their total."""
    for description, amount in GOODS:
        add_good(who, description, amount)
    who.press("Continue")
    on_page(who, heading(who, "total-des-dommages"))
    return who.press("Continue")


def fill_account(who: Traveller, mail: str = "bureau@valmoulin.example", *, known: str = "") -> Traveller:
    """Where the money goes, and where to write; an address that the profile holds is there already."""
    on_page(who, heading(who, "compte"))
    known_before = who.page.locator(".me-prefill, .govuk-form-group:has([id$='-source'])")
    who.step("verifier-prerempli", known_before.first)
    who.type_into(label(who, "iban"), IBAN).press("Continue")
    field = who.page.get_by_label(label(who, "contact_email"))
    assert field.input_value() == known
    return who.type_into(label(who, "contact_email"), known or mail).press("Continue")


def declare(who: Traveller) -> Traveller:
    """What one declares, to the page where everything is read again."""
    on_page(who, heading(who, "engagements"))
    for name in ("truthful", "insurer_told"):
        who.tick(question(SLUG, name)["text"][who.language])
    who.press("Continue")
    return who.reads("Check your answers").step("relire-reponses")


def fill_in(who: Traveller, **place: str) -> Traveller:
    """The whole form, from its first page to the check."""
    fill_situation(who, **place)
    fill_goods(who)
    fill_account(who)
    return declare(who)
