"""What the file of the ways says of the portal's own code holds everywhere; and what is typed or changed around it is not lost."""

import html

import pytest

from monespace.identity.models import SignIn, SmsCode
from monespace.journal.models import Entry
from monespace.notices.models import Mail, Notice
from tests.cast import CLAIRE
from tests.factories import client_of, person
from tests.identity import phones
from tests.identity.phones import NUMBER, OTHER, PASSWORD, WAY, ask, browser, enter, last_code, messages, type_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_code")]


@pytest.fixture
def always(own_code, settings, tmp_path) -> None:
    """The file says that the way proves 400 at least."""
    settings.SIGN_IN_FILE = tmp_path / "always.yaml"
    settings.SIGN_IN_FILE.write_text(WAY.replace("level: 200", "level: 400"), encoding="utf-8")


@pytest.fixture
def off(own_code, settings, tmp_path) -> None:
    """The file does not offer the way."""
    settings.SIGN_IN_FILE = tmp_path / "off.yaml"
    settings.SIGN_IN_FILE.write_text(WAY.splitlines()[0] + "\n" + WAY.splitlines()[1], encoding="utf-8")


def words(answer) -> str:
    return html.unescape(answer.content.decode())


@pytest.mark.usefixtures("always")
def test_a_way_of_400_always_asks_the_password_and_opens_nothing_without_it() -> None:
    phones.bound(password=PASSWORD)
    mine = browser()
    assert ask(mine).status_code == 422
    assert messages() == []
    assert enter(mine, password="quatre chevaux").url == "/connexion/code/mot-de-passe/"
    assert 'name="without"' not in words(mine.get("/connexion/code/mot-de-passe/"))
    assert mine.post("/connexion/code/mot-de-passe/", {"without": "1"}).status_code == 422
    assert not SignIn.objects.exists()
    assert mine.post("/connexion/code/mot-de-passe/", {"password": PASSWORD}).url == "/espaces/"
    assert SignIn.objects.get().level == 400


@pytest.mark.usefixtures("always")
def test_a_number_without_password_is_said_after_the_right_code_alone() -> None:
    phones.bound()
    mine = browser()
    enter(mine, password=PASSWORD)
    page = words(mine.get("/connexion/code/mot-de-passe/"))
    assert "aucun mot de passe n'accompagne encore ce numéro" in page
    assert 'type="password"' not in page
    assert mine.post("/connexion/code/mot-de-passe/", {"password": PASSWORD}).status_code == 422
    assert not SignIn.objects.exists()


@pytest.mark.usefixtures("always")
def test_whoever_binds_a_number_there_chooses_its_password_at_once() -> None:
    mine = client_of(CLAIRE)
    mine.post("/profil/telephone/", {"number": NUMBER})
    answer = mine.post("/profil/telephone/code/", {"code": last_code()})
    assert answer.url == "/profil/telephone/mot-de-passe/?fait=lie"
    page = words(mine.get(answer.url))
    assert "Votre numéro est enregistré" in page
    assert "sans lui, le code n'ouvre rien" in page


def test_a_way_of_200_leaves_the_choice_and_is_offered_where_400_is_asked() -> None:
    phones.bound()
    assert enter(browser()).url == "/profil/"
    page = words(browser().get("/connexion/", {"suite": "/espaces/", "niveau": "400"}))
    assert 'value="code"' in page
    assert 'value="code"' not in words(browser().get("/connexion/", {"niveau": "450"}))


def test_the_profile_leads_to_the_number_where_the_way_is_on() -> None:
    assert 'href="/profil/telephone/"' in words(client_of(CLAIRE).get("/profil/"))


@pytest.mark.usefixtures("off")
def test_where_the_way_is_off_nothing_shows_it_but_a_number_bound_before_is_removed() -> None:
    mine = client_of(CLAIRE)
    assert "/profil/telephone/" not in words(mine.get("/profil/"))
    assert mine.get("/profil/telephone/").url == "/profil/"
    assert mine.post("/profil/telephone/", {"number": NUMBER}).url == "/profil/"
    assert ask(browser()).url.startswith("/connexion/?")
    phones.bound()
    assert 'href="/profil/telephone/"' in words(mine.get("/profil/"))
    page = words(mine.get("/profil/telephone/"))
    assert 'name="unbind"' in page
    assert 'name="number"' not in page
    assert mine.post("/profil/telephone/", {"number": OTHER}).status_code == 200
    assert messages() == []
    assert mine.post("/profil/telephone/", {"unbind": "1"}).status_code == 303
    assert not hasattr(person(CLAIRE), "boundphone")


def test_a_password_that_changes_ends_what_the_one_before_had_opened() -> None:
    phones.bound(password=PASSWORD)
    thief, late, mine = browser(), browser(), client_of(CLAIRE)
    enter(thief, password=PASSWORD)
    ask(late, password=PASSWORD)
    code = last_code()
    mine.post("/profil/telephone/mot-de-passe/", {"password": "huit vaches dans le pré"})
    assert thief.get("/profil/").url.startswith("/connexion/")
    assert type_code(late, code).url == "/connexion/code/mot-de-passe/", "the old password opens nothing any more"
    assert mine.get("/profil/").status_code == 200
    assert "mot de passe" in Mail.objects.get(to=CLAIRE.email).subject
    assert Entry.objects.filter(act="phone.password_set").exists()


def test_another_telephone_number_in_the_profile_is_told_and_the_first_one_is_not_news() -> None:
    mine = client_of(CLAIRE)
    mine.post("/profil/", {"language": "fr", "email": CLAIRE.email, "phone": NUMBER})
    before = Mail.objects.count()
    mine.post("/profil/", {"language": "fr", "email": CLAIRE.email, "phone": OTHER})
    mine.post("/profil/", {"language": "fr", "email": CLAIRE.email, "phone": OTHER})
    told = Mail.objects.order_by("-created_at")[: Mail.objects.count() - before]
    assert [mail.subject for mail in told] == ["Le numéro de téléphone de votre compte dans Mon Espace a été changé"]
    assert Notice.objects.filter(path="/profil/").count() == before + 1


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/profil/", {"language": "de", "email": "neuf@courrier.example", "phone": ""}),
        ("/profil/telephone/", {"number": OTHER}),
    ],
)
def test_what_was_typed_when_the_session_ended_is_there_again(path: str, typed: dict) -> None:
    mine = client_of(CLAIRE)
    page = mine.get(path)
    writer = words(page).split('name="writer" value="', 1)[1].split('"', 1)[0]
    SignIn.objects.update(ended_at="2026-01-01T00:00Z")
    assert mine.post(path, {**typed, "writer": writer}).url.startswith("/connexion/")
    session = mine.session
    session["sign_in"] = str(SignIn.objects.create(person=person(CLAIRE), method="eid", level=500).pk)
    session.save()
    page = words(mine.get(path))
    assert [value for value in typed.values() if value not in page] == []
    assert not any(value in words(mine.get(path)) for value in typed.values() if len(value) > 2), "once"


def test_codes_and_passwords_are_not_kept_for_after_a_session() -> None:
    phones.bound()
    mine = client_of(CLAIRE)
    page = words(mine.get("/profil/telephone/mot-de-passe/"))
    writer = page.split('name="writer" value="', 1)[1].split('"', 1)[0]
    SignIn.objects.update(ended_at="2026-01-01T00:00Z")
    mine.post("/profil/telephone/mot-de-passe/", {"password": PASSWORD, "writer": writer})
    mine.post("/profil/telephone/code/", {"code": "123456", "writer": writer})
    assert "typed" not in mine.session
    assert not SmsCode.objects.exists()
