"""What the words of a query may mean: one statement finds which of their forms the catalogue uses (docs/search.md)."""

from collections import defaultdict
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from django.db import connection

from monespace.procedures.indexing import EXACT, LANGUAGES, ROOT
from monespace.procedures.words import exact, fold, joined, pieces, root, slips, split, variants

SLIP = 0.42  # letters two words must share (pg_trgm) to be one word with a slip of the finger
NEAR = 0.3  # the same when nothing was found and the nearest are shown
NEAREST = 0.45  # spellings less alike than this are not even near
LESS_LIKE = 0.85  # spellings less alike than this share of the likest one are no guess
SAME_STEM = {
    "fr": 0.5,
    "de": 0.75,
}  # what a stem counts when the word itself is known too: «fenêtre» is not «fenêtrage»
SAME_ROOT, ROOT_ALONE = 0.45, 0.7  # what a root counts beside the word itself or its stem; when nothing else is known
PART = 0.35  # what a part of a known German compound counts; of an unknown one: PART_ALONE
PART_ALONE = 0.9
BEGINS = 0.4  # what the longer words that begin with an unknown one count
AT_HOME = 0.1  # how much more alike a word of the other language must look to be the one meant
ELSEWHERE = 0.5  # what a text of the other language counts
REGCONFIG = {"fr": "french", "de": "german"}

# Each form in each language: its stem, itself and its root, where the catalogue uses them. For words that it uses in no
# language, words that look like them, and words that begin with them. Each look-up is LATERAL with a LIMIT
# or an OFFSET: a planner that has no statistics yet (just after publishing) then cannot choose to read whole tables.
KNOWN = """
WITH asked AS MATERIALIZED (
  SELECT *, (tsvector_to_array(to_tsvector(config::regconfig, form)))[1] AS stem
  FROM (
    SELECT *
    FROM unnest(%(ords)s::int[], %(kinds)s::text[], %(languages)s::text[], %(configs)s::text[], %(forms)s::text[],
      %(exacts)s::text[], %(roots)s::text[]) AS a(ord, kind, language, config, form, exact, root)
    WHERE kind = 'word' OR EXISTS (SELECT FROM procedures_term t WHERE t.stem = a.exact AND t.language = a.language)
    OFFSET 0
  ) AS a
), itself AS MATERIALIZED (
  SELECT a.ord, a.kind, a.language, a.form, it.key
  FROM asked a CROSS JOIN unnest(ARRAY[a.stem, a.exact, a.root]) AS it(key)
  CROSS JOIN LATERAL (SELECT FROM procedures_term t WHERE t.stem = it.key AND t.language = a.language LIMIT 1) AS used
  WHERE a.stem IS NOT NULL
), unknown AS MATERIALIZED (
  SELECT DISTINCT ord, language, form FROM asked a
  WHERE kind = 'word' AND stem IS NOT NULL AND length(form) >= 4
    AND NOT EXISTS (SELECT 1 FROM itself i WHERE i.ord = a.ord AND i.kind = 'word' AND i.key NOT LIKE '~%%')
)
SELECT ord, kind, language, form, key AS stem, '' AS word FROM itself
UNION ALL
SELECT u.ord, 'guess', u.language, u.form, w.stem, w.word
FROM unknown u CROSS JOIN LATERAL (SELECT * FROM procedures_word w WHERE w.folded %% u.form OFFSET 0) AS w
WHERE w.language = u.language AND similarity(w.folded, u.form) >= %(least)s
UNION ALL
SELECT u.ord, 'begins', u.language, u.form, w.stem, ''
FROM unknown u CROSS JOIN LATERAL (
  SELECT * FROM procedures_word w WHERE w.folded > u.form AND w.folded < u.form || '~' AND w.language = u.language LIMIT 20
) AS w
WHERE length(u.form) >= 5
UNION ALL
SELECT s.ord, 'guess', w.language, s.form, w.stem, w.word
FROM unnest(%(slip_ords)s::int[], %(slip_languages)s::text[], %(slips)s::text[]) AS s(ord, language, form)
JOIN unknown u ON u.ord = s.ord AND u.language = s.language
CROSS JOIN LATERAL (SELECT * FROM procedures_word w WHERE w.folded = s.form AND w.language = s.language LIMIT 1) AS w
"""


