"""One procedure, and the lists of the home page."""

from collections.abc import Iterable

from django.db.models import Count

from monespace.prepared import Prepared
from monespace.procedures.models import Entry, Online, ProcedureVersion

SHOWN = 6  # procedures on the home page


def entry(slug: str) -> Entry | None:
    """One procedure of the catalogue; None when there is none of that name."""
    return Entry.objects.filter(slug=slug).first()


FILED_NOW: Prepared[ProcedureVersion] = Prepared(
    lambda asked: ProcedureVersion.objects.filter(
        pk__in=Entry.objects.filter(slug=asked("slug"), closed=False).values("current_version")
    ).defer("definition")  # `form` reads it once per process
)


def current_version(slug: str) -> ProcedureVersion | None:
    """The version that a new request is filed with; None when the procedure is not filed here, or is closed."""
    return FILED_NOW.first(slug=slug)


def version_of(slug: str, number: int = 0) -> ProcedureVersion | None:
    """A published version; the newest without a number; None when there is none."""
    versions = ProcedureVersion.objects.filter(slug=slug).order_by("-number")
    return (versions.filter(number=number) if number else versions).first()


def titles(slugs: Iterable[str]) -> dict[str, dict[str, str]]:
    """Titles by slug, for links; what is not in the catalogue is left out."""
    return dict(Entry.objects.filter(slug__in=list(slugs)).values_list("slug", "card__title"))


def online_here(language: str) -> list[tuple[str, dict]]:
    """Procedures that can be filed in this portal, by title: (slug, card)."""
    found = Entry.objects.filter(online=Online.HERE, closed=False).order_by(f"order_{language}", "slug")
    return list(found.values_list("slug", "card")[:SHOWN])


def group_counts() -> dict[str, int]:
    """How many open procedures each group holds."""
    rows = Entry.objects.filter(closed=False).values("group").annotate(count=Count("slug"))
    return {row["group"]: row["count"] for row in rows}


def addresses() -> list[str]:
    """Every slug, for the sitemap."""
    return list(Entry.objects.order_by("slug").values_list("slug", flat=True))
