"""What people look for here and nobody in the Portal handles: content/elsewhere.yaml says where it is done."""

from functools import lru_cache

from django.conf import settings

from monespace.procedures.content import Language
from monespace.procedures.indexing import LANGUAGES
from monespace.procedures.reading import Elsewhere, read_elsewhere
from monespace.procedures.words import exact, fold, subject


def handled_elsewhere(words: str) -> Elsewhere | None:
    """The subject that this query is about and nothing else, in French or in German; None when there is none."""
    return next((_subjects()[key] for spoken in LANGUAGES if (key := _key(words, spoken)) in _subjects()), None)


@lru_cache(maxsize=1)
def _subjects() -> dict[frozenset[str], Elsewhere]:
    found = read_elsewhere(settings.CONTENT_DIR)
    return {_key(text, spoken): each for each in found for spoken in LANGUAGES for text in each.words.get(spoken, [])}


def _key(text: str, spoken: Language) -> frozenset[str]:
    """The words that say something, whatever their order and their number: «mes passeports» is «passeport»."""
    kept = subject(text, spoken) if fold(text) else []
    return frozenset(exact(word) if spoken == "fr" else word for word in kept)
