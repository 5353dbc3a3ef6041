"""Search in one's own words. Two statements: what the words may mean, then everything the page shows (docs/search.md)."""

import json
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection

from monespace.procedures.indexing import EXACT
from monespace.procedures.words import exact, fold, subject, swapped, variants

PAGE = 20
SLIP = 0.42  # letters two words must share (pg_trgm) to be one word with a slip of the finger
NEAR = 0.3  # the same when nothing was found and the nearest are shown
SAME_STEM = 0.5  # what a stem counts when the word itself is known too: «fenêtre» is not «fenêtrage»
LESS_LIKE = 0.75  # spellings less alike than this share of the likest one are no guess
RELATED, MISSPELT = 0.45, 0.8  # what a word that only begins alike counts when the one typed is known; when it is not
FLOOR = 0.3  # a result below this share of the best one is left out
FALLBACK = 0.5  # what a French text counts in a German search
REGCONFIG = {"fr": "french", "de": "german"}

# Each word of the query: its own stem, and in French the word itself; when nobody uses it, words that look like it; words
# that begin with it (German: contain it); two neighbouring letters exchanged.
MEANINGS = """
WITH asked AS MATERIALIZED (
  SELECT ord, form, exact, (tsvector_to_array(to_tsvector(%(config)s::regconfig, form)))[1] AS stem
  FROM unnest(%(ords)s::int[], %(forms)s::text[], %(exact)s::text[]) AS a(ord, form, exact)
), itself AS MATERIALIZED (
  SELECT DISTINCT a.ord, it.stem FROM asked a, unnest(ARRAY[a.stem, a.exact]) AS it(stem)
  WHERE EXISTS (SELECT 1 FROM procedures_term t WHERE t.language = %(language)s AND t.stem = it.stem)
)
SELECT ord, stem, 1.0 AS nearness, NULL AS word FROM itself
UNION ALL
SELECT a.ord, w.stem, similarity(w.folded, a.form) AS nearness, w.word
FROM asked a JOIN procedures_word w ON w.language = %(language)s AND w.stem <> a.stem
  AND w.folded %% a.form AND similarity(w.folded, a.form) >= %(least)s
WHERE length(a.form) >= 4 AND a.stem IS NOT NULL AND a.ord NOT IN (SELECT ord FROM itself)
UNION ALL
SELECT a.ord, w.stem, 0.6, NULL
FROM asked a JOIN procedures_word w ON w.language = %(language)s AND w.stem <> a.stem
  AND w.folded LIKE %(before)s || a.form || '%%'
WHERE length(a.form) >= 5 AND a.stem IS NOT NULL
UNION ALL
SELECT s.ord, w.stem, 1.0, w.word
FROM unnest(%(swapped_ords)s::int[], %(swapped)s::text[]) AS s(ord, form)
JOIN procedures_word w ON w.folded = s.form AND w.language = %(language)s
"""

