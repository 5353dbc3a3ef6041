"""The Portal: home, search, one procedure. Public pages: they read, nothing else."""

from typing import cast

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from monespace.procedures import communes, lists, queries
from monespace.procedures.content import Language, Listing
from monespace.procedures.page import page_of
from monespace.procedures.words import fold
from monespace.ui.languages import spoken_among

LONGEST = 200  # characters of a query


def spoken() -> Language:
    """The page's language, among those in which the catalogue is written and can be searched."""
    return cast(Language, spoken_among(settings.WRITTEN_LANGUAGES))


def shown() -> Language:
    """The page's language: that of the names of subjects, themes and authorities."""
    return cast(Language, get_language())


def written_in() -> list[str]:
    """The languages in which the catalogue is written, when the page's is none of them: it is searched in one of those."""
    return [] if get_language() in settings.WRITTEN_LANGUAGES else settings.WRITTEN_LANGUAGES


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One question, six groups, what can be filed here."""
    known = {
        "groups": lists.groups(queries.group_counts(), shown()),
        "here": lists.links(queries.online_here(spoken())),
        "written_in": written_in(),
    }
    return render(request, "procedures/home.html", known)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results for words and filters, all in the address."""
    asked = lists.Asked.of(request.GET)
    results = queries.search(asked.words, spoken(), asked.filters, asked.page)
    known = lists.shown(asked, results, shown())
    return render(request, "procedures/search.html", {**known, "written_in": written_in()})


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One procedure; an address that names none offers the search, with its words in it (404)."""
    entry = queries.entry(slug)
    if entry is None:
        return unknown(request, slug)

    listing = msgspec.convert(entry.listing, Listing)
    titles = queries.titles([*listing.related, *listing.successors])
    known = {
        "entry": entry,
        "listing": listing,
        "page": page_of(listing, entry.card["assurance"]),
        "commune": chosen_commune(request) if listing.next_step.kind == "commune" else None,
        "related": [{"href": lists.address(it), "title": titles[it]} for it in listing.related if it in titles],
        "successors": [{"href": lists.address(it), "title": titles[it]} for it in listing.successors if it in titles],
    }
    return render(request, "procedures/page.html", known)


def chosen_commune(request: HttpRequest) -> dict:
    """The municipalities to choose from, and what is known of the one that the address names."""
    key, language = request.GET.get("commune", ""), shown()
    counter = communes.counter_of(key, language) if key else None
    return {
        "all": communes.named(language),
        "key": key,
        "counter": counter,
        "wrong": "commune" in request.GET and not counter,
    }


def unknown(request: HttpRequest, slug: str) -> HttpResponse:
    """No procedure of this name: the nearest ones, and the search (404)."""
    words = fold(slug)[:LONGEST]
    results = queries.search(words, spoken()) if words else None
    near = (results.hits or results.nearest)[:3] if results else []
    known = {"near": lists.cards(near), "words": words, "written_in": written_in()}
    return render(request, "procedures/unknown.html", known, status=404)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public address, in every language in which it says something of its own."""
    everywhere = [code for code, _name in settings.LANGUAGES]
    paths = dict.fromkeys((reverse("procedures:home"), reverse("procedures:search")), everywhere)
    paths |= dict.fromkeys(map(lists.address, queries.addresses()), settings.WRITTEN_LANGUAGES)
    pages = [
        {
            "url": settings.SITE_URL + path,
            "others": [(code, f"{settings.SITE_URL}{path}?{urlencode({'langue': code})}") for code in languages],
        }
        for path, languages in paths.items()
    ]
    return render(request, "procedures/sitemap.xml", {"pages": pages}, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: the public pages."""
    private = ["/espaces/", "/guichet/", "/connexion/", "/profil/", "/api/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in private)]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('procedures:sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
