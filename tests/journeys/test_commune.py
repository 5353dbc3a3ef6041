"""The commune of Valmoulin: two sign together, a manager accepts and invites, one colleague prepares, another sends.

Paul had tried to begin before he had any access: he is led back to the form once his access is confirmed.
"""

import pytest

from tests.journeys import form, story
from tests.journeys.people import CAST

pytestmark = [pytest.mark.browser, pytest.mark.node]
COMMUNE, NAME = "0123430421", "Commune de Valmoulin"


def test_four_people_open_the_space_and_two_file(someone, agent):
    paul_comes_too_early(someone)
    anne_names_philippe(someone)
    benoit_signs_too(someone)
    philippe = philippe_accepts(someone)
    invite(philippe, "sophie-marechal", "Submit", pinned=True)
    invite(philippe, "paul-ndiaye", "Prepare", pinned=False)
    paul_accepts_and_waits(someone)
    philippe_confirms(philippe)
    draft = paul_prepares_and_cannot_send(someone)
    sophie = sophie_sends(someone, draft)
    number = story.send(sophie)
    story.decide(agent, number, language=sophie.language)
    assert number in story.read_decision(sophie, draft)
    philippe_withdraws(philippe, "Sophie Maréchal")
    sophie.go(f"/espaces/{COMMUNE}/", status=404)
    philippe_leaves(philippe)


def paul_comes_too_early(traveller) -> None:
    """He wants to begin and acts for nobody yet: the portal keeps what he came for."""
    paul = story.begin(traveller("paul-ndiaye"), "sms")
    paul.reads("You do not act for any enterprise yet.").unfold("I am waiting for an invitation")
    paul.press("Bring me back to this procedure afterwards")
    paul.reads("Noted: as soon as you may begin this procedure, we bring you back to it, on any device.")


def anne_names_philippe(traveller) -> None:
    """The mayor, with the director general: she signs first."""
    anne = story.begin(traveller("anne-collard", wide=True)).press("Open this space")
    anne.reads_text("Benoît Henrard")
    anne.press("Name the main access manager")
    describe(anne, "philippe-warnier").step("designer-gap")
    pin_to(anne, "philippe-warnier").press("Sign and ask for the second signature")
    anne.reads_text("Philippe Warnier")


def benoit_signs_too(traveller) -> None:
    """The second signature is asked for among his own spaces."""
    benoit = traveller("benoit-henrard").go("/espaces/").sign_in("itsme", known=False)
    benoit.press("Sign the designation of %(who)s as main access manager (GAP)", who="Philippe Warnier")
    benoit.step("contresigner").press("Sign the designation")


def philippe_accepts(traveller):
    """The manager becomes one by his own sign-in and acceptance; managing is not acting."""
    philippe = traveller("philippe-warnier", wide=True).go("/espaces/").sign_in("eid", known=False)
    philippe.press("Invitation to act for %(name)s", name=NAME).step("accepter-designation").press("Accept")
    philippe.go(f"/espaces/{COMMUNE}/").reads("You manage access here; you do not file requests.")
    return philippe.press("Manage access")


def describe(manager, person: str):
    """Name and address of a colleague."""
    member = CAST[person]
    manager.fill("First name", member["given_name"]).fill("Family name", member["surname"])
    return manager.fill("E-mail address", member["mail"])


def pin_to(manager, person: str):
    """The national number of a colleague: what is offered is then for this person alone."""
    return manager.fill("National number", CAST[person]["national_number"])


def invite(manager, person: str, role: str, *, pinned: bool) -> None:
    """An invitation, read again before it is sent."""
    manager.go(f"/espaces/{COMMUNE}/acces/").step("ouvrir-acces").press("Invite a person")
    describe(manager, person).step("inviter-personne").choose(role)
    manager.step("choisir-role", manager.page.get_by_label(manager.say(role), exact=True).first)
    if pinned:
        pin_to(manager, person)
    manager.press("Continue to the check").step("envoyer-invitation")
    assert CAST[person]["national_number"] not in manager.page.content()
    manager.press("Send the invitation").reads("Invitations that wait")


def paul_accepts_and_waits(traveller) -> None:
    """The mail's link proves nothing by itself: whoever accepts is first looked at by the one who invited."""
    paul = traveller("paul-ndiaye")
    said = paul.mail("/invitations/")["text"]
    link = next(word for word in said.split() if "/invitations/" in word)
    paul.go(link).sign_in("sms").step("accepter-invitation").press("Accept")
    paul.reads("You have accepted").go(f"/espaces/{COMMUNE}/", status=404)


def philippe_confirms(philippe) -> None:
    """He sees the proven identity beside the name that he had written."""
    philippe.go("/espaces/").press("Confirm the access of %(who)s", who="Paul Ndiaye")
    philippe.step("confirmer-personne").press("Confirm: it is this person").reads_text("Paul Ndiaye")


def paul_prepares_and_cannot_send(traveller) -> str:
    """On another device he is led back to the form; he fills it in; the page says that a colleague sends it. The dossier's address."""
    paul = traveller("paul-ndiaye", wide=True).go("/espaces/").sign_in("itsme")
    paul.press("Notifications").press("You may now act for %(name)s.", name=NAME)
    story.start(paul, NAME)
    dossier = paul.page.url.split("remplir/")[0]
    form.fill_in(paul)
    assert not story.send_button(paul).count()
    paul.reads_text(paul.say("Submit"))
    return dossier


def sophie_sends(traveller, dossier: str):
    """She accepts, finds the draft of her colleague in the space, and goes on to the same check page."""
    sophie = traveller("sophie-marechal").go("/espaces/").sign_in("eid", known=False)
    sophie.press("Invitation to act for %(name)s", name=NAME).press("Accept")
    sophie.go(f"/espaces/{COMMUNE}/").follow(story.title(sophie))
    assert sophie.page.url == f"{dossier}remplir/"
    return sophie.press("Check and send")


def philippe_withdraws(philippe, name: str) -> None:
    """A colleague leaves: her access ends at once."""
    philippe.go(f"/espaces/{COMMUNE}/acces/").follow(name).press("Withdraw")
    philippe.step("retirer-acces").choose("The person no longer works here")
    philippe.press("Withdraw this access").reads("The access is withdrawn.")


def philippe_leaves(philippe) -> None:
    """The last manager may leave; he is told what it means."""
    philippe.go(f"/espaces/{COMMUNE}/acces/").follow("Philippe Warnier").press("Give back")
    philippe.step("quitter-fonction").press("Give back this access")
    philippe.go(f"/espaces/{COMMUNE}/", status=404)
