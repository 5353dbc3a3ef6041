"""One finds help with one's own words: without accents, in the plural, with a slip of the finger."""

import pytest
from django.test import Client

from monespace.help import queries

ASKED = [
    ("fr", "je ne trouve pas ma société", "entreprise-introuvable"),
    ("fr", "entreprise introuvable", "entreprise-introuvable"),
    ("fr", "oublie code pin", "code-pin-oublie"),
    ("fr", "PUK", "code-pin-oublie"),
    ("fr", "mes délais", "suivi-dossier"),
    ("fr", "colègue parti", "collegue-parti"),
    ("fr", "hameconage", "securite"),
    ("fr", "handicapés", "accessibilite"),
    ("fr", "associations de fait", "association-sans-numero"),
    ("fr", "comment inviter mes collègues", "guide-gestionnaire-acces"),
    ("fr", "RGPD", "vie-privee"),
    ("fr", "accès refusé", "je-ne-peux-pas"),
    ("fr", "qui est le gap", "gap-inconnu"),
    ("fr", "mauvaise adresse", "donnee-inexacte"),
    ("de", "Unternehmen fehlt", "entreprise-introuvable"),
    ("de", "pin vergessen", "code-pin-oublie"),
    ("de", "wo ist meine Akte", "suivi-dossier"),
    ("de", "Datenshutz", "vie-privee"),
    ("de", "Verein", "association-sans-numero"),
    ("de", "Uberpruefung barrierefrei", "accessibilite"),
    ("de", "Kartenleser", "s-identifier"),
    ("nl", "ik vind mijn bedrijf niet", "entreprise-introuvable"),
    ("nl", "pincode vergeten", "code-pin-oublie"),
    ("nl", "hoe ver staat mijn dossier", "suivi-dossier"),
    ("nl", "feitelijke verenigingen", "association-sans-numero"),
    ("nl", "privecy", "vie-privee"),
    ("en", "I cannot find my company", "entreprise-introuvable"),
    ("en", "forgotten PIN", "code-pin-oublie"),
    ("en", "where is my request", "suivi-dossier"),
    ("en", "who looked at my data", "qui-voit-mes-donnees"),
    ("en", "accesibility", "accessibilite"),
]


@pytest.mark.parametrize(("language", "words", "expected"), ASKED)
def test_the_right_page_comes_first(language, words, expected):
    assert queries.search(words, language)[0].topic.slug == expected


def test_accents_capitals_and_plurals_change_nothing():
    first = [found.url for found in queries.search("récépissé", "fr")]

    assert first
    assert first == [found.url for found in queries.search("RECEPISSES", "fr")]


def test_a_result_leads_to_the_chapter_that_answers():
    assert queries.search("cookies", "fr")[0].url == "/aide/vie-privee/#cookies"


@pytest.mark.parametrize("words", ["", "   ", "le la les", "xyzzy", "?!", "\u202e\u0416\u4e2d", "a" * 500])
def test_what_finds_nothing_says_so(words):
    assert queries.search(words, "fr") == []


@pytest.mark.django_db
def test_the_page_keeps_the_words_and_offers_a_person():
    page = Client().get("/aide/recherche/", {"q": "<b>xyzzy</b>", "langue": "fr"}).content.decode()

    assert 'value="&lt;b&gt;xyzzy&lt;/b&gt;"' in page
    assert page.count('href="tel:+3278790102"') > 1
    assert "<b>xyzzy" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/aide/", "/aide/recherche/?q=pin", "/aide/recherche/?q=x", "/aide/contact/", "/avis/", "/avis/merci/"]
)
def test_pages_read_nothing_in_the_database(path, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Client().get(path).status_code == 200