@dataclass(frozen=True)
class Meaning:
    """A stem that a word of the query may stand for; `word` when it was guessed by its letters."""

    language: str
    ord: int
    stem: str
    nearness: float
    word: str = ""


class Row(NamedTuple):
    """What the catalogue knows of one form; kind: word, part, pair, guess or begins."""

    ord: int
    kind: str
    language: str
    form: str
    stem: str
    word: str


def understood(asked: list[str], language: str, least: float = SLIP) -> list[Meaning]:
    """What each of these folded words may mean, in the page's language and, counting half, in the other."""
    rows = _known(asked, least)
    found = [
        meaning
        for each in LANGUAGES
        for meaning in _in(each, asked, [row for row in rows if row.language == each], least)
    ]
    own = [meaning for meaning in found if meaning.language == language]
    others = [meaning for meaning in found if meaning.language != language]
    best, best_elsewhere = _best(own), _best(others)
    return [m for m in own if _keeps(m, best_elsewhere, best, 0)] + [
        replace(m, nearness=m.nearness * ELSEWHERE)
        for m in others
        if _keeps(m, best, best_elsewhere, AT_HOME, language)
    ]


def _best(found: list[Meaning]) -> dict[int, tuple[bool, float]]:
    """For each word: whether somebody uses it, and the most that it counts."""
    best: dict[int, tuple[bool, float]] = {}
    for meaning in found:
        best[meaning.ord] = max(best.get(meaning.ord, (False, 0.0)), (not meaning.word, meaning.nearness))
    return best


def _keeps(meaning: Meaning, there: dict, here: dict, ahead: float, page: str = "") -> bool:
    """Whether a meaning stays beside those of the other language.

    A guess stays unless the word is known there, or looks more like a word there. On the French pages, a German word that
    the French know too stays out.
    """
    known, most = there.get(meaning.ord, (False, 0.0))
    if meaning.word:
        return not known and here[meaning.ord][1] >= most + ahead
    return not (known and page == "fr")


def _forms(asked: list[str], language: str) -> list[tuple[int, str, str]]:
    """Every form to look for: (place of the word, kind, form)."""
    words = [(ord, "word", form) for ord, word in enumerate(asked) for form in variants(word, language)]
    pairs = [(ord, "pair", form) for ord, form in joined(asked)]
    parts = (
        [(ord, "part", piece) for ord, kind, form in words for piece in sorted(pieces(form))]
        if language == "de"
        else []
    )
    return [*words, *pairs, *parts]


def _known(asked: list[str], least: float) -> list[Row]:
    forms = [(spoken, *form) for spoken in LANGUAGES for form in _forms(asked, spoken)]
    guesses = [
        (spoken, ord, slip) for spoken in LANGUAGES for ord, word in enumerate(asked) for slip in slips(word, spoken)
    ]
    values: dict[str, Any] = {
        "languages": [spoken for spoken, *_ in forms], "configs": [REGCONFIG[spoken] for spoken, *_ in forms],
        "ords": [ord for _, ord, *_ in forms], "kinds": [kind for *_, kind, _ in forms], "forms": [form for *_, form in forms],
        "exacts": [EXACT + itself(form, spoken) for spoken, *_, form in forms],
        "roots": [ROOT + root(form, spoken) for spoken, *_, form in forms],
        "slip_languages": [spoken for spoken, *_ in guesses], "slip_ords": [ord for _, ord, _ in guesses],
        "slips": [slip for *_, slip in guesses], "least": least,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, values)
        return [Row(*row) for row in cursor.fetchall()]


def itself(word: str, language: str) -> str:
    """A folded word as it is compared with others of its language."""
    return exact(word) if language == "fr" else word


