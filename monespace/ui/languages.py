"""A page whose text does not exist in the language chosen: what it is said in, and what says so.

What one reads is marked where it stands (`look.words`). What one fills in is another matter: questions, complaints and
what sending commits to are one text, so the whole of such a page is in one language of its form; the header, the footer
and one sentence that says so stay in the language chosen (docs/decisions/0007).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.http import HttpRequest
from django.utils.translation import get_language, override


def spoken_among(languages: Sequence[str], preferred: str = "") -> str:
    """The page's language when it is one of these; else the preferred one of these, else the first."""
    chosen = get_language() or ""
    return next(each for each in (chosen, preferred, languages[0]) if each in languages)


@contextmanager
def said_in_one_of(request: HttpRequest, languages: Sequence[str], preferred: str = "") -> Iterator[None]:
    """What a page shows meanwhile is in one of these languages; base.html says so when it is not the one chosen."""
    language = spoken_among(languages, preferred)
    if language == get_language():
        yield
        return
    request.only_in = list(languages)  # type: ignore[attr-defined]
    with override(language):
        yield
