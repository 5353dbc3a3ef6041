"""Every help page exists in French and in German, says the same things in every language it has, and leads somewhere."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.urls import resolve
from django.utils.translation import override

from monespace.help import queries
from monespace.help.content import ContentError, read, topics_in
from monespace.help.markup import html

LANGUAGES = [code for code, _name in settings.LANGUAGES]
PAGES = [(language, topic.slug) for language in LANGUAGES for topic in queries.topics(language)]
LINK = re.compile(r'href="(/[^"]*)"')
WORDS_OF_FRENCH = {
    "le",
    "la",
    "les",
    "une",
    "du",
    "et",
    "est",
    "pour",
    "avec",
    "votre",
    "vous",
    "nous",
    "dans",
    "sur",
    "qui",
    "que",
}
MUST_EXIST = [
    "guide-gestionnaire-acces",
    "guide-utilisateur-professionnel",
    "s-identifier",
    "accessibilite",
    "vie-privee",
    "securite",
]


def text_of(markup: str) -> str:
    return re.sub(r"<[^>]+>", " ", markup)


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "fr"])
def test_each_topic_has_the_same_parts_in_every_language(language):
    french, own = ({topic.slug: topic for topic in topics_in(code)} for code in ("fr", language))

    assert own.keys() == french.keys() if language in settings.WRITTEN_LANGUAGES else own.keys() <= french.keys()
    for slug, other in own.items():
        topic = french[slug]
        assert [(one.level, one.id, one.step) for one in topic.headings] == [
            (one.level, one.id, one.step) for one in other.headings
        ], slug
        assert (topic.front.kind, topic.front.order, topic.front.asked) == (
            other.front.kind,
            other.front.order,
            other.front.asked,
        ), slug
        assert topic.body.count("\n- ") == other.body.count("\n- "), slug
        assert topic.body.count("\n| ") == other.body.count("\n| "), slug
        assert LINK.findall(html(topic)) == LINK.findall(html(other)), slug


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_portal_leads_to_is_there(language):
    kinds = {topic.slug: topic.front.kind for topic in queries.topics(language)}

    assert set(MUST_EXIST) <= kinds.keys()
    assert sum(topic.front.asked for topic in queries.topics(language)) == 3


@pytest.mark.parametrize(("language", "slug"), PAGES)
def test_links_inside_the_portal_resolve_to_their_place(language, slug):
    topic = queries.topic(slug, language)
    for address in LINK.findall(html(topic)):
        path, _, anchor = address.partition("#")
        match = resolve(path.partition("?")[0])
        if match.view_name == "help:page":
            target = queries.topic(match.kwargs["topic"], language)
            assert target is not None, address
            assert not anchor or anchor in {heading.id for heading in target.headings}, address


@pytest.mark.parametrize("slug", [topic.slug for topic in queries.topics("fr")])
def test_french_keeps_its_spaces(slug):
    source = (settings.CONTENT_DIR / "help" / "fr" / f"{slug}.md").read_text(encoding="utf-8")
    topic = queries.topic(slug, "fr")
    shown = " ".join([topic.title, topic.summary, text_of(html(topic))])
    plain = re.sub(r"https?://\S+|\d\d:\d\d|&\w+;", "x", shown)

    assert re.findall(r".{12}(?:[^\s\u00a0][;?!»]|(?<!\u00a0)[:»](?!\S)|«(?!\u00a0)| [:;?!»]).{3}", plain) == []
    assert "Veuillez" not in source
    assert "ci-dessous" not in source


@pytest.mark.parametrize("slug", [topic.slug for topic in queries.topics("de")])
def test_german_holds_no_french_function_word(slug):
    topic = queries.topic(slug, "de")
    words = set(re.findall(r"\w+", text_of(html(topic)) + topic.title + " " + topic.summary))

    assert words & WORDS_OF_FRENCH == set()


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "slug"), PAGES)
def test_each_page_opens_without_reading_the_database(language, slug, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = Client().get(f"/aide/{slug}/?langue={language}")

    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == language
    assert queries.topic(slug, language).title in answer.content.decode().replace("&#39;", "'")


@pytest.mark.django_db
def test_a_guide_without_dutch_is_shown_in_french_and_says_so():
    page = BeautifulSoup(Client().get("/aide/guide-gestionnaire-acces/?langue=nl").content.decode(), "html.parser")
    told = page.main.find("a", hreflang="de").parent

    assert (page.html["lang"], page.h1["lang"]) == ("nl", "fr")
    assert page.find("h2", id="configuration-initiale").find_parent(lang=True)["lang"] == "fr"
    assert " ".join(told.text.split()) == "Deze tekst bestaat alleen in deze talen: Français, Deutsch"
    assert told.find_parent(lang=True)["lang"] == "nl"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_help_centre_holds_every_topic_in_every_language(language):
    assert {topic.slug for topic in queries.topics(language)} == {topic.slug for topic in queries.topics("fr")}
    assert queries.languages_of("code-pin-oublie") == ["fr", "de", "nl", "en"]


@pytest.mark.django_db
def test_an_unknown_page_is_not_found():
    assert Client().get("/aide/pas-une-page/").status_code == 404
    assert Client().get("/aide/securite.pdf").status_code == 404


@pytest.mark.django_db
def test_the_helpdesk_of_the_settings_stands_in_the_text(settings):
    settings.HELPDESK_PHONE, settings.HELPDESK_MAIL = "087 00 00 00", "aide@commune.example"
    html.cache_clear()

    page = Client().get("/aide/sans-moyen-numerique/").content.decode()
    html.cache_clear()

    assert 'href="tel:+3287000000"' in page
    assert "078 79 01 02" not in page.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("# Rien", "begin with"),
        ("---\ntitle: T\n---\n", "front matter does not fit"),
        ("---\ntitle: [\n---\n", "front matter does not fit"),
        ("---\ntitle: T\nsummary: S\nkind: page\norder: 1\nupdated: 2026-01-01\n---\n## Sans id\n", "id of its own"),
        (
            "---\ntitle: T\nsummary: S\nkind: page\norder: 1\nupdated: 2026-01-01\n---\n## A {#a}\n\n## B {#a}\n",
            "id of its own",
        ),
    ],
)
def test_an_author_is_told_what_is_wrong(tmp_path: Path, text, complaint):
    file = tmp_path / "fr" / "sujet.md"
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")

    with pytest.raises(ContentError, match=complaint):
        read(file)


def test_markup_in_a_page_is_shown_and_never_run(tmp_path: Path):
    file = tmp_path / "fr" / "sujet.md"
    file.parent.mkdir()
    head = "---\ntitle: T\nsummary: S\nkind: page\norder: 1\nupdated: 2026-01-01\n---\n"
    file.write_text(head + "<script>x</script> et [ici](javascript:x)\n", encoding="utf-8")

    with override("fr"):
        shown = html(read(file))

    assert "<script" not in shown
    assert "href" not in shown
