"""Lists of procedures on screen: what the address asks, cards of results, ways to narrow them."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monespace.procedures import labels
from monespace.procedures.content import Language
from monespace.procedures.elsewhere import handled_elsewhere
from monespace.procedures.queries import Facet, Filters, Hit, Results
from monespace.procedures.words import fold
from monespace.ui.look import words

LONGEST = 200
IN_ADDRESS = {"group": "groupe", "theme": "theme", "audience": "public", "authority": "autorite"}
NAMES = {"audience": gettext_lazy("For whom"), "theme": gettext_lazy("Theme"), "authority": gettext_lazy("Authority")}
MOST_AUTHORITIES = 8


@dataclass(frozen=True)
class Asked:
    """What the address asks; values that do not exist count as not said."""

    words: str
    filters: Filters
    page: int

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        """Read it from the address."""
        known = {name: query.get(key, "") for name, key in IN_ADDRESS.items()}
        filters = Filters(**{name: code for name, code in known.items() if labels.label(name, code, "fr")})
        number = query.get("page", "")
        page = int(number) if number.isascii() and number.isdecimal() and 0 < len(number) < 6 else 1
        return cls(" ".join(query.get("q", "")[:LONGEST].split()), filters, max(1, page))

    def address(self, **changes) -> str:
        """This list's address with something else: a filter, `q` or `page`; without the page unless told."""
        pairs = {"q": self.words, **{key: getattr(self.filters, name) for name, key in IN_ADDRESS.items()}, **changes}
        said = urlencode({key: value for key, value in pairs.items() if value})
        return reverse("procedures:search") + (f"?{said}" if said else "")


def address(slug: str) -> str:
    """A procedure's page."""
    return reverse("procedures:page", args=[slug])


def groups(counts: dict[str, int], language: Language) -> list[dict]:
    """The six groups of the home page, each with its themes in a sentence."""
    known = labels.themes()
    return [
        {
            "title": labels.label("group", code, language),
            "href": Asked("", Filters(group=code), 1).address(), "count": counts.get(code, 0),
            "themes": ", ".join(labels.label("theme", key, language) for key, it in known.themes.items() if it.group == code),
        }
        for code in known.groups
    ]  # fmt: skip


def links(rows: list[tuple[str, dict]]) -> list[dict]:
    """Titles with their addresses."""
    return [{"href": address(slug), "text": words(card["title"])} for slug, card in rows]


def cards(hits: list[Hit]) -> list[dict]:
    """Results as cards: title, one line for whom, authority, where it is filed; a closed one leads to what replaced it."""
    return [_card(hit) for hit in hits]


def _card(hit: Hit) -> dict:
    tag, kind = (_("No longer exists"), "waiting") if hit.closed else labels.ONLINE.get(hit.online, ("", ""))
    return {
        "title": words(hit.card["title"]), "href": address(hit.slug), "text": words(hit.card["summary"]),
        "line": words({"fr": hit.card["authority"]}), "tag": tag, "tag_kind": kind,
        "links": [_successor(it) for it in hit.card["successors"]] if hit.closed else [],
    }  # fmt: skip


def _successor(row: dict) -> dict:
    return {"href": address(row["slug"]), "text": format_html("{} {}", _("Replaced by:"), words(row["title"]))}


def shown(asked: Asked, results: Results, language: Language) -> dict:
    """What templates/procedures/search.html shows."""
    more = results.page < results.pages
    return {
        "asked": asked, "results": results, "cards": cards(results.hits), "near": cards(results.nearest),
        "facets": [*_group(asked, language), *(_facet(it, asked, language) for it in results.facets if it.counts)],
        "kept": [{"name": key, "value": getattr(asked.filters, name)} for name, key in IN_ADDRESS.items()
                 if getattr(asked.filters, name)],
        "suggestion": _suggestion(results.suggestion, asked),
        "elsewhere": _elsewhere(asked, language),
        "narrowed": any(asked.filters.__dict__.values()), "without_filters": Asked(asked.words, Filters(), 1).address(),
        "previous": asked.address(page=results.page - 1) if results.page > 1 else "",
        "next": asked.address(page=results.page + 1) if more else "",
    }  # fmt: skip


def _suggestion(found: str, asked: Asked) -> dict | None:
    if not found or fold(found) == fold(asked.words):
        return None
    return {"text": found, "href": asked.address(q=found)}


def _elsewhere(asked: Asked, language: Language) -> dict | None:
    """Where else it is done, and the theme of the nearest procedures."""
    found = handled_elsewhere(asked.words)
    if found is None:
        return None
    theme = Asked("", Filters(theme=found.theme), 1).address()
    return {"text": words(found.text), "theme": labels.label("theme", found.theme, language), "href": theme}


def _group(asked: Asked, language: Language) -> list[dict]:
    """The group that was chosen on the home page, with the way out of it."""
    if not asked.filters.group:
        return []
    here = {"text": labels.label("group", asked.filters.group, language), "href": asked.address(), "current": True}
    return [{"name": _("Group"), "links": [here], "all_href": asked.address(groupe="", theme="")}]


def _facet(facet: Facet, asked: Asked, language: Language) -> dict:
    """The values there are, most first; those of one's own choice always shown."""
    chosen = getattr(asked.filters, facet.name)
    key = IN_ADDRESS[facet.name]
    named = [(code, labels.label(facet.name, code, language), count) for code, count in facet.counts.items()]
    ordered = sorted((row for row in named if row[1]), key=lambda row: (-row[2], fold(row[1])))
    kept = [row for place, row in enumerate(ordered) if place < MOST_AUTHORITIES or row[0] == chosen]
    return {
        "name": str(NAMES[facet.name]),
        "links": [
            {"text": name, "href": asked.address(**{key: code}), "count": count, "current": code == chosen}
            for code, name, count in kept
        ],
        "all_href": asked.address(**{key: ""}) if chosen else "",
    }
