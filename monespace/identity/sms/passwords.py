"""The password that may stand beside an SMS code: long, not one of those that everybody takes, and no other rule (NIST SP
800-63B-4, 3.1.1.2)."""

import re
import unicodedata
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from monespace.identity.models import Person

SHORTEST, LONGEST = 12, 128
BESIDE_NAMES = 6  # signs that are not one's own name, address or the portal's


def stretched(password: str) -> str:
    """What is kept of a password: salted scrypt."""
    return make_password(normal(password))


def is_right(password: str, kept: str) -> bool:
    """Whether it is the password of which `kept` is kept. Takes as long when there is none: the answer is then no."""
    nobodys = _nobodys()
    return check_password(normal(password), kept or nobodys) and bool(kept)


def normal(password: str) -> str:
    """One way of writing what looks the same on two keyboards."""
    return unicodedata.normalize("NFKC", password)


def is_common(password: str, person: Person) -> bool:
    """Whether it is among the twenty thousand that are tried first, with or without digits and marks around it (motdepasse1234), or
    little more than the person's own name or address."""
    rest = normal(password).casefold()
    for tried in (rest, re.sub(r"^[\W\d_]+|[\W\d_]+$", "", rest)):
        try:
            CommonPasswordValidator().validate(tried)
        except ValidationError:
            return True
    own = f"{person.given_names} {person.family_name} {person.email} monespace"
    for word in re.findall(r"\w{3,}", own.casefold()):
        rest = rest.replace(word, "")
    return len(rest) < BESIDE_NAMES


@cache
def _nobodys() -> str:
    return make_password("the password of nobody")
