"""Filling in `prime-habitation`: a family of five, a roof, page by page; answers stand under the ids that the author gave."""

from datetime import date, timedelta

from tests.journeys.files import PHOTO, make_estimate
from tests.journeys.people import Traveller
from tests.journeys.words import nodes, page, procedure, question

SLUG = "prime-habitation"
HOME = {"street": "Rue du Pont", "number": "12", "postcode": "5998", "town": "Valmoulin"}
EUPEN = {"street": "Klötzerbahn", "number": "8", "postcode": "4700", "town": "Eupen"}
BILLED = date.today() - timedelta(days=40)


def fictive_number(born: date, serial: int) -> str:
    """A national number with sound check digits that nobody in the cast has (royal decree of 8 February 1991)."""
    start = f"{born:%y%m%d}{serial:03}"
    return f"{start}{97 - int(('2' if born.year >= 2000 else '') + start) % 97:02}"


def somebody(first: str, link: str, born: date, serial: int) -> dict:
    """What is told of one more person of the household."""
    number = fictive_number(born, serial)
    return {"m_last_name": "Martin", "m_first_name": first, "m_niss": number, "m_birth_date": born, "m_link": link}


YEAR = date.today().year
FAMILY = [  # the person, whether a dependent child, what is earned
    (somebody("Paul", "spouse", date(1984, 2, 1), 991), None, "12 000"),
    (somebody("Luc", "child", date(YEAR - 21, 6, 10), 993), False, ""),
    (somebody("Zoé", "child", date(YEAR - 12, 9, 3), 994), True, ""),
    (somebody("Noé", "child", date(YEAR - 9, 1, 20), 995), True, ""),
]


def title(who: Traveller, name: str) -> str:
    """The title of a page, in the person's language."""
    return page(SLUG, name)["title"][who.language]


def answer(who: Traveller, **answers: object) -> Traveller:
    """Answers the questions of one page by their ids, and goes on."""
    for name, value in answers.items():
        who.reach(who.page.locator(f"[name='{name}'], [name^='{name}.']").first)
        give(who, name, value)
    return who.press("Continue")


def give(who: Traveller, name: str, value: object) -> None:
    """One answer, by its kind."""
    kind = question(SLUG, name)["kind"]
    if kind == "file":
        who.page.locator(f"[name='{name}']").set_input_files(value)
    elif kind == "date":
        fields(who, name, {"day": str(value.day), "month": str(value.month), "year": str(value.year)})
    elif kind == "address":
        fields(who, name, value)
    elif kind in ("boolean", "choice", "declaration"):
        chosen = {True: "yes", False: "no"}.get(value, value)
        who.page.locator(f"[name='{name}'][value='{chosen}']").check()
    else:
        who.page.locator(f"[name='{name}']").fill(value)


def fields(who: Traveller, name: str, parts: dict) -> None:
    """An answer of several fields."""
    for part, text in parts.items():
        who.page.locator(f"[name='{name}.{part}']").fill(text)


def paper(name: str, amount: str = "8 000") -> dict:
    """A PDF to join, or a picture."""
    if name.endswith("png"):
        return {"name": name, "mimeType": "image/png", "buffer": PHOTO}
    return {"name": name, "mimeType": "application/pdf", "buffer": make_estimate(name, amount)}


def fill_request(who: Traveller) -> None:
    """A first request for works on the roof, without any other aid."""
    answer(who, request_type="works")
    answer(who, roof_only=True)
    answer(who, other_aid=False)
    answer(who, first_request=True)


def fill_applicant(who: Traveller, mail: str, co_holder: dict | None = None) -> None:
    """Who she is comes from her card; where she lives is asked, for no register told it. She may own half, and somebody the rest."""
    who.press("Continue")
    answer(who, home=HOME)
    answer(who, email=mail, contact_language=who.language)
    answer(who, right="co_owner" if co_holder else "owner")
    if co_holder:
        answer(who, own_share="50")
        who.push(who.page.locator("button[name=add_row]"))
        answer(who, **co_holder)
        who.press("Continue")


def fill_dwelling(who: Traveller) -> None:
    """Her own house, of 1962; a parcel written wrongly first."""
    answer(who, lives_there=True)
    answer(who, parcel="92094-0123").reads_text("92094A0123/00B002.")
    answer(who, parcel="92094A0123/00B002")
    answer(who, built="1962")
    answer(who, residential_share="100")
    answer(who, occupation="now")


def fill_household(who: Traveller) -> None:
    """Herself first, who cannot be removed and is not asked who she is; then four more."""
    who.press("Continue")
    remove = who.page.locator("button[name=remove_row]")
    assert remove.count() == 0, who.text()
    who.push(who.page.locator("section.me-card a").first)
    answer(who)
    answer(who, m_income="31 200", m_notice=True)
    for person, dependent, income in FAMILY:
        who.push(who.page.locator("button[name=add_row]"))
        answer(who, **person)
        answer(who, **({} if dependent is None else {"m_dependent": dependent}))
        if income:
            answer(who, m_income=income, m_notice=True)
    assert remove.count() == len(FAMILY), who.text()
    who.press("Continue").reads_text("R2").press("Continue")


def fill_works(who: Traveller) -> None:
    """Eighty square metres of roof insulation for 8 000 €."""
    who.push(who.page.locator("button[name=add_row]"))
    answer(who, w_kind="roof_insulation")
    answer(who, w_quantity="80", w_contractor="0200.065.765")
    answer(
        who,
        w_invoice_date=BILLED,
        w_invoice_number="2026/118",
        w_invoice_amount="8 000",
        w_invoice=paper("facture.pdf"),
    )
    who.press("Continue").press("Continue")


def fill_rest(who: Traveller, mail: str) -> None:
    """The estimate, the documents, the account, what she declares."""
    who.reads_text(f"{ {'fr': '5 600,00', 'de': '5.600,00'}[who.language] } €").press("Continue")
    answer(who, annex_1=paper("annexe-1.pdf"))
    answer(who, photos=paper("toit.png"))
    answer(who, iban="BE68 5390 0754 7034", account_known=True)
    declared = [node["id"] for node in nodes(procedure(SLUG)["form"]) if node.get("kind") == "declaration"]
    shown = [name for name in declared if who.page.locator(f"[name='{name}']").count()]
    answer(who, **dict.fromkeys(shown, True))


def fill_in(who: Traveller, mail: str, co_holder: dict | None = None) -> None:
    """The whole form, to the page where everything is read again."""
    for part in (
        fill_request,
        lambda one: fill_applicant(one, mail, co_holder),
        fill_dwelling,
        fill_household,
        fill_works,
    ):
        part(who)
    fill_rest(who, mail)
