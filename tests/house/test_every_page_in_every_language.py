"""Every kind of page answers in every language of the switch, and what is in another language than the page says so."""

import re

import pytest
from bs4 import BeautifulSoup, NavigableString
from django.conf import settings

from tests.house.test_access_matrix import COLUMNS, TABLE, browsers, town  # noqa: F401 (town is a fixture)
from tests.journeys.languages import NAMES

pytestmark = pytest.mark.django_db

NAME_OF = dict(settings.LANGUAGES)
SMALL = {
    "fr": "le la les est une vous votre vos pour avec dans sur cette qui ne pas au aux du sont en",
    "de": "der die das und ist Sie Ihre Ihr für mit auf nicht ein eine einer wird werden dem den von zu",
    "nl": "het een van uw en niet voor dat wordt zijn naar met deze bij aan u is of die pas",
    "en": "the your you of and with this that for is are not from which by",
}
SHOWN = {"ok": {200, 202}, "no": {403}}


def rows() -> list[tuple[str, str, str]]:
    """Each address with the first person who gets its page, and the first who is told why not."""
    found = []
    for name, row in TABLE.items():
        marks = row.split()
        found += [(name, COLUMNS[marks.index(mark)], mark) for mark in SHOWN if mark in marks]
    return found


def said_in(soup: BeautifulSoup, language: str) -> str:
    """The text of a page that is in this language, as its nearest `lang` says."""
    texts = []
    for text in soup.body.find_all(string=True):
        if type(text) is NavigableString and text.find_parent(lang=True)["lang"] == language:
            texts.append(text)
    return " ".join(" ".join(texts).split())


def strangers(text: str, language: str) -> list[str]:
    """Small words of the other languages."""
    for name in NAMES:
        text = text.replace(name, "")
    own = set(SMALL[language].split())
    others = {word for other, words in SMALL.items() if other != language for word in words.split()} - own
    return sorted(word for word in others if re.search(rf"(?<![\w'’-]){word}(?![\w'’-])", text))


@pytest.mark.parametrize("language", list(NAME_OF))
def test_every_page_answers_and_marks_what_is_in_another_language(town, client, language):  # noqa: F811
    people, wrong = browsers(client), {}
    for name, column, mark in rows():
        answer = people[column].get(town.address(name), {"langue": language})
        if answer.status_code not in SHOWN[mark]:
            wrong[f"{name} as {column}"] = answer.status_code
        elif answer.headers["Content-Type"].startswith("text/html") and not answer.streaming:
            soup = BeautifulSoup(answer.content.decode(), "html.parser")
            if soup.html is None:
                continue  # a piece of a page, put where its language is said
            for code in {soup.html["lang"], *(each["lang"] for each in soup.find_all(lang=True))}:
                if unmarked := strangers(said_in(soup, code), code):
                    wrong[f"{name} as {column}, {code}"] = unmarked
            if soup.html["lang"] != language:
                wrong[f"{name} as {column}"] = soup.html["lang"]

    assert wrong == {}


@pytest.mark.parametrize("language", list(NAME_OF))
def test_the_switch_shows_every_complete_language_on_every_page(town, client, language):  # noqa: F811
    people = browsers(client)
    for name in ("procedures:home", "procedures:page", "dossiers:page", "help:page", "desk:inbox"):
        column = COLUMNS[TABLE[name].split().index("ok")]
        soup = BeautifulSoup(
            people[column].get(town.address(name), {"langue": language}).content.decode(), "html.parser"
        )
        switch = soup.header.nav
        assert [each.text for each in switch.find_all("li")] == list(NAME_OF.values()), name
        assert switch.find(attrs={"aria-current": True}).text == NAME_OF[language], name


@pytest.mark.parametrize(("language", "sentence"), [
    ("nl", "Deze tekst bestaat alleen in deze talen: Français, Deutsch"),
    ("en", "This text only exists in these languages: Français, Deutsch"),
])  # fmt: skip
def test_a_text_that_does_not_exist_in_it_leads_to_those_that_do(town, client, language, sentence):  # noqa: F811
    people = browsers(client)
    for name in ("procedures:page", "dossiers:tasks", "dossiers:check", "dossiers:start"):
        column = COLUMNS[TABLE[name].split().index("ok")]
        soup = BeautifulSoup(
            people[column].get(town.address(name), {"langue": language}).content.decode(), "html.parser"
        )
        told = next(p for p in soup.main.find_all("p") if p.find("a", hreflang=True))
        assert " ".join(told.text.split()) == sentence, name
        assert told.find_parent(lang=True)["lang"] == language or told["lang"] == language, name
        german = people[column].get(told.find("a", hreflang="de")["href"])
        assert german.status_code == 200, name


def test_a_form_is_said_whole_in_a_language_that_it_has(town, client):  # noqa: F811
    page = browsers(client)["sophie_sends"].get(town.address("dossiers:page"), {"langue": "nl"})
    soup = BeautifulSoup(page.content.decode(), "html.parser")

    assert (soup.html["lang"], soup.title["lang"], soup.main["lang"]) == ("nl", "fr", "fr")
    assert "Que demandez-vous" in soup.main.text
    assert "Continuer" in soup.main.text
    assert "Zich afmelden" in soup.header.text
    assert "Hulp nodig?" in soup.footer.text
