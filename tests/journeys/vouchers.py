"""Filling in the training vouchers, page by page, by the labels that their author wrote."""

from datetime import date

from tests.journeys import form
from tests.journeys.files import make_estimate
from tests.journeys.people import CAST, Traveller
from tests.journeys.words import page, procedure, question

SLUG = "cheque-formation-independant"
STATEMENTS = ("honour_place", "honour_status", "honour_purpose", "honour_users", "honour_single_aid", "honour_sound")


def label(who: Traveller, name: str) -> str:
    """What the question asks, in the person's language."""
    asked = question(SLUG, name)
    return (asked.get("label") or asked["text"])[who.language]


def option(who: Traveller, name: str, value: str) -> str:
    """What the answer says."""
    return next(one["label"][who.language] for one in question(SLUG, name)["options"] if one["value"] == value)


def line(who: Traveller, table: str, code: str) -> str:
    """What a line of a parameter table is called."""
    rows = procedure(SLUG)["form"]["parameters"][table]["rows"]
    return next(row["name"][who.language] for row in rows if row["code"] == code)


def heading(who: Traveller, name: str) -> None:
    """The page that is there."""
    form.on_page(who, page(SLUG, name)["title"][who.language])


def pick(who: Traveller, name: str, value: str) -> Traveller:
    """Answers a question with one of its options, and goes on."""
    form.on_page(who, label(who, name))
    return who.tick(option(who, name, value)).press("Continue")


def fill_date(who: Traveller, day: date) -> None:
    """A date in its three fields."""
    form.fill_date(who, day)


def fill_situation(who: Traveller) -> Traveller:
    """Self-employed beside another job, since long ago, in Wallonia: the address is there already."""
    pick(who, "status", "complementary")
    pick(who, "exclusions", "none")
    heading(who, "affiliation")
    fill_date(who, date(2024, 4, 1))
    who.tick(line(who, "funds", "ucm"))
    who.join(label(who, "affiliation_proof"), "attestation.pdf", "application/pdf", make_estimate("UCM", "2024"))
    who.press("Continue")
    form.on_page(who, label(who, "activity_place"))
    return who.press("Continue")


def fill_identity(who: Traveller) -> Traveller:
    """What no register supplies: the home, how she is reached (her day of birth follows from her number); the rest is shown."""
    heading(who, "personne")
    for name, text in form.PLACE.items():
        who.fill(name, text)
    who.press("Continue")
    heading(who, "contact")
    who.type_into(label(who, "contact_email"), CAST[who.person]["mail"])
    who.tick(option(who, "contact_language", who.language)).tick(option(who, "capacity", "owner")).press("Continue")
    heading(who, "entreprise")
    return who.reads_text("Boulangerie Dubois").press("Continue")


def add_course(who: Traveller, hours: str, price: str = "45") -> Traveller:
    """A language course, and what it costs."""
    form.on_page(who, label(who, "other_aid"))
    who.tick({"fr": "Non", "de": "Nein"}[who.language]).press("Continue")
    heading(who, "plafonds")
    who.press("Continue")
    heading(who, "trainings")
    who.push(who.page.get_by_role("button", name=page(SLUG, "trainings")["group"]["add"][who.language]))
    who.tick(line(who, "providers", "salm")).tick(option(who, "training_type", "languages"))
    who.type_into(label(who, "training_title"), "Nederlands")
    fill_date(who, date.today())
    who.type_into(label(who, "hours"), hours).type_into(label(who, "hour_price"), price).press("Continue")
    heading(who, "cheques")
    return who.press("Continue")


def change_hours(who: Traveller, hours: str) -> Traveller:
    """The course made shorter, from the list."""
    who.push(who.page.get_by_role("link", name=who.say("Change")).first)
    who.type_into(label(who, "hours"), hours).press("Continue").press("Continue")
    heading(who, "trainings")
    return who.press("Continue")


def declare(who: Traveller) -> Traveller:
    """No earlier aid, six statements that are true, three boxes."""
    heading(who, "aids")
    who.press("Continue")
    for name in STATEMENTS:
        form.on_page(who, label(who, name))
        who.tick({"fr": "Vrai", "de": "Richtig"}[who.language]).press("Continue")
    heading(who, "engagements")
    for name in ("exact", "may_check", "privacy"):
        who.tick(label(who, name))
    who.press("Continue")
    return who.reads("Check your answers")
