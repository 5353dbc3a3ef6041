"""What a search looks into, worked out from the listings: stems with their weights, and words as people write them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from monespace.procedures.content import Fact, Language, Listing
from monespace.procedures.words import exact, fold, variants, written

LANGUAGES: tuple[Language, ...] = ("fr", "de")
TITLE, SEARCH, SUMMARY, SYNONYM, BODY = 3.0, 2.6, 1.6, 1.3, 0.5
FACTS = ("about", "documents", "conditions", "steps")
EXACT = "="  # begins what stands beside a stem: the French word itself but for its plural and its feminine
Stems = Callable[[str, Iterable[str]], dict[str, str]]  # (language, folded words) -> stem of each; stop words left out


@dataclass
class Index:
    """Rows of the two search tables."""

    weights: dict[tuple[str, str, str], float] = field(default_factory=dict)  # (language, stem, slug)
    words: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)  # (language, folded): (word, stem)

    def add(self, language: str, slug: str, stem: str, weight: float) -> None:
        """Keep the best weight of a stem."""
        key = (language, stem, slug)
        self.weights[key] = max(weight, self.weights.get(key, 0))


def build(listings: dict[str, Listing], synonyms: dict[str, list[list[str]]], stems: Stems) -> Index:
    """All rows of the search tables. An old scheme's words also lead to what replaced it."""
    index = Index()
    for language in LANGUAGES:
        texts = {slug: places(listing, language) for slug, listing in listings.items()}
        lines = synonyms.get(language, [])
        known = stems(language, _vocabulary(texts, lines))
        for slug, rows in texts.items():
            _add_entry(index, language, slug, rows, known)
        for slug, listing in listings.items():
            _add_predecessor(index, language, texts[slug], [to for to in listing.successors if to in listings], known)
        _add_synonyms(index, language, texts, lines, known)
    return index


def places(listing: Listing, language: Language) -> list[tuple[float, str]]:
    """Every text of a listing in one language, with the weight of its place."""
    return [
        (TITLE, listing.title.get(language, "")),
        *((SEARCH, text) for text in listing.search.get(language, [])),
        (SUMMARY, listing.summary.get(language, "")),
        *((BODY, fact.text.get(language, "")) for fact in _facts(listing)),
    ]


def _facts(listing: Listing) -> Iterable[Fact]:
    for name in FACTS:
        yield from getattr(listing, name)


def _vocabulary(texts: dict[str, list[tuple[float, str]]], lines: list[list[str]]) -> set[str]:
    found = {word for rows in texts.values() for _, text in rows for word in fold(text).split()}
    found |= {word for line in lines for text in line for word in fold(text).split()}
    return found | {other for word in found for other in variants(word, "fr")}


def _known(text: str, language: str, known: dict[str, str]) -> list[str]:
    words = (other for word in fold(text).split() for other in variants(word, language)[: 2 if word != "i" else 1])
    return [word for word in words if word in known]


def _stemmed(text: str, language: str, known: dict[str, str]) -> list[str]:
    """The stems of a text; in French each word itself too."""
    words = _known(text, language, known)
    return [known[word] for word in words] + [EXACT + exact(word) for word in words if language == "fr"]


def _phrase(text: str, language: str, known: dict[str, str]) -> str:
    """A text as lines of synonyms are compared with it."""
    return " ".join(exact(word) if language == "fr" else known[word] for word in _known(text, language, known))


def _add_entry(index: Index, language: str, slug: str, rows: list[tuple[float, str]], known: dict[str, str]) -> None:
    for weight, text in rows:
        for stem in _stemmed(text, language, known):
            index.add(language, slug, stem, weight)
        if weight >= SEARCH:
            _add_words(index, language, text, known)


def _add_words(index: Index, language: str, text: str, known: dict[str, str]) -> None:
    for word in written(text):
        if (folded := fold(word)) in known:
            shown = word if language == "de" else word.lower()  # German nouns keep their capital
            index.words.setdefault((language, folded), (shown, known[folded]))


def _add_predecessor(index: Index, language: str, rows: list, successors: list[str], known: dict[str, str]) -> None:
    for slug in successors:
        for weight, text in rows:
            for stem in _stemmed(text, language, known) if weight >= SEARCH else ():
                index.add(language, slug, stem, SUMMARY)


def _add_synonyms(index: Index, language: str, texts: dict, lines: list[list[str]], known: dict[str, str]) -> None:
    """Where one of a line stands in a title or a search word, the others are added."""
    strong = {
        slug: [_phrase(text, language, known) for weight, text in rows if weight >= SEARCH]
        for slug, rows in texts.items()
    }
    for line in lines:
        phrases = [_phrase(text, language, known) for text in line]
        added = [stem for text in line for stem in _stemmed(text, language, known)]
        for slug, here in strong.items():
            if any(f" {phrase} " in f" {text} " for phrase in phrases for text in here):
                for stem in added:
                    index.add(language, slug, stem, SYNONYM)
        for text in line:
            _add_words(index, language, text, known)
