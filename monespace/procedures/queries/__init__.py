"""Reads of the catalogue: search, one procedure, lists of the home page."""

from monespace.procedures.queries.catalogue import (
    addresses,
    current_version,
    entry,
    group_counts,
    online_here,
    titles,
    version_of,
)
from monespace.procedures.queries.search import PAGE, Facet, Filters, Hit, Results, search

__all__ = [
    "PAGE", "Facet", "Filters", "Hit", "Results", "addresses", "current_version", "entry", "group_counts",
    "online_here", "search", "titles", "version_of",
]  # fmt: skip