RANKED = """
WITH wanted AS (
  SELECT * FROM unnest(%(languages)s::text[], %(stems)s::text[], %(ords)s::int[], %(nearness)s::float8[])
    AS w(language, stem, ord, nearness)
), rare AS MATERIALIZED (
  SELECT w.*, ln(1 + (SELECT count(*) FROM procedures_entry)::float8 / greatest(1, (
    SELECT count(*) FROM procedures_term t WHERE t.language = w.language AND t.stem = w.stem))) AS rarity
  FROM wanted w
), best AS (
  SELECT t.entry_id, r.ord, max(t.weight * r.nearness * r.rarity) AS points
  FROM rare r JOIN procedures_term t ON t.language = r.language AND t.stem = r.stem GROUP BY 1, 2
), scored AS (
  SELECT entry_id AS slug, sum(points) AS score FROM best GROUP BY 1
)
"""
EVERYTHING = "WITH scored AS (SELECT slug, 0.0 AS score FROM procedures_entry)"
ANSWER = """
, found AS (
  SELECT e.slug, e.card, e.online, e.closed, e.order_{language} AS ordering, e.theme, e.authority, e.audience, s.score,
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
  SELECT slug, card, online, closed FROM fitting
  ORDER BY closed, score DESC, online <> 'here', ordering COLLATE "C", slug COLLATE "C"
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
class Meaning:
    """A stem that a word of the query may stand for; `word` when it was found by its letters."""

    language: str
    ord: int
    stem: str
    nearness: float
    word: str = ""


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


def understood(asked: list[str], language: str, least: float = SLIP) -> list[Meaning]:
    """What each word may mean: its own stem, or words of the catalogue that share its letters."""
    found = _likely(_weighed(_meanings(asked, language, least), language), least)
    if language == "fr":
        return found
    french = [row for row in _meanings(asked, "fr", 1.1) if row[2] == 1]  # the words themselves only
    return found + [replace(meaning, nearness=meaning.nearness * FALLBACK) for meaning in _weighed(french, "fr")]


def _meanings(asked: list[str], language: str, least: float) -> list[tuple]:
    pairs = [(ord, form) for ord, word in enumerate(asked) for form in variants(word, language)]
    slips = [(ord, form) for ord, word in enumerate(asked) for form in swapped(word)]
    values: dict[str, Any] = {
        "swapped_ords": [ord for ord, _ in slips], "swapped": [form for _, form in slips],
        "ords": [ord for ord, _ in pairs], "forms": [form for _, form in pairs],
        "exact": [EXACT + exact(form) for _, form in pairs], "language": language, "least": least,
        "config": REGCONFIG[language], "before": "%" if language == "de" else "",
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(MEANINGS, values)
        return cursor.fetchall()


def _weighed(rows: list[tuple], language: str) -> list[Meaning]:
    """Rows of MEANINGS, each with what it counts beside the others of its word."""
    known = {ord for ord, _, nearness, word in rows if nearness == 1 and not word}
    itself = {ord for ord, stem, _, _ in rows if stem.startswith(EXACT)}
    found = [
        Meaning(language, ord, stem, float(nearness) * _share(ord, stem, nearness, word, known, itself), word or "")
        for ord, stem, nearness, word in rows
    ]
    guessed = [meaning for meaning in found if meaning.word and language == "fr"]
    return found + [replace(meaning, stem=EXACT + exact(fold(meaning.word))) for meaning in guessed]


def _share(ord: int, stem: str, nearness: float, word: str | None, known: set[int], itself: set[int]) -> float:
    if nearness == 1 and not word:
        return SAME_STEM if ord in itself and not stem.startswith(EXACT) else 1
    return RELATED if ord in known else MISSPELT


def _likely(found: list[Meaning], least: float) -> list[Meaning]:
    """Without the spellings much less alike than the likest; all of them when the nearest are asked for."""
    if least < SLIP:
        return found
    best: dict[int, float] = {}
    for meaning in found:
        if meaning.word:
            best[meaning.ord] = max(meaning.nearness, best.get(meaning.ord, 0))
    return [meaning for meaning in found if not meaning.word or meaning.nearness >= LESS_LIKE * best[meaning.ord]]


def suggested(asked: list[str], meanings: list[Meaning]) -> str:
    """The query with each unknown word replaced by the nearest one; "" when every word is known or none comes near."""
    words = list(asked)
    for ord in range(len(asked)):
        mine = [meaning for meaning in meanings if meaning.ord == ord]
        spelt = [meaning for meaning in mine if meaning.word]
        if spelt and all(meaning.word or meaning.nearness < FALLBACK for meaning in mine):
            words[ord] = max(spelt, key=lambda meaning: meaning.nearness).word
    return " ".join(words) if words != asked else ""


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
            {**values, **filters.__dict__, "floor": FLOOR, "size": PAGE, "page": page - 1},
        )
        found = json.loads(cursor.fetchone()[0])
    hits = [Hit(**hit) for hit in found["hits"] or []]
    facets = [Facet(name, found[name] or {}) for name in ("audience", "theme", "authority")]
    last = max(1, -(-found["total"] // PAGE))
    return Results(hits=hits, total=found["total"], page=min(page, last), facets=facets)
