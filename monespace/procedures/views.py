"""The Portal: home, search, one procedure. Public pages: they read, nothing else."""

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

LONGEST = 200  # characters of a query


def spoken() -> Language:
    """The page's language, among those in which the catalogue can be searched."""
    return "de" if get_language() == "de" else "fr"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One question, six groups, what can be filed here."""
    language = spoken()
    counts = queries.group_counts()
    return render(
        request,
        "procedures/home.html",
        {"groups": lists.groups(counts, language), "here": lists.links(queries.online_here(language))},
    )


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results for words and filters, all in the address."""
    language = spoken()
    asked = lists.Asked.of(request.GET)
    results = queries.search(asked.words, language, asked.filters, asked.page)
    return render(request, "procedures/search.html", lists.shown(asked, results, language))


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One procedure; an address that names none offers the search, with its words in it (404)."""
    entry = queries.entry(slug)
    if entry is None:
        return unknown(request, slug)

    listing = msgspec.convert(entry.listing, Listing)
    titles = queries.titles([*listing.related, *listing.successors])
    shown = {
        "entry": entry,
        "listing": listing,
        "page": page_of(listing, entry.card["assurance"]),
        "commune": chosen_commune(request) if listing.next_step.kind == "commune" else None,
        "related": [{"href": lists.address(it), "title": titles[it]} for it in listing.related if it in titles],
        "successors": [{"href": lists.address(it), "title": titles[it]} for it in listing.successors if it in titles],
    }
    return render(request, "procedures/page.html", shown)


def chosen_commune(request: HttpRequest) -> dict:
    """The municipalities to choose from, and what is known of the one that the address names."""
    key, language = request.GET.get("commune", ""), spoken()
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
    return render(request, "procedures/unknown.html", {"near": lists.cards(near), "words": words}, status=404)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public address, in every language."""
    paths = [reverse("procedures:home"), reverse("procedures:search"), *map(lists.address, queries.addresses())]
    pages = [
        {
            "url": settings.SITE_URL + path,
            "others": [
                (code, f"{settings.SITE_URL}{path}?{urlencode({'langue': code})}") for code, _ in settings.LANGUAGES
            ],
        }
        for path in paths
    ]
    return render(request, "procedures/sitemap.xml", {"pages": pages}, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: the public pages."""
    private = ["/espaces/", "/guichet/", "/connexion/", "/profil/", "/api/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in private)]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('procedures:sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
