"""The chapters that every holder's story shares: from a word typed into the Portal to a decision read."""

import re
from datetime import date, timedelta

from tests.journeys import form
from tests.journeys.people import Traveller
from tests.journeys.words import procedure
from tests.paper.reading import text_of

FACTS = {
    "fr": "Les photos et le devis prouvent la noyade du four à pain ; les étagères ne figurent sur aucune facture.",
    "de": "Die Fotos belegen den Schaden am Ofen; die Regale stehen auf keiner Rechnung.",
}
LAW = {
    "fr": "Article 5 de l'arrêté du 21 juillet 2016 : seuls les biens prouvés sont indemnisés.",
    "de": "Artikel 5 des Erlasses vom 21. Juli 2016: Nur belegte Güter werden entschädigt.",
}


def look_for(who: Traveller, words: str, slug: str = form.SLUG) -> Traveller:
    """From the Portal's home, in one's own words, to the procedure's page."""
    who.go("/").fill("Look for a procedure in your own words", words).step("chercher-demarche").press("Search")
    who.follow(procedure(slug)["title"][who.language]).step("lire-demarche")
    return who.step("introduire-demande", who.target("File a request"))


def title(who: Traveller) -> str:
    """What a request of this procedure is called in the person's language."""
    return procedure(form.SLUG)["form"]["title"][who.language]


def begin(who: Traveller, method: str = "eid", words: str = "inondation", slug: str = form.SLUG) -> Traveller:
    """From the Portal's home, through sign-in, to the choice of a space."""
    return look_for(who, words, slug).press("File a request").sign_in(method, known=False)


def open_alone(who: Traveller, number: str, name: str) -> Traveller:
    """The configuration initiale on one page, by somebody who alone represents her enterprise."""
    who.press("Begin the first configuration").fill("Enterprise number (BCE)", number)
    who.step("indiquer-entreprise").press("Look it up").choose("Submit")
    opens = who.target("Open the space of %(name)s", name=name)
    return who.step("ouvrir-seul", opens).push(opens)


def enter_alone(who: Traveller, number: str, name: str) -> Traveller:
    """Her enterprise's space, which another journey on the same portal may have opened before; to the form's start page."""
    if who.page.get_by_role("link", name=re.compile(f"^{re.escape(name)}")).count():
        return who.follow(name)
    return open_alone(who, number, name)


def start(who: Traveller, name: str) -> Traveller:
    """The form's start page, to the first page of the draft."""
    assert name in who.text(), who.text()
    return first_task(who.press("Begin"))


def first_task(who: Traveller) -> Traveller:
    """The first part of the task list that can be opened."""
    return who.step("liste-parties").push(who.page.locator(".govuk-task-list__link").first)


def send(who: Traveller) -> str:
    """The button that sends, pressed twice in a hurry; returns the number on the page that follows."""
    who.step("envoyer-demande", send_button(who)).push_twice(send_button(who))
    who.page.wait_for_url("**/recepisse/")
    who.look().reads("Request sent").step("recevoir-recepisse")
    numbers = set(re.findall(r"\d{4}-\d{7}-\d{2}", who.text()))
    assert len(numbers) == 1, who.text()
    return numbers.pop()


def send_button(who: Traveller):
    """The button that sends, in one's own space or in an enterprise's."""
    return who.target("Send my request").or_(who.target("Send the request")).first


def decide(agent: Traveller, number: str, *, granted: str = "1 250,50", language: str = "fr") -> Traveller:
    """The agent finds the request in the inbox, acknowledges, decides with reasons, and reads the letter before it leaves."""
    agent.go("/guichet/").follow(number).press("Give the acknowledgement of receipt")
    form.fill_date(agent, date.today() + timedelta(days=60)).press("Send the acknowledgement of receipt")
    agent.press("Decide")
    agent.choose("Granted in part").fill("Amount granted, in euro", granted)
    agent.fill("The facts on which the decision rests", FACTS[language]).fill(
        "The rules on which it rests", LAW[language]
    )
    agent.press("Read the letter before it leaves").reads(
        "Once sent, the decision cannot be changed here. The applicant is told at once."
    )
    return agent.press("Send the decision")


def read_decision(who: Traveller, dossier: str) -> str:
    """The applicant opens the dossier and reads the letter; returns its text."""
    who.go(dossier).reads("Granted in part").step("lire-decision", who.target("Decision letter"))
    return text_of(who.download("Decision letter"))


def check_file(who: Traveller, pdf: bytes) -> Traveller:
    """Anyone hands a PDF to the page that checks receipts."""
    label = who.say("The receipt or letter as a PDF file")
    who.go("/verifier/").join(label, "recu.pdf", "application/pdf", pdf).press("Check the file")
    return who.step("verifier-document")


def check_number(who: Traveller, number: str, printed: str) -> Traveller:
    """Anyone copies what is printed on the receipt."""
    who.go("/verifier/").fill("Number of the request", number).fill("Printed fingerprint", printed)
    return who.press("Check the number")


def fingerprint(text: str) -> str:
    """The fingerprint as it is printed: eight blocks of eight."""
    found = re.search(r"(?:[0-9a-f]{8} ?){8}", text)
    assert found, text
    return found[0]
