"""A session that ended, or is too weak for what a form asks, loses nothing: the form comes back as it was left, to its writer alone."""

import re

import pytest

from monespace.identity.models import SignIn
from monespace.spaces.models import Invitation
from tests.cast import COMMUNE, HUGO, PHILIPPE
from tests.factories import client_of, enterprise, signed_in, title

pytestmark = pytest.mark.django_db
INVITE = f"/espaces/{COMMUNE.number}/acces/inviter/"
TYPED = {
    "given_names": "Inès",
    "family_name": "Carlier",
    "email": "ines@lambiotte.example",
    "kind": "prepare",
    "scope": "*",
}


@pytest.fixture
def philippe():
    title(enterprise(COMMUNE), PHILIPPE, "gap")
    return client_of(PHILIPPE)


def writer(page) -> str:
    return re.search(r'name="writer" value="([^"]+)"', page.content.decode())[1]


def come_back(browser, who, level: int = 500) -> None:
    """Signs in again in the same browser: what the session had kept is carried over, as the portal does."""
    session = browser.session
    session["sign_in"] = str(signed_in(who, level).pk)
    session.save()


def weaken(level: int) -> None:
    SignIn.objects.update(level=level)


@pytest.mark.parametrize("level", [200, 400])
def test_a_form_that_asks_for_a_stronger_proof_is_given_back_as_it_was(philippe, level: int) -> None:
    given = {**TYPED, "writer": writer(philippe.get(INVITE))}
    weaken(level)
    answer = philippe.post(INVITE, given)
    assert answer.url.startswith("/connexion/?suite=")
    assert "&niveau=450" in answer.url or level == 200
    come_back(philippe, PHILIPPE)

    page = philippe.get(INVITE)
    assert 'value="Inès"' in page.content.decode()
    assert 'value="ines@lambiotte.example"' in page.content.decode()
    assert not Invitation.objects.exists(), "coming back invites nobody"
    assert 'value="Inès"' not in philippe.get(INVITE).content.decode(), "once"


def test_it_is_given_back_to_nobody_else(philippe) -> None:
    title(enterprise(COMMUNE), HUGO, "gap")
    given = {**TYPED, "writer": writer(philippe.get(INVITE))}
    weaken(400)
    philippe.post(INVITE, given)
    come_back(philippe, HUGO)

    assert 'value="Inès"' not in philippe.get(INVITE).content.decode()
    come_back(philippe, PHILIPPE)
    assert 'value="Inès"' not in philippe.get(INVITE).content.decode(), "whoever came between has spoilt it"


def test_what_is_kept_cannot_be_read_in_the_session(philippe) -> None:
    given = {**TYPED, "writer": writer(philippe.get(INVITE))}
    weaken(400)
    philippe.post(INVITE, given)

    assert "typed" in philippe.session
    assert "Inès" not in str(dict(philippe.session))


def test_each_form_of_somebody_signed_in_says_whose_it_is(philippe) -> None:
    texts = [philippe.get(path).content.decode() for path in (INVITE, "/profil/", "/espaces/ouvrir/")]
    assert all(text.count('name="writer"') == text.count('name="csrfmiddlewaretoken"') > 0 for text in texts)