def _in(language: str, asked: list[str], rows: list[Row], least: float) -> list[Meaning]:
    """What the words mean in one language."""
    by_word: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_word[row.ord].append(row)
    found = [
        meaning for ord, mine in by_word.items() for meaning in _of_one_word(language, asked[ord], ord, mine, least)
    ]
    sure = {meaning.ord for meaning in found if not meaning.word and meaning.stem.startswith(EXACT)}
    return found + _of_pairs(rows, sure)


def _of_one_word(language: str, word: str, ord: int, rows: list[Row], least: float) -> list[Meaning]:
    """The word itself; else its parts; else what looks like it."""
    whole = _shared(language, [row for row in rows if row.kind == "word"])
    found = [Meaning(language, ord, stem, share) for stem, share in whole.items()]
    known = any(not stem.startswith(ROOT) for stem in whole)
    parts = _parts(language, word, ord, [row for row in rows if row.kind == "part"], known)
    if known or parts:
        return found + parts
    longer = [Meaning(language, ord, row.stem, BEGINS) for row in rows if row.kind == "begins"]
    return found + longer + _guesses(language, ord, [row for row in rows if row.kind == "guess"], least)


def _shared(language: str, rows: list[Row]) -> dict[str, float]:
    """What the keys of a word count beside each other."""
    sure = any(row.stem.startswith(EXACT) for row in rows)
    known = sure or any(not row.stem.startswith(ROOT) for row in rows)
    shares = {}
    for row in rows:
        if row.stem.startswith(ROOT):
            shares[row.stem] = SAME_ROOT if known else ROOT_ALONE
        else:
            shares[row.stem] = SAME_STEM[language] if sure and not row.stem.startswith(EXACT) else 1.0
    return shares


def _parts(language: str, word: str, ord: int, rows: list[Row], whole: bool) -> list[Meaning]:
    """The parts of a compound; those of one that nobody uses count as words of their own, with places after the query's."""
    stems: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        stems[row.form].append(row)
    found = []
    for place, part in enumerate(split(word, {form for form in stems if _said(stems[form])})):
        for stem, share in _shared(language, stems[part]).items():
            mine = ord if whole else ord + 100 * (place + 1)
            found.append(Meaning(language, mine, stem, share * (PART if whole else PART_ALONE)))
    return found


def _said(rows: list[Row]) -> bool:
    return any(row.stem.startswith(EXACT) for row in rows)


def _of_pairs(rows: list[Row], sure: set[int]) -> list[Meaning]:
    """Two words that are one in the catalogue count for both, unless both are known apart: «air bnb»."""
    found = [
        row for row in rows if row.kind == "pair" and row.stem.startswith(EXACT) and not sure >= {row.ord, row.ord + 1}
    ]
    return [Meaning(row.language, row.ord + place, row.stem, 1.0) for row in found for place in (0, 1)]


def _guesses(language: str, ord: int, rows: list[Row], least: float) -> list[Meaning]:
    """Words that look like it, without those much less alike than the likest; more when the nearest are asked for."""
    likenesses = {row.word: likeness(row.form, fold(row.word)) for row in rows}
    floor = NEAREST if least < SLIP else LESS_LIKE * max(likenesses.values(), default=0)
    return [
        Meaning(language, ord, stem, likenesses[row.word] * share, row.word)
        for row in rows if likenesses[row.word] >= floor
        for stem, share in ((row.stem, SAME_STEM[language]), (EXACT + itself(fold(row.word), language), 1))
    ]  # fmt: skip


def likeness(one: str, other: str) -> float:
    """How alike two words are spelt, from 0 to 1: the share of letters in the same order, squared."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio() ** 2


def suggested(asked: list[str], meanings: list[Meaning]) -> str:
    """The query with each unknown word replaced by the likest one; "" when every word is known or none comes near."""
    words = list(asked)
    for ord in range(len(asked)):
        spelt = [meaning for meaning in meanings if meaning.ord == ord and meaning.word]
        if spelt:
            words[ord] = max(spelt, key=lambda meaning: meaning.nearness).word
    return " ".join(words) if words != asked else ""
