"""Search in one's own words. Two statements: what the words may mean, then everything the page shows (docs/search.md)."""

import json
from dataclasses import dataclass, field

from django.db import connection

from monespace.procedures.queries.meaning import NEAR, Meaning, suggested, understood
from monespace.procedures.words import fold, subject

PAGE = 20
FLOOR = 0.3  # a result below this share of the best one is left out
TOGETHER = 1.15  # what a procedure gains when one of its phrases holds every word that it is found by
PUBLIC = (
    0.9  # what procedures for nobody but municipalities and CPAS count: 260 and 260 of them, and 3.7 million people
)
AS_GOOD = 40  # results whose points differ by less than a fortieth of the best are as good as each other

RANKED = """
WITH wanted AS (
  SELECT * FROM unnest(%(languages)s::text[], %(stems)s::text[], %(ords)s::int[], %(nearness)s::float8[])
    AS w(language, stem, ord, nearness)
), best AS (
  SELECT t.entry_id, w.ord, max(t.weight * w.nearness) AS points, bit_or(t.phrases) AS phrases
  FROM wanted w CROSS JOIN LATERAL (
    SELECT * FROM procedures_term t WHERE t.stem = w.stem AND t.language = w.language OFFSET 0
  ) AS t
  GROUP BY 1, 2
), scored AS (
  SELECT entry_id AS slug, sum(points) * CASE WHEN count(*) > 1 AND bit_and(phrases) <> 0 THEN %(together)s ELSE 1 END AS score
  FROM best GROUP BY 1
)
"""
EVERYTHING = "WITH scored AS (SELECT slug, 0.0 AS score FROM procedures_entry)"
ANSWER = """
, found AS (
  SELECT e.slug, e.card, e.online, e.closed, e.order_{language} AS ordering, e.theme, e.authority, e.audience, s.score,
    s.score * CASE WHEN e.audience <@ ARRAY['commune', 'cpas']::varchar[] THEN %(public)s ELSE 1 END AS points,
    (%(theme)s = '' OR e.theme = %(theme)s) AS in_theme,
    (%(authority)s = '' OR e.authority = %(authority)s) AS in_authority,
    (%(audience)s = '' OR %(audience)s = ANY (e.audience)) AS in_audience
  FROM scored s JOIN procedures_entry e USING (slug)
  WHERE s.score >= %(floor)s * (SELECT max(score) FROM scored) AND (%(group)s = '' OR e."group" = %(group)s)
), fitting AS (
  SELECT * FROM found WHERE in_theme AND in_authority AND in_audience
), total AS (
  SELECT count(*) AS all_of_them FROM fitting
), shown AS (
  SELECT f.slug, card, online, closed FROM fitting f LEFT JOIN procedures_demand d ON d.slug = f.slug
  ORDER BY closed, round((points / (SELECT greatest(max(points), 0.001) / %(as_good)s FROM found))::numeric) DESC,
    coalesce(d.begun, 0) DESC, points DESC, online <> 'here', ordering COLLATE "C", f.slug COLLATE "C"
  LIMIT %(size)s OFFSET %(size)s * (SELECT least(%(page)s, greatest(0, (all_of_them - 1) / %(size)s)) FROM total)
)
SELECT json_build_object(
  'total', (SELECT all_of_them FROM total),
  'hits', (SELECT json_agg(shown) FROM shown),
  'theme', (SELECT json_object_agg(theme, n) FROM
    (SELECT theme, count(*) n FROM found WHERE in_authority AND in_audience GROUP BY 1) x),
  'authority', (SELECT json_object_agg(authority, n) FROM
    (SELECT authority, count(*) n FROM found WHERE in_theme AND in_audience GROUP BY 1) x),
  'audience', (SELECT json_object_agg(who, n) FROM
    (SELECT who, count(*) n FROM found, unnest(audience) AS who WHERE in_theme AND in_authority GROUP BY 1) x)
)::text
"""


@dataclass(frozen=True)
class Filters:
    """What narrows the list; an empty one does not."""

    group: str = ""
    theme: str = ""
    audience: str = ""
    authority: str = ""


@dataclass(frozen=True)
class Hit:
    """One line of the list. `card`: title, summary, authority, successors."""

    slug: str
    card: dict
    online: str
    closed: bool


@dataclass(frozen=True)
class Facet:
    """One way to narrow the list: how many there are of each value."""

    name: str  # audience, theme, authority
    counts: dict[str, int]


@dataclass(frozen=True)
class Results:
    """What a page of results shows."""

    hits: list[Hit]
    total: int
    page: int  # from 1
    facets: list[Facet]
    suggestion: str = ""  # the query, with the words that nobody uses replaced
    nearest: list[Hit] = field(default_factory=list)  # when nothing was found

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


def search(words: str, language: str, filters: Filters | None = None, page: int = 1) -> Results:
    """Procedures for these words, best first, closed schemes last; every procedure when there are no words.

    language: fr or de; in German, French texts count half. Nothing found: the three nearest, if any comes near.
    """
    filters = filters or Filters()
    asked = subject(words, language)
    if not fold(words):
        return _answer(EVERYTHING, {}, language, filters, page)
    meanings = understood(asked, language)
    results = _ranked(meanings, language, filters, page)
    if results.total or not asked:
        return Results(**{**results.__dict__, "suggestion": suggested(asked, meanings)})
    near = _ranked(understood(asked, language, NEAR), language, Filters(), 1)
    return Results(**{**results.__dict__, "nearest": near.hits[:3]})


def _ranked(meanings: list[Meaning], language: str, filters: Filters, page: int) -> Results:
    values = {
        "languages": [meaning.language for meaning in meanings], "stems": [meaning.stem for meaning in meanings],
        "ords": [meaning.ord for meaning in meanings], "nearness": [meaning.nearness for meaning in meanings],
    }  # fmt: skip
    return _answer(RANKED, values, language, filters, page)


def _answer(source: str, values: dict, language: str, filters: Filters, page: int) -> Results:
    with connection.cursor() as cursor:
        cursor.execute(
            source + ANSWER.format(language=language),
            {
                **values,
                **filters.__dict__,
                "floor": FLOOR,
                "together": TOGETHER,
                "public": PUBLIC,
                "as_good": AS_GOOD,
                "size": PAGE,
                "page": page - 1,
            },
        )
        found = json.loads(cursor.fetchone()[0])
    hits = [Hit(**hit) for hit in found["hits"] or []]
    facets = [Facet(name, found[name] or {}) for name in ("audience", "theme", "authority")]
    last = max(1, -(-found["total"] // PAGE))
    return Results(hits=hits, total=found["total"], page=min(page, last), facets=facets)
