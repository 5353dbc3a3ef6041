"""What stands on every page, in the same place, signed in or not; nothing inline; the 500 page needs nothing."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.template import loader
from django.utils import translation

from tests.ui.gallery import HELPDESK, STRANGER, gallery, page

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
ERRORS = ["400.html", "403.html", "404.html", "csrf.html"]


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def test_the_header_reads_in_the_agreed_order():
    header = soup(gallery()).header
    said = [" ".join(part.text.split()) for part in header.find_all(["a", "summary", "span"], recursive=True)]
    order = ["Mon Espace", "Français", "Deutsch", "Notifications, 2 non lues", "Claire Dubois", "Centre d'aide",
             "078 79 01 02", "aideenligne@wallonie.be"]  # fmt: skip
    assert [text for text in said if text in order] == order


@pytest.mark.parametrize("template", [*ERRORS, "500.html", "offline.html"])
def test_help_is_at_the_same_place_signed_in_or_not(template):
    for more in ({}, {"person": STRANGER, "space": None}):
        header = soup(page(template, **more)).header
        assert [link["href"] for link in header.select(".me-header__help a")] == [
            "/aide/", "tel:+3278790102", "mailto:aideenligne@wallonie.be",
        ]  # fmt: skip


def test_language_links_say_their_language():
    shown = soup(gallery("de"))
    assert shown.html["lang"] == "de"
    link = shown.header.find("a", hreflang=True)
    assert (link["href"], link["lang"], link["hreflang"], link.text) == ("/?langue=fr", "fr", "fr", "Français")


def test_the_band_says_for_whom_and_in_which_role():
    band = soup(gallery()).select_one(".me-band--professional")
    words = " ".join(band.text.split())
    assert "Vous agissez au nom de Boulangerie Dubois 0123.456.749" in words
    assert "Votre rôle\u00a0: Introduire" in band.text
    assert band.find("a", string="Changer d'espace")["href"] == "/espaces/"


def test_signing_out_is_a_post_with_its_token():
    form = soup(gallery()).select_one(".me-menu form")
    assert form["method"] == "post"
    assert len(form.find("input", attrs={"name": "csrfmiddlewaretoken"})["value"]) == 64


def test_the_footer_leads_to_what_the_law_asks_for():
    links = [link["href"] for link in soup(gallery()).footer.find_all("a")]
    assert {"/aide/accessibilite/", "/aide/vie-privee/", "/aide/securite/"} <= set(links)
    assert "/aide/avis/?page=/galerie/" in links


def test_the_title_says_that_something_is_wrong():
    assert soup(gallery()).title.text.startswith("Erreur\u00a0: ")
    assert soup(page("404.html")).title.text == "Page introuvable – Mon Espace"


@pytest.mark.parametrize("template", ["500.html", "offline.html"])
@pytest.mark.parametrize("language", ["fr", "de"])
def test_the_last_resort_pages_need_no_database_and_no_context(template, language, settings):
    settings.ROOT_URLCONF = "nothing.here"
    with translation.override(language):
        html = loader.get_template(template).render({"helpdesk": HELPDESK})
    shown = soup(html)
    assert shown.html["lang"] == language
    assert "078 79 01 02" in shown.main.text
    assert shown.h1.text


def test_nothing_is_inline_in_any_template():
    inline = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=\"|href=\"javascript:|\bdata:[a-z]+/")
    found = [
        (path.name, inline.search(path.read_text(encoding="utf-8")))
        for path in TEMPLATES.rglob("*.html")
        if inline.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_one_heading_leads_each_page():
    for template in [*ERRORS, "500.html", "offline.html"]:
        assert len(soup(page(template)).find_all("h1")) == 1
