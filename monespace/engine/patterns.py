"""How a text must be written: the small, harmless part of regular expressions that `matches` takes.

Characters and [A-Z0-9_], each repeated {4}, {1,4} or ?, and whole ways of writing apart with |. Neither
brackets nor endless repetition: no text, however hostile, takes long to be looked at.
"""

import re
from math import prod

from monespace.engine.syntax import Wrong

_ONE = r"(?:\[[^\[\]^\\]{1,60}\]|[\w /.,:;@#%&'°-])"
_TIMES = r"(?:\{[0-9]{1,2}(?:,[0-9]{1,2})?\}|\?)?"
_SOUND = re.compile(rf"(?:{_ONE}{_TIMES})+(?:\|(?:{_ONE}{_TIMES})+)*")
_VARIES = re.compile(r"\{([0-9]+),([0-9]+)\}|\?")
MOST_WAYS = 5000  # in which parts of variable length can share a text: each may have to be tried
TODO = "use characters, [A-Z0-9], {4}, {1,4}, ? and |, as in [0-9]{5}[A-Z][0-9]{4}"


def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern ready to compare whole texts. Raises `Wrong` when it is none, or not of the harmless part."""
    if not _SOUND.fullmatch(pattern):
        raise Wrong(f"`{pattern}` is no pattern that can be compared", TODO)
    if prod(int(most or 1) - int(least or 0) + 1 for least, most in _VARIES.findall(pattern)) > MOST_WAYS:
        raise Wrong(f"`{pattern}` has too many parts of variable length", "shorten it")
    try:
        return re.compile(pattern)
    except re.error as error:
        raise Wrong(f"`{pattern}` is no pattern: {error}", TODO) from None
