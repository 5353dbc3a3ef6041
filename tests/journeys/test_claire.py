"""Claire, baker, self-employed: on a small screen, without JavaScript; her space opened on the way; begun here, sent from elsewhere."""

import pytest

from tests.journeys import form, story
from tests.journeys.people import CAST, LANGUAGES
from tests.paper.reading import text_of

pytestmark = [pytest.mark.browser, pytest.mark.node]
BAKERY = "0123456749"
WORD = {"fr": "inondation", "de": "Überschwemmung"}
TOTAL = {"fr": "1 670,50", "de": "1.670,50"}
GRANTED = {"fr": ("1 250,50", "Conseil d'État", "60 jours"), "de": ("1.250,50", "Staatsrat", "60 Tage")}
SEALED = {"fr": "Mon Espace l'a scellé", "de": "Mon Espace hat es am"}
KNOWN = {"fr": "la demande {} a été reçue", "de": "Der Antrag {}"}


def test_claire_files_for_her_bakery_and_reads_the_decision(someone, agent, language):
    claire = someone("claire-dubois", script=False)
    draft = open_space_and_begin(claire)
    form.fill_situation(claire)
    form.add_good(claire, *form.GOODS[0])
    claire.close()
    claire = resume_elsewhere(someone, draft)
    number = finish(claire)
    receipt(claire, number)
    the_mail_says_little(claire, number)
    story.decide(agent, number, language=language)
    letter = story.read_decision(claire, draft.removesuffix("remplir/"))
    for part in (number, story.FACTS[language], story.LAW[language], *GRANTED[language]):
        assert part in letter.replace("’", "'"), (part, letter)
    claire.open_menu().step("se-deconnecter", claire.page.locator("details.me-menu")).press("Sign out")
    claire.go("/").target("Sign in").wait_for()


def open_space_and_begin(claire) -> str:
    """She types a word, signs in with her card, gives her address, opens her space, and lands on the form; the address of her draft."""
    story.look_for(claire, WORD[claire.language]).press("File a request").sign_in("eid")
    welcome_with_an_address(claire)
    story.open_alone(claire, BAKERY, "Boulangerie Dubois")
    claire.step("verifier-bandeau", claire.page.locator(".me-band")).press("Begin")
    draft = claire.page.url
    story.first_task(claire)
    return draft


def welcome_with_an_address(claire) -> None:
    """She gives her address and copies the code from her mailbox."""
    claire.tick(LANGUAGES[claire.language])
    claire.fill("Your e-mail address", CAST[claire.person]["mail"]).step("premier-accueil").press("Save and continue")
    code = claire.code_of(claire.mail("code" if claire.language == "fr" else "Code"))
    claire.fill("Code received by e-mail", code).press("Confirm my address")


def resume_elsewhere(someone, draft: str):
    """Another device, another means: she finds her draft in her space, and goes on where she was."""
    claire = someone("claire-dubois", wide=True)
    claire.go("/").press("Find my files").sign_in("itsme")
    claire.step("choisir-espace").follow("Boulangerie Dubois")
    claire.step("reprendre-plus-tard").follow(story.title(claire))
    assert claire.page.url == draft
    return claire


def finish(claire) -> str:
    """What is left of the form, and the sending: two clicks, one number."""
    claire.follow(form.section(claire, "dommages"))
    form.add_good(claire, *form.GOODS[1])
    claire.press("Continue").reads_text(f"{TOTAL[claire.language]} €").press("Continue")
    form.fill_account(claire, known=CAST[claire.person]["mail"])
    form.declare(claire)
    number = story.send(claire)
    claire.go(f"/espaces/{BAKERY}/").reads("In progress").step("accueil-espace")
    assert claire.text().count(number) == 1
    return number


def receipt(claire, number: str) -> None:
    """The sealed PDF is accepted, and refused with one byte changed; number and printed fingerprint are accepted."""
    pdf = claire.follow(story.title(claire)).step("suivre-dossier").download("Receipt")
    text = text_of(pdf)
    for part in (number, "Claire Dubois", "Boulangerie Dubois", "Four à pain", TOTAL[claire.language]):
        assert part in text.replace("’", "'"), (part, text)
    assert "85.03.14-998.97" not in text
    middle = len(pdf) // 2
    story.check_file(claire, pdf).reads_text(SEALED[claire.language])
    story.check_file(claire, pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :])
    claire.reads(
        "This is not what Mon Espace sealed: the document was changed, is not complete, or does not come from here."
    )
    story.check_number(claire, number, story.fingerprint(text)).reads_text(KNOWN[claire.language].format(number))
    story.check_number(claire, number, "0" * 64)
    claire.reads("No request has both this number and this fingerprint: compare them with the receipt.")


def the_mail_says_little(claire, number: str) -> None:
    """The mail names the request by its number, and carries nothing of what was written in it."""
    said = claire.mail(number)
    for secret in ("Four à pain", TOTAL[claire.language], "5390", "Rue du Pont", "85.03.14"):
        assert secret not in said["subject"] + said["text"]
