"""What a search looks into, worked out from the listings: stems with their weights, and words as people write them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from math import log

from monespace.procedures.content import Fact, Language, Listing
from monespace.procedures.words import SHORTEST_PART, exact, fold, joined, root, split, variants, written

LANGUAGES: tuple[Language, ...] = ("fr", "de")
TITLE, SEARCH, SUMMARY, SYNONYM, BODY = 3.0, 2.6, 1.6, 1.3, 0.5
SHORTER = {1: 1.3, 2: 1.1, 3: 1.0}  # what a word counts in a search word of so many words; in a longer one, LONGER
LONGER = 0.9
PART = 0.6  # what a part of a German compound weighs, beside the whole
FACTS = ("about", "documents", "conditions", "steps")
EXACT = "="  # begins what stands beside a stem: the word itself, a French one but for its plural and its feminine
OFTEN = 20  # procedures, or a tenth of all: a root that more of them have is left out, and so are stems in their facts
ROOT = "~"  # the same for what a verb and its nouns have in common
MOST_PHRASES = 62  # phrases of one procedure that are told apart: the bits of a bigint
Stems = Callable[[str, Iterable[str]], dict[str, str]]  # (language, folded words) -> stem of each; stop words left out


@dataclass
class Found:
    """Where a stem stands in one procedure: the weight of the best place, and the phrases as bits."""

    weight: float = 0
    phrases: int = 0


@dataclass
class Index:
    """Rows of the two search tables."""

    terms: dict[tuple[str, str, str], Found] = field(default_factory=dict)  # (language, stem, slug)
    words: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)  # (language, folded): (word, stem)

    def add(self, language: str, slug: str, stem: str, weight: float, phrases: int = 0) -> None:
        """Keep the best weight of a stem, and every phrase where it stands."""
        found = self.terms.setdefault((language, stem, slug), Found())
        found.weight = max(weight, found.weight)
        found.phrases |= phrases


@dataclass
class Lexicon:
    """What is known of the words of one language."""

    language: str
    stems: dict[str, str]  # of every folded word that says something
    parts: dict[str, list[str]] = field(default_factory=dict)  # of each German compound

    def words(self, text: str) -> list[str]:
        """The folded words of a text that say something; numerals in digits too."""
        others = (
            other for word in fold(text).split() for other in variants(word, self.language)[: 2 if word != "i" else 1]
        )
        return [word for word in others if word in self.stems]

    def pairs(self, text: str) -> list[str]:
        """Neighbours written as one: «e-bike» as «ebike»."""
        return [pair for pair in self.paired(text) if pair in self.stems]

    def paired(self, text: str) -> list[str]:
        """Neighbours that both say something, written as one."""
        words = fold(text).split()
        return [pair for at, pair in joined(words) if words[at] in self.stems and words[at + 1] in self.stems]

    def keys(self, word: str) -> Iterator[tuple[str, float]]:
        """What a word is found by, with its share of the weight: its stem, itself, its root, its parts."""
        yield self.stems[word], 1
        yield EXACT + self.itself(word), 1
        yield ROOT + root(word, self.language), 1
        for part in self.parts.get(word, ()):
            for key, _ in self.keys(part) if part in self.stems else [(EXACT + part, 1)]:
                yield key, PART

    def itself(self, word: str) -> str:
        """The word as it is compared with others."""
        return exact(word) if self.language == "fr" else word


def build(listings: dict[str, Listing], synonyms: dict[str, list[list[str]]], stems: Stems) -> Index:
    """All rows of the search tables. An old scheme's words also lead to what replaced it."""
    index = Index()
    for language in LANGUAGES:
        texts = {slug: places(listing, language) for slug, listing in listings.items()}
        lines = synonyms.get(language, [])
        known = lexicon(language, texts, lines, stems)
        for slug, rows in texts.items():
            _add_entry(index, known, slug, rows)
        for slug, listing in listings.items():
            _add_predecessor(index, known, texts[slug], [to for to in listing.successors if to in listings])
        _add_synonyms(index, known, texts, lines)
    _weigh(index, len(listings))
    return index


