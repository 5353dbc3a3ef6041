"""What the catalogue's codes are called on screen: groups, themes and authorities from content/, the rest translated."""

from functools import lru_cache

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monespace.procedures.content import Language
from monespace.procedures.reading import Authority, Themes, read_authorities, read_themes

AUDIENCE: dict[str, Promise] = {
    "citizen": _("Citizens"),
    "self_employed": _("Self-employed people"),
    "company": _("Companies"),
    "asbl": _("Associations (ASBL)"),
    "commune": _("Municipalities"),
    "cpas": _("Public social welfare centres (CPAS)"),
    "farmer": _("Farmers"),
    "school": _("Schools"),
    "research": _("Research centres"),
}
ONLINE: dict[str, tuple[Promise, str]] = {
    "here": (_("Online in Mon Espace"), "success"),
    "elsewhere": (_("Online on another site"), ""),
    "offline": (_("On paper or at a counter"), ""),
}
LANGUAGE: dict[str, Promise] = {"fr": _("French"), "de": _("German"), "nl": _("Dutch"), "en": _("English")}


@lru_cache(maxsize=1)
def themes() -> Themes:
    """The six groups and their themes."""
    return read_themes(settings.CONTENT_DIR)


@lru_cache(maxsize=1)
def authorities() -> dict[str, Authority]:
    """The administrations by which a list is narrowed."""
    return read_authorities(settings.CONTENT_DIR)


def label(facet: str, code: str, language: Language) -> str:
    """One value of a facet (audience, theme, authority, group) in words; "" for a code that does not exist."""
    if facet == "audience":
        return str(AUDIENCE.get(code, ""))
    if facet == "group":
        name = themes().groups.get(code, {})
        return name.get(language) or name.get("fr", "")
    known = themes().themes.get(code) if facet == "theme" else authorities().get(code)
    return (getattr(known, language) or known.fr) if known else ""
