"""What an agent types wrongly is asked back beside its field, with what he typed kept."""

import pytest
from bs4 import BeautifulSoup

from monespace.dossiers.models import Decision, Dossier
from tests.desk import scene


def refused(browser, address: str, data: dict) -> str:
    """The words of the errors; asserts that nothing was done and that each error is beside its field."""
    answer = browser.post(address, data)
    assert answer.status_code == 422
    page = BeautifulSoup(answer.content, "html.parser")
    links = [link["href"][1:] for link in page.select(".govuk-error-summary a")]
    assert links
    assert all(page.find(id=name) for name in links)
    assert not Decision.objects.exists()
    return " ".join(error.get_text(" ", strip=True) for error in page.select(".govuk-error-message"))


@pytest.fixture
def decide(isabelle):
    """Posts a changed verdict to a dossier in examination."""
    dossier, browser = scene.dossier(state="acknowledged"), scene.client(isabelle)
    return lambda **change: refused(
        browser, f"/guichet/{dossier.ref}/decider/", {**scene.VERDICT, "send": "1", **change}
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"amount": "1.250"}, "peut se lire de deux façons"),
        ({"amount": "beaucoup"}, "Écrivez un nombre en chiffres"),
        ({"amount": "-5"}, "Indiquez un montant supérieur à zéro"),
        ({"amount": "0"}, "Indiquez un montant supérieur à zéro"),
        ({"amount": "99999999999"}, "Ce nombre est trop grand"),
        ({"amount": "9" * 70}, "Raccourcissez ce texte\u00a0: 60 caractères au plus"),
        ({"amount": "5\x00"}, "caractères invisibles"),
        ({"amount": "1,255"}, "peut se lire de deux façons"),
        ({"outcome": "refused"}, "Laissez le montant vide"),
        ({"outcome": "everything"}, "Choisissez une des issues proposées."),
        ({"outcome": ""}, "Choisissez ce que vous décidez."),
        ({"facts": "  "}, "Indiquez les faits"),
        ({"law": ""}, "Indiquez les règles"),
        ({"facts": "x" * 10_001}, "Raccourcissez ce texte"),
        ({"facts": "a\x07b"}, "caractères invisibles"),
        ({"law": "статья 12"}, "Écrivez en lettres latines"),
    ],
)
def test_a_wrong_decision_is_asked_back(decide, change, said):
    assert said in decide(**change)


def test_what_was_typed_is_kept(isabelle):
    dossier, browser = scene.dossier(state="acknowledged"), scene.client(isabelle)

    page = browser.post(f"/guichet/{dossier.ref}/decider/", {**scene.VERDICT, "amount": "1.250"}).content.decode()

    assert 'value="1.250"' in page
    assert "80 cm" in page
    assert "<title>Erreur" in page


@pytest.mark.parametrize("amount", ["1250,50", "1 250,50", "1.250,50"])
def test_three_ways_of_writing_one_amount(isabelle, amount):
    dossier, browser = scene.dossier(state="acknowledged"), scene.client(isabelle)

    browser.post(f"/guichet/{dossier.ref}/decider/", {**scene.VERDICT, "amount": amount, "send": "1"})

    assert str(Decision.objects.get().amount) == "1250.50"


@pytest.mark.parametrize(
    "parts", [(), ("31", "2", "2027"), ("1", "1", "2020"), ("1", "1", "2999"), ("x", "é", "²"), ("1", "", "2030")]
)
def test_a_wrong_date_is_asked_back(isabelle, parts):
    dossier, date = scene.dossier(), dict(zip(("due_on.day", "due_on.month", "due_on.year"), parts, strict=False))

    assert refused(scene.client(isabelle), f"/guichet/{dossier.ref}/accuse/", date)
    assert Dossier.objects.get(pk=dossier.pk).state == "submitted"


@pytest.mark.parametrize("page", ["conflit", "numeros"])
@pytest.mark.parametrize("data", [{"reason": "curiosity"}, {"x": "1"}])
def test_a_wrong_reason_is_asked_back(isabelle, page, data):
    assert refused(scene.client(isabelle), f"/guichet/{scene.dossier().ref}/{page}/", data)


@pytest.mark.parametrize(
    "query", ["etat=tous", "etat=%00", "demarche=prime-velo", "retard=oui", "q=%25_", "q=" + "9" * 400, "apres=ZZZZZZZZ",
              "avant=%C3%A9", "apres='", "q=2026%0A", "etat=decides&retard=1&q=1"],
)  # fmt: skip
def test_a_tampered_address_is_never_a_fault(isabelle, query):
    scene.dossier()

    assert scene.client(isabelle).get(f"/guichet/?{query}").status_code in {200, 400}


@pytest.mark.parametrize(("state", "page", "said"), [
    ("submitted", "decider", "accusé de réception"), ("acknowledged", "accuse", "déjà donné"),
    ("decided", "decider", "déjà décidée"), ("withdrawn", "decider", "retirée"), ("withdrawn", "accuse", "retirée"),
])  # fmt: skip
def test_a_stale_page_gets_a_sentence(isabelle, state, page, said):
    dossier, browser = scene.dossier(state=state), scene.client(isabelle)

    for answer in (
        browser.get(f"/guichet/{dossier.ref}/{page}/"),
        browser.post(f"/guichet/{dossier.ref}/{page}/", scene.VERDICT),
    ):
        assert answer.status_code == 409
        assert said in answer.content.decode().replace("&#39;", "'")
    assert "80 cm" in answer.content.decode()
