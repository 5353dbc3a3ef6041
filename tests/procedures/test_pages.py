"""The Portal's pages: every procedure, every language, nothing empty, nothing that is not known."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.test import Client

from monespace.procedures import authoring
from monespace.procedures.reading import read_source

pytestmark = pytest.mark.django_db
LANGUAGES = ("fr", "de", "nl", "en")


class Reader(HTMLParser):
    """Words of <main>, empty cells of definition lists, and words that are not marked with their language."""

    def __init__(self, markup: str):
        super().__init__()
        self.inside, self.words, self.languages, self.own = False, [], [""], []
        self.feed(markup)

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        self.inside = self.inside or tag == "main"
        if tag not in ("br", "input", "meta", "link", "img"):
            self.languages.append(said.get("lang", self.languages[-1]))

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "main"
        self.languages.pop()

    def handle_data(self, data):
        if self.inside:
            self.words.append(data)
            if self.languages[-1] in ("", "de"):
                self.own.append(data)


@pytest.fixture
def visitor(catalogue, settings) -> Client:
    settings.ALLOWED_HOSTS = ["testserver"]
    return Client()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_procedure_has_its_page(visitor, content, language):
    for slug, source in content.sources.items():
        answer = visitor.get(f"/demarches/{slug}/", {"langue": language})
        markup = answer.content.decode()
        text = " ".join(Reader(markup).words)
        assert answer.status_code == 200, slug
        assert source.listing.title.get(language, source.listing.title["fr"]) in text, slug
        assert not re.search(r"\b(None|null|undefined)\b", text), slug
        assert not re.search(r"<(dd|li|p|h2|h3)[^>]*>\s*</\1>", markup), slug


def test_german_pages_mark_what_is_french(visitor, content):
    french = re.compile(r"\b(les|une|vous|votre|pour|avec|dans|est|sont|démarche)\b")
    for slug in content.sources:
        markup = visitor.get(f"/demarches/{slug}/", {"langue": "de"}).content.decode()
        assert not french.search(" ".join(Reader(markup).own)), slug


def test_what_was_deduced_says_so(visitor, content):
    slug = next(slug for slug, it in content.sources.items() if any(fact.inferred for fact in it.listing.documents))
    assert "à confirmer auprès de l'administration" in unescape(visitor.get(f"/demarches/{slug}/").content.decode())


def test_an_authority_that_was_deduced_says_so(visitor):
    deduced, read = (
        visitor.get(f"/demarches/{slug}/").content.decode() for slug in ("permis-chasse", "calamite-indemnisation")
    )
    assert re.search(
        r"Département de la Nature et des Forêts.{0,200}à confirmer auprès de l", unescape(deduced), re.DOTALL
    )
    assert not re.search(r"Service régional des calamités.{0,200}à confirmer auprès de l", unescape(read), re.DOTALL)


def test_a_closed_scheme_leads_to_what_replaced_it(visitor):
    markup = visitor.get("/demarches/prime-velo/").content.decode()
    assert "existe plus." in markup
    assert 'href="/demarches/prime-velo-communale/"' in markup


def test_a_procedure_filed_here_says_before_what_it_takes(visitor, content):
    for slug in (slug for slug, it in content.sources.items() if it.listing.next_step.kind == "form"):
        markup = visitor.get(f"/demarches/{slug}/").content.decode()
        assert f'href="/demarches/{slug}/introduire/"' in markup
        assert "Comment vous vous identifiez" in markup
    assert 'href="/demarches/calamite-indemnisation/"' in visitor.get("/").content.decode()


def test_the_act_stands_under_the_summary_and_where_the_page_ends(visitor):
    markup = visitor.get("/demarches/calamite-indemnisation/").content.decode()
    act = 'href="/demarches/calamite-indemnisation/introduire/"'
    assert markup.count(act) == 2
    assert markup.index(act) < markup.index("En bref") < markup.index("Règles et contact") < markup.rindex(act)


def test_an_address_of_contact_is_a_link_that_breaks_before_its_dots(visitor):
    markup = visitor.get("/demarches/calamite-indemnisation/").content.decode()
    assert 'href="mailto:calamites.interieur@spw.wallonie.be"' in markup
    assert "calamites<wbr>.interieur<wbr>@spw<wbr>.wallonie<wbr>.be</a>" in markup


def test_the_languages_of_a_request_are_those_of_its_form(tmp_path):
    read = read_source(authoring.new("aide-invention", tmp_path))
    assert read.listing.languages == ["fr", "de"]


def test_home_counts_its_six_groups(visitor, content):
    markup = visitor.get("/").content.decode()
    counts = [int(found) for found in re.findall(r'me-card__line">\s*(\d+) démarche', markup)]
    assert len(counts) == 6
    assert sum(counts) == sum(it.listing.status == "open" for it in content.sources.values())


@pytest.mark.parametrize("slug", ["Prime-Velo", "prime-velo)", "prime-velo.", "n'existe pas", "☃"])
def test_an_address_that_names_none_offers_the_search(visitor, slug):
    answer = visitor.get(f"/demarches/{slug}/")
    assert answer.status_code == 404
    assert 'role="search"' in answer.content.decode()


def test_on_a_narrow_screen_the_ways_to_narrow_a_list_are_one_link_away(visitor):
    page = visitor.get("/demarches/", {"q": "prime"}).content.decode()
    assert page.index('href="#narrow"') < page.index("me-card") < page.index('id="narrow"')
    assert 'href="#narrow"' not in visitor.get("/demarches/", {"q": "qqqqwwww"}).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"q": "x" * 5000}, {"page": "-1"}, {"page": "٣"}, {"page": "9" * 30}, {"theme": "../../etc"}, {"q": "<script>"},
        {"groupe": "home", "theme": "sport"}, {"public": "commune", "autorite": "forem"}, {"q": "\ud83d"},
    ],
)  # fmt: skip
def test_bad_addresses_are_answered(visitor, query):
    answer = visitor.get("/demarches/", {key: value.encode("utf-8", "replace") for key, value in query.items()})
    assert answer.status_code == 200
    assert b"<script>" not in answer.content


def test_one_result_and_many_ask_the_database_as_often(visitor, django_assert_num_queries):
    for words in ("composteur", "prime", ""):
        visitor.get("/demarches/", {"q": words})
        with django_assert_num_queries(2 if words else 1):
            visitor.get("/demarches/", {"q": words})


def test_every_page_of_a_procedure_asks_twice(visitor, django_assert_num_queries):
    for slug in ("prime-velo", "prime-habitation", "composition-menage"):
        with django_assert_num_queries(2):
            visitor.get(f"/demarches/{slug}/")


def test_search_engines_are_told_what_is_public(visitor, content):
    assert visitor.get("/sitemap.xml").content.decode().count("<loc>") == len(content.sources) + 2
    robots = visitor.get("/robots.txt").content.decode()
    assert "Disallow: /espaces/" in robots
    assert "/sitemap.xml" in robots


@pytest.mark.parametrize(("words", "language", "said"), [("divorce", "fr", "tribunal de la famille"), ("mes passeports", "fr", "commune"),
                                                        ("Scheidung", "de", "Familiengericht")])  # fmt: skip
def test_what_the_portal_does_not_handle_says_where_it_is_done(visitor, words, language, said):
    text = " ".join(Reader(visitor.get("/demarches/", {"q": words, "langue": language}).content.decode()).words)
    assert said in text
    assert {"fr": "Population et état civil", "de": "Bevölkerung und Personenstand"}[language] in text


def test_who_says_more_is_not_sent_elsewhere(visitor):
    assert "guichet de votre commune" not in visitor.get("/demarches/", {"q": "passeport entreprise"}).content.decode()


def test_each_chosen_facet_has_its_way_out(visitor):
    markup = visitor.get("/demarches/", {"q": "prime", "public": "citizen", "theme": "housing"}).content.decode()
    assert 'href="/demarches/?q=prime&amp;public=citizen"' in markup
    assert 'href="/demarches/?q=prime&amp;theme=housing"' in markup