def _weigh(index: Index, procedures: int) -> None:
    """A stem that few procedures have says more: each weight by ln(1 + procedures / procedures with the stem).

    A root that very many have says nothing beside its stem, and a stem that very many have says nothing in a plain fact:
    they are left out, they would only cost time.
    """
    spread = Counter((language, stem) for language, stem, _ in index.terms)
    often = max(OFTEN, procedures // 10)
    index.terms = {
        key: found
        for key, found in index.terms.items()
        if spread[key[:2]] <= often or (found.weight > BODY and not key[1].startswith(ROOT))
    }
    for (language, stem, _), found in index.terms.items():
        found.weight *= log(1 + procedures / spread[language, stem])


def places(listing: Listing, language: Language) -> list[tuple[float, str]]:
    """Every text of a listing in one language, with the weight of its place."""
    return [
        (TITLE, listing.title.get(language, "")),
        *((SEARCH, text) for text in listing.search.get(language, [])),
        (SUMMARY, listing.summary.get(language, "")),
        *((BODY, fact.text.get(language, "")) for fact in _facts(listing)),
    ]


def lexicon(language: str, texts: dict[str, list[tuple[float, str]]], lines: list[list[str]], stems: Stems) -> Lexicon:
    """The words of all these texts; German compounds with the parts that are words themselves."""
    written_so = [fold(text).split() for rows in texts.values() for _, text in rows]
    written_so += [fold(text).split() for line in lines for text in line]
    found = {word for text in written_so for word in text}
    found |= {other for word in found for other in variants(word, language)}
    known = Lexicon(language, stems(language, found))
    paired = {
        pair for rows in texts.values() for weight, text in rows if weight >= SEARCH for pair in known.paired(text)
    }
    known.stems |= stems(language, paired - found)
    if language == "de":
        known.parts = compounds({word for word in known.stems if word not in paired and word.isalpha()})
    return known


def compounds(words: set[str]) -> dict[str, list[str]]:
    """The parts of each compound among these folded German words: parts that stand alone, or end several compounds.

    Nobody wrote «Tank» alone, but «Gastank» and «Heizöltank» say that it is a word.
    """
    ends = Counter(end for word in words for end in _ends(word, words))
    known = words | {end for end, count in ends.items() if count > 1}
    return {word: parts for word in words if (parts := split(word, known))}


def _ends(word: str, words: set[str]) -> Iterator[str]:
    for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        if word[:at] in words or word[:at].removesuffix("s") in words:
            yield word[at:]


def _facts(listing: Listing) -> Iterable[Fact]:
    for name in FACTS:
        yield from getattr(listing, name)


def _phrase(text: str, known: Lexicon) -> str:
    """A text as lines of synonyms are compared with it."""
    return " ".join(exact(word) if known.language == "fr" else known.stems[word] for word in known.words(text))


def _add_text(index: Index, known: Lexicon, slug: str, text: str, weight: float, phrases: int = 0) -> None:
    for word in [*known.words(text), *(known.pairs(text) if weight > SUMMARY else ())]:
        for key, share in known.keys(word):
            if weight > BODY or not key.startswith((EXACT, ROOT)):  # plain facts: stems are enough
                index.add(known.language, slug, key, weight * share, phrases)


def _add_entry(index: Index, known: Lexicon, slug: str, rows: list[tuple[float, str]]) -> None:
    for place, (weight, text) in enumerate(rows):
        phrase = 1 << place if weight >= SUMMARY and place < MOST_PHRASES else 0
        size = len(set(fold(text).split()) & known.stems.keys())
        _add_text(index, known, slug, text, weight * SHORTER.get(size, LONGER) if weight == SEARCH else weight, phrase)
        if weight >= SEARCH:
            _add_words(index, known, text)


def _add_words(index: Index, known: Lexicon, text: str) -> None:
    for word in written(text):
        if (folded := fold(word)) in known.stems:
            shown = word if known.language == "de" else word.lower()  # German nouns keep their capital
            index.words.setdefault((known.language, folded), (shown, known.stems[folded]))


def _add_predecessor(index: Index, known: Lexicon, rows: list[tuple[float, str]], successors: list[str]) -> None:
    for slug in successors:
        for weight, text in rows:
            if weight >= SEARCH:
                _add_text(index, known, slug, text, SUMMARY)


def _add_synonyms(index: Index, known: Lexicon, texts: dict, lines: list[list[str]]) -> None:
    """Where one of a line stands in a title or a search word, the others are added, in the same phrase."""
    strong = {
        slug: [
            (1 << place, f" {_phrase(text, known)} ") for place, (weight, text) in enumerate(rows) if weight >= SEARCH
        ]
        for slug, rows in texts.items()
    }
    for line in lines:
        phrases = [f" {_phrase(text, known)} " for text in line]
        for slug, here in strong.items():
            bits = sum(bit for bit, text in here if any(phrase in text for phrase in phrases))
            for text in line if bits else ():
                _add_text(index, known, slug, text, SYNONYM, bits % (1 << MOST_PHRASES))
        for text in line:
            _add_words(index, known, text)
